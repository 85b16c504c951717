"""Sending one request and reading its answer, for threads.

In: a signed request, the times it may take. Out: a `Reply` with the whole, decompressed body, or a
`TransportFault`. Nothing is retried, redirected or decided here. Whatever happens, also a KeyboardInterrupt, a
connection that was not read to its end is closed and not used again.

Requests go to httpx's core directly. A client's middleware (cookies, redirects, authentication, proxies of the
environment), its pool and its own view of requests and responses are not used, and would cost more than half of
a call. A user's own client is `_sync_own_client`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import httpcore

from ._core_faults import BREAKAGES, core_fault_of
from .base_url import MOST_CACHED_URLS
from .content_coding import BodyReader, TooLargeError, is_too_long
from .faults import FaultKind, TransportFault
from .keepalive import KEEPALIVE_SECONDS, KeptConnections
from .reply import Reply, header_in

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

    from .base_url import BaseUrl
    from .options import Timeouts
    from .request import WireRequest


class SyncTransport:
    """Connections to one vendor."""

    def __init__(
        self, base: BaseUrl, *, max_response_bytes: int, monotonic: Callable[[], float]
    ) -> None:
        self._base_url = httpcore.URL(f"{base.scheme}://{base.netloc}")
        self._origin = self._base_url.origin
        self._urls: dict[str, httpcore.URL] = {}
        self._tls = tls_context(base.scheme)
        self._kept: KeptConnections[httpcore.HTTPConnection] = KeptConnections()
        self._limit = max_response_bytes
        self._monotonic = monotonic

    def send(self, wire: WireRequest, timeouts: Timeouts, deadline_at: float | None) -> Reply:
        """Send one request and read its answer to the end; raise `TransportFault`."""
        try:
            return self._exchanged(wire, timeouts, deadline_at)
        except BREAKAGES as error:
            fault = core_fault_of(error)
        # Outside of the handler, so that the exception, whose frames hold signed headers, is let go.
        raise fault

    def close(self) -> None:
        """Close all connections."""
        for connection in self._kept.close():
            connection.close()

    def _exchanged(self, wire: WireRequest, timeouts: Timeouts, deadline_at: float | None) -> Reply:
        request = httpcore.Request(
            wire.method,
            self._url(wire),
            content=wire.body,
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
        connection = self._connection()
        try:
            response = connection.handle_request(request)
            try:
                content = self._read(response, deadline_at)
            finally:
                response.close()
        finally:
            self._done_with(connection)
        return Reply(
            response.status, response.headers, content, elapsed=self._monotonic() - started
        )

    def _read(self, response: httpcore.Response, deadline_at: float | None) -> bytes:
        headers = response.headers
        if is_too_long(header_in(headers, b"content-length"), self._limit):
            raise TooLargeError
        reader = BodyReader(header_in(headers, b"content-encoding") or "", self._limit)
        # A sync connection answers with a sync stream; the type of the attribute covers both.
        for piece in cast("Iterable[bytes]", response.stream):
            reader.feed(piece)
            if deadline_at is not None and self._monotonic() > deadline_at:
                raise TransportFault(FaultKind.DEADLINE)
        return reader.finish()

    def _connection(self) -> httpcore.HTTPConnection:
        """Return a connection that no other call is on."""
        while (kept := self._kept.take()) is not None:
            if not kept.has_expired():
                return kept
            self._kept.drop(kept)
            kept.close()
        made = httpcore.HTTPConnection(
            self._origin,
            ssl_context=self._tls,
            keepalive_expiry=KEEPALIVE_SECONDS,
        )
        self._kept.add(made)
        return made

    def _done_with(self, connection: httpcore.HTTPConnection) -> None:
        now = self._monotonic()
        if not self._kept.put_back(connection, now):
            connection.close()
        while (expired := self._kept.take_expired(now)) is not None:
            expired.close()

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


def tls_context(scheme: str) -> ssl.SSLContext | None:
    """Return what httpx trusts too; nothing for plain http, since loading certificates takes long."""
    if scheme != "https":
        return None
    import httpx

    return httpx.create_ssl_context()
