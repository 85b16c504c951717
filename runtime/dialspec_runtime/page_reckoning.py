"""`Reckoning`: what is known of a list while it is walked, and what was counted on the way."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from .errors import circumstances_of
from .page_answers import Answer, Grid
from .paging_error import PagingError

__all__ = ["REMEMBERED", "Reckoning"]

REMEMBERED: Final = 10_000
"""How many of the last records are known again; for pages above 1,250 rows it is eight pages."""

_log = logging.getLogger("dialspec.paging")


class Reckoning:
    """The state that the walk and its judge share."""

    last_page: int | None = None
    """The last page there is, as far as counts were told."""
    inserted = 0
    """By how much the total has grown without known records coming again for it."""
    batches = 0
    handed = 0
    skipped = 0
    repeated = 0
    previous_full = False
    beyond = False
    """Whether the counted end has been passed because rows were missing before it."""

    def __init__(
        self,
        grid: Grid,
        endpoint: str,
        *,
        keyed: bool,
        floor: int,
        resumed: bool,
        total: int | None,
    ) -> None:
        self.grid = grid
        self.endpoint = endpoint
        self.keyed = keyed
        self.floor = floor
        """The page on which the walk began; none before it belongs to it."""
        self.resumed = resumed
        self.total = total
        """The last total that was told."""
        self.notes: list[str] = []

    @property
    def nothing_was_counted(self) -> bool:
        """Whether the vendor has told neither a total nor a number of pages."""
        return self.total is None and self.last_page is None

    @property
    def pages_remembered(self) -> int:
        """How many pages reach back as far as the memory does."""
        return max(REMEMBERED // self.grid.size, 8)

    def growth(self, answer: Answer[object]) -> int:
        """By how much an answer's total differs from the last one told; 0 if that is not known."""
        if answer.total is None or self.total is None:
            return 0
        return answer.total - self.total

    def missing(self, answer: Answer[object], rows: Sequence[object]) -> int:
        """How many rows of a page the vendor counted, now or lately, but did not send."""
        count = len(rows)
        total = self.total if answer.total is None else answer.total
        if total is None or count >= self.grid.size or self.beyond:
            return 0
        counted = total - answer.start
        return 0 if counted <= count else min(self.grid.size, counted) - count

    def tells_more(self, answer: Answer[object], rows: Sequence[object]) -> bool:
        """Whether the list goes on after a page, as far as anybody tells."""
        end = answer.start + self.grid.size
        if answer.total is not None or answer.pages is not None:
            return (answer.total is not None and end < answer.total) or (
                answer.pages is not None and answer.index + 1 < answer.pages
            )
        if self.total is None:
            return bool(rows)
        return end < self.total or len(rows) >= self.grid.size

    def goes_on(self, answer: Answer[object], rows: Sequence[object]) -> bool:
        """Whether to go on after a page; past the counted end, if rows were missing before it."""
        more = self.tells_more(answer, rows)
        if not more and rows and self.skipped:
            # Pages were short: if the vendor serves smaller pages than asked for, the rest comes now.
            self.beyond = more = True
        return more

    def learn(self, answer: Answer[object]) -> None:
        """Believe the counts of an answer that was accepted."""
        pages = answer.pages
        if answer.total is not None:
            growth = self.growth(answer)
            if growth < 0 and not self.keyed:
                self.note("the list shrank and its records have no key: some may be missing")
            if growth > 0:
                self.inserted += growth
            elif self.total is None and self.batches:
                # After pages that told no total, nobody knows by how much it has grown meanwhile.
                self.inserted += answer.total
            self.total = answer.total
            filled = self.grid.pages_for(answer.total)
            pages = filled if pages is None else max(filled, pages)
        if pages is not None:
            self.last_page = pages - 1

    def came_again(self, count: int) -> None:
        """Count records that were dropped because they were handed out before."""
        self.repeated += count
        self.inserted = max(0, self.inserted - count)

    def page_count(self, answer: Answer[object]) -> int | None:
        """The number of pages, as the answer tells it or as its total makes it."""
        if answer.pages is not None or answer.total is None:
            return answer.pages
        return self.grid.pages_for(answer.total)

    def note(self, text: str) -> None:
        """Keep something to be logged at the end."""
        if text not in self.notes:
            self.notes.append(text)

    def tell(self) -> None:
        """Log what was odd on the way."""
        told = list(self.notes)
        if self.repeated:
            told.append(f"{self.repeated} records came once more and were dropped")
        if self.skipped:
            told.append(f"{self.skipped} rows that the vendor counted never came")
        if told:
            _log.warning("%s: %s", self.endpoint or "a list", "; ".join(told))

    def error(self, answer: Answer[object], what: str) -> PagingError:
        """An exception about a page."""
        where = f"page {self.grid.number(answer.index)}"
        return PagingError(
            f"{self.endpoint}: {where} {what}" if self.endpoint else f"{where} {what}",
            circumstances_of(self.endpoint),
        )
