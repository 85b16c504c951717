"""Ask for pages ahead of their turn: bounded, and handed over in the order in which they are wanted.

`ThreadedFetch` and `TaskFetch` share one shape: `take(page, ahead)` gives the document of a page and keeps
the pages of `ahead` coming; `close()` leaves nothing running. No more than `at_once` requests are
under way at a time, and no more than twice as many pages are held, so that a slow consumer costs no memory
and a slow page does not idle the line. A failed request raises when its page is taken, not before.

A request that a thread has sent can't be recalled: closing waits for it. Tasks are cancelled.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, Generic, Protocol, Self, TypeVar

from .errors import ConfigurationError

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["DirectFetch", "FetchTask", "Slot", "TaskFetch", "ThreadedFetch"]

D = TypeVar("D")
D_co = TypeVar("D_co", covariant=True)
Values = Callable[[int], Mapping[str, object]]

_GIVING_WAY: Final = 2
"""Rounds of the event loop in which a waiting task wakes up and sends."""


class FetchTask(Protocol[D_co]):
    """Asks for one page, in the slot that it is given if it is one of several under way."""

    def __call__(
        self, values: Mapping[str, object], slot: Slot | None = None, /
    ) -> Awaitable[D_co]:
        """Give the document of the page with these paging parameters."""
        ...


class Slot:
    """The place of one page among those under way: left when its answer is here, before it is read.

    Reading takes time in which nothing else happens in the event loop. Whoever waits for the slot therefore sends
    first, and the vendor works while answers are read.
    """

    __slots__ = ("_is_held", "_turn")

    def __init__(self, turn: asyncio.Semaphore) -> None:
        self._turn = turn
        self._is_held = False

    async def __aenter__(self) -> Self:
        await self.take()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._release()

    async def take(self) -> None:
        """Wait for the slot, unless it is held."""
        if not self._is_held:
            await self._turn.acquire()
            self._is_held = True

    async def leave(self) -> None:
        """Let the next page take the slot, and send."""
        self._release()
        for _ in range(_GIVING_WAY):
            await asyncio.sleep(0)

    def _release(self) -> None:
        if self._is_held:
            self._is_held = False
            self._turn.release()


class DirectFetch(Generic[D]):
    """No prefetching: each page is asked for when it is taken."""

    def __init__(self, fetch: Callable[[Mapping[str, object]], D], values: Values) -> None:
        self._fetch = fetch
        self._values = values

    def take(self, page: int) -> D:
        """Ask for a page."""
        return self._fetch(self._values(page))

    def top_up(self, ahead: Iterable[int]) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class ThreadedFetch(Generic[D]):
    """Prefetching for the sync pager, with threads of its own that end when it is closed."""

    def __init__(
        self, fetch: Callable[[Mapping[str, object]], D], values: Values, at_once: int
    ) -> None:
        from concurrent.futures import ThreadPoolExecutor  # only those who prefetch pay for it

        self._fetch = fetch
        self._values = values
        self._limit = 2 * at_once
        self._thread_name = f"dialspec-prefetch-{id(self):x}"
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix=self._thread_name)
        self._pending: dict[int, Future[D]] = {}

    def take(self, page: int) -> D:
        """Give the document of a page, waiting for it if need be."""
        future = self._pending.get(page)
        if future is None:
            future = self._ask(page)
        try:
            return future.result()
        finally:
            self._pending.pop(page, None)

    def top_up(self, ahead: Iterable[int]) -> None:
        """Ask for those of these pages that are not under way, as far as the bounds allow."""
        wanted = list(ahead)
        if wanted:  # else the walk is looking elsewhere for a while and will come back to these
            for page in [page for page in self._pending if page not in wanted]:
                self._pending.pop(page).cancel()
        for page in wanted:
            if len(self._pending) >= self._limit:
                break
            if page not in self._pending:
                self._ask(page)

    def close(self) -> None:
        """Drop what has not begun, wait for what has, end the threads."""
        self._pending.clear()
        # An abandoned pager may be collected by one of these threads, which can't wait for itself.
        ours = threading.current_thread().name.startswith(self._thread_name)
        self._threads.shutdown(wait=not ours, cancel_futures=True)

    def _ask(self, page: int) -> Future[D]:
        context = contextvars.copy_context()
        future = self._threads.submit(context.run, self._fetch, self._values(page))
        self._pending[page] = future
        return future


class TaskFetch(Generic[D]):
    """Prefetching for the async pager, with asyncio tasks."""

    def __init__(self, fetch: FetchTask[D], values: Values, at_once: int) -> None:
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            raise ConfigurationError(
                "prefetch needs asyncio; under another event loop leave it at 0"
            ) from None
        self._fetch = fetch
        self._values = values
        self._limit = 2 * at_once
        self._turn = asyncio.Semaphore(at_once)
        self._pending: dict[int, asyncio.Task[D]] = {}
        self._dropped: set[asyncio.Task[D]] = set()

    async def take(self, page: int) -> D:
        """Give the document of a page, waiting for it if need be."""
        task = self._pending.get(page)
        if task is None:
            task = self._ask(page)
        document = await task
        del self._pending[page]
        return document

    def top_up(self, ahead: Iterable[int]) -> None:
        """Ask for those of these pages that are not under way, as far as the bounds allow."""
        wanted = list(ahead)
        if wanted:
            for page in [page for page in self._pending if page not in wanted]:
                self._drop(self._pending.pop(page))
        for page in wanted:
            if len(self._pending) >= self._limit:
                break
            if page not in self._pending:
                self._ask(page)

    async def close(self) -> None:
        """Cancel everything under way and see it end."""
        for task in self._pending.values():
            self._drop(task)
        self._pending.clear()
        # Gathering also takes note of errors in pages that nobody came to take.
        await asyncio.gather(*self._dropped, return_exceptions=True)

    def _drop(self, task: asyncio.Task[D]) -> None:
        task.cancel()
        self._dropped.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[D]) -> None:
        self._dropped.discard(task)
        if not task.cancelled():
            task.exception()

    def _ask(self, page: int) -> asyncio.Task[D]:
        task = self._loop.create_task(self._run(page))
        self._pending[page] = task
        return task

    async def _run(self, page: int) -> D:
        async with Slot(self._turn) as slot:
            return await self._fetch(self._values(page), slot)
