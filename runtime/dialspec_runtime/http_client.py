"""What a user's own HTTP client has to be able to do: the shape of `httpx.Client` and `httpx.AsyncClient`.

A protocol rather than the class itself, so that naming it loads no HTTP library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import httpx


class HttpClient(Protocol):
    """For the sync clients: an `httpx.Client`, or what behaves like one."""

    def send(
        self, request: httpx.Request, *, stream: bool = ..., follow_redirects: bool = ...
    ) -> httpx.Response:
        """Send one request and return the answer with its body unread."""
        ...


class AsyncHttpClient(Protocol):
    """For the async clients: an `httpx.AsyncClient`, or what behaves like one."""

    async def send(
        self, request: httpx.Request, *, stream: bool = ..., follow_redirects: bool = ...
    ) -> httpx.Response:
        """Send one request and return the answer with its body unread."""
        ...
