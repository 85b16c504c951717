"""`Batch`: the records of one page that are to be handed out, and where they lie in the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from .records import Record

__all__ = ["Batch"]

T = TypeVar("T")


class Batch(NamedTuple, Generic[T]):
    """What one accepted page brings."""

    number: int
    """The page's number as the vendor counts."""
    start: int
    """The row with which the page begins."""
    end: int
    """The row from which to go on after the whole batch."""
    records: list[T]
    places: Sequence[int] | None
    """Where on the page the records lie; None if they are the page."""
    trimmed: bool
    """Whether `max_items` cut the page short."""
    document: Record
    total: int | None
    page_count: int | None
    known_total: int | None
    """The total, or the last one told if this page tells none."""
    more: bool
    """Whether the walk goes on after this batch."""
    left: int | None
    """How many records `max_items` leaves for later; None for no limit."""
    keys: Sequence[object]
    """The key of each record; empty if records have none."""
    keys_before: Sequence[object]
    """Keys of the last records handed out before this batch."""

    def row_after(self, count: int) -> int:
        """The row from which to go on after the first `count` records."""
        if count >= len(self.records) and not self.trimmed:
            return self.end
        places = self.places
        if count == 0:
            return self.start + (places[0] if places else 0)
        return self.start + (places[count - 1] if places else count - 1) + 1
