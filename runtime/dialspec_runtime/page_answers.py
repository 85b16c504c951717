"""One page as it is asked for, and what the answer says about itself.

`Grid` turns the number of a page, counted from 0 at the start of the list, into the values that the
vendor's paging parameters take. `Grid.read` takes a decoded document and gives an `Answer`.

Vendors print counts as numbers, as text, as null or not at all, and with `searchCount` off as 0 beside
rows. A count that is no whole number, or that the rows of the same answer refute, is read as "not told".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from .operation import Offset, PageNumber, walk

if TYPE_CHECKING:
    from .records import Record

__all__ = ["Answer", "Grid", "rows_in", "whole_number"]

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Answer(Generic[T_co]):
    """What one document says; `None` stands for what it does not say."""

    __slots__ = ("document", "index", "number", "pages", "rows", "start", "total")

    def __init__(
        self,
        index: int,
        start: int,
        document: Record,
        rows: Sequence[T_co] | None,
        total: int | None,
        pages: int | None,
        number: int | None,
    ) -> None:
        self.index = index
        self.start = start
        self.document = document
        self.rows = rows
        self.total = total
        self.pages = pages
        self.number = number

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


class Grid:
    """How the rows of a list fall into pages of `size`, the first of them `base` rows down."""

    __slots__ = ("_first", "base", "paging", "size")

    def __init__(self, paging: PageNumber | Offset, size: int, base: int = 0) -> None:
        self.paging = paging
        self.size = size
        self.base = base
        self._first = paging.first if isinstance(paging, PageNumber) else 1

    def start(self, index: int) -> int:
        """The row, counted from 0, with which a page begins."""
        return self.base + index * self.size

    def index_of(self, row: int) -> int:
        """The page on which a row lies."""
        return (row - self.base) // self.size if row > self.base else 0

    def pages_for(self, rows: int) -> int:
        """How many pages a list of so many rows fills."""
        return -(-(rows - self.base) // self.size) if rows > self.base else 0

    def number(self, index: int) -> int:
        """The number of a page as the vendor counts; where it counts rows, pages count from 1."""
        return index + self._first

    def values(self, index: int) -> Mapping[str, object]:
        """The paging parameters to send, by wire name."""
        paging = self.paging
        if isinstance(paging, PageNumber):
            return {paging.page: index + self._first, paging.size: self.size}
        return {paging.offset: self.start(index), paging.size: self.size}

    def read(self, index: int, document: Record) -> Answer[T]:
        """Take from a document what matters for paging."""
        try:
            found, total, pages, number = self.paging.values_at(document)
        except AttributeError:  # something on the way there is null
            found, total, pages, number = (walk(document, path) for path in self.paging.told)
        rows = cast("Sequence[T]", found) if isinstance(found, (list, tuple)) else None
        start = self.start(index)
        total, pages, number = whole_number(total), whole_number(pages), whole_number(number)
        if rows:
            if total is not None and total < start + len(rows):
                total = None
            if pages is not None and pages <= index:
                pages = None
        return Answer(index, start, document, rows, total, pages, number)


def rows_in(document: Record, paging: PageNumber | Offset) -> Sequence[Any]:
    """The rows of a document, without looking at what it tells about other pages; empty if it has none."""
    found = walk(document, paging.told[0])
    return cast("Sequence[Any]", found) if isinstance(found, (list, tuple)) else ()


def whole_number(value: object) -> int | None:
    """Read a count that may come as a number or as text; None for anything else, negatives included."""
    if type(value) is int:
        return value if value >= 0 else None
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        # The length limit keeps hostile digits from costing time; no list has 10^18 rows.
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and value >= 0 else None
