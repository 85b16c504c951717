"""What a diagnostic code is: its meaning, its severity, and an example that the tests run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Errors stop the generation and make the exit status 1; warnings do neither."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class CodeInfo:
    """A diagnostic code with an example that shows it and the same example mended.

    `wrong` and `right` are the whole text of one file, put into a small valid set of specs (`tests/spec/base/`);
    an empty text means that the file is absent. `at` is the place of the problem, `file:line:column`, the file
    relative to the specs folder. `right_file` is the file of the mended text, if it has to be another.
    """

    code: str
    title: str
    explanation: str
    wrong: str
    right: str
    at: str
    severity: Severity = Severity.ERROR
    right_file: str | None = None

    @property
    def file(self) -> str:
        """The file of the failing example, relative to the specs folder."""
        return self.at.rsplit(":", 2)[0]
