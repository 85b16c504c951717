"""`Listing`: one paged call as its pager knows it, checked before anything is sent."""

from __future__ import annotations

from typing import Generic, TypeVar

from .errors import InvalidArgument, circumstances_of
from .operation import Offset, PageNumber
from .paging import Walk
from .position import Position, checked_position

__all__ = ["Listing"]

T = TypeVar("T")


class Listing(Generic[T]):
    """What to list and how; refuses sizes, starts and positions that are none."""

    __slots__ = (
        "endpoint",
        "max_items",
        "maximum_concurrency",
        "paging",
        "prefetch",
        "record_type",
        "resume",
        "size",
        "start",
    )

    def __init__(
        self,
        record_type: type[T],
        paging: PageNumber | Offset,
        endpoint: str = "",
        *,
        size: int,
        start: int,
        max_items: int | None = None,
        prefetch: int = 0,
        resume: Position | None = None,
        maximum_concurrency: int | None = None,
    ) -> None:
        numbered = paging if isinstance(paging, PageNumber) else None
        first = 0 if numbered is None else numbered.first
        last = None if numbered is None else numbered.maximum_number
        _check(endpoint, "size", size, max(1, paging.minimum_size), paging.maximum_size)
        _check(endpoint, "start", start, first, last)
        _check(endpoint, "prefetch", prefetch, 0, None)
        if max_items is not None:
            _check(endpoint, "max_items", max_items, 0, None)
        self.record_type = record_type
        self.paging = paging
        self.endpoint = endpoint
        self.size = size
        self.start = start
        self.max_items = max_items
        self.prefetch = prefetch
        self.resume = None if resume is None else checked_position(resume, endpoint)
        self.maximum_concurrency = maximum_concurrency

    @property
    def at_once(self) -> int:
        """How many requests may be under way; 0 means one after the other, when its page is needed."""
        if self.maximum_concurrency is None:
            return self.prefetch
        return min(self.prefetch, max(1, self.maximum_concurrency))

    def walk(self) -> Walk[T]:
        """A new walk from the beginning, or from where the listing resumes."""
        return self._walk(self.max_items, self.resume)

    def walk_on(self, position: Position, left: int | None) -> Walk[T]:
        """A new walk from a position, for at most `left` records."""
        return self._walk(left, position)

    def _walk(self, max_items: int | None, resume: Position | None) -> Walk[T]:
        paging = self.paging
        if isinstance(paging, PageNumber):
            first_row = (self.start - paging.first) * self.size
        else:
            first_row = self.start
        return Walk(
            paging,
            size=self.size,
            first_row=first_row,
            max_items=max_items,
            resume=resume,
            endpoint=self.endpoint,
        )


def _check(endpoint: str, name: str, value: object, minimum: int, maximum: int | None) -> None:
    """Refuse what is no whole number within the bounds."""
    if (
        isinstance(value, int)
        and not isinstance(value, bool)
        and value >= minimum
        and (maximum is None or value <= maximum)
    ):
        return
    allowed = f"{minimum} or more" if maximum is None else f"{minimum} to {maximum}"
    raise InvalidArgument(
        f"{name}: {value!r} was given, but it must be a whole number, {allowed}",
        circumstances_of(endpoint),
        parameter=name,
    )
