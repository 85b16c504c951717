"""A vendor that answers at once: HTTP/1.1 with keep-alive on a bare socket, the same for all contenders.

The first part of a path says what it does: `/rows/100/…` answers the same page of 100 rows, `/pages/20/1000/…` waits
20 ms and answers the page that the body asks for, of 1,000. Run as a module, it prints its port as a line of JSON, and
ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import sys
from functools import lru_cache
from typing import Final

from benchmarks.api.answers import ROWS_PER_PAGE, page

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TARGET: Final = re.compile(rb"[A-Z]+ /(rows|pages)/(\d+)/(?:(\d+)/)?")
_NUMBER: Final = re.compile(rb'"current": *(\d+)')
_HEAD: Final = (
    b"HTTP/1.1 200 OK\r\n"
    b"Server: vendor\r\n"
    b"Date: Fri, 27 Nov 2026 08:00:00 GMT\r\n"
    b"Content-Type: application/json;charset=UTF-8\r\n"
    b"X-Request-Id: 5f0c1d2e3a4b\r\n"
    b"Content-Length: %d\r\n\r\n%b"
)
_NOT_FOUND: Final = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Connection(asyncio.Protocol):
    """One connection, with one request at a time."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take note of where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer as soon as a request is whole."""
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._buffer[:end])
        length = _LENGTH.search(head)
        whole = end + 4 + (int(length[1]) if length else 0)
        if len(self._buffer) < whole:
            return
        body = bytes(self._buffer[end + 4 : whole])
        del self._buffer[:whole]
        self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        found = _TARGET.match(head)
        if found is None:
            self._write(_NOT_FOUND)
        elif found[1] == b"rows":
            self._write(_canned(int(found[2])))
        else:
            number = _NUMBER.search(body)
            answer = page(int(number[1]) if number else 1, ROWS_PER_PAGE, int(found[3]))
            loop = asyncio.get_running_loop()
            loop.call_later(int(found[2]) / 1000, self._write, _HEAD % (len(answer), answer))

    def _write(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)


@lru_cache
def _canned(rows: int) -> bytes:
    answer = page(1, rows)
    return _HEAD % (len(answer), answer)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", 0, backlog=1024)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    async with server:
        await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    # Nothing here makes cycles; a collection in the middle of a measurement would be noise.
    gc.disable()
    asyncio.run(_serve())
