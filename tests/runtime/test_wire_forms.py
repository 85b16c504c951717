"""Moments in a documented zone, and JSON text inside a string."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from dialspec_runtime import InvalidArgument, InZone, JsonEncoded, Record, RequestObject

EAST = timezone(timedelta(hours=8))
SHANGHAI_TIME = Annotated[datetime, InZone("+08:00")]


class Person(Record):
    name: str | None = None


class Call(Record):
    seen_at: SHANGHAI_TIME | None = Field(default=None, alias="seenAt")
    person: JsonEncoded[Person] | None = None


class Order(RequestObject):
    begin: SHANGHAI_TIME


def test_a_zoneless_text_is_at_the_documented_offset() -> None:
    call = Call.model_validate_json('{"seenAt": "2024-06-01 08:30:00"}')
    assert call.seen_at == datetime(2024, 6, 1, 8, 30, tzinfo=EAST)
    assert call.wire() == {"seenAt": "2024-06-01 08:30:00"}


def test_an_offset_west_of_utc_is_negative() -> None:
    adapter: TypeAdapter[datetime] = TypeAdapter(Annotated[datetime, InZone("-03:30")])
    moment = adapter.validate_python("2024-06-01 08:30:00")
    assert moment.utcoffset() == timedelta(hours=-3, minutes=-30)


def test_a_text_that_brings_its_own_zone_keeps_it() -> None:
    call = Call.model_validate_json('{"seenAt": "2024-06-01T00:30:00+01:00"}')
    assert call.seen_at == datetime(2024, 5, 31, 23, 30, tzinfo=UTC)
    assert call.wire() == {"seenAt": "2024-06-01T00:30:00+01:00"}


def test_a_moment_is_sent_as_it_is_at_the_documented_offset() -> None:
    moment = datetime(2024, 6, 1, 0, 30, tzinfo=UTC)
    assert Order(begin=moment).wire() == {"begin": "2024-06-01 08:30:00"}


def test_a_naive_moment_is_not_guessed_to_be_at_the_documented_offset() -> None:
    with pytest.raises(InvalidArgument, match="begin: an aware datetime expected"):
        Order(begin=datetime(2024, 6, 1, 8, 30))  # noqa: DTZ001 - naive on purpose


def test_json_text_is_read_and_written_as_text() -> None:
    call = Call.model_validate_json('{"person": "{\\"name\\":\\"李\\"}"}')
    assert call.person == Person(name="李")
    assert call.wire() == {"person": '{"name":"李"}'}


def test_json_that_comes_bare_is_taken_too() -> None:
    assert Call.model_validate_json('{"person": {"name": "Li"}}').person == Person(name="Li")


def test_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(ValidationError, match="not JSON text"):
        Call.model_validate_json('{"person": "{name}"}')
