"""The simulator as an ASGI application, without a server."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from dialspec.simulator.asgi import MAX_BODY
from hand_made_caller import Caller

Message = MutableMapping[str, Any]


def exchange(caller: Caller, scope: dict[str, Any], *incoming: Message) -> list[Message]:
    """What the application sends for these messages."""
    waiting = list(incoming)
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(caller.simulator.app(scope, receive, send))
    return sent


SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/acme/calls/query",
    "query_string": b"",
    "headers": [],
}


def test_a_server_may_announce_its_start_and_end(caller: Caller) -> None:
    sent = exchange(
        caller, {"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}
    )
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


def test_web_sockets_are_not_spoken(caller: Caller) -> None:
    with pytest.raises(NotImplementedError, match="websocket"):
        exchange(caller, {"type": "websocket"})


def test_a_client_that_goes_away_before_its_body_ends_is_let_go(caller: Caller) -> None:
    part = {"type": "http.request", "body": b"{", "more_body": True}
    assert exchange(caller, SCOPE, part, {"type": "http.disconnect"}) == []
    assert caller.simulator.received.total == 0


def test_a_body_without_end_is_refused(caller: Caller) -> None:
    half = {"type": "http.request", "body": bytes(MAX_BODY // 2 + 1), "more_body": True}
    sent = exchange(caller, SCOPE, half, half, half)
    assert sent[0]["status"] == 413


def test_a_server_that_gives_no_raw_path_is_served_too(caller: Caller) -> None:
    sent = exchange(caller, SCOPE, {"type": "http.request", "body": b""})
    assert sent[0]["status"] == 200
    assert b'"status":-1' in sent[1]["body"]
