"""Diagnostics for people: one line with the place, an excerpt with carets, and what to do.

specs/nio/preview.yaml:9:31 DS101 error: the key `requierd` is unknown in a field
    9 |       taskId: {type: integer, requierd: true}
      |                               ^^^^^^^^
      = did you mean `required`?
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.diagnostics.code_info import Severity
from dialspec.diagnostics.excerpt import excerpt
from dialspec.diagnostics.quoting import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePosixPath

    from dialspec.diagnostics.diagnostic import Diagnostic, Diagnostics
    from dialspec.diagnostics.position import Position
    from dialspec.diagnostics.selection import Selection

_BOLD: Final = "1"
_CYAN: Final = "36"
_COLOUR_OF: Final = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}
_NUMBER_WIDTH: Final = 5


def as_text(diagnostics: Diagnostics, selection: Selection, *, coloured: bool) -> str:
    """Give the problems shown and a line that counts all of them; nothing if there are none."""
    painter = _Painter(coloured=coloured)
    lines: list[str] = []
    for one in selection.shown:
        lines += _block(one, diagnostics.sources, painter)
    if lines:
        lines.append(_count(selection))
    return "".join(f"{line}\n" for line in lines)


class _Painter:
    def __init__(self, *, coloured: bool) -> None:
        self._coloured = coloured

    def __call__(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._coloured else text


def _block(one: Diagnostic, sources: Mapping[PurePosixPath, str], paint: _Painter) -> Iterator[str]:
    place = paint(_place(one.position), _BOLD)
    severity = paint(f"{one.code} {one.severity}", _COLOUR_OF[one.severity])
    yield f"{place} {severity}: {escaped(one.message)}"
    margin = " " * _NUMBER_WIDTH
    source = sources.get(one.position.file)
    found = source and excerpt(source, one.position.line, one.position.column, one.end_column)
    if found:
        yield f"{one.position.line:>{_NUMBER_WIDTH}} | {found.line}"
        yield f"{margin} | {paint(found.carets, _COLOUR_OF[one.severity])}"
    if one.hint:
        yield f"{margin} = {paint(escaped(one.hint), _CYAN)}"
    for position, message in one.related:
        yield f"{margin} = {_place(position)}: {escaped(message)}"


def _place(position: Position) -> str:
    return escaped(str(position))


def _count(selection: Selection) -> str:
    counts = [
        f"{number:,} {word}{'' if number == 1 else 's'}"
        for number, word in ((selection.errors, "error"), (selection.warnings, "warning"))
        if number
    ]
    if selection.omitted:
        counts.append(f"{selection.omitted:,} of them not shown")
    return ", ".join(counts)
