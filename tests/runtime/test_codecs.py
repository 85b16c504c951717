"""Arguments become JSON, or are refused with what was expected."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec_runtime import (
    Base64,
    Boolean,
    Codec,
    DateOnly,
    DateTime,
    DecimalNumber,
    EnumOf,
    Integer,
    Json,
    JsonText,
    ListOf,
    MapOf,
    Number,
    ObjectOf,
    OpenStrEnum,
    String,
    TimeOfDay,
)
from dialspec_runtime.codecs import UnfitError
from sample_client import Callee, CallState

NOON = datetime(2024, 6, 4, 12)  # noqa: DTZ001  # vendors document no zone
NOON_UTC = NOON.replace(tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Kind(OpenStrEnum):
    """A text-coded enum."""

    PREDICTED = "2", "Predicted"


class Plain(IntEnum):
    """An enum of the user's own."""

    SEVEN = 7


GOOD: list[tuple[Codec, object, object]] = [
    (Integer(), 5, 5),
    (Integer(minimum=1, maximum=5), 5, 5),
    (Integer(), Plain.SEVEN, 7),
    (Number(), 1.5, 1.5),
    (Number(minimum=0), 0, 0),
    (DecimalNumber(), Decimal("1.10"), "1.10"),
    (DecimalNumber(), Decimal("1E+3"), "1000"),
    (DecimalNumber(), 3, "3"),
    (String(), "héllo", "héllo"),
    (String(min_length=1, max_length=3, pattern="[0-9]+"), "123", "123"),
    (String(), Kind.PREDICTED, "2"),
    (Boolean(), True, True),
    (EnumOf(CallState), CallState.CALLING, 1),
    (EnumOf(CallState), 5, 5),
    (EnumOf(Kind), "2", "2"),
    (EnumOf(Kind, is_partial=True), "2", "2"),
    (EnumOf(Kind, is_partial=True), "another", "another"),
    (EnumOf(Kind, is_partial=True), Kind("another"), "another"),
    (EnumOf(CallState, is_partial=True), 99, 99),
    (EnumOf(CallState, is_partial=True), CallState(99), 99),
    (DateTime(), NOON, "2024-06-04 12:00:00"),
    (
        DateTime("yyyy-MM-dd HH:mm:ss", zone="utc"),
        NOON_UTC.astimezone(SHANGHAI),
        "2024-06-04 12:00:00",
    ),
    (DateTime("yyyy-MM-dd HH:mm:ss", zone="+08:00"), NOON_UTC, "2024-06-04 20:00:00"),
    (DateTime("iso8601"), NOON_UTC, "2024-06-04T12:00:00+00:00"),
    (DateTime("iso8601", zone="+08:00"), NOON_UTC, "2024-06-04T20:00:00+08:00"),
    (DateTime("iso8601", zone="-03:30"), NOON_UTC, "2024-06-04T08:30:00-03:30"),
    (DateTime("epoch_ms"), NOON_UTC + timedelta(milliseconds=7), 1717502400007),
    (DateTime("epoch_s"), NOON_UTC, 1717502400),
    (DateOnly(), date(2025, 1, 10), "2025-01-10"),
    (TimeOfDay(), time(9, 30), "09:30"),
    (TimeOfDay(earliest="09:00", latest="20:00"), time(20), "20:00"),
    (ListOf(Integer()), (1, 2), [1, 2]),
    (ListOf(Integer()), [], []),
    (MapOf(Integer()), {"a": 1}, {"a": 1}),
    (ObjectOf(Callee), Callee(number="13800138000"), {"calleeNumber": "13800138000"}),
    (ObjectOf(Callee), {"number": "13800138000"}, {"calleeNumber": "13800138000"}),
    (JsonText(MapOf(Integer())), {"é": 1}, '{"é":1}'),
    (Base64(), b"\x00\x01\x02", "AAEC"),
    (Base64(), bytearray(b"\x00\x01\x02"), "AAEC"),
    (Base64(), io.BytesIO(b"\x00\x01\x02"), "AAEC"),
    (Json(), {"a": [1, 2.5, None, True, "x", (3,)]}, {"a": [1, 2.5, None, True, "x", [3]]}),
]

