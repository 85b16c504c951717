"""The pace that a vendor documents is kept on this side."""

from __future__ import annotations

import asyncio
import math
import threading
import time as real_time

import pytest

from dialspec_runtime import DeadlineExceeded, HttpStatusError, RequestTimeout
from dialspec_runtime.faults import FaultKind, TransportFault
from dialspec_runtime.pacing import AsyncPacing, Interval, SyncPacing
from dialspec_runtime.surroundings import Surroundings
from sample_client import SLOW_STATISTICS, AsyncSample, FakeTime, Sample
from scripted_vendor import ScriptedVendor, answer

OK = answer({"status": 0, "data": {"keyId": 7}})


def test_calls_of_a_limited_endpoint_keep_their_distance(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(OK)
    for _ in range(3):
        client.calls.statistics()
    assert time.slept == [1.5, 1.5]
    client.calls.get(call_id="7")
    assert time.slept == [1.5, 1.5]


def test_retries_keep_the_distance_too(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(answer({}, status=500), OK)
    client.calls.statistics()
    assert time.slept == [0.5, 1.0]


def test_a_turn_that_would_come_after_the_deadline_is_refused_unsent(
    vendor: ScriptedVendor, client: Sample
) -> None:
    client.calls.pause()
    vendor.says(answer({"status": 0, "data": None}))
    client.calls.statistics()
    with pytest.raises(DeadlineExceeded) as caught:
        client.calls.statistics(deadline=1.0)
    assert len(vendor.received) == 2
    assert caught.value.attempts == 0


def test_async_calls_of_a_limited_endpoint_keep_their_distance(vendor: ScriptedVendor) -> None:
    vendor.says(OK)
    time = FakeTime()

    async def calls() -> None:
        async with AsyncSample(vendor.url, time=time) as client:
            await asyncio.gather(*(client.calls.statistics() for _ in range(3)))
            with pytest.raises(DeadlineExceeded):
                await client.calls.statistics(deadline=1.0)

    asyncio.run(calls())
    assert sum(time.slept) >= 3.0
    assert len(vendor.received) == 3


def test_intervals_are_handed_out_once() -> None:
    interval = Interval(2.0)
    assert [interval.reserve(10.0, latest=math.inf) for _ in range(3)] == [10.0, 12.0, 14.0]
    assert [interval.reserve(10.0, latest=15.0) for _ in range(2)] == [16.0, 16.0]
    assert interval.reserve(30.0, latest=30.0) == 30.0


def test_a_starting_time_that_is_given_back_goes_to_the_next() -> None:
    interval = Interval(2.0)
    starts = [interval.reserve(10.0, latest=math.inf) for _ in range(4)]
    interval.give_back(starts[1])
    assert interval.reserve(10.5, latest=math.inf) == 12.0
    interval.give_back(starts[2])
    interval.give_back(starts[2])
    # 12.5 would be too near to what begins at 12 and at 16, 14 is free.
    assert interval.reserve(12.5, latest=math.inf) == 14.0
    interval.give_back(starts[3])
    assert interval.reserve(15.5, latest=math.inf) == 16.0


def test_a_call_that_would_have_to_wait_longer_than_its_timeout_is_refused_unsent(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(OK)
    client.calls.statistics()
    with pytest.raises(RequestTimeout) as caught:
        client.calls.statistics(timeout=1.0)
    assert caught.value.message.startswith(
        "sample calls.statistics: the vendor's interval between two calls has not passed "
        "(1.5 s between two calls; the next may be made in 2 s) [0 tries"
    )
    assert caught.value.retry_after == 1.5
    assert caught.value.is_retry_safe
    assert time.slept == []
    client.calls.statistics(timeout=2.0)
    assert (time.slept, len(vendor.received)) == ([1.5], 2)


def test_a_retry_that_would_come_too_soon_tells_what_made_it_necessary(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(answer({}, status=500), OK)
    with pytest.raises(
        HttpStatusError, match="interval between two calls leaves no time"
    ) as caught:
        client.calls.statistics(timeout=0.25)
    assert (caught.value.status_code, caught.value.attempts) == (500, 1)
    assert caught.value.retry_after == 1.0
    assert len(vendor.received) == 1


def test_calls_that_are_given_up_leave_their_time_to_others(vendor: ScriptedVendor) -> None:
    vendor.says(OK)

    async def calls() -> float:
        async with AsyncSample(vendor.url) as client:
            await client.calls.statistics()
            began = real_time.monotonic()
            for _ in range(5):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(client.calls.statistics(), 0.01)
            await client.calls.statistics()
            return real_time.monotonic() - began

    assert asyncio.run(calls()) < 5 * 1.5
    assert len(vendor.received) == 2


def test_a_thread_that_is_interrupted_leaves_its_time_to_others() -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    pacing = SyncPacing(Surroundings(monotonic=lambda: 5.0, sleep=interrupted), connections=None)
    with pacing.turn(SLOW_STATISTICS, None, None):
        pass
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt), pacing.turn(SLOW_STATISTICS, 2.0, None):
            raise AssertionError


def test_no_more_threads_hold_a_turn_than_the_vendor_allows() -> None:
    pacing = SyncPacing(Surroundings(sleep=lambda _: None), connections=None)
    present, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal present, most
        with pacing.turn(SLOW_STATISTICS, None, None):
            with lock:
                present += 1
                most = max(most, present)
            real_time.sleep(0.01)
            with lock:
                present -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_a_thread_that_gets_no_turn_in_time_is_told_why() -> None:
    pacing = SyncPacing(Surroundings(), connections=1)
    with pacing.turn(SLOW_STATISTICS, None, None):
        with pytest.raises(TransportFault) as caught, pacing.turn(SLOW_STATISTICS, 0.01, None):
            raise AssertionError
        assert caught.value.kind is FaultKind.POOL_TIMEOUT
        assert caught.value.nothing_sent
        soon = real_time.monotonic() + 0.01
        with pytest.raises(TransportFault) as caught, pacing.turn(SLOW_STATISTICS, 5, soon):
            raise AssertionError
        assert caught.value.kind is FaultKind.DEADLINE


def test_a_task_that_gets_no_turn_in_time_is_told_why() -> None:
    async def wait() -> None:
        pacing = AsyncPacing(Surroundings(), connections=1)
        async with pacing.turn(SLOW_STATISTICS, None, None):
            with pytest.raises(TransportFault) as caught:
                async with pacing.turn(SLOW_STATISTICS, 0.01, None):
                    raise AssertionError
            assert caught.value.kind is FaultKind.POOL_TIMEOUT
            soon = real_time.monotonic() + 0.01
            with pytest.raises(TransportFault) as caught:
                async with pacing.turn(SLOW_STATISTICS, None, soon):
                    raise AssertionError
            assert caught.value.kind is FaultKind.DEADLINE

    asyncio.run(wait())


def test_a_cancelled_task_gives_its_place_back() -> None:
    async def cancel() -> None:
        pacing = AsyncPacing(Surroundings(), connections=1)
        turn = pacing.turn(SLOW_STATISTICS, None, None)
        await turn.__aenter__()

        async def waiting() -> None:
            async with pacing.turn(SLOW_STATISTICS, None, None):
                raise AssertionError

        task = asyncio.create_task(waiting())
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await turn.__aexit__(None, None, None)
        async with asyncio.timeout(5), pacing.turn(SLOW_STATISTICS, None, None):
            pass

    asyncio.run(cancel())
