"""The bases of generated resources.

A generated method hands over what it was called with, and the description of its endpoint; here the arguments
are checked at once and sent when the result is used: a plain call immediately, a list page by page. In raw mode
each method sends one request at once and returns the `RawResponse`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, cast

from .calls import run, run_async, send_once, send_once_async
from .errors import Circumstances, InferredEndpointError, InvalidArgument
from .raw import RawResponse
from .request import EncodedCall, encode_call
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from .client import AsyncClient, SyncClient
    from .core import ClientCore
    from .exchange import Exchange
    from .listing import Listing
    from .operation import Offset, Operation, PageNumber
    from .options import Options, Timeouts
    from .pagers import AsyncPage, AsyncPager, Page, Pager, Position
    from .prefetch import Slot
    from .records import Record

T = TypeVar("T")


def _prepared(
    client: SyncClient | AsyncClient,
    operation: Operation,
    arguments: Mapping[str, object],
    *,
    timeout: float | Timeouts | Unset | None,
    deadline: float | Unset | None,
    max_retries: int | Unset,
    extra_headers: Mapping[str, str] | None,
) -> tuple[EncodedCall, Options]:
    """Check everything that a call was given."""
    core, options, _ = client.__inside__()
    if timeout is not UNSET or deadline is not UNSET or max_retries is not UNSET or extra_headers:
        options = options.changed(
            InvalidArgument,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            extra_headers=extra_headers,
            reserved=core.reserved_headers,
        )
    if operation.inferred_from is not None and not options.allow_inferred:
        raise _unconfirmed(operation, operation.inferred_from, core)
    call = encode_call(
        operation,
        arguments,
        settings=core.settings,
        timezone=options.timezone,
    )
    return call, options


def _unconfirmed(operation: Operation, page: str, core: ClientCore) -> InferredEndpointError:
    return InferredEndpointError(
        f"{operation.full_name}: the pages of {core.provider.title} do not document this call; it is inferred from "
        f"{page}. Make the client with allow_inferred=True, or use with_options(allow_inferred=True), to call it all "
        "the same",
        Circumstances(
            provider=operation.provider,
            endpoint=operation.name,
            docs_url=operation.docs_url,
        ),
    )


def _listing(
    record: type[T],
    operation: Operation,
    *,
    size: int,
    start: int,
    max_items: int | None,
    prefetch: int,
    resume: Position | None,
) -> Listing[T]:
    """Check what a list is asked for with."""
    from .listing import Listing

    return Listing(
        record,
        # Generated code asks only where there is paging.
        cast("PageNumber | Offset", operation.paging),
        operation.full_name,
        size=size,
        start=start,
        max_items=max_items,
        prefetch=prefetch,
        resume=resume,
        maximum_concurrency=operation.limits.concurrency,
    )


def _first_page(listing: Listing[T]) -> dict[str, object]:
    """Return the parameters of the page at which a list starts."""
    walk = listing.walk()
    return dict(walk.values(walk.wanted or 0))


class SyncResource:
    """The base of generated resources of sync clients."""

    _is_raw = False

    def __init__(self, client: SyncClient) -> None:
        self._client = client

    def __raw__(self) -> Self:
        """Return the same resource in raw mode."""
        raw = type(self)(self._client)
        raw._is_raw = True
        return raw

    def _call(
        self,
        _result: type[T],
        operation: Operation,
        arguments: Mapping[str, object],
        /,
        *,
        timeout: float | Timeouts | Unset | None = UNSET,
        deadline: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> T:
        """Make a plain call; returns what the `result` path of the endpoint leads to."""
        call, options = _prepared(
            self._client,
            operation,
            arguments,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            extra_headers=extra_headers,
        )
        core, _, line = self._client.__inside__()
        if self._is_raw:
            return cast("T", _raw_result(send_once(core, line, call, options)))
        return cast("T", run(core, line, call, options).result())

    def _page(
        self,
        record: type[T],
        operation: Operation,
        arguments: Mapping[str, object],
        *,
        size: int,
        start: int,
        max_items: int | None = None,
        prefetch: int = 0,
        resume: Position | None = None,
        timeout: float | Timeouts | Unset | None = UNSET,
        deadline: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Pager[T]:
        """List records, page by page as they are used."""
        from .pagers import Pager

        call, options = _prepared(
            self._client,
            operation,
            arguments,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            extra_headers=extra_headers,
        )
        core, _, line = self._client.__inside__()
        listing = _listing(
            record,
            operation,
            size=size,
            start=start,
            max_items=max_items,
            prefetch=prefetch,
            resume=resume,
        )
        if self._is_raw:
            values = _first_page(listing)
            exchange = send_once(core, line, call.with_page(values), options)
            return cast("Pager[T]", _raw_page(listing, exchange, values))

        def fetch(values: Mapping[str, object]) -> Record:
            return run(core, line, call.with_page(values), options).decoded()

        return Pager(listing, fetch)


class AsyncResource:
    """The base of generated resources of async clients."""

    _is_raw = False

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    def __raw__(self) -> Self:
        """Return the same resource in raw mode."""
        raw = type(self)(self._client)
        raw._is_raw = True
        return raw

    async def _call(
        self,
        _result: type[T],
        operation: Operation,
        arguments: Mapping[str, object],
        /,
        *,
        timeout: float | Timeouts | Unset | None = UNSET,
        deadline: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> T:
        """Make a plain call; returns what the `result` path of the endpoint leads to."""
        call, options = _prepared(
            self._client,
            operation,
            arguments,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            extra_headers=extra_headers,
        )
        core, _, line = self._client.__inside__()
        if self._is_raw:
            return cast("T", _raw_result(await send_once_async(core, line, call, options)))
        return cast("T", (await run_async(core, line, call, options)).result())

    def _page(
        self,
        record: type[T],
        operation: Operation,
        arguments: Mapping[str, object],
        *,
        size: int,
        start: int,
        max_items: int | None = None,
        prefetch: int = 0,
        resume: Position | None = None,
        timeout: float | Timeouts | Unset | None = UNSET,
        deadline: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> AsyncPager[T]:
        """List records, page by page as they are used."""
        from .pagers import AsyncPager

        call, options = _prepared(
            self._client,
            operation,
            arguments,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            extra_headers=extra_headers,
        )
        core, _, line = self._client.__inside__()
        listing = _listing(
            record,
            operation,
            size=size,
            start=start,
            max_items=max_items,
            prefetch=prefetch,
            resume=resume,
        )
        if self._is_raw:
            values = _first_page(listing)

            async def send() -> RawResponse[AsyncPage[T]]:
                exchange = await send_once_async(core, line, call.with_page(values), options)
                return _async_raw_page(listing, exchange, values)

            return cast("AsyncPager[T]", send())

        async def fetch(values: Mapping[str, object], slot: Slot | None = None, /) -> Record:
            return (await run_async(core, line, call.with_page(values), options, slot)).decoded()

        return AsyncPager(listing, fetch)


class _Resource(Protocol):
    def __raw__(self) -> Self: ...


Resource = TypeVar("Resource", bound=_Resource)


def raw_mode(resource: Resource) -> Resource:
    """Return the same resource in raw mode, for the classes that give its methods their types."""
    return resource.__raw__()


def _raw_result(exchange: Exchange) -> RawResponse[object]:
    def parse() -> object:
        exchange.judge()
        return exchange.result()

    return RawResponse(exchange.received(), parse)


def _raw_page(
    listing: Listing[T],
    exchange: Exchange,
    values: Mapping[str, object],
) -> RawResponse[Page[T]]:
    def parse() -> Page[T]:
        from .pagers import single_page

        exchange.judge()
        return single_page(listing, exchange.decoded(), values)

    return RawResponse(exchange.received(), parse)


def _async_raw_page(
    listing: Listing[T],
    exchange: Exchange,
    values: Mapping[str, object],
) -> RawResponse[AsyncPage[T]]:
    def parse() -> AsyncPage[T]:
        from .pagers import async_single_page

        exchange.judge()
        return async_single_page(listing, exchange.decoded(), values)

    return RawResponse(exchange.received(), parse)
