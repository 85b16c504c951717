"""A refused timestamp is mended from the `Date` header of the answer that refused it."""

from __future__ import annotations

import pytest

from dialspec_runtime import (
    AuthenticationError,
    ClockError,
    HttpStatusError,
    ProviderInfo,
    UnknownCodeError,
)
from dialspec_runtime.clock import ServerClock, measure_offset, parse_http_date
from sample_client import PROVIDER, FakeTime, Sample
from scripted_vendor import ScriptedVendor, answer, dated

OK = answer({"status": 0, "data": {"keyId": 7}})
EXPIRED = {"status": "-16", "reason": "timestamp expires"}


@pytest.mark.parametrize("skew", [3600, -3600])
def test_one_extra_request_mends_the_clock_and_later_calls_need_none(
    vendor: ScriptedVendor, client: Sample, time: FakeTime, skew: int
) -> None:
    vendor.says(dated(EXPIRED, time.now + skew), OK)
    client.calls.get(call_id="7")
    client.calls.get(call_id="8")
    stamps = [int(request.headers["timestamp"]) for request in vendor.received]
    assert len(stamps) == 3
    assert stamps[0] == int(time.now)
    assert abs(stamps[1] - (time.now + skew)) <= 1
    assert abs(stamps[2] - (time.now + skew)) <= 1
    assert time.slept == []


def test_the_offset_is_shown_in_the_repr_and_shared_by_copies(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(dated(EXPIRED, time.now + 3600), OK)
    client.with_options(timeout=5).calls.get(call_id="7")
    assert client.clock_offset == pytest.approx(3600.5)
    assert "clock offset +3600.5 s" in repr(client)


def test_an_unsafe_call_is_mended_too_because_a_refusal_proves_that_nothing_happened(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(dated(EXPIRED, time.now + 3600), OK)
    client.calls.start()
    assert len(vendor.received) == 2


def test_a_code_that_is_not_documented_for_the_call_says_nothing_of_its_timestamp(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(dated({"status": "-4", "reason": "line busy"}, time.now + 3600), OK)
    with pytest.raises(UnknownCodeError) as caught:
        client.calls.start()
    assert len(vendor.received) == 1
    assert not caught.value.is_retry_safe
    assert client.clock_offset == 0.0


def test_without_a_date_header_nothing_is_guessed(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer(EXPIRED), OK)
    with pytest.raises(ClockError) as caught:
        client.calls.get(call_id="7")
    assert len(vendor.received) == 1
    assert caught.value.offset is None
    assert "no Date header" in caught.value.message
    assert client.clock_offset == 0.0


def test_a_clock_that_mending_does_not_help_costs_one_extra_request(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(dated(EXPIRED, time.now - 3600))
    with pytest.raises(ClockError) as caught:
        client.calls.get(call_id="7")
    assert len(vendor.received) == 2
    assert caught.value.offset == pytest.approx(-3599.5)
    assert "3600 s ahead of the vendor's; correcting for that did not help" in caught.value.message
    assert caught.value.is_retry_safe


def test_without_retries_the_clock_is_learned_for_later_calls_but_nothing_is_sent_again(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(dated(EXPIRED, time.now + 3600), OK)
    with pytest.raises(
        ClockError, match="3600 s behind the vendor's; later calls correct for that"
    ):
        client.calls.get(call_id="7", max_retries=0)
    assert len(vendor.received) == 1
    client.calls.get(call_id="7", max_retries=0)
    assert len(vendor.received) == 2


def test_a_refusal_that_no_skew_explains_is_tried_once_more(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(dated(EXPIRED, time.now), OK)
    client.calls.get(call_id="7")
    assert len(vendor.received) == 2
    assert client.clock_offset == 0.0


def test_a_refusal_that_no_skew_explains_costs_the_retry_budget(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(dated(EXPIRED, time.now))
    for _ in range(120):
        with pytest.raises(ClockError, match="agrees with this machine's clock"):
            client.calls.get(call_id="7")
    assert len(vendor.received) == 120 + 100


@pytest.mark.parametrize("skew", [3600, -3600])
def test_a_refused_signature_with_clocks_far_apart_is_mended(
    vendor: ScriptedVendor, client: Sample, time: FakeTime, skew: int
) -> None:
    vendor.says(dated({}, time.now + skew, status=401), OK)
    client.calls.start()
    client.calls.start()
    assert len(vendor.received) == 3


def test_a_refused_signature_with_clocks_that_agree_is_an_authentication_error(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(dated({}, time.now + 10, status=401), OK)
    with pytest.raises(AuthenticationError, match="check the credentials") as caught:
        client.calls.get(call_id="7")
    assert len(vendor.received) == 1
    assert caught.value.status_code == 401
    assert caught.value.code == "401"
    assert caught.value.is_retry_safe
    assert "clock is 10 s behind" in caught.value.message


def test_a_refused_signature_without_a_date_is_an_authentication_error(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(answer({}, status=401), OK)
    with pytest.raises(AuthenticationError):
        client.calls.get(call_id="7")
    assert len(vendor.received) == 1


def test_a_provider_names_the_statuses_that_may_mean_its_clock(
    vendor: ScriptedVendor, time: FakeTime
) -> None:
    provider = ProviderInfo(
        PROVIDER.name, PROVIDER.title, PROVIDER.signer, clock_statuses=frozenset({403})
    )
    with Sample(vendor.url, time=time, provider=provider) as client:
        vendor.says(dated({}, time.now + 3600, status=403), OK)
        client.calls.get(call_id="7")
        assert len(vendor.received) == 2
        vendor.says(dated({}, time.now + 3600, status=403))
        with pytest.raises(HttpStatusError):
            client.calls.get(call_id="7")
        vendor.says(dated({}, time.now + 9000, status=401), OK)
        with pytest.raises(AuthenticationError):
            client.calls.get(call_id="7")


def test_the_time_of_a_cached_date_is_corrected_by_its_age() -> None:
    date = "Tue, 14 Nov 2023 22:13:20 GMT"
    assert measure_offset(date, "", 1_700_000_000, 1_700_000_001) == 0.0
    assert measure_offset(date, "60", 1_700_000_060, 1_700_000_061) == 0.0
    assert measure_offset(date, "sixty", 1_700_000_000, 1_700_000_001) == 0.0


@pytest.mark.parametrize("text", ["", "yesterday", "Tue, 99 Nov 2023 22:13:20 GMT", "1700000000"])
def test_an_unreadable_date_is_no_date(text: str) -> None:
    assert parse_http_date(text) is None
    assert measure_offset(text, "", 0, 0) is None


def test_a_date_without_a_zone_is_utc() -> None:
    assert parse_http_date("Tue, 14 Nov 2023 22:13:20 -0000") == 1_700_000_000


def test_an_offset_too_small_to_mean_anything_is_none() -> None:
    clock = ServerClock()
    clock.learn(100.0)
    clock.learn(1.5)
    assert clock.offset == 0.0