BAD: list[tuple[Codec, object, str]] = [
    (Integer(), True, "an integer"),
    (Integer(), "5", "an integer"),
    (Integer(), 5.0, "an integer"),
    (Integer(minimum=1, maximum=100), 0, "an integer from 1 to 100"),
    (Integer(minimum=1, maximum=100), 101, "an integer from 1 to 100"),
    (Integer(minimum=1), 0, "an integer of at least 1"),
    (Integer(maximum=9), 10, "an integer of at most 9"),
    (Integer(), 2**64, "an integer"),
    (Number(), 10**400, "a number"),
    (DecimalNumber(), 10**400, "a decimal number"),
    (Number(), float("nan"), "a number"),
    (Number(), float("inf"), "a number"),
    (Number(), True, "a number"),
    (Number(minimum=0.5), 0, "a number of at least 0.5"),
    (Number(maximum=0.5), 1, "a number of at most 0.5"),
    (DecimalNumber(), 1.1, "a decimal number"),
    (DecimalNumber(), True, "a decimal number"),
    (DecimalNumber(), Decimal("NaN"), "a decimal number"),
    (
        DecimalNumber(minimum=Decimal(1), maximum=Decimal(2)),
        Decimal("2.5"),
        "a decimal number from 1 to 2",
    ),
    (String(), 5, "text"),
    (String(), b"x", "text"),
    (String(min_length=2), "x", "text of at least 2 characters"),
    (String(max_length=2), "xyz", "text of at most 2 characters"),
    (String(pattern="[0-9]+"), "12a", r"text that matches \[0-9\]\+"),
    (String(), "\ud800", "without lone surrogates"),
    (Boolean(), 1, "True or False"),
    (EnumOf(CallState), 99, r"a CallState \(1, 5\)"),
    (EnumOf(CallState), CallState(99), r"a CallState \(1, 5\)"),
    (EnumOf(CallState), True, "a CallState"),
    (EnumOf(CallState), "5", "a CallState"),
    (EnumOf(CallState), 1.0, "a CallState"),
    (EnumOf(Kind), 2, r"a Kind \('2'\)"),
    (EnumOf(Kind, is_partial=True), 2, r"a Kind \('2'\), or another of the vendor's values"),
    (EnumOf(Kind, is_partial=True), "\ud800", "without lone surrogates"),
    (EnumOf(CallState, is_partial=True), "99", r"a CallState \(1, 5\), or another"),
    (EnumOf(CallState, is_partial=True), True, "a CallState"),
    (EnumOf(CallState, is_partial=True), 99.0, "a CallState"),
    (DateTime(), "2024-06-04 12:00:00", "a datetime"),
    (DateTime(), date(2024, 6, 4), "a datetime"),
    (DateTime(), NOON_UTC, "a naive datetime, because the vendor documents no zone"),
    (DateTime("epoch_ms"), NOON, r"a naive one on a client that was given timezone="),
    (DateTime("iso8601"), NOON, r"timezone="),
    *(
        (DateTime(form, zone=zone), NOON, r"an aware one, or a naive one on a client that was")
        for form in ("yyyy-MM-dd HH:mm:ss", "iso8601", "epoch_ms", "epoch_s")
        for zone in ("utc", "+08:00")
    ),
    (
        DateTime("yyyy-MM-dd HH:mm:ss", zone="utc"),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))),
        "datetime",
    ),
    (
        DateTime("iso8601", zone="utc"),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))),
        "datetime",
    ),
    (DateOnly(), NOON, "a date"),
    (DateOnly(), "2024-06-04", "a date"),
    (TimeOfDay(), time(9, 30, 15), "whole minutes"),
    (TimeOfDay(), time(9, 30, tzinfo=UTC), "a naive time"),
    (TimeOfDay(), "09:30", "a naive time"),
    (TimeOfDay(earliest="09:00", latest="20:00"), time(8, 59), "from 09:00 until 20:00"),
    (TimeOfDay(latest="20:00"), time(20, 1), "until 20:00"),
    (ListOf(Integer()), "12", "a sequence, each item an integer"),
    (ListOf(Integer(), min_items=1), [], "a sequence of at least 1 items"),
    (ListOf(Integer(), max_items=1), [1, 2], "a sequence of at most 1 items"),
    (MapOf(Integer()), [("a", 1)], "a mapping from text"),
    (MapOf(Integer()), {1: 1}, "a mapping from text"),
    (ObjectOf(Callee), "13800138000", "a Callee, or a mapping with its fields"),
    (ObjectOf(Callee), {"number": "1"}, "at least 7 characters"),
    (ObjectOf(Callee), Callee(number="13800138000", at=NOON_UTC), "timezone="),
    (Base64(), "AAEC", r"bytes, a pathlib\.Path, or a binary file object"),
    (Base64(), Path("/nowhere/at/all"), "No such file"),
    (Base64(), Path("voice\0.wav"), "null byte"),
    (Base64(), io.StringIO("AAEC"), "a binary file object"),
    (ObjectOf(Callee), {5: "13800138000"}, "a Callee, or a mapping with its fields"),
    (Json(), float("nan"), "a JSON value"),
    (Json(), {1: 2}, "a JSON value"),
    (Json(), {1, 2}, "a JSON value"),
    (Json(), "\ud800", "surrogates"),
]


