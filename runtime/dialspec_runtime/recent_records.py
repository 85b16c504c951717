"""The records handed out lately, to know them again when they come a second time.

With a key (the attributes that identify a record) single records are known again, among the last
`limit` of them. Without one only whole pages are, among the first and the last few. Either way
the memory used does not grow with the list.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, cast

__all__ = ["RecentRecords", "Sighting", "is_blank", "mark"]

PAGES_KEPT: Final = 4


@dataclass(slots=True)  # not frozen: one is made for each page, and freezing doubles the cost
class Sighting:
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

    _marks: frozenset[str] = frozenset()
    _marks_for = 0
    _first_page: Sequence[object] | None = None

    def __init__(self, key: tuple[str, ...], limit: int) -> None:
        self._identify = attrgetter(*key) if key else None
        self._blank: object = None if len(key) == 1 else (None,) * len(key)
        self._limit = limit
        self._seen: set[object] = set()
        self._batches: deque[Sequence[object]] = deque()
        self._last_pages: deque[Sequence[object]] = deque(maxlen=PAGES_KEPT)

    def keys(self, rows: Sequence[object]) -> list[object]:
        """The key of each row; empty if records have no key."""
        if self._identify is None:
            return []
        return list(map(self._identify, rows))

    def sight(self, rows: Sequence[object]) -> Sighting:
        """Look at a page without remembering it."""
        if self._identify is None:
            copies = any(page == rows for page in self._pages())
            return Sighting([], None, [], copies, rows)
        keys = self.keys(rows)
        try:
            distinct = set(keys)
        except TypeError:  # a key that holds a list or an object: its text identifies it as well
            keys = [key if key == self._blank else repr(key) for key in keys]
            distinct = set(keys)
        if self._marks:
            self._seen.update(key for key in distinct if mark(key) in self._marks)
        anonymous = self._blank in distinct
        fingerprint = rows if anonymous else keys
        if not anonymous and len(distinct) == len(keys) and self._seen.isdisjoint(distinct):
            # The usual case. Only the first page can be known although its records are forgotten.
            return Sighting(keys, None, [], bool(keys) and keys == self._first_page, keys)
        copies = any(page == fingerprint for page in self._pages())
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

    def latest(self, count: int) -> list[Sequence[object]]:
        """The keys of at least `count` records handed out last, as far as known: batches, oldest first."""
        found: list[Sequence[object]] = []
        for keys in reversed(self._batches):
            found.append(keys)
            count -= len(keys)
            if count <= 0:
                break
        found.reverse()
        return found

    def _pages(self) -> Iterator[Sequence[object]]:
        if self._first_page is not None:
            yield self._first_page
        yield from self._last_pages


def mark(key: object) -> str:
    """A short text for a key, fit to be stored: a telephone number can't be read off it at sight."""
    parts = cast("tuple[object, ...]", key) if isinstance(key, tuple) else (key,)
    text = json.dumps(parts, default=str, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def is_blank(key: object) -> bool:
    """Whether a record has no value in any attribute of its key, so that nothing identifies it."""
    if isinstance(key, tuple):
        return all(part is None for part in cast("tuple[object, ...]", key))
    return key is None
