"""The paging engine: a state machine that is told answers and says what to ask next.

It does no I/O, so the sync, async and prefetching pagers share it. `Walk.wanted` is the page to ask
for, `Walk.values` what to send for it, `Walk.accept` takes the answer and gives the batches that may
be handed out now: none if the answer is not good enough, several if pages had to wait for one.

What it promises, for a list that keeps its order while it is walked:

- Records come in the vendor's order.
- With a key, none comes twice, however many rows are inserted ahead of the place that was reached
  (up to `REMEMBERED` rows between one page and the next).
- With a key, rows that move up because others were removed are not lost: when the vendor's total falls, the
  engine goes back until it meets a record that it knows. It can't see a removal that
  an insertion elsewhere makes up for in the total, nor one in a list that prints no total.
- Without a key, pages that come twice are noticed, single rows are not; nothing can be promised
  for a list that changes.
- An answer without its rows, an empty or short page ahead of the end, and a page already seen are asked for
  again a few times. What stays short is passed over, counted in `skipped` and logged. What
  can't be passed over without losing records unseen is a `PagingError`, never a quiet end.
- Every walk over a finite list ends: each page is asked for a bounded number of times, and pages
  that bring nothing new are passed over a bounded number of times.

Where the vendor tells neither a total nor a count of pages, an empty page is the end; the first page may then
also come without its rows (`data: null`), which means the same if it is repeated.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from operator import length_hint
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from .errors import Circumstances
from .operation import Offset
from .page_answers import Answer, Grid
from .page_batch import Batch
from .page_seek import Seek
from .paging_error import PagingError
from .position import MARKS_KEPT, Position
from .recent_records import RecentRecords, Sighting, mark

if TYPE_CHECKING:
    from .operation import PageNumber
    from .records import Record

__all__ = ["REMEMBERED", "Walk"]

T = TypeVar("T")

REMEMBERED: Final = 10_000
"""How many of the last records are known again; for pages above 1,250 rows it is eight pages."""
ASK_AGAIN: Final = 5
"""How often a page is asked for once more when its answer can't be right."""
ASK_TWICE_AGAIN: Final = 2
"""The same, when the answer is odd but may well be right."""
EMPTY_PAGES: Final = 3
"""How many pages in a row may be empty although the vendor counts rows on them."""
LOOKS_BACK: Final = 4
"""How often the way to one page is checked again because the total fell."""
SHORT_PAGES: Final = 2
"""After so many pages that stayed short, being short is taken for the vendor's way."""

_log = logging.getLogger("dialspec.paging")


