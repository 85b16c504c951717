"""`Page` and `AsyncPage`: one page of a list, typed, from which the next one can be asked for.

The records on a page are those that belong to it in the walk: ones already handed out are left off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, Self, TypeAlias, TypeVar

from .errors import circumstances_of
from .listing import Listing
from .operation import PageNumber
from .page_answers import rows_in
from .page_batch import Batch
from .paging import Walk
from .paging_error import PagingError

if TYPE_CHECKING:
    from .position import Position
    from .prefetch import FetchTask
    from .records import Record

__all__ = ["AsyncPage", "Page", "async_single_page", "single_page"]

T = TypeVar("T")
Fetch = Callable[[Mapping[str, object]], "Record"]
AsyncFetch: TypeAlias = "FetchTask[Record]"

ALONE: Final = "this page was read from a single answer and can't ask for the next one"


class _Setting(NamedTuple, Generic[T]):
    """Where a page stands: in which list, and how far into it."""

    listing: Listing[T]
    position: Callable[[Batch[T], int], Position]
    batch: Batch[T]


class _OnePage(Generic[T]):
    """What sync and async pages have in common: everything but the way to the next one."""

    def __init__(self, records: Sequence[T], setting: Callable[[], _Setting[T]]) -> None:
        self._find_setting = setting
        self.items: tuple[T, ...] = tuple(records)
        """The records, in the vendor's order."""

    @cached_property
    def _setting(self) -> _Setting[T]:
        """Looked for when it is needed: most readers of a single answer want its records only."""
        return self._find_setting()

    @property
    def _listing(self) -> Listing[T]:
        return self._setting.listing

    @property
    def _batch(self) -> Batch[T]:
        return self._setting.batch

    def __iter__(self) -> Iterator[T]:
        """The records of this page only; iterate over the pager for all."""
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        total = "" if self.total is None else f" of {self.total}"
        name = self._listing.record_type.__name__
        return f"<{type(self).__name__} {self.number}: {len(self.items)}{total} {name}>"

    @property
    def total(self) -> int | None:
        """The vendor's count of records on all pages, if this page tells a credible one."""
        return self._batch.total

    @property
    def page_count(self) -> int | None:
        """The number of pages, as the vendor tells it or as `total` and `size` make it."""
        return self._batch.page_count

    @property
    def number(self) -> int:
        """The number of this page as the vendor counts; where it counts rows, from 1."""
        return self._batch.number

    @property
    def size(self) -> int:
        """How many records were asked for."""
        return self._listing.size

    @property
    def document(self) -> Record:
        """The whole answer."""
        return self._batch.document

    @property
    def position(self) -> Position:
        """The place after this page, for `resume=`."""
        return self._setting.position(self._batch, len(self._batch.records))

    def has_next_page(self) -> bool:
        """Whether there is, or may be, a page after this one; needs no request."""
        return self._batch.more

    def _next_walk(self) -> Walk[T]:
        if not self._batch.more:
            raise self._no_page(f"there is no page after page {self.number}; has_next_page() tells")
        return self._listing.walk_on(self.position, self._batch.left)

    def _no_page(self, reason: str) -> PagingError:
        endpoint = self._listing.endpoint
        return PagingError(
            f"{endpoint}: {reason}" if endpoint else reason, circumstances_of(endpoint)
        )


class Page(_OnePage[T]):
    """One page of a list."""

    def __init__(
        self, records: Sequence[T], setting: Callable[[], _Setting[T]], fetch: Fetch | None
    ) -> None:
        super().__init__(records, setting)
        self._fetch = fetch

    @classmethod
    def of(cls, listing: Listing[T], walk: Walk[T], batch: Batch[T], fetch: Fetch) -> Self:
        """The page that a walk has just come to."""
        setting = _Setting(listing, walk.place.after, batch)
        return cls(batch.records, lambda: setting, fetch)

    def next_page(self) -> Page[T]:
        """Ask for the page after this one; raises `PagingError` if there is none."""
        if self._fetch is None:
            raise self._no_page(ALONE)
        walk = self._next_walk()
        batches: list[Batch[T]] = []
        while not batches and walk.wanted is not None:
            batches = walk.accept(self._fetch(walk.values(walk.wanted)))
        return Page[T].of(self._listing, walk, batches[0], self._fetch)


class AsyncPage(_OnePage[T]):
    """One page of a list, whose next page is awaited."""

    def __init__(
        self, records: Sequence[T], setting: Callable[[], _Setting[T]], fetch: AsyncFetch | None
    ) -> None:
        super().__init__(records, setting)
        self._fetch = fetch

    @classmethod
    def of(cls, listing: Listing[T], walk: Walk[T], batch: Batch[T], fetch: AsyncFetch) -> Self:
        """The page that a walk has just come to."""
        setting = _Setting(listing, walk.place.after, batch)
        return cls(batch.records, lambda: setting, fetch)

    async def next_page(self) -> AsyncPage[T]:
        """Ask for the page after this one; raises `PagingError` if there is none."""
        if self._fetch is None:
            raise self._no_page(ALONE)
        walk = self._next_walk()
        batches: list[Batch[T]] = []
        while not batches and walk.wanted is not None:
            batches = walk.accept(await self._fetch(walk.values(walk.wanted)))
        return AsyncPage[T].of(self._listing, walk, batches[0], self._fetch)


def single_page(listing: Listing[T], document: Record, values: Mapping[str, object]) -> Page[T]:
    """The page that one answer holds, taken as it is; `values` are the paging parameters sent for it."""
    alone = partial(_alone, listing, document, values)
    return Page[T](rows_in(document, listing.paging), alone, None)


def async_single_page(
    listing: Listing[T], document: Record, values: Mapping[str, object]
) -> AsyncPage[T]:
    """The same for an async client."""
    alone = partial(_alone, listing, document, values)
    return AsyncPage[T](rows_in(document, listing.paging), alone, None)


def _alone(asked: Listing[T], document: Record, values: Mapping[str, object]) -> _Setting[T]:
    """The listing to which a page belongs that was asked for with these paging parameters."""
    paging = asked.paging
    size = values.get(paging.size)
    if isinstance(paging, PageNumber):
        start, first = values.get(paging.page), paging.first
    else:
        start, first = values.get(paging.offset), 0
    listing = Listing(
        asked.record_type,
        paging,
        asked.endpoint,
        size=size if isinstance(size, int) else paging.default_size,
        start=start if isinstance(start, int) else first,
    )
    walk = listing.walk()
    return _Setting(listing, walk.place.after, walk.take_as_it_is(document))
