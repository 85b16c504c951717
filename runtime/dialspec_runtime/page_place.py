"""`Place`: where the consumer stands between two records, without counting them one by one."""

from __future__ import annotations

from collections.abc import Iterator
from operator import length_hint
from typing import Generic, TypeVar

from .page_batch import Batch
from .position import MARKS_KEPT, Position
from .recent_records import mark

__all__ = ["Place"]

T = TypeVar("T")


class Place(Generic[T]):
    """Follows the batches as they are handed out."""

    def __init__(self, beginning: Position) -> None:
        self._beginning = beginning
        self._batch: Batch[T] | None = None
        self._cursor: Iterator[T] | None = None

    def hand_out(self, batch: Batch[T]) -> Iterator[T]:
        """Begin to hand out a batch record by record; `position` follows the iterator."""
        self._batch, self._cursor = batch, iter(batch.records)
        return self._cursor

    def hand_over(self, batch: Batch[T]) -> None:
        """Hand out a batch as a whole."""
        self._batch, self._cursor = batch, None

    @property
    def position(self) -> Position:
        """The place after the last record handed out."""
        batch = self._batch
        if batch is None:
            return self._beginning
        # A list iterator knows how much of it is left: no counting in the loop over the records.
        left = 0 if self._cursor is None else length_hint(self._cursor)
        return self.after(batch, len(batch.records) - left)

    def after(self, batch: Batch[T], count: int) -> Position:
        """The place after the first `count` records of a batch."""
        keys = [*batch.keys_before, *batch.keys[:count]][-MARKS_KEPT:]
        marks = [*self._beginning["recent"], *(mark(key) for key in keys)]
        return Position(
            endpoint=self._beginning["endpoint"],
            row=batch.row_after(count),
            start=self._beginning["start"],
            total=batch.known_total,
            recent=list(dict.fromkeys(reversed(marks)))[MARKS_KEPT - 1 :: -1],
        )
