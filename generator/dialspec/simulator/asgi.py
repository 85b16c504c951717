"""The few types and messages of ASGI that the simulator speaks; no framework stands between."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final, TypeAlias

from dialspec.simulator.messages import Request

# ASGI messages are dictionaries whose values differ by key.
Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY: Final = 64 * 2**20
"""Bytes of a request body; larger ones are refused with HTTP 413."""


class BodyTooLargeError(ValueError):
    """The request body is larger than `MAX_BODY`."""


async def read_request(scope: Scope, receive: Receive) -> Request:
    """Read a request to its end.

    Raises:
        BodyTooLargeError: as soon as more than `MAX_BODY` bytes have come.
        ConnectionResetError: if the client went away before the end.
    """
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError("the client went away")
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY:
            raise BodyTooLargeError
        chunks.append(chunk)
        more = message.get("more_body", False)
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    path: str = scope["path"]
    raw_path: bytes | None = scope.get("raw_path")
    return Request(
        method=scope["method"],
        path=path,
        target=path if raw_path is None else raw_path.decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=b"".join(chunks),
    )


async def serve_lifespan(receive: Receive, send: Send) -> None:
    """Answer a server that tells of its start and end; there is nothing to do at either."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return
