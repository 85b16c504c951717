"""The connections of a client, opened on first use and shared by the copies that `with_options` makes.

Refused with `ConfigurationError`: a client that was closed; a client with a user's own HTTP client, or an async
client, in a forked process; an async client in another event loop than the one its connections belong to. A
forked process gets connections of its own: two processes on one connection would read each other's answers.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import threading
import weakref
from typing import TYPE_CHECKING

from .errors import ConfigurationError
from .pacing import CONNECTIONS, AsyncPacing, SyncPacing

if TYPE_CHECKING:
    from ._async_own_client import AsyncOwnClient
    from ._async_transport import AsyncTransport
    from ._sync_own_client import SyncOwnClient
    from ._sync_transport import SyncTransport
    from .core import ClientCore
    from .http_client import AsyncHttpClient, HttpClient


class SyncLine:
    """The way to one vendor, for threads."""

    def __init__(self, core: ClientCore, http_client: HttpClient | None) -> None:
        send = getattr(http_client, "send", None)
        if http_client is not None and (not callable(send) or inspect.iscoroutinefunction(send)):
            raise ConfigurationError("http_client has to be an httpx.Client, or behave like one")
        _refuse_auth(http_client)
        self._core = core
        self._http_client = http_client
        self._is_closed = False
        self._start()

    def _start(self) -> None:
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._transport: SyncTransport | SyncOwnClient | None = None
        self.pacing = SyncPacing(
            self._core.surroundings, connections=None if self._http_client else CONNECTIONS
        )

    def transport(self) -> SyncTransport | SyncOwnClient:
        """Return the connections; open them if need be."""
        if self._is_closed:
            raise ConfigurationError("the client is closed")
        if self._process != os.getpid():
            self._after_fork()
        return self._transport or self._opened()

    def _opened(self) -> SyncTransport | SyncOwnClient:
        with self._lock:
            if self._transport is None:
                self._transport = _sync_transport(self._core, self._http_client)
                # A client that is dropped without close() leaves no open sockets behind.
                weakref.finalize(self, self._transport.close)
            return self._transport

    def _after_fork(self) -> None:
        if self._http_client is not None:
            raise ConfigurationError(
                "this process was forked: its http_client shares connections with the parent; make a new one"
            )
        # The parent's connections are kept, not closed: closing could tell the vendor something.
        self._of_the_parent = self._transport
        self._start()

    def close(self) -> None:
        """Close all connections; later calls are refused."""
        self._is_closed = True
        if self._transport is not None and self._process == os.getpid():
            self._transport.close()


class AsyncLine:
    """The way to one vendor, for the tasks of one event loop."""

    def __init__(self, core: ClientCore, http_client: AsyncHttpClient | None) -> None:
        send = getattr(http_client, "send", None)
        if http_client is not None and not inspect.iscoroutinefunction(send):
            raise ConfigurationError(
                "http_client has to be an httpx.AsyncClient, or behave like one"
            )
        _refuse_auth(http_client)
        self._core = core
        self._http_client = http_client
        self._is_closed = False
        self._process = os.getpid()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._transport: AsyncTransport | AsyncOwnClient | None = None
        self.pacing = AsyncPacing(
            core.surroundings, connections=None if http_client else CONNECTIONS
        )

    def transport(self) -> AsyncTransport | AsyncOwnClient:
        """Return the connections; open them if need be. To be called from within the event loop."""
        if self._is_closed:
            raise ConfigurationError("the client is closed")
        if self._process != os.getpid():
            raise ConfigurationError("this process was forked: make a new client in it")
        if self._transport is None:
            self._transport = self._opened()
        self._check_loop()
        return self._transport

    def _check_loop(self) -> None:
        # Connections of the user's own client are the user's to keep in their loop.
        if self._http_client is None and self._loop is not asyncio.get_running_loop():
            raise ConfigurationError(
                "the client belongs to another event loop: make one client per asyncio.run(), and close it there"
            )

    def _opened(self) -> AsyncTransport | AsyncOwnClient:
        self._loop = asyncio.get_running_loop()
        return _async_transport(self._core, self._http_client)

    async def aclose(self) -> None:
        """Close all connections; later calls are refused."""
        transport = self._transport if self._process == os.getpid() else None
        if transport is not None and not self._is_closed:
            self._check_loop()
        self._is_closed = True
        if transport is not None:
            await transport.aclose()


def _refuse_auth(http_client: object) -> None:
    """Refuse a client that would sign as well: over our signature, or by sending a request twice."""
    if getattr(http_client, "auth", None) is not None:
        raise ConfigurationError(
            "http_client has auth=, but this client signs its requests itself: give it one without"
        )


def _sync_transport(
    core: ClientCore, http_client: HttpClient | None
) -> SyncTransport | SyncOwnClient:
    limit, monotonic = core.max_response_bytes, core.surroundings.monotonic
    # Either loads only what it needs: httpx's core, or httpx.
    if http_client is None:
        from ._sync_transport import SyncTransport

        return SyncTransport(core.base, max_response_bytes=limit, monotonic=monotonic)
    from ._sync_own_client import SyncOwnClient

    return SyncOwnClient(core.base, http_client, max_response_bytes=limit, monotonic=monotonic)


def _async_transport(
    core: ClientCore, http_client: AsyncHttpClient | None
) -> AsyncTransport | AsyncOwnClient:
    limit, monotonic = core.max_response_bytes, core.surroundings.monotonic
    if http_client is None:
        from ._async_transport import AsyncTransport

        return AsyncTransport(core.base, max_response_bytes=limit, monotonic=monotonic)
    from ._async_own_client import AsyncOwnClient

    return AsyncOwnClient(core.base, http_client, max_response_bytes=limit, monotonic=monotonic)
