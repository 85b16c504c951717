"""Many threads and many tasks share one client for a minute: no error, nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import tracemalloc
from time import monotonic, sleep

import pytest

from dialspec.api import Api
from dialspec.simulator import Simulator, serve
from dialspec_clients.nio import AsyncNio, Nio

pytestmark = pytest.mark.soak

SECONDS = 60
THREADS = 200
TASKS = 2_000
GROWTH = 10 * 1024 * 1024


def open_files() -> int:
    gc.collect()
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a count, not paths


def files_left(before: int) -> int:
    """How many more files are open; the server's side of a connection takes a moment to close."""
    end = monotonic() + 10
    while open_files() - before > 2 and monotonic() < end:
        sleep(0.05)
    return open_files() - before


@pytest.fixture
def simulator(api: Api) -> Simulator:
    """A vendor on a good day."""
    return Simulator(api)


def test_threads_share_one_client(simulator: Simulator) -> None:
    with serve(simulator) as root:
        before = open_files()
        url = simulator.base_url("nio", root)
        with Nio(base_url=url, **simulator.credentials("nio"), timeout=60.0) as nio:
            errors: list[BaseException] = []
            calls = [0] * THREADS
            end = monotonic() + SECONDS

            def work(index: int) -> None:
                try:
                    while monotonic() < end:
                        flow = nio.recall_flows.get(key_id=index % 100 + 1)
                        assert flow.key_id == index % 100 + 1
                        calls[index] += 1
                except BaseException as error:  # noqa: BLE001 - reported below
                    errors.append(error)

            threads = [threading.Thread(target=work, args=(index,)) for index in range(THREADS)]
            tracemalloc.start()
            for thread in threads:
                thread.start()
            halfway = 0
            while any(thread.is_alive() for thread in threads):
                if not halfway and monotonic() > end - SECONDS / 2:
                    halfway = tracemalloc.get_traced_memory()[0]
                threads[0].join(0.2)
                threads[-1].join(0.2)
            growth = tracemalloc.get_traced_memory()[0] - halfway
            tracemalloc.stop()
        left = files_left(before)
    print(
        f"\n{THREADS} threads: {sum(calls)} calls, memory {growth / 2**20:+.2f} MiB, {left} files left"
    )
    assert errors == []
    assert min(calls) > 0
    assert growth < GROWTH
    assert left <= 2


def test_tasks_share_one_client(simulator: Simulator) -> None:
    async def run(url: str) -> tuple[list[int], int]:
        calls = [0] * TASKS
        # No time limit: on a slow machine thousands of tasks wait long for their turn.
        async with AsyncNio(base_url=url, **simulator.credentials("nio"), timeout=None) as nio:
            end = monotonic() + SECONDS

            async def work(index: int) -> None:
                while monotonic() < end or not calls[index]:
                    flow = await nio.recall_flows.get(key_id=index % 100 + 1)
                    assert flow.key_id == index % 100 + 1
                    calls[index] += 1

            tracemalloc.start()
            async with asyncio.TaskGroup() as group:
                for index in range(TASKS):
                    group.create_task(work(index))
                await asyncio.sleep(SECONDS / 2)
                halfway = tracemalloc.get_traced_memory()[0]
            growth = tracemalloc.get_traced_memory()[0] - halfway
            tracemalloc.stop()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return calls, growth

    with serve(simulator) as root:
        before = open_files()
        calls, growth = asyncio.run(run(simulator.base_url("nio", root)))
        left = files_left(before)
    print(
        f"\n{TASKS} tasks: {sum(calls)} calls, memory {growth / 2**20:+.2f} MiB, {left} files left"
    )
    assert min(calls) > 0
    assert growth < GROWTH
    assert left <= 2
