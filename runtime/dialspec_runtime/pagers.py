"""`Pager` and `AsyncPager`: what a paged method returns.

Nothing is sent until records or a page are asked for. Iterating goes through all pages; each iteration is a
walk of its own, and the first one begins with the page that `items`, `total` and the like were read from.
What makes the records come complete, in order and once, is in `paging`; here is only who fetches when.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import aclosing, closing
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .listing import Listing
from .page_batch import Batch
from .pages import AsyncFetch, AsyncPage, Fetch, Page, async_single_page, single_page
from .paging import Walk
from .position import Position
from .prefetch import DirectFetch, TaskFetch, ThreadedFetch

if TYPE_CHECKING:
    from .records import Record

__all__ = [
    "AsyncPage",
    "AsyncPager",
    "Page",
    "Pager",
    "Position",
    "async_single_page",
    "single_page",
]

T = TypeVar("T")


class _AnyPager(Generic[T]):
    """What sync and async pagers have in common."""

    def __init__(self, listing: Listing[T]) -> None:
        self._listing = listing
        self._walk: Walk[T] | None = None
        """The walk of the latest iteration, or that of the first page before there is any."""
        self._ready: list[Batch[T]] = []
        self._started = False

    @property
    def position(self) -> Position:
        """The place after the last record handed out by the latest iteration; pass it to `resume=`.

        Read it once a record has been dealt with. It is JSON-safe, and holds no record's data.
        """
        return self._latest_walk().place.position

    @property
    def skipped(self) -> int:
        """How many rows the vendor counted but did not send, in the latest iteration."""
        return self._latest_walk().reckoning.skipped

    @property
    def repeated(self) -> int:
        """How many records came once more and were dropped, in the latest iteration."""
        return self._latest_walk().reckoning.repeated

    def __repr__(self) -> str:
        name = self._listing.record_type.__name__
        return f"<{type(self).__name__} of {name} from {self._listing.endpoint or 'a list'}>"

    def _begin(self) -> tuple[Walk[T], list[Batch[T]]]:
        """A walk that nobody is on, with the batches it has ready."""
        if self._started:
            self._walk, self._ready = None, []
        self._started = True
        ready, self._ready = self._ready, []
        return self._latest_walk(), ready

    def _latest_walk(self) -> Walk[T]:
        if self._walk is None:
            self._walk = self._listing.walk()
        return self._walk


class Pager(_AnyPager[T]):
    """The records of a list, page by page as they are needed; also stands for the first page."""

    def __init__(self, listing: Listing[T], fetch: Fetch) -> None:
        super().__init__(listing)
        self._fetch = fetch
        self._first: Page[T] | None = None

    def __iter__(self) -> Iterator[T]:
        """All records, in order and once."""
        if self._listing.max_items == 0:
            return
        walk, ready = self._begin()
        with closing(self._batches(walk, ready)) as batches:
            for batch in batches:
                yield from walk.place.hand_out(batch)

    def pages(self) -> Iterator[Page[T]]:
        """All records, a page at a time."""
        if self._listing.max_items == 0:
            return
        walk, ready = self._begin()
        with closing(self._batches(walk, ready)) as batches:
            for batch in batches:
                if not batch.records and walk.reckoning.handed:
                    continue
                walk.place.hand_over(batch)
                yield Page[T].of(self._listing, walk, batch, self._fetch)

    @property
    def items(self) -> tuple[T, ...]:
        """The records of the first page."""
        return self._first_page().items

    @property
    def total(self) -> int | None:
        """The vendor's count of records on all pages, as the first page tells it."""
        return self._first_page().total

    @property
    def page_count(self) -> int | None:
        """The number of pages, as the first page tells it."""
        return self._first_page().page_count

    @property
    def number(self) -> int:
        """The number of the first page."""
        return self._first_page().number

    @property
    def size(self) -> int:
        """How many records are asked for at a time."""
        return self._listing.size

    @property
    def document(self) -> Record:
        """The whole answer that holds the first page."""
        return self._first_page().document

    def has_next_page(self) -> bool:
        """Whether there is, or may be, a page after the first one."""
        return self._first_page().has_next_page()

    def next_page(self) -> Page[T]:
        """Ask for the second page; raises `PagingError` if there is none."""
        return self._first_page().next_page()

    def _first_page(self) -> Page[T]:
        if self._first is None:
            walk = self._listing.walk()
            ready: list[Batch[T]] = []
            while not ready and walk.wanted is not None:
                ready = walk.accept(self._fetch(walk.values(walk.wanted)))
            if not self._started:
                self._walk, self._ready = walk, ready
            self._first = Page[T].of(self._listing, walk, ready[0], self._fetch)
        return self._first

    def _batches(self, walk: Walk[T], ready: list[Batch[T]]) -> Generator[Batch[T]]:
        at_once = self._listing.at_once
        source: DirectFetch[Record] | ThreadedFetch[Record] = (
            ThreadedFetch(self._fetch, walk.values, at_once)
            if at_once
            else DirectFetch(self._fetch, walk.values)
        )
        try:
            source.top_up(walk.ahead(2 * at_once))
            yield from ready
            while (page := walk.wanted) is not None:
                batches = walk.accept(source.take(page))
                source.top_up(walk.ahead(2 * at_once))
                yield from batches
        finally:
            source.close()
            walk.reckoning.tell()


