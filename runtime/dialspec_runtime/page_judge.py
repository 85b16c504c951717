"""`Judge`: whether an answer can be believed, is to be asked for again, passed over, or is the end.

It sees one answer at a time and counts how often it has sent a page back. What it can't explain
after that is a `PagingError`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from .operation import Offset
from .page_answers import Answer
from .page_reckoning import Reckoning
from .recent_records import Sighting

__all__ = ["CONFIRM", "Judge", "Verdict"]

ASK_AGAIN: Final = 5
"""How often a page is asked for once more when its answer can't be right."""
CONFIRM: Final = 2
"""The same, when the answer is odd but may well be right."""
EMPTY_PAGES: Final = 3
"""How many pages in a row may be empty although the vendor counts rows on them."""
ODD_PAGES: Final = 2
"""After so many pages that stayed short, or without a total, that is taken for the vendor's way."""
LOOKS_BACK: Final = 4
"""How often the way to one page is checked again because the total fell."""


class Verdict(Enum):
    """What to do about an answer."""

    TAKE = auto()
    AGAIN = auto()
    """Ask for the same page once more."""
    PASS = auto()
    """Go on to the next page."""
    END = auto()
    """The list ends before this page."""
    BACK = auto()
    """Rows may have moved to pages before this one: look there first."""