@pytest.mark.parametrize(("codec", "value", "wire"), GOOD)
def test_what_is_documented_is_encoded(codec: Codec, value: object, wire: object) -> None:
    encoded = codec.encode(value, None)
    assert encoded == wire
    assert type(encoded) is type(wire)


@pytest.mark.parametrize(("codec", "value", "expected"), BAD)
def test_what_is_not_documented_is_refused(codec: Codec, value: object, expected: str) -> None:
    with pytest.raises(UnfitError, match=expected):
        codec.encode(value, None)


def test_a_zone_of_the_client_settles_what_the_vendor_leaves_open() -> None:
    assert DateTime().encode(NOON_UTC, SHANGHAI) == "2024-06-04 20:00:00"
    assert DateTime().encode(NOON, SHANGHAI) == "2024-06-04 12:00:00"
    assert DateTime("epoch_s").encode(NOON, SHANGHAI) == 1717502400 - 8 * 3600
    assert DateTime("iso8601").encode(NOON, SHANGHAI) == "2024-06-04T12:00:00+08:00"
    assert DateTime("iso8601", zone="utc").encode(NOON, SHANGHAI) == "2024-06-04T04:00:00+00:00"
    assert DateTime("epoch_ms", zone="utc").encode(NOON, SHANGHAI) == 1717473600000
    assert DateTime(zone="utc").encode(NOON, SHANGHAI) == "2024-06-04 04:00:00"
    moment = Callee(number="13800138000", at=NOON_UTC)
    assert ObjectOf(Callee).encode(moment, SHANGHAI) == {
        "calleeNumber": "13800138000",
        "at": "2024-06-04 20:00:00",
    }


def test_a_zone_that_is_none_is_a_mistake_in_the_spec() -> None:
    with pytest.raises(ValueError, match="none of"):
        DateTime("iso8601", zone="Asia/Shanghai").encode(NOON, None)


def test_a_refusal_says_where_in_the_argument() -> None:
    with pytest.raises(UnfitError) as caught:
        ListOf(MapOf(Integer())).encode([{"a": 1}, {"b": "x"}], None)
    assert caught.value.place == "[1]['b']"
    assert caught.value.expected == "an integer"


def test_a_file_becomes_base64(tmp_path: Path) -> None:
    path = tmp_path / "voice.wav"
    path.write_bytes(b"\x00\x01\x02")
    assert Base64().encode(path, None) == "AAEC"


def test_nesting_without_end_is_refused() -> None:
    deep: list[object] = []
    deep.append(deep)
    with pytest.raises(UnfitError, match="nested at most 100 deep"):
        Json().encode(deep, None)


@pytest.mark.parametrize(
    "codec",
    [codec for codec, *_ in GOOD],
)
def test_every_codec_describes_itself(codec: Codec) -> None:
    assert codec.describe()


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON_VALUES)
def test_whatever_json_can_say_is_sent_as_it_is(value: object) -> None:
    assert json.loads(json.dumps(Json().encode(value, None))) == value
