"""Sync and async clients behind one face, so that a test is written once and holds for both."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from anyio.from_thread import BlockingPortal, start_blocking_portal

from dialspec.api import Endpoint
from dialspec_runtime import AsyncClient, SyncClient
from dialspec_runtime.surroundings import Surroundings

Flavour = Literal["sync", "async"]


@dataclass(frozen=True)
class EitherClient:
    """A client of one of the two kinds; an async one lives in the event loop of a portal."""

    client: SyncClient | AsyncClient
    portal: BlockingPortal | None = None

    def call(self, endpoint: Endpoint, arguments: dict[str, Any]) -> Any:
        """Call a method of the client: gives its result, or the first page of a list."""
        if self.portal is None:
            result = _method(self.client, endpoint)(**arguments)
            return next(iter(result.pages())) if endpoint.paging is not None else result
        return self.portal.call(self._awaited, self.client, endpoint, arguments)

    def call_raw(self, endpoint: Endpoint, arguments: dict[str, Any]) -> Any:
        """Call the same method in raw mode: gives the raw response."""
        client: Any = self.client  # each provider's class has the attribute
        raw = client.with_raw_response
        if self.portal is None:
            return _method(raw, endpoint)(**arguments)
        return self.portal.call(self._awaited, raw, endpoint, arguments)

    def close(self) -> None:
        """Close the client's connections."""
        if isinstance(self.client, SyncClient):
            self.client.close()
        elif self.portal is not None:
            self.portal.call(self.client.aclose)

    @staticmethod
    async def _awaited(client: Any, endpoint: Endpoint, arguments: dict[str, Any]) -> Any:
        return await _method(client, endpoint)(**arguments)


def no_waiting() -> Surroundings:
    """Clocks as they are, and pauses that take no time: for vendors that want minutes between two calls."""

    async def no_async_sleep(_: float) -> None: ...

    return Surroundings(sleep=lambda _: None, async_sleep=no_async_sleep)


@contextmanager
def portal() -> Generator[BlockingPortal]:
    """An event loop in a thread of its own, for async clients."""
    with start_blocking_portal("asyncio") as started:
        yield started


def _method(client: Any, endpoint: Endpoint) -> Any:
    return getattr(getattr(client, endpoint.resource), endpoint.name)
