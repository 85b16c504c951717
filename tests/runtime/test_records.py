"""Models: what comes in, what comes out, and what they print."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any, ClassVar

import pytest
from pydantic import Field, ValidationError

from dialspec_runtime import (
    RESERVED_FIELD_NAMES,
    ClockTime,
    Documented,
    InvalidArgument,
    Record,
    RequestObject,
    Sensitivity,
    UtcDateTime,
    preload,
)
from dialspec_runtime.building import build, decode_as
from sample_client import Call, Callee, CallState

RAW = {
    "keyId": 91020,
    "called": "9113242926515",
    "seatName": "Zhang San",
    "pin": "4711",
    "state": 5,
    "rate": 0,
    "createdTime": "2024-06-04 14:49:36",
    "remark": None,
    "callback": "+91 132 4292 6515",
    "password": "hunter2",
}


NOON = datetime(2024, 6, 4, 12)  # noqa: DTZ001  # what is refused


class Plan(RequestObject):
    """A request object with fields of several kinds."""

    count: int | None = None
    rate: float | None = None
    is_on: bool | None = Field(default=None, validation_alias="isOn", serialization_alias="isOn")
    state: CallState | None = None
    at: ClockTime | None = None
    begin: UtcDateTime | None = None
    day: date | None = None


def test_a_document_comes_out_as_it_came_in() -> None:
    call = Call.model_validate_json(json.dumps(RAW))
    assert call.wire() == RAW
    assert call.key_id == 91020
    assert call.model_extra == {
        "remark": None,
        "callback": "+91 132 4292 6515",
        "password": "hunter2",
    }


def test_numbers_become_text_where_text_is_documented_and_back() -> None:
    call = Call.model_validate_json('{"keyId": "91020", "called": 9113242926515}')
    assert call.key_id == 91020
    assert call.called == "9113242926515"


def test_only_what_came_is_written_out() -> None:
    assert Call.model_validate_json('{"called": null}').wire() == {"called": None}


def test_what_is_sensitive_is_masked_when_printed_but_stays_available() -> None:
    call = Call.model_validate(RAW)
    for text in (repr(call), str(call), f"{call}"):
        assert "9113242926515" not in text
        assert "Zhang" not in text
        assert "4711" not in text
        assert "4292" not in text
        assert "hunter2" not in text
        assert "called='***15'" in text
    assert call.called == "9113242926515"
    assert call.seat_name == "Zhang San"


def test_short_numbers_and_missing_ones_print_plainly() -> None:
    assert repr(Call.model_validate({"called": "110", "seatName": None, "state": None})) == (
        "Call(called='***', seat_name=None, state=None)"
    )


def test_secrets_and_numbers_inside_what_is_not_documented_are_masked() -> None:
    call = Call.model_validate(
        {
            "keyId": 5,
            "extra": {"password": "hunter2", "deep": [{"Token": "tok3n", "n": "13800138000"}]},
            "8613800138000": {"8613800138001": 1},
            "list": [{"secret": {"a": "abc"}}],
        }
    )
    assert repr(call) == (
        "Call(key_id=5, extra={'password': '***', 'deep': [{'Token': '***', 'n': '***00'}]}, "
        "8613800138000={'***01': 1}, list=[{'secret': '***'}])"
    )


def test_records_can_be_made_by_python_name_and_are_frozen() -> None:
    call = Call.model_validate({"key_id": 7})
    assert call == Call.model_validate({"keyId": 7})
    with pytest.raises(ValidationError):
        call.key_id = 8


def test_what_pydantic_refuses_it_does_not_print() -> None:
    with pytest.raises(ValidationError) as caught:
        Call.model_validate({"keyId": "91132429265156"[:5] + "x", "rate": "9113242926515z"})
    assert "9113242926515z" not in str(caught.value)


def test_records_pickle() -> None:
    call = Call.model_validate(RAW)
    assert pickle.loads(pickle.dumps(call)) == call  # noqa: S301  # our own


def test_request_objects_send_what_was_set() -> None:
    assert Callee(number="13800138000").wire() == {"calleeNumber": "13800138000"}
    assert Callee(number="13800138000", at=None).wire() == {
        "calleeNumber": "13800138000",
        "at": None,
    }
    assert Callee.model_validate({"calleeNumber": "13800138000"}).number == "13800138000"


def test_request_objects_refuse_what_is_not_documented_in_one_line() -> None:
    with pytest.raises(InvalidArgument) as caught:
        Callee(number="138", ring=True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # that is the point
    assert caught.value.message == (
        "Callee: number: String should have at least 7 characters; ring: Extra inputs are not permitted"
    )
    assert "138" not in caught.value.message
    assert caught.value.__cause__ is None


def test_request_objects_refuse_enum_values_that_are_not_documented() -> None:
    class Change(RequestObject):
        """A change of calls."""

        state: Documented[CallState]
        others: list[Documented[CallState]] | None = None

    assert Change(state=CallState.CALLING, others=[CallState(5)]).wire() == {
        "state": 1,
        "others": [5],
    }
    with pytest.raises(InvalidArgument) as caught:
        Change(state=CallState(99), others=[CallState.CALLING, CallState(98)])
    assert caught.value.message == (
        "Change: state: Input should be one of 1, 5; others.1: Input should be one of 1, 5"
    )


def test_request_objects_name_a_missing_field_as_a_caller_writes_it() -> None:
    with pytest.raises(InvalidArgument, match=r"^Callee: number: Field required$"):
        Callee(at=None)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # that is the point
    by_wire_name: dict[str, Any] = {"calleeNumber": "138"}
    with pytest.raises(InvalidArgument, match=r"^Callee: number: String should have at least"):
        Callee(**by_wire_name)


@pytest.mark.parametrize("field", ["plain", "listed", "mapped"])
def test_request_objects_refuse_text_that_can_not_be_sent(field: str) -> None:
    class Note(RequestObject):
        """Text without any limit."""

        plain: str | None = None
        listed: list[str] | None = None
        mapped: dict[str, str] | None = None

    given: dict[str, Any] = {"plain": "\ud800", "listed": ["\ud800"], "mapped": {"a": "\ud800"}}
    with pytest.raises(InvalidArgument, match=rf"^Note: {field}\b.*unicode"):
        Note(**{field: given[field]})
    assert Note(plain="", listed=[""], mapped={"": "é"}).wire() == {
        "plain": "",
        "listed": [""],
        "mapped": {"": "é"},
    }


def test_a_name_that_is_not_documented_is_told_without_the_number_it_may_be() -> None:
    given: dict[str, Any] = {"number": "13800138000", "8613800138000": 1}
    with pytest.raises(InvalidArgument) as caught:
        Callee(**given)
    assert caught.value.message == "Callee: ***00: Extra inputs are not permitted"


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("count", True, "count: a number expected, bool given"),
        ("count", "5", "count: a number expected, str given"),
        ("rate", "0.5", "rate: a number expected, str given"),
        ("isOn", 1, "is_on: True or False expected, int given"),
        ("state", True, "state: a CallState expected, bool given"),
        ("at", 5, "at: a time expected, int given"),
        ("begin", 1.5, "begin: a datetime expected, float given"),
        ("begin", NOON, "begin: an aware datetime expected, datetime given"),
    ],
)
def test_request_objects_take_no_value_for_another_kind(
    field: str, value: Any, problem: str
) -> None:
    with pytest.raises(InvalidArgument) as caught:
        Plan(**{field: value})
    assert caught.value.message == f"Plan: {problem}"


def test_request_objects_take_what_is_of_their_kind() -> None:
    plan = Plan(
        count=5,
        rate=1,
        is_on=True,
        state=CallState.CALLING,
        at=time(9),
        begin=NOON.replace(tzinfo=UTC),
        day=date(2024, 6, 4),
    )
    assert plan.wire() == {
        "count": 5,
        "rate": 1.0,
        "isOn": True,
        "state": 1,
        "at": "09:00",
        "begin": "2024-06-04 12:00:00",
        "day": "2024-06-04",
    }


def test_many_problems_are_counted() -> None:
    class Wide(RequestObject):
        """A request object with several fields."""

        one: int
        two: int
        three: int
        four: int
        five: int

    with pytest.raises(InvalidArgument, match=r"and 2 more"):
        Wide(one="x", two="x", three="x", four="x", five="x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # that is the point


def test_request_objects_mask_too() -> None:
    assert repr(Callee(number="13800138000")) == "Callee(number='***00')"


def test_nested_records_mask_for_themselves() -> None:
    class Batch(Record):
        """Some calls."""

        calls: list[Call] | None = None
        first: Call | None = None
        numbers: list[str] | None = None

    assert "5003544" in repr(Call.model_validate({"keyId": 5003544}))
    batch = Batch.model_validate(
        {
            "calls": [RAW],
            "first": RAW,
            "other": {"n": "9113242926515"},
        }
    )
    assert "13242926515" not in repr(batch)
    assert "Zhang" not in repr(batch)


def test_reserved_names_are_those_that_pydantic_and_the_runtime_use() -> None:
    assert {
        "copy",
        "json",
        "wire",
        "model_dump",
        "model_fields",
        "model_config",
    } <= RESERVED_FIELD_NAMES
    assert not RESERVED_FIELD_NAMES & {"status", "data", "key_id", "type", "model"}


def test_fields_may_have_names_that_start_with_model() -> None:
    class Phone(Record):
        """A phone."""

        model_name: str | None = Field(default=None, alias="modelName")

    assert Phone.model_validate({"modelName": "x"}).model_name == "x"


def test_models_are_built_on_first_use_only() -> None:
    code = (
        "from dialspec_runtime import Record\n"
        "class Late(Record):\n    a: int | None = None\n"
        "assert not Late.__pydantic_complete__\n"
        "from dialspec_runtime.building import decode_as\n"
        "assert decode_as(Late, b'{\"a\": 1}', None).a == 1\n"
        "assert Late.__pydantic_complete__\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_many_threads_may_need_a_model_at_once() -> None:
    class Fresh(Record):
        """A model nobody has used yet."""

        __sensitive__: ClassVar[Mapping[str, Sensitivity]] = MappingProxyType({})
        value: int | None = None

    seen: list[Any] = []
    start = threading.Barrier(8)

    def decode() -> None:
        start.wait()
        seen.append(decode_as(Fresh, b'{"value": 3}', None))

    threads = [threading.Thread(target=decode) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.value for each in seen] == [3] * 8


def test_preload_builds_all_models_of_modules() -> None:
    assert preload(["sample_client"]) == 5
    assert Call.__pydantic_complete__
    build(Callee)
