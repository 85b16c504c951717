"""Moments in answers, as vendors write them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dialspec_runtime import (
    Base64Data,
    ClockTime,
    EpochMilliseconds,
    EpochSeconds,
    InvalidArgument,
    IsoDateTime,
    LocalDate,
    LocalDateTime,
    Record,
    RequestObject,
    UtcDateTime,
)
from dialspec_runtime.building import decode_as
from dialspec_runtime.times import TIMEZONE_CONTEXT

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Times(Record):
    """One of each."""

    local: LocalDateTime | None = None
    utc: UtcDateTime | None = None
    iso: IsoDateTime | None = None
    milliseconds: EpochMilliseconds | None = None
    seconds: EpochSeconds | None = None
    day: LocalDate | None = None
    clock: ClockTime | None = None
    data: Base64Data | None = None


class Sent(RequestObject):
    """One of each that a request may hold."""

    local: LocalDateTime | None = None
    utc: UtcDateTime | None = None
    iso: IsoDateTime | None = None
    milliseconds: EpochMilliseconds | None = None
    clock: ClockTime | None = None


def decode(document: object, zone: tzinfo | None = None) -> Times:
    """Decode as an answer is decoded."""
    context: dict[str, object] | None = None if zone is None else {TIMEZONE_CONTEXT: zone}
    return cast("Times", decode_as(Times, json.dumps(document).encode(), context))


def test_text_without_a_zone_is_naive() -> None:
    naive = datetime(2024, 6, 4, 14, 49, 36)  # noqa: DTZ001  # that is the point
    assert decode({"local": "2024-06-04 14:49:36"}).local == naive


def test_text_without_a_zone_is_in_the_clients_zone_if_it_has_one() -> None:
    moment = decode({"local": "2024-06-04 14:49:36", "iso": "2024-06-04T14:49:36"}, SHANGHAI)
    assert moment.local == datetime(2024, 6, 4, 14, 49, 36, tzinfo=SHANGHAI)
    assert moment.local is not None
    assert moment.local.utcoffset() == timedelta(hours=8)
    assert moment.iso == moment.local


def test_text_documented_as_utc_is_aware() -> None:
    assert decode({"utc": "2024-06-04 14:49:36"}).utc == datetime(
        2024, 6, 4, 14, 49, 36, tzinfo=UTC
    )


def test_an_offset_in_the_text_wins_over_everything() -> None:
    times = decode(
        dict.fromkeys(("local", "utc", "iso"), "2024-06-04T14:49:36+08:00"),
        ZoneInfo("Europe/Paris"),
    )
    expected = datetime(2024, 6, 4, 6, 49, 36, tzinfo=UTC)
    assert times.local == times.utc == times.iso == expected


@pytest.mark.parametrize("value", [1747302523000, "1747302523000", 1747302523000.0])
def test_milliseconds_are_aware_moments(value: object) -> None:
    assert decode({"milliseconds": value}).milliseconds == datetime(
        2025, 5, 15, 9, 48, 43, tzinfo=UTC
    )


@pytest.mark.parametrize("value", [1630468800, "1630468800"])
def test_seconds_are_aware_moments(value: object) -> None:
    assert decode({"seconds": value}).seconds == datetime(2021, 9, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize("value", [0, "0", 1000, -1000, " 1000 "])
def test_small_counts_are_in_the_documented_unit_too(value: int | str) -> None:
    count = int(value)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert decode({"milliseconds": value}).milliseconds == epoch + timedelta(milliseconds=count)
    assert decode({"seconds": value}).seconds == epoch + timedelta(seconds=count)


@pytest.mark.parametrize("value", ["soon", 10**20, [], 1e300, "10" * 40])
@pytest.mark.parametrize("name", ["milliseconds", "seconds"])
def test_what_counts_nothing_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError):
        decode({name: value})


def test_days_times_and_bytes() -> None:
    times = decode({"day": "2025-01-10", "clock": "09:30", "data": "AAEC"})
    assert times.day == date(2025, 1, 10)
    assert times.clock == time(9, 30)
    assert times.data == b"\x00\x01\x02"
    with pytest.raises(ValidationError):
        decode({"data": "no Base64!"})
    with pytest.raises(ValidationError):
        decode({"data": 5})


DOCUMENT = {
    "local": "2024-06-04 14:49:36",
    "utc": "2024-06-04 14:49:36",
    "iso": "2024-06-04T14:49:36+08:00",
    "milliseconds": 1747302523000,
    "seconds": 1630468800,
    "day": "2025-01-10",
    "clock": "09:30",
    "data": "AAEC",
}


@pytest.mark.parametrize("zone", [None, SHANGHAI, UTC])
def test_each_is_written_in_the_form_it_came_in(zone: tzinfo | None) -> None:
    assert decode(DOCUMENT, zone).wire() == DOCUMENT


def test_an_offset_that_came_is_written_again() -> None:
    document = dict.fromkeys(("local", "utc", "iso"), "2024-06-04T14:49:36+08:00")
    assert decode(document).wire() == document


def test_fractions_and_seconds_that_came_are_written_again() -> None:
    document = {
        "local": "2024-06-04 14:49:36.250000",
        "clock": "09:30:15",
        "iso": "2024-06-04T14:49:36",
    }
    assert decode(document).wire() == document


@given(st.integers(min_value=-(2**40), max_value=2**45))
def test_every_count_of_milliseconds_survives(count: int) -> None:
    assert decode({"milliseconds": count}).wire() == {"milliseconds": count}


def test_a_request_states_moments_in_the_vendors_zone() -> None:
    moment = datetime(2024, 6, 4, 12, tzinfo=timezone(timedelta(hours=8)))
    sent = Sent(local=moment, utc=moment, iso=moment, milliseconds=moment)
    assert sent.wire(UTC) == {
        "local": "2024-06-04 04:00:00",
        "utc": "2024-06-04 04:00:00",
        "iso": "2024-06-04T12:00:00+08:00",
        "milliseconds": 1717473600000,
    }


def test_a_request_takes_naive_moments_for_the_clients_zone() -> None:
    naive = datetime(2024, 6, 4, 12)  # noqa: DTZ001  # that is the point
    assert Sent(local=naive).wire() == {"local": "2024-06-04 12:00:00"}
    with pytest.raises(InvalidArgument, match="utc: an aware datetime expected"):
        Sent(utc=naive)
    assert Sent(iso=naive, milliseconds=naive).wire(SHANGHAI) == {
        "iso": "2024-06-04T12:00:00+08:00",
        "milliseconds": 1717473600000,
    }


@pytest.mark.parametrize("sent", ["aware", "naive"])
def test_a_request_never_guesses_a_zone(sent: str) -> None:
    if sent == "aware":
        moment = Sent(local=datetime(2024, 6, 4, tzinfo=UTC))
    else:
        moment = Sent(iso=datetime(2024, 6, 4))  # noqa: DTZ001  # that is the point
    with pytest.raises(ValueError, match="timezone="):
        moment.wire()


@pytest.mark.parametrize("clock", [time(9, 30, 15), time(9, 30, tzinfo=UTC), time(9, 30, 0, 1)])
def test_a_request_states_whole_minutes_of_the_day(clock: time) -> None:
    assert Sent(clock=time(9, 30)).wire() == {"clock": "09:30"}
    with pytest.raises(ValueError, match="HH:mm"):
        Sent(clock=clock).wire()
