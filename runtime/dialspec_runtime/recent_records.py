"""The records handed out lately, to know them again when they come a second time.

With a key (the attributes that identify a record) single records are known again, among the last
`limit` of them. Without one only whole pages are, among the first and the last few. Either way
the memory used does not grow with the list.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from .position import MARKS_KEPT

if TYPE_CHECKING:
    from .operation import Offset, PageNumber

__all__ = ["RecentRecords", "Sighting", "mark"]

PAGES_KEPT: Final = 4


class Sighting(NamedTuple):
    """Which rows of a page are new."""

    keys: list[object]
    """The key of each row; empty if records have no key."""
    fresh: list[int] | None
    """Places of the rows not seen before; None if that is all of them."""
    known: list[int]
    """Places of the rows handed out before."""
    copies: bool
    """Whether the page is, row by row, one that was handed out lately."""
    fingerprint: Sequence[object]
    """What identifies the page as a whole."""

    @property
    def has_news(self) -> bool:
        """Whether any row is new."""
        return self.fresh is None or bool(self.fresh)

    def after(self, place: int, rows: int) -> Sighting:
        """The same, with all rows up to and including `place` taken for old ones."""
        places = range(rows) if self.fresh is None else self.fresh
        fresh = [each for each in places if each > place]
        return Sighting(self.keys, fresh, self.known, self.copies, self.fingerprint)


class RecentRecords:
    """Remembers what was handed out, and tells the new rows of a page from the old."""

    _latest: Sequence[object] = ()
    _marks: frozenset[str] = frozenset()
    _marks_for = 0
    _first_page: Sequence[object] | None = None

    def __init__(self, paging: PageNumber | Offset, limit: int) -> None:
        self._identify = paging.key_of
        self._blank: object = None if len(paging.key) == 1 else (None,) * len(paging.key)
        self._limit = limit
        self._seen: set[object] = set()
        self._batches: deque[Sequence[object]] = deque()
        self._last_pages: deque[Sequence[object]] = deque(maxlen=PAGES_KEPT)

    def keys(self, rows: Sequence[object]) -> list[object]:
        """The key of each row; empty if records have no key."""
        if self._identify is None:
            return []
        return self._keys(self._identify, rows)[0]

    def _keys(
        self, identify: Callable[[object], object], rows: Sequence[object]
    ) -> tuple[list[object], set[object]]:
        """The key of each row, and which keys there are."""
        keys = list(map(identify, rows))
        try:
            return keys, set(keys)
        except TypeError:  # a key that holds a list or an object: its text identifies it as well
            keys = [key if key == self._blank else repr(key) for key in keys]
            return keys, set(keys)

    def sight(self, rows: Sequence[object]) -> Sighting:
        """Look at a page without remembering it."""
        if self._identify is None:
            return Sighting([], None, [], self._is_copy(rows), rows)
        keys, distinct = self._keys(self._identify, rows)
        if self._marks:
            self._seen.update(key for key in keys if mark(key) in self._marks)
        fingerprint = rows if self._blank in distinct else keys
        copies = self._is_copy(fingerprint)
        if (
            fingerprint is keys
            and len(distinct) == len(keys)
            and (not self._seen or self._seen.isdisjoint(distinct))
        ):
            return Sighting(keys, None, [], copies, keys)
        fresh: list[int] = []
        known: list[int] = []
        here: dict[object, int] = {}
        for place, key in enumerate(keys):
            if key == self._blank:
                fresh.append(place)
            elif key in self._seen:
                known.append(place)
            # Two different rows under one key mean that the key does not identify: keep both.
            elif key not in here or rows[here[key]] != rows[place]:
                here[key] = place
                fresh.append(place)
        return Sighting(keys, fresh, known, copies, fingerprint)

    def remember(self, sighting: Sighting, places: Sequence[int] | None) -> list[object]:
        """Remember a page and the rows at `places` (None: all) as handed out; gives their keys."""
        if self._first_page is None:
            self._first_page = sighting.fingerprint
        self._last_pages.append(sighting.fingerprint)
        if self._marks:
            self._marks_for -= 1
            if self._marks_for < 0:
                self._marks = frozenset()
        if places is None:
            keys = sighting.keys
        else:
            keys = [sighting.keys[place] for place in places] if sighting.keys else []
        if keys:
            self._seen.update(keys)
            self._seen.discard(self._blank)
            self._batches.append(keys)
            told = keys if sighting.fingerprint is keys else self._told(keys)
            self._latest = [*self._latest, *told][-MARKS_KEPT:]
            while len(self._batches) > 1 and len(self._seen) > self._limit:
                self._seen.difference_update(self._batches.popleft())
        return keys

    def know(self, keys: Sequence[object]) -> None:
        """Know the records of one page that an earlier walk has handed out."""
        self._seen.update(keys)
        self._seen.discard(self._blank)

    def expect(self, marks: Iterable[str], pages: int) -> None:
        """Know the records with these marks as well, on so many pages to come."""
        self._marks = frozenset(marks)
        self._marks_for = pages

    def expect_longer(self, pages: int) -> None:
        """Rows were inserted: what is expected may come so many pages later."""
        self._marks_for += pages

    @property
    def latest(self) -> Sequence[object]:
        """The keys of the last records handed out, oldest first, as many as a position keeps."""
        return self._latest

    def _told(self, keys: list[object]) -> list[object]:
        """The keys of records that have one."""
        return [key for key in keys if key != self._blank]

    def _is_copy(self, fingerprint: Sequence[object]) -> bool:
        """Whether a page with rows is the first one, or one of the last few."""
        if not fingerprint or not self._last_pages:
            return False
        return fingerprint == self._first_page or fingerprint in self._last_pages


def mark(key: object) -> str:
    """A short text for a key, fit to be stored: a telephone number can't be read off it at sight."""
    parts = cast("tuple[object, ...]", key) if isinstance(key, tuple) else (key,)
    text = json.dumps(parts, default=str, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
