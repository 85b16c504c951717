"""Building blocks of a Markdown page: tables, sentences, links between generated pages.

In: rendered pieces. Out: values that a template prints as they are. Nothing here sees a spec.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, LiteralString

from dialspec.rendering.text import Notation, Rendered, literal, markdown_link, rendered_join

NOTHING: Final = literal("")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9_./-]*(?:#[a-z0-9_-]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose empty columns are left out; false when it has no row."""

    headings: tuple[Rendered, ...]
    rows: tuple[tuple[Rendered, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.rows)


def table(headings: Sequence[LiteralString], rows: Iterable[Sequence[Rendered]]) -> Table:
    """Make a table of cells; a column that is empty in every row says nothing and is dropped."""
    cells = [tuple(row) for row in rows]
    kept = [
        index for index in range(len(headings)) if index == 0 or any(row[index] for row in cells)
    ]
    return Table(
        tuple(literal(headings[index]) for index in kept),
        tuple(tuple(row[index] for index in kept) for row in cells),
    )


def join(*parts: Rendered) -> Rendered:
    """Put pieces side by side."""
    return rendered_join("", parts)


def sentences(parts: Iterable[Rendered | None]) -> Rendered:
    """Put the pieces that say something one after the other, a space between."""
    return rendered_join(" ", [part for part in parts if part])


def listing(parts: Iterable[Rendered]) -> Rendered:
    """Put pieces one after the other, a comma and a space between."""
    return rendered_join(", ", parts)


def address(text: str) -> Rendered:
    """Vouch for a relative address that was put together from checked names."""
    if _ADDRESS.fullmatch(text) is None:
        raise ValueError(f"{text!r} is no address of a generated page")
    return Rendered(text, Notation.PLAIN)


def link_to(label: Rendered, page: str, *, on: str, anchor: str = "") -> Rendered:
    """Link from the page `on` to `page`, both as paths from the root of the generated docs."""
    start = PurePosixPath(on).parent
    goal = PurePosixPath(page)
    steps_up = 0
    while not goal.is_relative_to(start):
        start = start.parent
        steps_up += 1
    target = "../" * steps_up + goal.relative_to(start).as_posix()
    return markdown_link(label, address(f"{target}#{anchor}" if anchor else target))


def link_within(label: Rendered, anchor: str) -> Rendered:
    """Link to a heading of the same page."""
    return markdown_link(label, address(f"#{anchor}"))
