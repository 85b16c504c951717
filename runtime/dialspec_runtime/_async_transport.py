"""Sending one request and reading its answer, for tasks.

The twin of `_sync_transport`, with the same promises; a cancelled task leaves no connection half used.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, cast

import httpcore

from ._async_network import GatheringBackend
from ._core_faults import BREAKAGES, core_fault_of
from ._sync_transport import tls_context
from .base_url import MOST_CACHED_URLS
from .content_coding import BodyReader, TooLargeError, is_too_long
from .faults import FaultKind, TransportFault
from .keepalive import KEEPALIVE_SECONDS, KeptConnections
from .multipart import MultipartBody
from .reply import Reply, header_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable

    from .base_url import BaseUrl
    from .options import Timeouts
    from .request import WireRequest


class UploadStream:
    """A multipart body in the form that httpcore takes; files are read in threads."""

    def __init__(self, body: MultipartBody) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = iter(self._body)
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece


class AsyncTransport:
    """Connections to one vendor."""

    def __init__(
        self, base: BaseUrl, *, max_response_bytes: int, monotonic: Callable[[], float]
    ) -> None:
        self._base_url = httpcore.URL(f"{base.scheme}://{base.netloc}")
        self._origin = self._base_url.origin
        self._urls: dict[str, httpcore.URL] = {}
        self._tls = tls_context(base.scheme)
        self._network = GatheringBackend()
        self._kept: KeptConnections[httpcore.AsyncHTTPConnection] = KeptConnections()
        self._limit = max_response_bytes
        self._monotonic = monotonic

    async def send(self, wire: WireRequest, timeouts: Timeouts, deadline_at: float | None) -> Reply:
        """Send one request and read its answer to the end; raise `TransportFault`."""
        scope: asyncio.Timeout | None = None
        try:
            if deadline_at is None:
                return await self._exchanged(wire, timeouts)
            scope = asyncio.timeout(deadline_at - self._monotonic())
            async with scope:
                return await self._exchanged(wire, timeouts)
        except BREAKAGES as error:
            fault = core_fault_of(error)
            if scope is not None and scope.expired():
                fault = TransportFault(FaultKind.DEADLINE)
        # Outside of the handler, so that the exception, whose frames hold signed headers, is let go.
        raise fault

    async def aclose(self) -> None:
        """Close all connections."""
        for connection in self._kept.close():
            await connection.aclose()

    async def _exchanged(self, wire: WireRequest, timeouts: Timeouts) -> Reply:
        request = httpcore.Request(
            wire.method,
            self._url(wire),
            content=UploadStream(wire.body) if isinstance(wire.body, MultipartBody) else wire.body,
            extensions={
                "timeout": {
                    "connect": timeouts.connect,
                    "read": timeouts.read,
                    "write": timeouts.write,
                }
            },
        )
        # Not given above, where each would be looked at once more: they are bytes already.
        request.headers = wire.headers
        started = self._monotonic()
        connection = await self._connection()
        try:
            response = await connection.handle_async_request(request)
            try:
                content = await self._read(response)
            finally:
                await response.aclose()
        finally:
            await self._done_with(connection)
        return Reply(
            response.status, response.headers, content, elapsed=self._monotonic() - started
        )

    async def _read(self, response: httpcore.Response) -> bytes:
        headers = response.headers
        if is_too_long(header_in(headers, b"content-length"), self._limit):
            raise TooLargeError
        reader = BodyReader(header_in(headers, b"content-encoding") or "", self._limit)
        # An async connection answers with an async stream; the type of the attribute covers both.
        async for piece in cast("AsyncIterable[bytes]", response.stream):
            reader.feed(piece)
        return reader.finish()

    async def _connection(self) -> httpcore.AsyncHTTPConnection:
        """Return a connection that no other call is on."""
        while (kept := self._kept.take()) is not None:
            if not kept.has_expired():
                return kept
            self._kept.drop(kept)
            await kept.aclose()
        made = httpcore.AsyncHTTPConnection(
            self._origin,
            ssl_context=self._tls,
            keepalive_expiry=KEEPALIVE_SECONDS,
            network_backend=self._network,
        )
        self._kept.add(made)
        return made

    async def _done_with(self, connection: httpcore.AsyncHTTPConnection) -> None:
        now = self._monotonic()
        if not self._kept.put_back(connection, now):
            await connection.aclose()
        while (expired := self._kept.take_expired(now)) is not None:
            await expired.aclose()

    def _url(self, wire: WireRequest) -> httpcore.URL:
        target = wire.target
        url = self._urls.get(target)
        if url is None:
            base = self._base_url
            url = httpcore.URL(
                scheme=base.scheme, host=base.host, port=base.port, target=target.encode("ascii")
            )
            if not wire.query and len(self._urls) < MOST_CACHED_URLS:
                self._urls[target] = url
        return url
