"""Sending one request and reading its answer over a user's own `httpx.Client`, for threads.

With the same promises as `_sync_transport`. The client keeps what its user gave it (proxies, certificates, event
hooks, a mock), but follows no redirect; closing it is its user's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

import httpx

from .base_url import MOST_CACHED_URLS
from .content_coding import BodyReader, DamagedError, TooLargeError, is_too_long
from .faults import FaultKind, TransportFault, fault_of
from .multipart import ChangedFileError, MultipartBody
from .reply import Reply, header_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from .base_url import BaseUrl
    from .http_client import HttpClient
    from .options import Timeouts
    from .request import WireRequest

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
        self._base_url = httpx.URL(f"{base.scheme}://{base.netloc}")
        self._urls: dict[str, httpx.URL] = {}
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
        headers = response.headers.raw
        if is_too_long(header_in(headers, b"content-length"), self._limit):
            raise TooLargeError
        reader = BodyReader(header_in(headers, b"content-encoding") or "", self._limit)
        # A sync client answers with a sync stream; the type of the attribute covers both.
        for piece in cast("httpx.SyncByteStream", response.stream):
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


def _stream_of(body: bytes | MultipartBody | None) -> httpx.SyncByteStream:
    return UploadStream(body) if isinstance(body, MultipartBody) else httpx.ByteStream(body or b"")
