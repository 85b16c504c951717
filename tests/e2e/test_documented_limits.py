"""The pace that a page documents is kept by the client: distances in time, and calls at the same moment."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from catalogue import API, endpoints
from dialspec.api import Endpoint, Provider
from dialspec.simulator import Simulator
from dialspec_runtime import AsyncClient, RequestTimeout, SyncClient
from running_simulator import Vendor
from sample_client import FakeTime
from wire_arguments import sample_call

AT_A_DISTANCE = endpoints(lambda endpoint: endpoint.limits.interval is not None)
FEW_AT_ONCE = endpoints(lambda endpoint: endpoint.limits.concurrency is not None)
MORE = 3
PATIENCE = 10.0


@dataclass
class SlowVendor:
    """A vendor that answers nobody until `expected` calls are with it, and counts how many there are at most."""

    expected: int = 1
    present: int = 0
    most: int = 0
    total: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def _arrives(self) -> None:
        with self.lock:
            self.present += 1
            self.total += 1
            self.most = max(self.most, self.present)

    def _waits(self) -> Iterator[float]:
        """The pauses until the expected calls are there, and one more in which others might come."""
        patience = time.monotonic() + PATIENCE
        while self.most < self.expected and time.monotonic() < patience:
            yield 0.002
        yield 0.02

    def _leaves(self) -> httpx.Response:
        with self.lock:
            self.present -= 1
        # No answer of any page; the call has been made all the same.
        return httpx.Response(503, content=b"")

    def answer(self, _: httpx.Request) -> httpx.Response:
        """Answer a thread."""
        self._arrives()
        for pause in self._waits():
            time.sleep(pause)
        return self._leaves()

    async def answer_async(self, _: httpx.Request) -> httpx.Response:
        """Answer a task."""
        self._arrives()
        for pause in self._waits():
            await asyncio.sleep(pause)
        return self._leaves()

    def client(self, provider: Provider, clock: FakeTime) -> SyncClient:
        """A sync client of this vendor."""
        transport = httpx.MockTransport(self.answer)
        return VENDOR.client(
            provider.name, http_client=httpx.Client(transport=transport), **options(clock)
        )

    def async_client(self, provider: Provider, clock: FakeTime) -> AsyncClient:
        """An async client of this vendor."""
        transport = httpx.MockTransport(self.answer_async)
        return VENDOR.async_client(
            provider.name, http_client=httpx.AsyncClient(transport=transport), **options(clock)
        )


VENDOR = Vendor(Simulator(API), "http://127.0.0.1:9")


def options(clock: FakeTime) -> dict[str, Any]:
    return {
        "max_retries": 0,
        "allow_inferred": True,
        "timeout": None,
        "surroundings": clock.surroundings(),
    }


def calls(provider: Provider, endpoint: Endpoint, client: SyncClient, count: int) -> None:
    """Make so many calls from as many threads; what they answer is of no interest."""
    raw = getattr(client.with_raw_response, endpoint.resource)  # type: ignore[attr-defined]  # of each provider's class
    arguments = sample_call(provider, endpoint)
    with ThreadPoolExecutor(count) as pool:
        futures = [pool.submit(getattr(raw, endpoint.name), **arguments) for _ in range(count)]
    assert {future.result().status_code for future in futures} == {503}


def async_calls(provider: Provider, endpoint: Endpoint, client: AsyncClient, count: int) -> None:
    """Make so many calls from as many tasks."""
    arguments = sample_call(provider, endpoint)

    async def run() -> None:
        async with client:
            raw = getattr(client.with_raw_response, endpoint.resource)  # type: ignore[attr-defined]  # of each provider's class
            method = getattr(raw, endpoint.name)
            answers = await asyncio.gather(*(method(**arguments) for _ in range(count)))
        assert {answer.status_code for answer in answers} == {503}

    asyncio.run(run())


def test_some_endpoints_have_limits() -> None:
    assert len(AT_A_DISTANCE) >= 4
    assert len(FEW_AT_ONCE) >= 2


@pytest.mark.parametrize(("provider", "endpoint"), AT_A_DISTANCE)
def test_calls_keep_the_documented_distance(provider: Provider, endpoint: Endpoint) -> None:
    interval = endpoint.limits.interval
    assert interval is not None
    vendor, clock = SlowVendor(), FakeTime()
    with vendor.client(provider, clock) as client:
        for count in range(3):
            calls(provider, endpoint, client, 1)
            assert clock.slept == [interval] * count
    vendor, clock = SlowVendor(), FakeTime()
    begun = clock.now
    async_calls(provider, endpoint, vendor.async_client(provider, clock), 3)
    assert clock.now - begun >= 2 * interval
    assert vendor.total == 3


@pytest.mark.parametrize(("provider", "endpoint"), AT_A_DISTANCE)
def test_a_distance_longer_than_the_timeout_is_told_at_once(
    provider: Provider, endpoint: Endpoint
) -> None:
    interval = endpoint.limits.interval
    assert interval is not None
    vendor, clock = SlowVendor(), FakeTime()
    with vendor.client(provider, clock) as client:
        hasty = client.with_options(timeout=interval / 2)
        calls(provider, endpoint, hasty, 1)
        with pytest.raises(RequestTimeout, match="interval between two calls") as caught:
            calls(provider, endpoint, hasty, 1)
    assert caught.value.is_retry_safe
    assert caught.value.retry_after == interval
    assert (vendor.total, clock.slept) == (1, [])


@pytest.mark.parametrize(("provider", "endpoint"), FEW_AT_ONCE)
def test_no_more_calls_are_on_their_way_than_documented(
    provider: Provider, endpoint: Endpoint
) -> None:
    concurrency = endpoint.limits.concurrency
    assert concurrency is not None
    count = concurrency + MORE
    vendor = SlowVendor(concurrency)
    with vendor.client(provider, FakeTime()) as client:
        calls(provider, endpoint, client, count)
    assert (vendor.total, vendor.most) == (count, concurrency)
    vendor = SlowVendor(concurrency)
    async_calls(provider, endpoint, vendor.async_client(provider, FakeTime()), count)
    assert (vendor.total, vendor.most) == (count, concurrency)
