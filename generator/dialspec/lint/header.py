"""Each spec names the schema of the language on its first line, so that editors complete and check as people type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.diagnostics import Position

if TYPE_CHECKING:
    from dialspec.lint.subject import Subject

HEADER: Final = "# yaml-language-server: $schema=../schema.json"


def check_headers(subject: Subject) -> None:
    """DS401: the first line is another."""
    for file in subject.files.values():
        if file.text.partition("\n")[0].rstrip() != HEADER:
            subject.report(
                "DS401",
                Position(file.positions.file),
                "the first line does not name the schema of the language",
                f"make it `{HEADER}`",
            )
