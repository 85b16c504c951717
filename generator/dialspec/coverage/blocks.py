"""A page as blocks in the order of the page: headings, lines of text, tables and code.

The readers of each notation make these; everything after them knows no notation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the page."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, never empty."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    line: int
    """Line of the head."""
    lines: tuple[int, ...]
    """Line of each row."""


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of JSON or other code, as printed."""

    text: str
    line: int


Block: TypeAlias = Heading | Line | Table | Code


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `name` is how messages call it."""

    name: str
    blocks: tuple[Block, ...]


def table(head: list[str], rows: list[tuple[int, list[str]]], line: int) -> Table:
    """Make a table whose rows are filled up, or cut, to the width of the head."""
    width = len(head)
    even = [tuple((cells + [""] * width)[:width]) for _, cells in rows]
    return Table(tuple(head), tuple(even), line, tuple(number for number, _ in rows))
