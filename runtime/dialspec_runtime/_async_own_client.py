"""Sending one request and reading its answer over a user's own `httpx.AsyncClient`, for tasks.

The twin of `_sync_own_client`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, cast

import httpx

from ._own_client import BREAKAGES, OwnRequests, content_read_before, reader_of
from .faults import FaultKind, TransportFault, fault_of, is_of_aiohttp
from .multipart import MultipartBody
from .reply import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from .base_url import BaseUrl
    from .http_client import AsyncHttpClient
    from .options import Timeouts
    from .request import WireRequest


class UploadStream(httpx.AsyncByteStream):
    """A multipart body in the form that httpx takes; files are read in threads."""

    def __init__(self, body: MultipartBody) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = iter(self._body)
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            yield piece


class AsyncOwnClient:
    """Requests to one vendor."""

    def __init__(
        self,
        base: BaseUrl,
        http_client: AsyncHttpClient,
        *,
        max_response_bytes: int,
        monotonic: Callable[[], float],
    ) -> None:
        self._requests = OwnRequests(base)
        self._client = http_client
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
        except Exception as error:
            # A bridge to aiohttp may let an exception through as it is.
            if not isinstance(error, BREAKAGES) and not is_of_aiohttp(error):
                raise
            fault = fault_of(error)
            if scope is not None and scope.expired():
                fault = TransportFault(FaultKind.DEADLINE)
        # Outside of the handler, so that the exception, whose frames hold signed headers, is let go.
        raise fault

    async def aclose(self) -> None:
        """Do nothing: a client of the user's own stays open."""

    async def _exchanged(self, wire: WireRequest, timeouts: Timeouts) -> Reply:
        request = self._requests.request(wire, timeouts, _stream_of(wire.body))
        if not isinstance(wire.body, MultipartBody):
            request.read()  # so that a bridge to another library sees a body that is complete, or that there is none
        started = self._monotonic()
        response = await self._client.send(request, stream=True, follow_redirects=False)
        headers = response.headers.raw
        try:
            content = await self._read(response, headers)
        finally:
            await response.aclose()
        return Reply(response.status_code, headers, content, elapsed=self._monotonic() - started)

    async def _read(self, response: httpx.Response, headers: list[tuple[bytes, bytes]]) -> bytes:
        known = content_read_before(response, self._limit)
        if known is not None:
            return known
        reader = reader_of(headers, self._limit)
        # An async client answers with an async stream; the type of the attribute covers both.
        async for piece in cast("httpx.AsyncByteStream", response.stream):
            reader.feed(piece)
        return reader.finish()


def _stream_of(body: bytes | MultipartBody | None) -> httpx.AsyncByteStream:
    return UploadStream(body) if isinstance(body, MultipartBody) else httpx.ByteStream(body or b"")
