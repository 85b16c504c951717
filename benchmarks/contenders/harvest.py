"""All pages of a long list: one at a time, and ten at once; every row is looked at, in order.

The value is pages a second. Rows are counted from 1, so that one that is missing, repeated or out of order is noticed
at once. Memory is looked at after a tenth of the rows and at the end.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from benchmarks.api.answers import ROWS_PER_PAGE
from benchmarks.contenders.runs import Contender, Rows, id_of

_BYTES_OF_PAGE: Final = os.sysconf("SC_PAGE_SIZE")

GROWTH: Final = "growth MiB"
"""Name of the figure that says how much memory was added after the first tenth of the rows."""

Harvest = Callable[[str, int, int], Iterable[object]]
"""From base URL, number of pages and pages at once to rows."""
AsyncHarvest = Callable[[str, int, int], AsyncIterator[object]]


class OutOfOrderError(AssertionError):
    """A row that did not come in its turn."""


class SyncHarvester(Contender):
    """A harvest in a thread, with or without further ones."""

    def __init__(self, root: str, harvest: Harvest) -> None:
        self._root = root
        self._harvest = harvest

    def run(self, question: Mapping[str, Any]) -> Mapping[str, float]:
        """Harvest `pages` pages, `at_once` at a time, from a vendor that takes `delay` ms."""
        pages = int(question["pages"])
        tally = _Tally(pages)
        for row in self._harvest(_base_url(self._root, question), pages, int(question["at_once"])):
            tally.take(row)
        return tally.figures()


class AsyncHarvester(Contender):
    """A harvest by tasks of one event loop."""

    def __init__(self, root: str, harvest: AsyncHarvest) -> None:
        self._root = root
        self._harvest = harvest
        self._runner = asyncio.Runner()

    def run(self, question: Mapping[str, Any]) -> Mapping[str, float]:
        """Harvest `pages` pages, `at_once` at a time, from a vendor that takes `delay` ms."""
        return self._runner.run(self._run(question))

    async def _run(self, question: Mapping[str, Any]) -> Mapping[str, float]:
        pages = int(question["pages"])
        tally = _Tally(pages)
        rows = self._harvest(_base_url(self._root, question), pages, int(question["at_once"]))
        async for row in rows:
            tally.take(row)
        return tally.figures()

    def close(self) -> None:
        """End the event loop."""
        self._runner.close()


def with_threads(fetch: Callable[[int], Rows], pages: int, at_once: int) -> Iterator[object]:
    """What one would write: a pool of threads and a window of twice its size."""
    if at_once == 1:
        for number in range(1, pages + 1):
            yield from fetch(number)
        return
    with ThreadPoolExecutor(at_once) as pool:
        window: deque[Future[Rows]] = deque()
        for number in range(1, pages + 1):
            window.append(pool.submit(fetch, number))
            if len(window) >= 2 * at_once:
                yield from window.popleft().result()
        while window:
            yield from window.popleft().result()


async def with_tasks(
    fetch: Callable[[int], Awaitable[Rows]], pages: int, at_once: int
) -> AsyncIterator[object]:
    """What one would write: a semaphore and a window of tasks of twice its size."""
    if at_once == 1:
        for number in range(1, pages + 1):
            for row in await fetch(number):
                yield row
        return
    turns = asyncio.Semaphore(at_once)

    async def fetched(number: int) -> Rows:
        async with turns:
            return await fetch(number)

    window: deque[asyncio.Task[Rows]] = deque()
    for number in range(1, pages + 1):
        window.append(asyncio.create_task(fetched(number)))
        if len(window) >= 2 * at_once:
            for row in await window.popleft():
                yield row
    while window:
        for row in await window.popleft():
            yield row


class _Tally:
    """Counts rows as they come."""

    def __init__(self, pages: int) -> None:
        self._pages = pages
        self._expected = pages * ROWS_PER_PAGE
        self._early = self._expected // 10
        self._last = 0
        self._early_bytes = 0
        self._started = time.perf_counter()

    def take(self, row: object) -> None:
        """Take the next row."""
        found = id_of(row)
        if found != self._last + 1:
            raise OutOfOrderError(f"row {found} after row {self._last}")
        self._last = found
        if found == self._early:
            self._early_bytes = _resident_bytes()

    def figures(self) -> dict[str, float]:
        """Sum up a harvest that is complete by now, or fail."""
        seconds = time.perf_counter() - self._started
        if self._last != self._expected:
            raise OutOfOrderError(f"{self._last} rows of {self._expected}")
        return {
            "value": self._pages / seconds,
            GROWTH: (_resident_bytes() - self._early_bytes) / 2**20,
        }


def _base_url(root: str, question: Mapping[str, Any]) -> str:
    return f"{root}/pages/{question['delay']}/{question['pages']}"


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _BYTES_OF_PAGE
