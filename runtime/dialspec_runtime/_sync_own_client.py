"""Sending one request and reading its answer over a user's own `httpx.Client`, for threads.

With the same promises as `_sync_transport`. The client keeps what its user gave it (proxies, certificates, event
hooks, a mock), but follows no redirect; closing it is its user's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import httpx

from ._own_client import BREAKAGES, OwnRequests, content_read_before, reader_of
from .faults import FaultKind, TransportFault, fault_of
from .multipart import MultipartBody
from .reply import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from .base_url import BaseUrl
    from .http_client import HttpClient
    from .options import Timeouts
    from .request import WireRequest


class UploadStream(httpx.SyncByteStream):
    """A multipart body in the form that httpx takes."""

    def __init__(self, body: MultipartBody) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)


class SyncOwnClient:
    """Requests to one vendor."""

    def __init__(
        self,
        base: BaseUrl,
        http_client: HttpClient,
        *,
        max_response_bytes: int,
        monotonic: Callable[[], float],
    ) -> None:
        self._requests = OwnRequests(base)
        self._client = http_client
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
        """Do nothing: a client of the user's own stays open."""

    def _exchanged(self, wire: WireRequest, timeouts: Timeouts, deadline_at: float | None) -> Reply:
        request = self._requests.request(wire, timeouts, _stream_of(wire.body))
        started = self._monotonic()
        response = self._client.send(request, stream=True, follow_redirects=False)
        headers = response.headers.raw
        try:
            content = self._read(response, headers, deadline_at)
        finally:
            response.close()
        return Reply(response.status_code, headers, content, elapsed=self._monotonic() - started)

    def _read(
        self,
        response: httpx.Response,
        headers: list[tuple[bytes, bytes]],
        deadline_at: float | None,
    ) -> bytes:
        known = content_read_before(response, self._limit)
        if known is not None:
            return known
        reader = reader_of(headers, self._limit)
        # A sync client answers with a sync stream; the type of the attribute covers both.
        for piece in cast("httpx.SyncByteStream", response.stream):
            reader.feed(piece)
            if deadline_at is not None and self._monotonic() > deadline_at:
                raise TransportFault(FaultKind.DEADLINE)
        return reader.finish()


def _stream_of(body: bytes | MultipartBody | None) -> httpx.SyncByteStream:
    return UploadStream(body) if isinstance(body, MultipartBody) else httpx.ByteStream(body or b"")