class Judge:
    """Decides about answers; keeps count of those it sent back."""

    _empty_run = 0
    _barren_run = 0
    _barren_page: Sequence[object] = ()
    _same_run = 0
    _short_pages = 0
    _uncounted_pages = 0
    _first_short: int | None = None
    _trusts_number = True
    _looked_from = -1
    _looks = 0

    def __init__(self, reckoning: Reckoning) -> None:
        self._known = reckoning
        self._asked: dict[str, int] = {}
        self._empty_totals: list[int] = []

    def new_page(self) -> None:
        """Another page is asked for: begin to count anew."""
        self._asked.clear()
        self._empty_totals.clear()

    def news(self) -> None:
        """A page brought something new."""
        self._empty_run = self._barren_run = 0

    def again(self, why: str, times: int = ASK_AGAIN) -> bool:
        """Whether to ask for the same page once more, for a reason of its own count."""
        asked = self._asked.get(why, 0)
        self._asked[why] = asked + 1
        return asked < times

    def without_rows(self, answer: Answer[object]) -> Verdict:
        """Judge an answer that lacks the place for the rows: a fault, or a way to say "none"."""
        known = self._known
        if answer.says_nothing_is_here:
            return Verdict.TAKE
        first = not known.batches and not known.resumed
        if self.again("no rows", CONFIRM + 1 if first else ASK_AGAIN):
            return Verdict.AGAIN
        may_be_the_end = first or (known.nothing_was_counted and not known.previous_full)
        if answer.says_rows_are_here or not may_be_the_end:
            raise known.error(answer, "came without its rows each time it was asked for")
        return Verdict.END

    def counts(self, answer: Answer[object]) -> Verdict:
        """Judge an answer that tells no total although there was one: a removal would go unseen."""
        known = self._known
        if (
            answer.total is not None
            or known.total is None
            or not known.keyed
            or self._uncounted_pages >= ODD_PAGES
        ):
            return Verdict.TAKE
        if self.again("no total", CONFIRM):
            return Verdict.AGAIN
        self._uncounted_pages += 1
        return Verdict.TAKE

    def number(self, answer: Answer[object]) -> Verdict:
        """Judge whether an answer is the page that was asked for, by the number it carries."""
        known = self._known
        if (
            answer.number is None
            or answer.number == known.grid.number(answer.index)
            or not self._trusts_number
            or (answer.says_nothing_is_here and not answer.rows)
        ):
            return Verdict.TAKE
        if known.beyond:
            return Verdict.END
        if self.again("number"):
            return Verdict.AGAIN
        if known.batches:
            return self._stuck(answer)
        self._trusts_number = False  # the first page says so each time: the vendor counts otherwise
        return Verdict.TAKE

    def empty(self, answer: Answer[object]) -> Verdict:
        """Judge a page without rows."""
        known = self._known
        if known.beyond:
            return Verdict.END
        if self._may_have_slipped(answer):
            return Verdict.BACK
        if answer.says_nothing_is_here:
            # A total that falls to just here may be a fault: have it confirmed.
            doubtful = known.growth(answer) < 0 and known.batches > 0
            return Verdict.AGAIN if doubtful and self.again("total", CONFIRM) else Verdict.END
        counted_before = answer.total is None and (known.total or 0) > answer.start
        if not (answer.says_rows_are_here or counted_before):
            return Verdict.AGAIN if known.previous_full and self.again("end", 1) else Verdict.END
        if answer.total is not None:
            self._empty_totals.append(answer.total)
        if self.again("empty"):
            return Verdict.AGAIN
        if self._empty_totals and self._empty_totals[-1] > self._empty_totals[0]:
            known.note("the vendor's total kept growing while no rows came")
            return Verdict.END
        self._empty_run += 1
        if self._empty_run > EMPTY_PAGES:
            raise known.error(
                answer, "and those before it are empty although rows are counted there"
            )
        known.skipped += known.missing(answer, ())
        if not known.handed and not known.tells_more(answer, ()):
            raise known.error(answer, "is empty although the vendor counts rows on it")
        return Verdict.PASS

    def rows(self, answer: Answer[object], rows: Sequence[object], sighting: Sighting) -> Verdict:
        """Judge a page with rows, but for its length."""
        if not sighting.has_news:
            return self._barren(answer, rows, sighting)
        if sighting.copies:
            # Rows that are all alike make pages that are alike, so this may be the right one nevertheless.
            if not (answer.says_rows_are_here and all(row == rows[0] for row in rows)):
                return self._barren(answer, rows, sighting)
            if not self._is_numbered(answer) and self.again("alike", CONFIRM):
                return Verdict.AGAIN
        if not sighting.known and self._may_have_slipped(answer):
            return Verdict.BACK
        known = self._known
        if not known.keyed and known.growth(answer) < 0 and not known.tells_more(answer, rows):
            # A total that falls to the end of this page may be a fault: have it confirmed.
            return Verdict.AGAIN if self.again("total", CONFIRM) else Verdict.TAKE
        return Verdict.TAKE

    def short(self, answer: Answer[object], rows: Sequence[object]) -> Verdict:
        """Judge the length of a page."""
        known = self._known
        if known.nothing_was_counted and answer.total is None and answer.pages is None:
            limit = 1 if 0 < len(rows) < known.grid.size else 0  # it may be the last page
        else:
            limit = CONFIRM if known.missing(answer, rows) else 0
        if not limit or self._short_pages >= ODD_PAGES:
            return Verdict.TAKE
        if self.again("short", limit):
            return Verdict.AGAIN
        self._short_pages += 1
        return Verdict.TAKE

    def pass_short(self, answer: Answer[object], rows: Sequence[object]) -> None:
        """Take a page that stayed short for what it is."""
        known = self._known
        known.skipped += known.missing(answer, rows)
        if not isinstance(known.grid.paging, Offset):
            return
        # Going on by the size asked for would leave out what a vendor's own limit cuts off each time.
        if answer.index == known.floor:
            self._first_short = len(rows)
        elif answer.index == known.floor + 1 and self._first_short == len(rows):
            raise known.error(
                answer,
                f"has {len(rows)} rows where {known.grid.size} were asked for, as the one before:"
                f" the vendor sends no more than that at once, so ask with size={len(rows)}",
            )

    def _is_numbered(self, answer: Answer[object]) -> bool:
        """Whether an answer says itself which page it is."""
        return self._trusts_number and answer.number is not None

    def _barren(
        self, answer: Answer[object], rows: Sequence[object], sighting: Sighting
    ) -> Verdict:
        """Judge a page whose rows were all handed out before."""
        known = self._known
        if known.beyond:
            return Verdict.END
        counted = not known.nothing_was_counted or answer.says_rows_are_here
        # So many insertions push the records of one page onto the next; without counts they may have.
        pushed = known.inserted + max(0, known.growth(answer)) >= len(rows) or known.total is None
        times = ASK_AGAIN if counted else CONFIRM
        if known.keyed and pushed and not sighting.copies:
            times = 1  # a repeated page would be a copy
        if self.again("barren", times):
            known.repeated += len(rows)
            return Verdict.AGAIN
        if counted and not (known.keyed and pushed) and (sighting.copies or not known.keyed):
            return self._stuck(answer)
        known.came_again(len(rows))
        self._barren_run += 1
        # Pages pushed down differ from each other; a vendor that is past its end repeats one page.
        same = sighting.fingerprint == self._barren_page
        self._barren_page = sighting.fingerprint
        self._same_run = self._same_run + 1 if same else 1
        if not counted and self._same_run >= EMPTY_PAGES:
            return self._stuck(answer)
        if self._barren_run > EMPTY_PAGES + known.pages_remembered:
            raise known.error(answer, "and many before it brought nothing new")
        return Verdict.PASS

    def _stuck(self, answer: Answer[object]) -> Verdict:
        """Another page came each time: the end, if the vendor counts nothing; else a contradiction."""
        known = self._known
        if known.nothing_was_counted and not answer.says_rows_are_here:
            known.note("another page came again, which was taken for the end")
            return Verdict.END
        raise known.error(answer, "was answered with another page each time it was asked for")

    def _may_have_slipped(self, answer: Answer[object]) -> bool:
        """Whether the total fell, so that rows not yet seen may have moved to pages before this one."""
        known = self._known
        if not known.keyed or known.beyond or answer.index == 0:
            return False
        if answer.total is None or not (known.batches or known.resumed):
            return False
        if known.total is not None and answer.total >= known.total:
            return False
        if answer.index != self._looked_from:
            self._looked_from, self._looks = answer.index, 0
        self._looks += 1
        if self._looks > LOOKS_BACK:
            known.note(
                "the total kept falling and rising, so that removed rows can't be told apart"
            )
        return self._looks <= LOOKS_BACK
