"""Puts an answer on the wire: whole, or as a fault of the connection wants it.

A reset needs the server's connection. `dialspec.simulator.server` hands it over in the scope's state; in process,
where there is none, ConnectionResetError is raised instead.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import struct
from email.utils import formatdate
from functools import lru_cache
from typing import Final

from dialspec.simulator.asgi import Receive, Scope, Send
from dialspec.simulator.faults import Plan
from dialspec.simulator.messages import Answer, Request

TRANSPORT_STATE: Final = "dialspec.transport"
"""Key of the connection's transport in the state of a scope."""

_CHUNK: Final = 1024


async def send_answer(
    scope: Scope,
    receive: Receive,
    send: Send,
    request: Request,
    answer: Answer,
    now: float,
    plan: Plan,
) -> None:
    """Send an answer; `now` is the server's time for the `Date` header."""
    body = answer.body
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"date", _date(int(now))),
    ]
    if answer.reason is not None:
        readable = answer.reason.encode("ascii", "backslashreplace").decode()
        headers.append((b"x-simulator-reason", " ".join(readable.split()).encode()))
    headers += [(name.encode(), value.encode()) for name, value in answer.headers]
    if plan and "gzip" in plan and "gzip" in (request.header("accept-encoding") or ""):
        body = gzip.compress(body, 1, mtime=0)
        headers.append((b"content-encoding", b"gzip"))
    truncated = "truncate" in plan
    chunked = "chunked" in plan and not truncated
    if not chunked:
        headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if truncated:
        await _send_half(scope, receive, send, body)
    elif chunked:
        for start in range(0, len(body), _CHUNK):
            part = body[start : start + _CHUNK]
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    else:
        await send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=8)
def _date(second: int) -> bytes:
    return formatdate(second, usegmt=True).encode()


async def reset_connection(scope: Scope, receive: Receive) -> None:
    """Break the connection without an answer, as a failing network does."""
    transport = _transport(scope)
    if transport is None:
        raise ConnectionResetError("the simulator reset the connection")
    connection = transport.get_extra_info("socket")
    if connection is not None:
        # No lingering: the client sees a reset instead of an orderly end. A client that gave up first left no socket.
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await _until_gone(receive)


async def _send_half(scope: Scope, receive: Receive, send: Send, body: bytes) -> None:
    half = body[: len(body) // 2]
    transport = _transport(scope)
    if transport is None:
        await send({"type": "http.response.body", "body": half})
        return
    await send({"type": "http.response.body", "body": half, "more_body": True})
    transport.close()
    await _until_gone(receive)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _transport(scope: Scope) -> asyncio.Transport | None:
    transport = scope.get("state", {}).get(TRANSPORT_STATE)
    return transport if isinstance(transport, asyncio.Transport) else None
