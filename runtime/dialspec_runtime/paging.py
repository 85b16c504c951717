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

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from .page_answers import Answer, Grid
from .page_batch import Batch
from .page_judge import CONFIRM, Judge, Verdict
from .page_place import Place
from .page_reckoning import REMEMBERED, Reckoning
from .page_seek import Seek
from .position import MARKS_KEPT, Position
from .recent_records import RecentRecords, Sighting

if TYPE_CHECKING:
    from .operation import Offset, PageNumber
    from .records import Record

__all__ = ["Walk"]

T = TypeVar("T")


class Walk(Generic[T]):
    """One way through the pages of one list."""

    _begin_total: int | None = None
    """The total for which the row to begin at was worked out, if it was."""
    _longest: Answer[T] | None = None
    """The best answer so far to a page that comes short."""

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
        position = resume or Position(
            endpoint=endpoint, row=first_row, start=first_row, total=None, recent=[]
        )
        # Where to resume is found by rows, whatever the page size was: pages begin at multiples of it.
        grid = Grid(paging, size, 0 if resume else first_row % size)
        self._grid = grid
        row, start, recent = position["row"], position["start"], position["recent"]
        self._first_row = start
        self._begun_by_row = None if recent else row
        self._max_items = max_items
        self._memory = RecentRecords(paging, max(REMEMBERED, 8 * size))
        self.place: Place[T] = Place(position)
        """Follows what is handed out."""
        self.reckoning = Reckoning(
            grid,
            endpoint,
            keyed=bool(paging.key),
            floor=grid.index_of(start),
            resumed=bool(recent) or row > start,
            total=position["total"],
        )
        """What was counted on the way."""
        self._judge = Judge(self.reckoning)
        self._wanted: int | None = grid.index_of(row)
        self._seek = Seek(grid, position) if paging.key and recent else None
        self._begin_at = row if resume and self._seek is None else None
        """The row from which to hand out, where rows before it lie on the same page."""
        self._held: list[Answer[T]] = []
        """Pages that wait, the furthest first, while the ones before them are looked at again."""

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
        known = self.reckoning
        if self._wanted is None or not known.batches or self._held or self._seek:
            return range(0)
        stop = self._wanted + count
        if known.beyond:
            stop = self._wanted + 1
        elif known.last_page is not None:
            stop = min(stop, known.last_page + 1)
        if self._max_items is not None:
            left = self._max_items - known.handed
            stop = min(stop, self._wanted - (-left // self._grid.size))
        return range(self._wanted, max(stop, self._wanted + 1))

    # What came.

    def accept(self, document: Record) -> list[Batch[T]]:
        """Take the answer to the wanted page; gives what may be handed out now, in order."""
        if self._wanted is None:
            raise RuntimeError("the walk is over: nothing was wanted")
        answer: Answer[T] = self._grid.read(self._wanted, document)
        rows = answer.rows
        judge = self._judge
        verdict = judge.without_rows(answer) if rows is None else judge.number(answer)
        if verdict is Verdict.TAKE:
            verdict = judge.counts(answer)
        if verdict is Verdict.AGAIN:
            return []
        rows = rows or ()
        if self._seek is not None:
            return self._find_place(self._seek, answer, rows)
        if self._held:
            return self._look_back(answer, rows)
        if verdict is Verdict.END:
            return self._end(answer)
        return self._forward(answer, rows)

    def take_as_it_is(self, document: Record) -> Batch[T]:
        """Take one answer without judging it: a page on its own."""
        answer: Answer[T] = self._grid.read(self._wanted or 0, document)
        rows = answer.rows or ()
        keys = self._memory.keys(rows)
        return self._take(answer, rows, Sighting(keys, None, [], copies=False, fingerprint=()))

    def _forward(self, answer: Answer[T], rows: Sequence[T]) -> list[Batch[T]]:
        """Take the next page in order, if it can be believed."""
        sighting = self._memory.sight(rows)
        begin_at, self._begin_at = self._begin_at, None
        if begin_at is not None and (fell := self._fell_meanwhile(answer)):
            self._begin_at, self._begin_total = max(0, begin_at - fell), answer.total
            self._first_row = min(self._first_row, self._begin_at)
            self._want(self._grid.index_of(self._begin_at))
            return []
        if begin_at is not None and answer.start < begin_at and rows:
            # Resuming by row alone: what lies before it was handed out in the earlier walk.
            if self._judge.short(answer, rows) is Verdict.AGAIN:
                self._begin_at = begin_at
                return []
            return self._take_rest(answer, rows, sighting, begin_at - answer.start - 1)
        judge = self._judge
        verdict = judge.rows(answer, rows, sighting) if rows else judge.empty(answer)
        if verdict is Verdict.TAKE:
            if self._is_best(answer, rows):
                self._longest = answer
            verdict = self._judge.short(answer, rows)
        if verdict is Verdict.AGAIN:
            self._begin_at = begin_at
            return []
        if verdict is Verdict.END:
            return self._end(answer)
        if verdict is Verdict.PASS:
            return self._pass(answer, rows)
        if verdict is Verdict.BACK:
            self._held = [answer]
            self._want(answer.index - 1)
            return []
        if self._longest is not None and self._longest is not answer:
            answer = self._longest
            rows = answer.rows or ()
            sighting = self._memory.sight(rows)
        if self.reckoning.missing(answer, rows):
            self._judge.pass_short(answer, rows)
        if sighting.known:
            self.reckoning.came_again(len(sighting.known))
        return [self._take(answer, rows, sighting)]

    def _is_best(self, answer: Answer[T], rows: Sequence[T]) -> bool:
        """Whether a page that came more than once came best this time: longest, and with its counts."""
        best = self._longest
        if best is None:
            return True
        count = len(best.rows or ())
        return len(rows) > count or (len(rows) == count and answer.total is not None)

    def _fell_meanwhile(self, answer: Answer[T]) -> int:
        """By how many rows the list became shorter since the place was worked out: all may have lain before it."""
        if self._begin_total is None or answer.total is None:
            return 0
        return max(0, self._begin_total - answer.total)

    def _take(self, answer: Answer[T], rows: Sequence[T], sighting: Sighting) -> Batch[T]:
        """Hand out what is new on a page and go on to the next one."""
        known = self.reckoning
        before = self._memory.latest
        places = sighting.fresh
        keys = self._memory.remember(sighting, places)
        records = list(rows) if places is None else [rows[place] for place in places]
        if records:
            self._judge.news()
        if known.beyond:
            known.skipped = max(0, known.skipped - len(records))
        known.previous_full = len(rows) >= self._grid.size
        return self._batch(answer, rows, records, places, keys, before)

    def _take_rest(
        self, answer: Answer[T], rows: Sequence[T], sighting: Sighting, place: int
    ) -> list[Batch[T]]:
        """Hand out what comes after a place on a page, perhaps nothing."""
        rest = sighting.after(place, len(rows))
        if self.reckoning.missing(answer, rows):
            self._judge.pass_short(answer, rows)
        if rest.has_news:
            return [self._take(answer, rows, rest)]
        self._memory.remember(rest, ())
        return self._pass(answer, rows)

    def _batch(
        self,
        answer: Answer[T],
        rows: Sequence[T],
        records: list[T],
        places: Sequence[int] | None = None,
        keys: Sequence[object] = (),
        before: Sequence[object] = (),
        *,
        last: bool = False,
    ) -> Batch[T]:
        known = self.reckoning
        if (growth := known.growth(answer)) > 0:
            self._memory.expect_longer(-(-growth // self._grid.size))
        known.learn(answer)
        further = not last and known.goes_on(answer, rows)
        end = answer.start + (self._grid.size if further else len(rows))
        if last and self._begun_by_row is not None:
            # Nothing was handed out, so the place is where it was.
            end = min(end, self._begun_by_row)
        left = None if self._max_items is None else self._max_items - known.handed
        trimmed = left is not None and len(records) > left
        if left is not None:
            del records[left:]
            left -= len(records)
        known.handed += len(records)
        known.batches += 1
        self._want(None if left == 0 or not further else answer.index + 1)
        return Batch(
            number=self._grid.number(answer.index),
            start=answer.start,
            end=end,
            records=records,
            places=places,
            trimmed=trimmed,
            document=answer.document,
            total=answer.total,
            page_count=known.page_count(answer),
            known_total=known.total,
            more=self._wanted is not None,
            left=left,
            keys=keys,
            keys_before=before,
        )

    def _pass(self, answer: Answer[T], rows: Sequence[T]) -> list[Batch[T]]:
        """Go on to the next page with nothing to hand out from this one."""
        known = self.reckoning
        known.learn(answer)
        if not known.goes_on(answer, rows):
            return self._end(answer)
        self._want(answer.index + 1)
        return []

    def _end(self, answer: Answer[T]) -> list[Batch[T]]:
        """End the walk before this page; an empty list has a first page nevertheless."""
        if not self.reckoning.batches:
            before = self._memory.latest
            return [self._batch(answer, answer.rows or (), [], before=before, last=True)]
        self.reckoning.learn(answer)
        self._want(None)
        return []

    def _want(self, index: int | None) -> None:
        self._wanted = index
        self._longest = None
        self._judge.new_page()

    # Rows that moved up because others were removed.

    def _look_back(self, answer: Answer[T], rows: Sequence[T]) -> list[Batch[T]]:
        """Take a page that was gone back to: until a known record is met, rows may be missing."""
        known, held = self.reckoning, self._held
        if rows and rows == held[0].rows and self._judge.again("copy", CONFIRM):
            return []
        sighting = self._memory.sight(rows)
        totals = [each.total for each in (answer, *held) if each.total is not None]
        # Where no total was told before, nobody knows by how much.
        fell = held[0].start if known.total is None else known.total - min(totals)
        met = bool(sighting.known)
        if not met and len(held) == 1 and fell < len(rows) and self._judge.again("back"):
            return []  # so few removals can't have replaced a whole page
        if not met and answer.index > 0 and fell > len(held) * self._grid.size:
            if len(held) > known.pages_remembered:
                raise known.error(answer, "was read while the list shrank too fast to be followed")
            held.append(answer)
            self._want(answer.index - 1)
            return []
        if self._judge.short(answer, rows) is Verdict.AGAIN:
            return []
        self._held = []
        if met:
            sighting = sighting.after(sighting.known[0], len(rows))
        elif answer.start < self._first_row:
            # All that was handed out is gone: what the walk did not begin with is left off by count.
            sighting = sighting.after(self._first_row - fell - answer.start - 1, len(rows))
        batches = [self._take(answer, rows, sighting)]
        for later in reversed(held):
            if self._wanted != later.index or not self._still_good(later):
                break  # it is asked for anew
            later_rows = later.rows or ()
            batches.append(self._take(later, later_rows, self._memory.sight(later_rows)))
        return batches

    def _still_good(self, held: Answer[T]) -> bool:
        """Whether a page that had to wait still follows on what has been handed out since."""
        rows = held.rows
        if not rows or self.reckoning.missing(held, rows):
            return False
        if self.reckoning.growth(held) < 0:
            return False  # rows were inserted after it was read: there may be a gap before it
        return self._memory.sight(rows).has_news

    # A stored position.

    def _find_place(self, seek: Seek, answer: Answer[T], rows: Sequence[T]) -> list[Batch[T]]:
        """Look on a page for the records after which to go on."""
        keys = self._memory.keys(rows)
        if seek.is_repeated(answer.index, keys) and self._judge.again("repeated", CONFIRM):
            return []
        place = seek.place(keys)
        if place is not None:
            if self._judge.short(answer, rows) is Verdict.AGAIN:
                return []
            where_it_was = answer.start + place + 1 == seek.row
            if place + 1 == len(rows) and not where_it_was and self._judge.again("place", CONFIRM):
                return []
            self._seek = None
            self._memory.know(keys[: place + 1])
            self._expect(seek, answer)
            return self._take_rest(answer, rows, self._memory.sight(rows), place)
        if not seek.has_moved_on and seek.unchanged(answer.total):
            if seek.begins_page:
                self._seek = None
                self._expect(seek, answer)
                return self._forward(answer, rows)
            if self._judge.again("place"):
                return []
        page = seek.next_page(answer.total)
        if page is None:
            self._seek = None
            self._begin_at, self._begin_total = seek.safe_row, answer.total
            self._first_row = min(self._first_row, seek.safe_row)
            self.reckoning.note(
                "the place to resume from was not found again; went on from row"
                f" {seek.safe_row}, so records may come twice"
            )
            page = self._grid.index_of(seek.safe_row)
        self._want(page)
        return []

    def _expect(self, seek: Seek, answer: Answer[T]) -> None:
        """Let later records of the position be known on the pages where they may still come."""
        rows = MARKS_KEPT + max(0, self.reckoning.growth(answer))  # new ones may stand between them
        self._memory.expect(seek.marks, rows // self._grid.size + 2)
