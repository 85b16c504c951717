"""Clients whose line ends in a script: no socket, the answer that a test wants, and a list of what was sent.

For tests that make thousands of calls and are about what becomes of one answer; what a network does is in
`scripted_vendor`.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal

from dialspec.api import Api
from dialspec.simulator import Simulator
from dialspec_runtime import Timeouts
from either_client import EitherClient, Flavour, no_waiting, portal
from running_simulator import Vendor

_NOWHERE = "http://127.0.0.1:9"
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass
class ScriptedLine:
    """A line that gives `content` for each request, once it has raised its `faults`."""

    content: bytes = b"{}"
    status: int = 200
    faults: list[Exception] = field(default_factory=list[Exception])
    sent: list[httpx.Request] = field(default_factory=list[httpx.Request])
    clients: dict[tuple[str, Flavour], EitherClient] = field(
        default_factory=dict[tuple[str, Flavour], EitherClient]
    )

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Give the answer of the script."""
        fault = self.faults.pop(0) if self.faults else None
        if not isinstance(fault, _BEFORE_SENDING):
            self.sent.append(request)
        if fault is not None:
            raise fault
        headers = {"content-type": "application/json"}
        return httpx.Response(self.status, content=self.content, headers=headers)

    def connect(self, vendor: Vendor, loop: BlockingPortal, **options: Any) -> None:
        """Make clients of all providers."""
        transport = httpx.MockTransport(self.answer)
        for provider in vendor.simulator.api.providers:
            given: dict[str, Any] = {"max_retries": 0, "allow_inferred": True, **options}
            given.setdefault("surroundings", no_waiting())
            given.setdefault("timeout", Timeouts(pool=None))
            sync = vendor.client(
                provider.name, http_client=httpx.Client(transport=transport), **given
            )
            awaited = vendor.async_client(
                provider.name, http_client=httpx.AsyncClient(transport=transport), **given
            )
            self.clients[provider.name, "sync"] = EitherClient(sync)
            self.clients[provider.name, "async"] = EitherClient(awaited, loop)


@contextmanager
def scripted_line(api: Api, **options: Any) -> Generator[ScriptedLine]:
    """A line with clients of both kinds for all providers; `options` are those of the clients."""
    line = ScriptedLine()
    with portal() as loop:
        line.connect(Vendor(Simulator(api), _NOWHERE), loop, **options)
        yield line
