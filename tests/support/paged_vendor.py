"""An in-memory vendor whose list can move, and whose answers can be wrong, between one page and the next.

It pages by plain slicing and shares no code with the client's paging.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dialspec_runtime.operation import Offset, PageNumber
from dialspec_runtime.records import Record


class Row(Record):
    """One row; equal numbers mean the same row."""

    id: int | None = None
    note: str | None = None


class RowPage(Record):
    """An answer as the models of a spec would decode it; counts may be of any type."""

    total: object = None
    pages: object = None
    current: object = None
    rows: list[Row] | None = None


ROWS = ("rows",)
TOTAL = ("total",)
KEY = ("id",)

NIO = PageNumber(
    page="current",
    size="size",
    at="body",
    maximum_size=100,
    items=ROWS,
    total=TOTAL,
    pages=("pages",),
    current=("current",),
    key=KEY,
)
"""`current` and `size`; the answer tells total, pages and current (NIO, LAAFFIC)."""

STYLES: dict[str, PageNumber | Offset] = {
    "current and size": NIO,
    "pageNum and pageSize in the body": PageNumber(
        page="pageNum", size="pageSize", at="body", items=ROWS, total=TOTAL, key=KEY
    ),
    "pageNum and pageSize in the query": PageNumber(
        page="pageNum",
        size="pageSize",
        at="query",
        maximum_size=50,
        items=ROWS,
        total=TOTAL,
        key=KEY,
    ),
    "curPage and rowsPerPage": PageNumber(
        page="curPage",
        size="rowsPerPage",
        at="query",
        default_size=10,
        items=ROWS,
        total=TOTAL,
        key=KEY,
    ),
    "page and limit without a total": PageNumber(
        page="page", size="limit", at="body", items=ROWS, key=KEY
    ),
    "offset and limit": Offset(
        offset="offset", size="limit", at="body", items=ROWS, total=TOTAL, key=KEY
    ),
}
"""The paging styles of the three vendors."""

Fault = Callable[[RowPage], RowPage]


@dataclass
class PagedVendor:
    """Serves its rows; the next answer goes through `fault` if one is set."""

    paging: PageNumber | Offset
    rows: list[Row] = field(default_factory=list[Row])
    faults: list[Fault | None] = field(default_factory=list["Fault | None"])
    """Applied to the answers to come, one each; None for a good answer."""
    requests: list[Mapping[str, object]] = field(default_factory=list[Mapping[str, object]])
    cap: int | None = None
    """How many rows a page holds at most, whatever is asked for."""
    clamp: int | None = None
    """The last page number that is answered; beyond it that page comes again."""
    previous: RowPage | None = None
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, values: Mapping[str, object]) -> RowPage:
        """Answer one request for a page."""
        with self.lock:
            self.requests.append(values)
            good = self.good_answer(values)
            fault = self.faults.pop(0) if self.faults else None
            document = good if fault is None else fault(good)
            self.previous = document
            return document

    def good_answer(self, values: Mapping[str, object]) -> RowPage:
        """What the vendor would say if all went well."""
        paging = self.paging
        size = values[paging.size]
        assert isinstance(size, int)
        size = size if self.cap is None else min(size, self.cap)
        if isinstance(paging, PageNumber):
            number = values[paging.page]
            assert isinstance(number, int)
            number = number if self.clamp is None else min(number, self.clamp)
            start = (number - paging.first) * size
        else:
            offset = values[paging.offset]
            assert isinstance(offset, int)
            start = number = offset
        assert start >= 0
        given: dict[str, object] = {"rows": self.rows[start : start + size]}
        if paging.total:
            given["total"] = len(self.rows)
        if isinstance(paging, PageNumber):
            if paging.pages:
                given["pages"] = -(-len(self.rows) // size)
            if paging.current:
                given["current"] = number
        return RowPage.model_validate(given)

    def repeat(self, good: RowPage) -> RowPage:
        """A fault: the answer before this one, once more."""
        return self.previous or good


def numbered(count: int, first: int = 0) -> list[Row]:
    """So many rows, numbered."""
    return [Row(id=number) for number in range(first, first + count)]


def no_rows(_: RowPage) -> RowPage:
    """A fault: success, but neither rows nor counts (`data: null`)."""
    return RowPage()


def empty(good: RowPage) -> RowPage:
    """A fault: a page without rows although they are counted."""
    return good.model_copy(update={"rows": []})


def short(good: RowPage) -> RowPage:
    """A fault: the second half of the rows is missing."""
    rows = good.rows or []
    return good.model_copy(update={"rows": rows[: -(-len(rows) // 2)]})


def as_text(good: RowPage) -> RowPage:
    """Counts as text."""
    counts = {"total": good.total, "pages": good.pages, "current": good.current}
    return good.model_copy(
        update={name: None if count is None else str(count) for name, count in counts.items()}
    )


def no_counts(good: RowPage) -> RowPage:
    """Counts as null."""
    return good.model_copy(update={"total": None, "pages": None, "current": None})


def inflated(good: RowPage) -> RowPage:
    """A total that is too large."""
    total = good.total
    return good.model_copy(update={"total": total + 7 if isinstance(total, int) else total})


def not_counted(good: RowPage) -> RowPage:
    """`searchCount` off: counts are 0 beside rows."""
    return good.model_copy(update={"total": 0, "pages": 0})
