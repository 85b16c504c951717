"""Load for a server: as many signed requests as it answers, over a few connections.

The requests are bytes that were made beforehand, and of an answer only the beginning is looked at, so that the server is
what is measured.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
from collections.abc import Mapping
from typing import Any, Final

from benchmarks.contenders.endpoint import Settings
from benchmarks.contenders.runs import Contender

CONNECTIONS: Final = 4
SUCCESS: Final = b'{"status":"0","reason":"success",'
"""How a good answer of the simulator begins: it refuses with the HTTP status 200 too."""

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class UnexpectedAnswerError(AssertionError):
    """An answer that is no success."""


class Load(Contender):
    """Requests over several connections, one at a time on each."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def run(self, question: Mapping[str, Any]) -> Mapping[str, float]:
        """Send for `seconds`; give answers a second."""
        return asyncio.run(self._run(float(question["seconds"])))

    async def _run(self, seconds: float) -> Mapping[str, float]:
        request = _signed_request(self._settings)
        started = time.perf_counter()
        counts = await asyncio.gather(
            *(
                _sent(int(self._settings["port"]), request, started + seconds)
                for _ in range(CONNECTIONS)
            )
        )
        return {"value": sum(counts) / (time.perf_counter() - started)}


def load(settings: Settings) -> Contender:
    """Load for the server at `port`, with the request that `method`, `path`, `body` and the credentials make."""
    return Load(settings)


async def answer_to(settings: Settings) -> bytes:
    """Send the request once, and give the body of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(settings["port"]))
    try:
        writer.write(_signed_request(settings))
        return await _answer(reader)
    finally:
        writer.close()


async def _sent(port: int, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    try:
        while time.perf_counter() < until:
            writer.write(request)
            await _answer(reader)
            count += 1
    finally:
        writer.close()
    return count


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if not head.startswith(b"HTTP/1.1 200 ") or length is None:
        raise UnexpectedAnswerError(head.decode("latin-1"))
    body = await reader.readexactly(int(length[1]))
    if not body.startswith(SUCCESS):
        raise UnexpectedAnswerError(body[:200].decode())
    return body


def _signed_request(settings: Settings) -> bytes:
    key, secret, timestamp = settings["api_key"], settings["api_secret"], str(int(time.time()))
    # The vendor's scheme; it protects nothing here.
    sign = hashlib.md5(f"{key}{secret}{timestamp}".encode()).hexdigest()  # noqa: S324
    body = str(settings["body"]).encode()
    lines = (
        f"{settings['method']} {settings['path']} HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json;charset=UTF-8",
        f"Api-Key: {key}",
        f"Timestamp: {timestamp}",
        f"Sign: {sign}",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
