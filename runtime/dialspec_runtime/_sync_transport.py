"""Sending one request and reading its answer, for threads; one of the two modules that import httpx.

In: a signed request, the times it may take. Out: a `Reply` with the whole, decompressed body, or a
`TransportFault`. Nothing is retried, redirected or decided here. Whatever happens, also a KeyboardInterrupt, a
connection that was not read to its end is closed and not used again.

Without a client of the user's own, requests go straight to httpx's connection pool: a client's middleware
(cookies, redirects, proxies of the environment) is not used, and would cost a third of a call.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

import httpx

from .content_coding import BodyReader, DamagedError, TooLargeError, is_too_long
from .faults import FaultKind, TransportFault, fault_of
from .multipart import ChangedFileError, MultipartBody
from .pacing import CONNECTIONS
from .reply import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from .base_url import BaseUrl
    from .http_client import HttpClient
    from .options import Timeouts
    from .request import WireRequest

KEEPALIVE_SECONDS: Final = 5.0
"""Short, so that a connection is rarely reused at the moment at which the vendor closes it."""

MOST_CACHED_URLS: Final = 256

BREAKAGES: Final = (
    httpx.HTTPError,
    httpx.StreamError,
    OSError,
    ChangedFileError,
    DamagedError,
    TooLargeError,
)


class UploadStream(httpx.SyncByteStream):
    """A multipart body in the form that httpx takes."""

    def __init__(self, body: MultipartBody) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)


class SyncTransport:
    """Connections to one vendor."""

    def __init__(
        self,
        base: BaseUrl,
        http_client: HttpClient | None,
        *,
        max_response_bytes: int,
        monotonic: Callable[[], float],
    ) -> None:
        self._base_url = httpx.URL(f"{base.scheme}://{base.netloc}")
        self._urls: dict[str, httpx.URL] = {}
        self._client = http_client
        self._pool = None if http_client is not None else _connection_pool(base)
        self._limit = max_response_bytes
        self._monotonic = monotonic

    def send(self, wire: WireRequest, timeouts: Timeouts, deadline_at: float | None) -> Reply:
        """Send one request and read its answer to the end; raise `TransportFault`."""
        try:
            return self._exchanged(wire, timeouts, deadline_at)
        except BREAKAGES as error:
            fault = fault_of(error)
        # Outside of the handler, so that the exception, whose frames hold signed headers, is let go.
        raise fault

    def close(self) -> None:
        """Close all connections; a client of the user's own stays open."""
        if self._pool is not None:
            self._pool.close()

    def _exchanged(self, wire: WireRequest, timeouts: Timeouts, deadline_at: float | None) -> Reply:
        request = httpx.Request(
            wire.method,
            self._url(wire),
            headers=wire.headers,
            stream=_stream_of(wire.body),
            extensions={
                "timeout": {
                    "connect": timeouts.connect,
                    "read": timeouts.read,
                    "write": timeouts.write,
                    "pool": timeouts.pool,
                }
            },
        )
        started = self._monotonic()
        if self._pool is not None:
            response = self._pool.handle_request(request)
        else:
            assert self._client is not None  # noqa: S101  # there is one or the other
            response = self._client.send(request, stream=True, follow_redirects=False)
        try:
            content = self._read(response, deadline_at)
        finally:
            response.close()
        return Reply(
            response.status_code,
            response.headers.raw,
            content,
            elapsed=self._monotonic() - started,
        )

    def _read(self, response: httpx.Response, deadline_at: float | None) -> bytes:
        if response.is_stream_consumed:  # an event hook of the user's client has read it already
            if len(response.content) > self._limit:
                raise TooLargeError
            return response.content
        headers = response.headers
        if is_too_long(headers.get("content-length"), self._limit):
            raise TooLargeError
        reader = BodyReader(headers.get("content-encoding", ""), self._limit)
        # A sync transport answers with a sync stream; the type of the attribute covers both.
        pieces = (
            cast("httpx.SyncByteStream", response.stream)
            if self._pool is not None
            else response.iter_raw()
        )
        for piece in pieces:
            reader.feed(piece)
            if deadline_at is not None and self._monotonic() > deadline_at:
                raise TransportFault(FaultKind.DEADLINE)
        return reader.finish()

    def _url(self, wire: WireRequest) -> httpx.URL:
        target = wire.target
        url = self._urls.get(target)
        if url is None:
            url = self._base_url.copy_with(raw_path=target.encode("ascii"))
            if not wire.query and len(self._urls) < MOST_CACHED_URLS:
                self._urls[target] = url
        return url


def _connection_pool(base: BaseUrl) -> httpx.HTTPTransport:
    return httpx.HTTPTransport(
        # Plain http needs no certificates; loading them takes longer than all else here.
        verify=base.scheme == "https",
        limits=httpx.Limits(
            max_connections=CONNECTIONS,
            max_keepalive_connections=CONNECTIONS,
            keepalive_expiry=KEEPALIVE_SECONDS,
        ),
    )


def _stream_of(body: bytes | MultipartBody | None) -> httpx.SyncByteStream:
    return UploadStream(body) if isinstance(body, MultipartBody) else httpx.ByteStream(body or b"")
