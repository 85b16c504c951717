"""The time a whole call may take, beside the time of each try."""

from __future__ import annotations

import asyncio
import time as real_time

import pytest

from dialspec_runtime import DeadlineExceeded, HttpStatusError, InvalidArgument, RequestTimeout
from sample_client import AsyncSample, FakeTime, Sample
from scripted_vendor import HANG, ScriptedVendor, answer

OK = answer({"status": 0, "data": {"keyId": 7}})
TRICKLE = answer({"status": 0, "data": {"keyId": 7}}, trickle=0.02)


def test_a_pause_that_would_outlast_the_deadline_is_not_begun(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(answer({}, status=500))
    with pytest.raises(HttpStatusError, match="the deadline leaves no time for another"):
        client.calls.get(call_id="7", deadline=1.2, max_retries=5)
    assert time.slept == [0.5]
    assert len(vendor.received) == 2


def test_a_silent_vendor_is_given_up_at_the_deadline(vendor: ScriptedVendor) -> None:
    vendor.says(HANG)
    with Sample(vendor.url, timeout=10, deadline=0.1) as client:
        started = real_time.monotonic()
        with pytest.raises(RequestTimeout):
            client.calls.get(call_id="7")
    assert real_time.monotonic() - started < 2


def test_a_body_that_trickles_is_cut_at_the_deadline(vendor: ScriptedVendor) -> None:
    head, _, body = TRICKLE.data.partition(b"\r\n\r\n")
    vendor.says(answer(body=body, trickle=0.02))
    with Sample(vendor.url, timeout=10) as client:
        started = real_time.monotonic()
        with pytest.raises(RequestTimeout):
            client.calls.get(call_id="7", deadline=0.3, max_retries=0)
    assert head
    assert real_time.monotonic() - started < 4


def test_an_async_call_is_cut_at_the_deadline_wherever_it_is(vendor: ScriptedVendor) -> None:
    vendor.says(TRICKLE)

    async def call() -> float:
        async with AsyncSample(vendor.url) as client:
            started = real_time.monotonic()
            with pytest.raises(DeadlineExceeded) as caught:
                await client.calls.get(call_id="7", deadline=0.2)
            assert caught.value.attempts == 1
            return real_time.monotonic() - started

    assert asyncio.run(call()) < 1.5


def test_a_deadline_that_passes_while_pausing_is_noticed_before_the_next_try(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(answer({}, status=500), OK)
    sleep = time.sleep

    def oversleep(seconds: float) -> None:
        sleep(seconds + 100)

    time.sleep = oversleep  # type: ignore[method-assign]  # a machine that was suspended
    with Sample(vendor.url, time=time) as slow, pytest.raises(DeadlineExceeded) as caught:
        slow.calls.get(call_id="7", deadline=50)
    assert len(vendor.received) == 1
    assert caught.value.attempts == 1


def test_a_deadline_has_to_be_positive(client: Sample) -> None:
    with pytest.raises(InvalidArgument, match="deadline is refused: expected a positive number"):
        client.calls.get(call_id="7", deadline=0)
