"""What sending over a user's own httpx client has in common for threads and for tasks.

In: a signed request. Out: the same as an `httpx.Request` that the user's client sends as it is; and, for its answer,
the reader that keeps the size limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from .base_url import MOST_CACHED_URLS
from .content_coding import BodyReader, DamagedError, TooLargeError, is_too_long
from .multipart import ChangedFileError
from .reply import header_in

if TYPE_CHECKING:
    from .base_url import BaseUrl
    from .options import Timeouts
    from .request import WireRequest

# Not all of httpx.HTTPError: an HTTPStatusError comes from a hook of the user's, and is the user's to see.
BREAKAGES: Final = (
    httpx.RequestError,
    httpx.StreamError,
    OSError,
    ChangedFileError,
    DamagedError,
    TooLargeError,
)


class OwnRequests:
    """Makes requests to one vendor in httpx's form."""

    def __init__(self, base: BaseUrl) -> None:
        self._base_url = httpx.URL(f"{base.scheme}://{base.netloc}")
        self._urls: dict[str, httpx.URL] = {}

    def request(
        self,
        wire: WireRequest,
        timeouts: Timeouts,
        stream: httpx.SyncByteStream | httpx.AsyncByteStream,
    ) -> httpx.Request:
        """Make one request, whose body is `stream`."""
        return httpx.Request(
            wire.method,
            self._url(wire),
            headers=wire.headers,
            stream=stream,
            extensions={
                "timeout": {
                    "connect": timeouts.connect,
                    "read": timeouts.read,
                    "write": timeouts.write,
                    "pool": timeouts.pool,
                }
            },
        )

    def _url(self, wire: WireRequest) -> httpx.URL:
        target = wire.target
        url = self._urls.get(target)
        if url is None:
            url = self._base_url.copy_with(raw_path=target.encode("ascii"))
            if not wire.query and len(self._urls) < MOST_CACHED_URLS:
                self._urls[target] = url
        return url


def content_read_before(response: httpx.Response, limit: int) -> bytes | None:
    """The body of an answer that an event hook of the user's client has read already; None if none did."""
    if not response.is_stream_consumed:
        return None
    if len(response.content) > limit:
        raise TooLargeError
    return response.content


def reader_of(headers: list[tuple[bytes, bytes]], limit: int) -> BodyReader:
    """What takes the pieces of a body of at most `limit` bytes."""
    if is_too_long(header_in(headers, b"content-length"), limit):
        raise TooLargeError
    return BodyReader(header_in(headers, b"content-encoding") or "", limit)
