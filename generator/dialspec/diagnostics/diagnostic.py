"""One problem (`Diagnostic`), and the collector that all stages report to (`Diagnostics`).

A stage reports everything that it finds and goes on as far as it sensibly can, so that one run shows all problems.
Where it cannot go on it raises `SpecErrors`, which carries the collector; the command line prints it and exits 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialspec.diagnostics.code_info import Severity
from dialspec.diagnostics.registry import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import PurePosixPath

    from dialspec.diagnostics.position import Position


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem at a place.

    `message` says what was found and what was expected, `hint` what to do; both hold spec text only after it went
    through `quoted`. `end_column` is the column after the last character concerned, on the same line.
    """

    code: str
    severity: Severity
    position: Position
    message: str
    hint: str | None = None
    related: tuple[tuple[Position, str], ...] = ()
    end_column: int | None = None


class Diagnostics:
    """Collects problems from all stages; gives them back sorted by place and without repeats."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Position, str], Diagnostic] = {}
        self._sources: dict[PurePosixPath, str] = {}

    def report(
        self,
        code: str,
        position: Position,
        message: str,
        *,
        hint: str | None = None,
        related: Iterable[tuple[Position, str]] = (),
        end_column: int | None = None,
    ) -> None:
        """Add a problem; its severity is that of its code. The same problem twice counts once."""
        found = Diagnostic(
            code=code,
            severity=CODES[code].severity,
            position=position,
            message=message,
            hint=hint,
            related=tuple(related),
            end_column=end_column,
        )
        self._found.setdefault((code, position, message), found)

    def add_source(self, file: PurePosixPath, text: str) -> None:
        """Keep the text of a file, so that an excerpt can be shown below a problem in it."""
        self._sources[file] = text

    @property
    def sources(self) -> Mapping[PurePosixPath, str]:
        """The texts of the files that were read."""
        return self._sources

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What must be mended before anything is generated."""
        return tuple(found for found in self if found.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What deserves a look, and stops nothing."""
        return tuple(found for found in self if found.severity is Severity.WARNING)

    @property
    def has_errors(self) -> bool:
        """Whether anything stops the generation."""
        return any(found.severity is Severity.ERROR for found in self._found.values())

    def raise_for_errors(self) -> None:
        """Raise `SpecErrors` if there is an error so far."""
        if self.has_errors:
            raise SpecErrors(self)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(
            sorted(
                self._found.values(), key=lambda found: (found.position, found.code, found.message)
            )
        )

    def __len__(self) -> int:
        return len(self._found)


class SpecErrors(Exception):  # noqa: N818 - it carries all errors, not one
    """The specs hold errors, so that a stage cannot go on; `diagnostics` has all of them."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self.diagnostics = diagnostics
        first = diagnostics.errors[0]
        super().__init__(
            f"{first.position}: {first.code} {first.message} (errors: {len(diagnostics.errors)})"
        )
