"""Answers are spelled as each page's own example spells them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from dialspec.simulator.samples import Samples
from dialspec.simulator.wire import Json, as_text, loads_as_printed
from hand_made_caller import Caller


def test_the_keys_of_the_example_win_over_those_of_the_table(caller: Caller) -> None:
    answer = caller.acme("/calls/detail", {"callId": 7}).json()
    assert {key: answer[key] for key in answer if key != "data"} == {"code": "0", "msg": "fine"}


def test_without_an_example_the_table_decides(caller: Caller) -> None:
    answer = caller.acme("/calls/7", method="GET").json()
    assert {key: answer[key] for key in answer if key != "data"} == {
        "status": "0",
        "reason": "success",
    }


def test_both_pairs_of_codes_carry_the_same_values(caller: Caller) -> None:
    answer = caller.borealis("/rest/3/reservations/list", {"offset": 0, "limit": 1}).json()
    assert answer["resultCode"] == answer["returnCode"] == "0200000"
    assert answer["resultDesc"] == answer["returnDesc"] == "success"


def test_an_endpoint_without_an_envelope_has_none(caller: Caller) -> None:
    answer = caller.borealis("/rest/3/statistics", method="GET").json()
    assert set(answer) == {"data"}
    assert set(answer["data"]) == {"reservationId", "taskId", "moment", "phone"}


def test_a_success_may_have_no_code_where_a_refusal_has_one(caller: Caller) -> None:
    fine = caller.borealis("/rest/3/bare?day=2025-01-01", method="GET").json()
    refused = caller.borealis("/rest/3/bare?day=today", method="GET").json()
    assert set(fine) == {"count"}
    assert set(refused) == {"resultCode", "resultDesc"}


def test_a_refusal_carries_no_payload(caller: Caller) -> None:
    assert set(caller.acme("/calls/create", {}).json()) == {"status", "reason"}


def test_a_label_without_english_is_printed_as_it_is(calling: Callable[..., Caller]) -> None:
    from dialspec.api import Code
    from dialspec.simulator.envelopes import message_of
    from dialspec.spec.language.kinds import ErrorKind
    from dialspec.text import PythonName, SpecText

    code = Code(
        text=SpecText("-99"),
        name=PythonName("very_odd"),
        kind=ErrorKind.UNKNOWN,
        labels={"zh": SpecText("怪")},
        advice=None,
        transient=False,
        refused=False,
        own=True,
    )
    assert message_of(code) == "怪"


def test_a_read_gives_the_same_answer_for_the_same_id(caller: Caller) -> None:
    first = caller.acme("/calls/detail", {"callId": 7}).json()["data"]
    again = caller.acme("/calls/detail", {"callId": 7}).json()["data"]
    other = caller.acme("/calls/detail", {"callId": 8}).json()["data"]
    assert first == again
    assert {**first, "callId": 8} != other


def test_the_id_of_the_request_comes_back_in_the_result(caller: Caller) -> None:
    assert caller.acme("/calls/detail", {"callId": 7}).json()["data"]["callId"] == 7


def test_calls_that_change_something_answer_with_new_ids(caller: Caller) -> None:
    body = {"called": ["447700900123"], "seatId": 7}
    ids = [caller.acme("/calls/create", body).json()["data"]["nodeId"] for _ in range(20)]
    assert None not in ids
    assert len(set(ids)) == 20


def test_the_payload_of_a_known_id_is_never_null(caller: Caller) -> None:
    for number in range(1, 60):
        assert caller.acme("/calls/detail", {"callId": number}).json()["data"] is not None


def test_an_example_with_lone_backslashes_is_read() -> None:
    assert loads_as_printed(r'{"path": "/mnt\upload\execl\2025", "quote": "\"", "two": "\\"}') == {
        "path": r"/mnt\upload\execl\2025",
        "quote": '"',
        "two": "\\",
    }


def test_an_example_that_is_no_json_is_passed_over() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        loads_as_printed('{"a": ')


def test_examples_show_values_by_place_through_lists() -> None:
    samples = Samples([{"rows": [{"id": 1}, {"id": 2}, {"id": None}]}, [1]])
    assert samples.at(("rows", "id")) == [1, 2]
    assert samples.roots == ("rows",)
    assert samples.shows_beside(("rows", "other"))
    assert not samples.shows_beside(("elsewhere", "other"))


def test_codes_are_compared_as_text() -> None:
    values: list[Json] = [5, 5.0, 0.5, True, False, "x", [1]]
    assert [as_text(value) for value in values] == [
        "5",
        "5",
        "0.5",
        "true",
        "false",
        "x",
        "[1]",
    ]


def test_answers_are_json_in_utf_8(caller: Caller) -> None:
    answer = caller.acme("/calls/detail", {"callId": 7})
    assert answer.headers["content-type"] == "application/json;charset=UTF-8"
    assert json.loads(answer.content.decode("utf-8"))
