"""One page as it is asked for, and what the answer says about itself.

`Grid` turns the number of a page, counted from 0 at the start of the list, into the values that the
vendor's paging parameters take. `Grid.read` takes a decoded document and gives an `Answer`.

Vendors print counts as numbers, as text, as null or not at all, and with `searchCount` off as 0 beside
rows. A count that is no whole number, or that the rows of the same answer refute, is read as "not told".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from .operation import Offset, PageNumber, walk

if TYPE_CHECKING:
    from .records import Record

__all__ = ["Answer", "Grid", "whole_number"]

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """What one document says; `None` stands for what it does not say."""

    index: int
    start: int
    document: Record
    rows: Sequence[T_co] | None
    total: int | None
    pages: int | None
    number: int | None

    @property
    def says_nothing_is_here(self) -> bool:
        """Whether the answer itself says that the list ends before this page."""
        if self.total is not None:
            return self.total <= self.start
        return self.pages is not None and self.pages <= self.index

    @property
    def says_rows_are_here(self) -> bool:
        """Whether the answer itself says that this page holds rows."""
        if self.total is not None:
            return self.total > self.start
        return self.pages is not None and self.pages > self.index


@dataclass(frozen=True, slots=True)
class Grid:
    """How the rows of a list fall into pages of `size`, the first of them `base` rows down."""

    paging: PageNumber | Offset
    size: int
    base: int = 0

    def start(self, index: int) -> int:
        """The row, counted from 0, with which a page begins."""
        return self.base + index * self.size

    def index_of(self, row: int) -> int:
        """The page on which a row lies."""
        return max(0, (row - self.base) // self.size)

    def pages_for(self, rows: int) -> int:
        """How many pages a list of so many rows fills."""
        return max(0, -(-(rows - self.base) // self.size))

    def number(self, index: int) -> int:
        """The number of a page as the vendor counts; where it counts rows, pages count from 1."""
        return index + (self.paging.first if isinstance(self.paging, PageNumber) else 1)

    def values(self, index: int) -> Mapping[str, object]:
        """The paging parameters to send, by wire name."""
        paging = self.paging
        if isinstance(paging, PageNumber):
            return {paging.page: paging.first + index, paging.size: self.size}
        return {paging.offset: self.start(index), paging.size: self.size}

    def read(self, index: int, document: Record) -> Answer[T]:
        """Take from a document what matters for paging."""
        paging = self.paging
        found = walk(document, paging.items)
        rows = cast("Sequence[T]", found) if isinstance(found, (list, tuple)) else None
        start = self.start(index)
        total = whole_number(walk(document, paging.total)) if paging.total else None
        pages = number = None
        if isinstance(paging, PageNumber):
            pages = whole_number(walk(document, paging.pages)) if paging.pages else None
            number = whole_number(walk(document, paging.current)) if paging.current else None
        if rows:
            if total is not None and total < start + len(rows):
                total = None
            if pages is not None and pages <= index:
                pages = None
        return Answer(index, start, document, rows, total, pages, number)


def whole_number(value: object) -> int | None:
    """Read a count that may come as a number or as text; None for anything else, negatives included."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        # The length limit keeps hostile digits from costing time; no list has 10^18 rows.
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and value >= 0 else None