class Walk(Generic[T]):
    """One way through the pages of one list."""

    def __init__(
        self,
        paging: PageNumber | Offset,
        *,
        size: int,
        first_row: int = 0,
        max_items: int | None = None,
        resume: Position | None = None,
        endpoint: str = "",
    ) -> None:
        self._endpoint = endpoint
        self._max_items = max_items
        self._grid = Grid(paging, size, first_row % size if resume is None else 0)
        self._memory = RecentRecords(paging.key, max(REMEMBERED, 8 * size))
        self._keyed = bool(paging.key)

        row = first_row if resume is None else resume["row"]
        self._first_row = first_row if resume is None else resume["start"]
        self._floor = self._grid.index_of(self._first_row)
        self._wanted: int | None = self._grid.index_of(row)
        self._seek: Seek | None = None
        self._begin_after: int | None = None
        self._total: int | None = None
        if resume is not None:
            self._total = resume["total"]
            if self._keyed and resume["recent"]:
                self._seek = Seek(self._grid, resume)
            else:
                self._begin_after = row

        self._last_known: int | None = None
        self._tries = 0
        self._held: list[Answer[T]] = []
        self._looks = 0
        self._looked_from = -1
        self._best: Answer[T] | None = None
        self._empty_totals: list[int] = []
        self._empty_run = 0
        self._barren_run = 0
        self._short_pages = 0
        self._equal_short: int | None = None
        self._previous_full = False
        self._beyond = False
        self._trusts_number = True
        self._batches = 0
        self._handed = 0

        self._batch: Batch[T] | None = None
        self._cursor: Iterator[T] | None = None
        self._start_position = Position(
            endpoint=endpoint,
            row=row,
            start=self._first_row,
            total=self._total,
            recent=[] if resume is None else resume["recent"],
        )
        self._notes: list[str] = []
        self.skipped = 0
        """Rows that the vendor counted but did not send."""
        self.repeated = 0
        """Records that came once more and were dropped."""

    # What to ask.

    @property
    def wanted(self) -> int | None:
        """The page to ask for next, counted from 0; None at the end."""
        return self._wanted

    def values(self, index: int) -> Mapping[str, object]:
        """The paging parameters of a page, by wire name."""
        return self._grid.values(index)

    def ahead(self, count: int) -> range:
        """Up to `count` pages, from the wanted one on, that will be asked for unless something moves."""
        if self._wanted is None or not self._batches or self._held or self._seek:
            return range(0)
        stop = self._wanted + (1 if self._beyond else count)
        if self._last_known is not None and not self._beyond:
            stop = min(stop, self._last_known + 1)
        if self._max_items is not None:
            left = self._max_items - self._handed
            stop = min(stop, self._wanted - (-left // self._grid.size))
        return range(self._wanted, max(stop, self._wanted + 1))

    # What has been handed out.

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
            return self._start_position
        # A list iterator knows how much of it is left: no counting in the loop over the records.
        left = 0 if self._cursor is None else length_hint(self._cursor)
        return self.position_after(batch, len(batch.records) - left)

    def position_after(self, batch: Batch[T], count: int) -> Position:
        """The place after the first `count` records of a batch."""
        keys = [*batch.keys_before, *batch.keys[:count]][-MARKS_KEPT:]
        return Position(
            endpoint=self._endpoint,
            row=batch.row_after(count),
            start=self._first_row,
            total=batch.known_total,
            recent=[mark(key) for key in keys],
        )

    def tell(self) -> None:
        """Log, once, what was odd on the way; called when the walk ends or is given up."""
        if self.repeated:
            self._notes.append(f"{self.repeated} records came once more and were dropped")
        if self.skipped:
            self._notes.append(f"{self.skipped} rows that the vendor counted never came")
        if self._notes:
            _log.warning("%s: %s", self._endpoint or "paging", "; ".join(self._notes))
            self._notes = []

    # What came.

    def accept(self, document: Record) -> list[Batch[T]]:
        """Take the answer to the wanted page; gives what may be handed out now, in order."""
        if self._wanted is None:
            raise RuntimeError("the walk is over: nothing was wanted")
        answer: Answer[T] = self._grid.read(self._wanted, document)
        rows = answer.rows
        if rows is None:
            if not answer.says_nothing_is_here:
                if self._without_rows(answer):
                    return []
                if not self._held and self._seek is None:
                    return self._finish(answer)
            rows = ()
        elif self._is_another_page(answer):
            if self._beyond:
                return self._finish(answer)
            if self._ask_again(ASK_AGAIN):
                return []
            if self._batches:
                return self._stuck(answer)
            self._trusts_number = False  # the first page always says so: the vendor counts otherwise
        if self._seek is not None:
            return self._find_place(self._seek, answer, rows)
        if self._held:
            return self._look_back(answer, rows)
        if not rows:
            return self._empty(answer)
        return self._forward(answer, rows)

    def take_as_it_is(self, document: Record) -> Batch[T]:
        """Take one answer without judging it: a page on its own."""
        answer: Answer[T] = self._grid.read(self._wanted or 0, document)
        rows = answer.rows or ()
        keys = self._memory.keys(rows)
        return self._take(answer, rows, Sighting(keys, None, [], copies=False, fingerprint=()))[0]

    def _forward(self, answer: Answer[T], rows: Sequence[T]) -> list[Batch[T]]:
        sighting = self._memory.sight(rows)
        if self._begin_after is not None:
            if answer.start < self._begin_after:
                sighting = sighting.after(self._begin_after - answer.start - 1, len(rows))
            self._begin_after = None
            return self._take(answer, rows, sighting, counts=False)
        if self._brings_nothing(answer, rows, sighting):
            return self._barren(answer, rows, sighting)
        if self._may_have_slipped(answer, sighting):
            return self._step_back(answer)
        if self._missing(answer, rows):
            if self._best is None or len(rows) > len(self._best.rows or ()):
                self._best = answer
            if self._short_pages < SHORT_PAGES and self._ask_again(ASK_TWICE_AGAIN):
                return []
            if self._best is not answer:
                answer, rows = self._best, self._best.rows or ()
                sighting = self._memory.sight(rows)
            self._pass_short(answer, len(rows))
        return self._take(answer, rows, sighting)

    def _take(
        self,
        answer: Answer[T],
        rows: Sequence[T],
        sighting: Sighting,
        *,
        counts: bool = True,
    ) -> list[Batch[T]]:
        """Hand out what is new on a page and go on to the next one."""
        before = self._memory.latest(MARKS_KEPT)
        fresh = sighting.fresh
        keys = self._memory.remember(sighting, fresh)
        records = list(rows) if fresh is None else [rows[place] for place in fresh]
        if counts:
            self.repeated += len(rows) - len(records)
        if self._beyond:
            self.skipped = max(0, self.skipped - len(records))
        self._empty_run = 0
        if records:
            self._barren_run = 0
        self._previous_full = len(rows) >= self._grid.size
        further = self._goes_on(answer, rows)
        self._move_on(answer, further=further)
        self._handed += len(records)
        over = 0 if self._max_items is None else max(0, self._handed - self._max_items)
        if over:
            del records[len(records) - over :]
            self._handed -= over
        if self._max_items is not None and self._handed >= self._max_items:
            self._wanted = None
        self._batches += 1
        grid = self._grid
        end = answer.start + (grid.size if further else len(rows))
        total = self._total
        return [
            Batch(
                number=grid.number(answer.index),
                start=answer.start,
                end=end,
                records=records,
                places=fresh,
                trimmed=bool(over),
                document=answer.document,
                total=answer.total,
                page_count=self._page_count(answer),
                known_total=total,
                more=self._wanted is not None,
                left=None if self._max_items is None else self._max_items - self._handed,
                keys=keys,
                keys_before=before,
            )
        ]

    def _pass(self, answer: Answer[T], rows: Sequence[T]) -> list[Batch[T]]:
        """Go on to the next page with nothing to hand out from this one."""
        self._move_on(answer, self._goes_on(answer, rows))
        return self._nothing(answer)

    def _finish(self, answer: Answer[T]) -> list[Batch[T]]:
        """End the walk with nothing to hand out from this page."""
        self._move_on(answer, further=False)
        return self._nothing(answer)

    def _nothing(self, answer: Answer[T]) -> list[Batch[T]]:
        """An empty batch if the walk ends without a single one: an empty list has a first page too."""
        if self._batches or self._wanted is not None:
            return []
        self._batches += 1
        return [
            Batch(
                number=self._grid.number(answer.index),
                start=answer.start,
                end=answer.start + len(answer.rows or ()),
                records=[],
                places=None,
                trimmed=False,
                document=answer.document,
                total=answer.total,
                page_count=self._page_count(answer),
                known_total=self._total,
                more=False,
                left=None,
                keys=(),
                keys_before=(),
            )
        ]

    # Odd answers.

    def _ask_again(self, limit: int) -> bool:
        """Whether to ask for the same page once more; if so, that is settled."""
        if self._tries >= limit:
            return False
        self._tries += 1
        return True

    @property
    def _nothing_was_counted(self) -> bool:
        return self._total is None and self._last_known is None

    def _without_rows(self, answer: Answer[T]) -> bool:
        """Whether to ask once more for a page that came without its rows; else it is the end."""
        first = not self._batches and self._seek is None and self._begin_after is None
        if self._ask_again(ASK_TWICE_AGAIN + 1 if first else ASK_AGAIN):
            return True
        if answer.says_rows_are_here or not (
            first or (self._nothing_was_counted and not self._previous_full)
        ):
            raise self._error(answer, "came without its rows each time it was asked for")
        return False

    def _empty(self, answer: Answer[T]) -> list[Batch[T]]:
        if self._beyond:
            return self._finish(answer)
        if self._may_have_slipped(answer):
            return self._step_back(answer)
        moved = answer.total is not None and self._total is not None and answer.total < self._total
        if answer.says_nothing_is_here:
            # A total that falls to just here may be a fault: have it confirmed.
            if moved and self._batches and self._ask_again(ASK_TWICE_AGAIN):
                return []
            return self._finish(answer)
        stale = answer.total is None and self._total is not None and self._total > answer.start
        if not (answer.says_rows_are_here or stale):
            if self._batches and self._previous_full and self._ask_again(1):
                return []
            return self._finish(answer)
        if answer.total is not None:
            self._empty_totals.append(answer.total)
        if self._ask_again(ASK_AGAIN):
            return []
        if self._empty_totals and self._empty_totals[-1] > self._empty_totals[0]:
            self._note("the vendor's total kept growing while no rows came")
            return self._finish(answer)
        self._empty_run += 1
        self.skipped += self._missing(answer, ())
        if self._empty_run > EMPTY_PAGES:
            raise self._error(answer, f"is the {self._empty_run}th empty one in a row")
        batches = self._pass(answer, ())
        if self._wanted is None and not self._handed:
            raise self._error(answer, "is empty although the vendor counts rows")
        return batches

    def _brings_nothing(self, answer: Answer[T], rows: Sequence[T], sighting: Sighting) -> bool:
        if not sighting.has_news:
            return True
        if not sighting.copies:
            return False
        # Rows that are all alike make pages that are alike, which says nothing about a repetition.
        return not (answer.says_rows_are_here and all(row == rows[0] for row in rows))

    def _barren(
        self, answer: Answer[T], rows: Sequence[T], sighting: Sighting
    ) -> list[Batch[T]]:
        """A page with rows, none of them new."""
        if self._beyond:
            return self._finish(answer)
        grown = 0
        if answer.total is not None and self._total is not None:
            grown = answer.total - self._total
        explained = self._keyed and grown >= len(rows)
        self.repeated += len(rows)
        if self._ask_again(ASK_TWICE_AGAIN if explained else ASK_AGAIN):
            return []
        if explained or (self._keyed and not sighting.copies):
            self._barren_run += 1
            if self._barren_run > EMPTY_PAGES + self._memory_pages:
                raise self._error(answer, "and many before it brought nothing new")
            return self._pass(answer, rows)
        return self._stuck(answer)

    def _is_another_page(self, answer: Answer[T]) -> bool:
        """Whether the answer says that it is not the page that was asked for."""
        return (
            self._trusts_number
            and answer.number is not None
            and answer.number != self._grid.number(answer.index)
            and not (answer.says_nothing_is_here and not answer.rows)
        )

    def _stuck(self, answer: Answer[T]) -> list[Batch[T]]:
        """Another page came each time: the end, if the vendor counts nothing; else a contradiction."""
        if self._nothing_was_counted and not answer.says_rows_are_here:
            self._note("another page came again, which was taken for the end")
            return self._finish(answer)
        raise self._error(answer, "was answered with another page each time it was asked for")

    def _missing(self, answer: Answer[T], rows: Sequence[T]) -> int:
        """How many rows of this page the vendor counted but did not send."""
        total = answer.total
        if total is None or self._beyond:
            return 0
        return max(0, min(self._grid.size, total - answer.start) - len(rows))

    def _pass_short(self, answer: Answer[T], count: int) -> None:
        """Take a page that stayed short for what it is."""
        self._short_pages += 1
        self.skipped += self._missing(answer, answer.rows or ())
        if isinstance(self._grid.paging, Offset) and answer.index <= self._floor + 1:
            if self._equal_short == count:
                raise self._error(
                    answer,
                    f"has {count} rows where {self._grid.size} were asked for, as the one before:"
                    f" the vendor sends no more than that at once, so ask with size={count}",
                )
            self._equal_short = count if answer.index == self._floor else None

    # Rows that moved up because others were removed.

    def _may_have_slipped(self, answer: Answer[T], sighting: Sighting | None = None) -> bool:
        if not self._keyed or self._beyond or answer.index <= self._floor:
            return False
        if answer.total is None or self._total is None or answer.total >= self._total:
            return False
        if sighting is not None and sighting.known:
            return False  # it overlaps with what was handed out, so nothing lies between
        if answer.index != self._looked_from:
            self._looked_from, self._looks = answer.index, 0
        return self._looks < LOOKS_BACK

    def _step_back(self, answer: Answer[T]) -> list[Batch[T]]:
        self._looks += 1
        self._held = [answer]
        self._want(answer.index - 1)
        return []

    def _look_back(self, answer: Answer[T], rows: Sequence[T]) -> list[Batch[T]]:
        """Take a page that was gone back to: until a known record is met, rows may be missing."""
        held = self._held
        sighting = self._memory.sight(rows)
        totals = [each.total for each in (answer, *held) if each.total is not None]
        fell = (self._total or 0) - min(totals)
        met = bool(sighting.known)
        first = len(held) == 1
        if not met and first and fell < len(rows) and self._ask_again(ASK_AGAIN):
            return []  # so few removals can't have replaced a whole page
        if not met and answer.index > self._floor and fell > len(held) * self._grid.size:
            if len(held) > self._memory_pages:
                raise self._error(answer, "was read while the list shrank too fast to be followed")
            held.append(answer)
            self._want(answer.index - 1)
            return []
        self._held = []
        if met:
            sighting = sighting.after(sighting.known[0], len(rows))
        batches = self._take(answer, rows, sighting, counts=False)
        for later in reversed(held):
            if self._wanted != later.index or not self._still_good(later):
                break
            later_rows = later.rows or ()
            batches += self._take(later, later_rows, self._memory.sight(later_rows))
        return batches

    def _still_good(self, held: Answer[T]) -> bool:
        """Whether a page that had to wait still follows on what has been handed out since."""
        rows = held.rows
        if not rows or self._missing(held, rows):
            return False
        if held.total is not None and self._total is not None and held.total < self._total:
            return False  # rows were inserted after it was read: there may be a gap before it
        return self._memory.sight(rows).has_news

    # A stored position.

    def _find_place(self, seek: Seek, answer: Answer[T], rows: Sequence[T]) -> list[Batch[T]]:
        keys = self._memory.keys(rows)
        place = seek.place(keys)
        if place is not None:
            left_off_here = answer.start + place + 1 == seek.row
            if self._missing(answer, rows) and self._ask_again(ASK_TWICE_AGAIN):
                return []
            if place + 1 == len(rows) and not left_off_here and self._ask_again(ASK_TWICE_AGAIN):
                return []
            self._seek = None
            self._memory.know(keys[: place + 1])
            sighting = self._memory.sight(rows).after(place, len(rows))
            if sighting.has_news:
                return self._take(answer, rows, sighting, counts=False)
            return self._pass(answer, rows)
        if not seek.has_moved_on and seek.unchanged(answer.total):
            if seek.begins_page:
                self._seek = None
                return self._forward(answer, rows) if rows else self._empty(answer)
            if self._ask_again(ASK_AGAIN):
                return []
        page = seek.next_page(answer.total)
        if page is None:
            self._seek = None
            self._note(
                f"the place to resume from was not found again; went on from row {seek.safe_row},"
                " so records may come twice"
            )
            self._begin_after = seek.safe_row
            page = self._grid.index_of(seek.safe_row)
        self._want(page)
        return []

    # The way on.

    def _goes_on(self, answer: Answer[T], rows: Sequence[T]) -> bool:
        """Whether the list goes on after this page, as far as anybody tells."""
        end = answer.start + self._grid.size
        if answer.total is None and answer.pages is None:
            more = self._total is not None and end < self._total
            more = more or (bool(rows) and (self._total is None or len(rows) >= self._grid.size))
        else:
            more = (answer.total is not None and end < answer.total) or (
                answer.pages is not None and answer.index + 1 < answer.pages
            )
        if not more and rows and self.skipped:
            # Pages were short: if the vendor serves smaller pages than asked for, the rest comes now.
            self._beyond = more = True
        return more

    def _move_on(self, answer: Answer[T], *, further: bool) -> None:
        total = answer.total
        if total is not None:
            if not self._keyed and self._total is not None and total < self._total:
                self._note("the list shrank on the way and its records have no key: some may be missing")
            self._total = total
        pages = [answer.pages] if answer.pages is not None else []
        if total is not None:
            pages.append(self._grid.pages_for(total))
        if pages:
            self._last_known = max(pages) - 1
        self._want(answer.index + 1 if further else None)

    def _want(self, index: int | None) -> None:
        self._wanted = index
        self._tries = 0
        self._best = None
        self._empty_totals = []

    def _page_count(self, answer: Answer[T]) -> int | None:
        if answer.pages is not None or answer.total is None:
            return answer.pages
        return self._grid.pages_for(answer.total)

    @property
    def _memory_pages(self) -> int:
        return REMEMBERED // self._grid.size + 8

    def _note(self, text: str) -> None:
        if text not in self._notes:
            self._notes.append(text)

    def _error(self, answer: Answer[T], what: str) -> PagingError:
        self._notes.clear()
        return PagingError(
            f"{self._endpoint or 'paging'}: page {self._grid.number(answer.index)} {what}"
            " (see the pager's position, skipped and repeated)",
            Circumstances(endpoint=self._endpoint),
        )
