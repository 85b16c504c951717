"""`Seek`: find the place of a stored position again in a list that may have changed since.

The position's row is tried first. If none of the records it remembers is there, the vendor's total tells how
far rows may have moved; the pages between here and there are looked through, then those around, `PROBES`
at most. Where no total is told, it is the page before and the next `PROBES_UNCOUNTED`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from .page_answers import Grid
from .position import Position
from .recent_records import mark

__all__ = ["Seek"]

PROBES: Final = 100
PROBES_UNCOUNTED: Final = 10


class Seek:
    """Says on which page to look next for the records that a position remembers."""

    def __init__(self, grid: Grid, position: Position) -> None:
        self.row = position["row"]
        self._grid = grid
        self._total = position["total"]
        self.marks = frozenset(position["recent"])
        self._probes: Iterator[int] | None = None
        self._left = PROBES
        self._shift = 0
        self._pages_there_are: int | None = None
        self._looked_at: tuple[int, Sequence[object]] = (-1, ())

    def is_repeated(self, page: int, keys: Sequence[object]) -> bool:
        """Whether a page holds what another page held that was looked at just before."""
        before, same = self._looked_at
        if keys and keys == same and page != before:
            return True
        self._looked_at = page, keys
        return False

    @property
    def has_moved_on(self) -> bool:
        """Whether the position's own page has been looked at in vain."""
        return self._probes is not None

    @property
    def begins_page(self) -> bool:
        """Whether the place lies between two pages, so that the next one holds no record known."""
        return self._grid.start(self._grid.index_of(self.row)) == self.row

    def unchanged(self, total: int | None) -> bool:
        """Whether nothing tells that the list has changed."""
        return total is None or total == self._total

    def place(self, keys: Sequence[object]) -> int | None:
        """Where on a page the last record lies that the position remembers."""
        for place in range(len(keys) - 1, -1, -1):
            if mark(keys[place]) in self.marks:
                return place
        return None

    def next_page(self, total: int | None) -> int | None:
        """The page to look at next; None if all were looked at."""
        shift = self._shift
        self._pages_there_are = None if total is None else max(1, self._grid.pages_for(total))
        if total is not None and self._total is not None:
            shift = total - self._total
        if self._probes is None or shift != self._shift:  # it moved again: begin anew
            self._shift = shift
            self._probes = self._pages()
        self._left -= 1
        return next(self._probes, None) if self._left >= 0 else None

    @property
    def safe_row(self) -> int:
        """The row from which to go on, if the place is not found, so that nothing is lost."""
        return max(0, self.row + min(self._shift, 0))

    def _pages(self) -> Iterator[int]:
        grid = self._grid
        here = grid.index_of(self.row)
        there = grid.index_of(max(0, self.row - 1 + self._shift))
        end = self._pages_there_are
        if end is None:
            end = here + 2 + PROBES_UNCOUNTED
            further: Iterator[int] = iter(range(here + 2, end))
        else:
            # First where the rows should be by the count, then everywhere, the nearest pages first.
            back = range(there, here, -1 if there > here else 1)
            outward = (page for away in range(2, PROBES) for page in (here - away, here + away))
            further = chain(islice(back, PROBES // 2), outward)
        tried = set[int]()
        for page in chain((here - 1, there, here, here + 1), further):
            if 0 <= page < end and page not in tried:
                tried.add(page)
                yield page