class AsyncPager(_AnyPager[T]):
    """The records of a list, page by page as they are needed; `await` it for the first page."""

    def __init__(self, listing: Listing[T], fetch: AsyncFetch) -> None:
        super().__init__(listing)
        self._fetch = fetch
        self._first: AsyncPage[T] | None = None

    def __await__(self) -> Generator[Any, Any, AsyncPage[T]]:
        return self._first_page().__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        """All records, in order and once."""
        if self._listing.max_items == 0:
            return
        walk, ready = self._begin()
        async with aclosing(self._batches(walk, ready)) as batches:
            async for batch in batches:
                for record in walk.place.hand_out(batch):
                    yield record

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """All records, a page at a time."""
        if self._listing.max_items == 0:
            return
        walk, ready = self._begin()
        async with aclosing(self._batches(walk, ready)) as batches:
            async for batch in batches:
                if not batch.records and walk.reckoning.handed:
                    continue
                walk.place.hand_over(batch)
                yield AsyncPage[T].of(self._listing, walk, batch, self._fetch)

    async def next_page(self) -> AsyncPage[T]:
        """Ask for the second page; raises `PagingError` if there is none."""
        page = await self._first_page()
        return await page.next_page()

    async def _first_page(self) -> AsyncPage[T]:
        if self._first is None:
            walk = self._listing.walk()
            ready: list[Batch[T]] = []
            while not ready and walk.wanted is not None:
                ready = walk.accept(await self._fetch(walk.values(walk.wanted)))
            if not self._started:
                self._walk, self._ready = walk, ready
            self._first = AsyncPage[T].of(self._listing, walk, ready[0], self._fetch)
        return self._first

    async def _batches(self, walk: Walk[T], ready: list[Batch[T]]) -> AsyncGenerator[Batch[T]]:
        at_once = self._listing.at_once
        source = TaskFetch(self._fetch, walk.values, at_once) if at_once else None
        try:
            if source is not None:
                source.top_up(walk.ahead(2 * at_once))
            for batch in ready:
                yield batch
            while (page := walk.wanted) is not None:
                if source is None:
                    batches = walk.accept(await self._fetch(walk.values(page)))
                else:
                    batches = walk.accept(await source.take(page))
                    source.top_up(walk.ahead(2 * at_once))
                for batch in batches:
                    yield batch
        finally:
            if source is not None:
                await source.close()
            walk.reckoning.tell()
