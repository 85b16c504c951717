"""Sockets for the async transport, on which a request leaves in one piece.

httpcore writes the head of a request and its body one after the other, and each write of an event loop is a system
call with a timeout of its own: a fifth of an async call. What is written here is gathered until the answer is read,
or until it has become long. (A blocking socket gains nothing by it: the vendor begins to work at the first piece.)
"""

from __future__ import annotations

import select
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, cast

import httpcore

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Iterable

LONGEST_GATHERED: Final = 64 * 1024
"""Bytes from which on they are sent at once: files are not to be held in memory."""


class GatheringStream(httpcore.AsyncNetworkStream):
    """A connection that sends what was written when it is read from."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._gathered: list[bytes] = []
        self._length = 0
        self._timeout: float | None = None
        self._socket: socket.socket | None = None

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Gather bytes; send all of them if they have become many."""
        self._gathered.append(buffer)
        self._length += len(buffer)
        self._timeout = timeout
        if self._length >= LONGEST_GATHERED:
            await self._send()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Send what was gathered, and wait for an answer."""
        if self._gathered:
            # As in httpcore itself: a vendor may have answered, and closed, before it had read everything.
            with suppress(httpcore.WriteError):
                await self._send()
        return await self._inner.read(max_bytes, timeout)

    async def _send(self) -> None:
        whole = b"".join(self._gathered)
        self._gathered.clear()
        self._length = 0
        await self._inner.write(whole, self._timeout)

    async def aclose(self) -> None:
        """Close the connection; what was not sent is dropped."""
        self._gathered.clear()
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Encrypt from here on."""
        return GatheringStream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Tell what is known about the socket."""
        if info == "is_readable" and hasattr(select, "poll"):
            return self._is_readable()
        return self._inner.get_extra_info(info)

    def _is_readable(self) -> bool:
        """Whether something came that nobody asked for: the vendor has closed the connection.

        Asked before each request. anyio would put together all it knows about the socket to answer that.
        """
        if self._socket is None:
            self._socket = self._inner.get_extra_info("socket")
        number = -1 if self._socket is None else self._socket.fileno()
        if number < 0:
            return True
        poll = select.poll()
        poll.register(number, select.POLLIN)
        return bool(poll.poll(0))


class GatheringBackend(httpcore.AsyncNetworkBackend):
    """Makes such connections, on anyio as httpcore does."""

    def __init__(self) -> None:
        # httpcore has a class of another kind under this name where anyio is missing; httpx always brings it.
        self._inner = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a host."""
        return GatheringStream(
            await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        )
