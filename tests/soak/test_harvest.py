"""A harvest over a bad line: 100,000 records under a mix of faults, each exactly once, in order, in flat memory.

Run by `make soak`; too long for every test run. A shorter harvest of the same kind runs in `tests/e2e`.
"""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest

from dialspec.api import Api
from dialspec.simulator import Faults, Simulator, serve
from dialspec_clients.nio import AsyncNio, Nio
from dialspec_runtime import Timeouts

pytestmark = [
    pytest.mark.soak,
    # One of the faults; the warning is tested elsewhere.
    pytest.mark.filterwarnings("ignore::dialspec_runtime.InvalidJsonWarning"),
]

RECORDS = 100_000
SEEDS = (1, 2, 3)
# Together a fifth of all requests.
FAULTS = [
    "http_500:0.03",
    "http_502_html:0.02",
    "http_429_retry_after:0.02:0.01",
    "reset:0.03",
    "truncate:0.02",
    "bad_escape:0.01",
    "code_transient:0.03",
    "repeated_page:0.01",
    "null_data:0.01",
    "gzip:0.01",
    "chunked:0.01",
]
GROWTH = 20 * 1024 * 1024
OPTIONS: dict[str, Any] = {"timeout": Timeouts(connect=5.0, read=5.0), "max_retries": 12}


class Watch:
    """Checks that records come in order and once, and samples memory after 10% of them."""

    def __init__(self) -> None:
        self.seen = 0
        self._last = 0
        self._start = 0

    def take(self, key: int | None) -> None:
        """Note one record."""
        assert key is not None
        assert key > self._last, f"record {key} after {self._last}"
        self._last = key
        self.seen += 1
        if self.seen == RECORDS // 10:
            self._start = tracemalloc.get_traced_memory()[0]

    def finish(self) -> int:
        """Give the growth of memory since 10%, in bytes."""
        assert self.seen == RECORDS
        return tracemalloc.get_traced_memory()[0] - self._start


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed-{seed}")
def simulator(api: Api, request: pytest.FixtureRequest) -> Simulator:
    """A vendor with 100,000 records of each kind, on a bad day."""
    seed: int = request.param
    return Simulator(api, seed=seed, records=RECORDS, faults=Faults.parse(FAULTS, seed=seed))


def sync_harvest(simulator: Simulator, root: str, prefetch: int) -> Watch:
    watch = Watch()
    credentials = simulator.credentials("nio")
    with Nio(base_url=simulator.base_url("nio", root), **credentials, **OPTIONS) as nio:
        for number in nio.preview_tasks.list_numbers(task_id=123, prefetch=prefetch):
            watch.take(number.key_id)
    return watch


def async_harvest(simulator: Simulator, root: str, prefetch: int) -> Watch:
    async def run() -> Watch:
        watch = Watch()
        credentials = simulator.credentials("nio")
        url = simulator.base_url("nio", root)
        async with AsyncNio(base_url=url, **credentials, **OPTIONS) as nio:
            async for number in nio.preview_tasks.list_numbers(task_id=123, prefetch=prefetch):
                watch.take(number.key_id)
        return watch

    return asyncio.run(run())


Harvest = Callable[[Simulator, str, int], Watch]


@pytest.mark.parametrize("prefetch", [0, 8])
@pytest.mark.parametrize("harvest", [sync_harvest, async_harvest])
def test_a_harvest_under_faults_is_complete_and_flat(
    simulator: Simulator, harvest: Harvest, prefetch: int
) -> None:
    tracemalloc.start()
    began = perf_counter()
    try:
        with serve(simulator) as root:
            watch = harvest(simulator, root, prefetch)
        growth = watch.finish()
    finally:
        tracemalloc.stop()
    pages = RECORDS // 100
    requests = simulator.received.total
    print(
        f"\n{harvest.__name__} prefetch={prefetch}: {watch.seen} records, {requests} requests for "
        f"{pages} pages, {perf_counter() - began:.1f} s, memory {growth / 2**20:+.2f} MiB"
    )
    assert requests > pages
    assert growth < GROWTH
