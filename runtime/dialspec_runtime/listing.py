"""`Listing`: one paged call as its pager knows it, checked before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from .errors import InvalidArgument, circumstances_of
from .operation import Offset, PageNumber
from .paging import Walk
from .position import Position, checked_position

__all__ = ["Listing"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """What to list and how; refuses sizes and starts that the vendor does not take."""

    record_type: type[T]
    paging: PageNumber | Offset
    endpoint: str
    size: int
    start: int
    max_items: int | None = None
    prefetch: int = 0
    resume: Position | None = None
    maximum_concurrency: int | None = None

    def __post_init__(self) -> None:
        paging = self.paging
        numbered = paging if isinstance(paging, PageNumber) else None
        first = 0 if numbered is None else numbered.first
        last = None if numbered is None else numbered.maximum_number
        self._check("size", self.size, max(1, paging.minimum_size), paging.maximum_size)
        self._check("start", self.start, first, last)
        self._check("prefetch", self.prefetch, 0, None)
        if self.max_items is not None:
            self._check("max_items", self.max_items, 0, None)

    @property
    def at_once(self) -> int:
        """How many requests may be under way; 0 means one after the other, when its page is needed."""
        if self.maximum_concurrency is None:
            return self.prefetch
        return min(self.prefetch, max(1, self.maximum_concurrency))

    def walk(self) -> Walk[T]:
        """A new walk from the beginning, or from where the listing resumes."""
        resume = self.resume
        if resume is not None:
            resume = checked_position(resume, self.endpoint)
        return self._walk(self.max_items, resume)

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

    def _check(self, name: str, value: object, minimum: int, maximum: int | None) -> None:
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= minimum
        if fits and (maximum is None or (isinstance(value, int) and value <= maximum)):
            return
        allowed = f"{minimum} or more" if maximum is None else f"{minimum} to {maximum}"
        raise InvalidArgument(
            f"{name}: {value!r} was given, but it must be a whole number, {allowed}",
            circumstances_of(self.endpoint),
            parameter=name,
        )
