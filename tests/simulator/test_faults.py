"""Faults by name and rate: what each does, and that a run repeats."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from dialspec.simulator.faults import FAULTS, FaultError, Faults, Plan, Stage
from hand_made_caller import Caller

Calling = Callable[..., "Caller"]
QUERY = {"current": 1, "size": 10, "params": {"taskId": 1}}
CREATE = {"called": ["447700900123"], "seatId": 7}


def rows_of(answer: httpx.Response) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = answer.json()["data"]["records"]
    return rows


@pytest.mark.parametrize("fault", ["http_500", "http_500_before", "http_500_after"])
def test_http_500_is_a_json_page_of_a_gateway(calling: Calling, fault: str) -> None:
    answer = calling(fault).acme("/calls/query", QUERY)
    assert answer.status_code == 500
    assert answer.json()["error"] == "Internal Server Error"


@pytest.mark.parametrize(("fault", "status"), [("http_502_html", 502), ("http_403_waf", 403)])
def test_a_proxy_and_a_firewall_answer_with_html(calling: Calling, fault: str, status: int) -> None:
    answer = calling(fault).acme("/calls/query", QUERY)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.startswith("<html>")


def test_http_429_says_when_to_come_back_in_both_forms(calling: Calling) -> None:
    caller = calling("http_429_retry_after:1:7")
    seconds = caller.acme("/calls/query", QUERY).headers["retry-after"]
    date = caller.acme("/calls/query", QUERY).headers["retry-after"]
    assert seconds == "7"
    assert parsedate_to_datetime(date) == datetime.fromtimestamp(1_800_000_007, UTC)


def test_clock_once_refuses_the_first_request_of_each_provider(calling: Calling) -> None:
    caller = calling("clock_once")
    codes = [caller.acme("/calls/query", QUERY).json()["status"] for _ in range(3)]
    assert codes == [-16, 0, 0]
    path, body = "/rest/3/reservations/list", {"offset": 0, "limit": 1}
    assert [caller.borealis(path, body).status_code for _ in range(2)] == [401, 200]
    caller.simulator.reset()
    assert caller.acme("/calls/query", QUERY).json()["status"] == -16


def test_code_clock_refuses_at_its_rate(calling: Calling) -> None:
    assert calling("code_clock").acme("/calls/query", QUERY).json()["status"] == -16


def test_a_wrong_signature_stays_one_whatever_the_fault(calling: Calling) -> None:
    answer = calling("code_clock", "code_transient").acme("/calls/query", QUERY, Sign="0")
    assert answer.json()["status"] == -1


def test_code_transient_is_a_documented_code_worth_another_try(calling: Calling) -> None:
    caller = calling("code_transient")
    assert caller.acme("/calls/create", CREATE).json()["status"] == "-18"
    assert not caller.simulator.received.done


def test_code_transient_changes_nothing_where_no_such_code_is_documented(calling: Calling) -> None:
    assert calling("code_transient").acme("/calls/7", method="GET").json()["status"] == "0"


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        ("reset_before", 0),
        ("reset_after", 1),
    ],
)
def test_a_reset_strikes_before_or_after_the_call_is_done(
    calling: Calling, fault: str, done: int
) -> None:
    caller = calling(fault)
    with pytest.raises(ConnectionResetError):
        caller.acme("/calls/create", CREATE)
    received = caller.simulator.received
    assert received.done["acme.calls.create"] == done
    assert received.by_endpoint["acme.calls.create"] == 1
    assert received.log[-1].status is None


def test_http_500_strikes_before_or_after_the_call_is_done(calling: Calling) -> None:
    for fault, done in (("http_500_before", 0), ("http_500_after", 1)):
        caller = calling(fault)
        assert caller.acme("/calls/create", CREATE).status_code == 500
        assert caller.simulator.received.done["acme.calls.create"] == done


@pytest.mark.parametrize("fault", ["reset", "http_500", "http_502_html"])
def test_a_fault_of_either_stage_strikes_at_both(calling: Calling, fault: str) -> None:
    caller = calling(fault)
    for _ in range(40):
        try:
            caller.acme("/calls/create", CREATE)
        except ConnectionResetError:
            assert fault == "reset"
    assert 5 < caller.simulator.received.done["acme.calls.create"] < 35


def test_a_refused_call_is_not_lost_afterwards(calling: Calling) -> None:
    answer = calling("reset_after").acme("/calls/create", {})
    assert answer.json()["status"] == "-22"


def test_truncate_ends_the_body_early_in_process(calling: Calling) -> None:
    answer = calling("truncate").acme("/calls/query", QUERY)
    assert len(answer.content) < int(answer.headers["content-length"])


def test_slow_answers_late(calling: Calling) -> None:
    caller = calling("slow:1:0.2")
    began = time.perf_counter()
    assert caller.acme("/calls/query", QUERY).status_code == 200
    assert time.perf_counter() - began >= 0.2


def test_slow_has_a_default(calling: Calling) -> None:
    assert Faults.parse(["slow"]).amount("slow") == 0.5
    assert Faults.parse(["http_500"]).amount("http_500") == 0.0


def test_page_delay_slows_pages_only(calling: Calling) -> None:
    caller = calling(page_delay=0.1)
    began = time.perf_counter()
    caller.acme("/calls/query", QUERY)
    assert time.perf_counter() - began >= 0.1


def test_gzip_is_sent_to_those_who_accept_it(calling: Calling) -> None:
    plain = calling().acme("/calls/query", QUERY)
    caller = calling("gzip")
    packed = caller.acme("/calls/query", QUERY)
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    refused = caller.acme("/calls/query", QUERY, Accept_Encoding="identity")
    assert "content-encoding" not in refused.headers


def test_chunked_sends_no_length(calling: Calling) -> None:
    answer = calling("chunked").acme("/calls/query", QUERY)
    assert "content-length" not in answer.headers
    assert answer.json() == calling().acme("/calls/query", QUERY).json()


def test_bad_escape_prints_a_lone_backslash(calling: Calling) -> None:
    answer = calling("bad_escape").acme("/calls/query", QUERY)
    assert rb"\upload\execl\2025" in answer.content
    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_repeated_page_sends_the_page_before(calling: Calling) -> None:
    caller = calling("repeated_page")
    first = caller.acme("/calls/query", QUERY)
    second = caller.acme("/calls/query", {**QUERY, "current": 2})
    assert rows_of(first) == rows_of(second)
    assert second.json()["data"]["current"] == 2


def test_growing_total_grows(calling: Calling) -> None:
    caller = calling("growing_total")
    totals = [caller.acme("/calls/query", QUERY).json()["data"]["total"] for _ in range(3)]
    assert totals == [251, 252, 253]


def test_null_data_is_success_without_payload(calling: Calling) -> None:
    caller = calling("null_data")
    assert caller.acme("/calls/query", QUERY).json() == {
        "status": 0,
        "reason": "success",
        "data": None,
    }


def test_unknown_enum_puts_a_value_that_no_page_documents(calling: Calling) -> None:
    assert rows_of(calling("unknown_enum").acme("/calls/query", QUERY))[0]["status"] == 9999


def test_extra_field_adds_fields_to_document_and_record(calling: Calling) -> None:
    answer = calling("extra_field").acme("/calls/query", QUERY)
    assert "undocumentedField" in answer.json()
    assert "undocumentedField" in rows_of(answer)[0]


def test_numbers_as_text_prints_every_number_as_text(calling: Calling) -> None:
    answer = calling("numbers_as_text").acme("/calls/query", QUERY)
    assert answer.json()["data"]["total"] == "250"
    assert all(isinstance(row["callId"], str) for row in rows_of(answer))
    assert rows_of(answer)[0]["ended"] in (True, False)


def test_content_faults_leave_an_empty_page_and_plain_rows_alone(calling: Calling) -> None:
    caller = calling("unknown_enum", "bad_escape", "extra_field", records=0)
    assert rows_of(caller.acme("/calls/query", QUERY)) == []
    words = calling("unknown_enum", "bad_escape").acme(
        "/calls/words", {"current": 1, "size": 2, "params": {}}
    )
    assert len(rows_of(words)) == 2


def test_unknown_enum_and_bad_escape_need_a_field_to_spoil(calling: Calling) -> None:
    tags = calling("bad_escape").acme("/calls/tags?page=1&rows=2", method="GET")
    assert len(tags.json()["data"]["list"]) == 2
    listed = calling("unknown_enum").borealis(
        "/rest/3/reservations/list", {"offset": 0, "limit": 2}
    )
    assert len(listed.json()["data"]) == 2


def test_bad_escape_leaves_keys_alone(calling: Calling) -> None:
    answer = calling("bad_escape").borealis("/rest/3/reservations/list", {"offset": 0, "limit": 2})
    document = json.loads(answer.text.replace("\\", "\\\\"))
    plain = calling().borealis("/rest/3/reservations/list", {"offset": 0, "limit": 2}).json()
    assert document["data"][0]["reservationId"] == plain["data"][0]["reservationId"]
    assert document["data"][0]["taskId"] != plain["data"][0]["taskId"]


def test_insert_front_puts_new_rows_before_the_first(calling: Calling) -> None:
    plain = rows_of(calling().acme("/calls/query", QUERY))
    caller = calling("insert_front")
    first = rows_of(caller.acme("/calls/query", QUERY))
    assert first[1:] == plain[:9]
    assert first[0]["callId"] not in {row["callId"] for row in plain}
    second = caller.acme("/calls/query", QUERY).json()
    assert second["data"]["total"] == 252
    caller.simulator.reset()
    assert rows_of(caller.acme("/calls/query", QUERY)) == first


def test_delete_front_takes_the_first_row_away(calling: Calling) -> None:
    plain = rows_of(calling().acme("/calls/query", QUERY))
    answer = calling("delete_front").acme("/calls/query", QUERY)
    assert rows_of(answer)[:9] == plain[1:]
    assert answer.json()["data"]["total"] == 249


def test_delete_front_ends_with_nothing_left(calling: Calling) -> None:
    caller = calling("delete_front", records=2)
    totals = [caller.acme("/calls/query", QUERY).json()["data"]["total"] for _ in range(4)]
    assert totals == [1, 0, 0, 0]


def test_inserted_rows_pass_the_filters_too(calling: Calling) -> None:
    caller = calling("insert_front")
    body = {**QUERY, "params": {"taskId": 1, "statusList": [5]}}
    answers = [caller.acme("/calls/query", body) for _ in range(5)]
    assert {row["status"] for answer in answers for row in rows_of(answer)} == {5}


def test_the_same_seed_strikes_at_the_same_requests() -> None:
    faults = Faults.parse(["http_500:0.2", "slow:0.1"], seed=5)
    again = Faults.parse(["http_500:0.2", "slow:0.1"], seed=5)
    other = Faults.parse(["http_500:0.2", "slow:0.1"], seed=6)
    plans = [faults.plan(ordinal) for ordinal in range(500)]
    assert plans == [again.plan(ordinal) for ordinal in range(500)]
    assert plans != [other.plan(ordinal) for ordinal in range(500)]


@pytest.mark.parametrize("rate", [0.0, 0.02, 0.3, 1.0])
def test_a_fault_strikes_at_its_rate(rate: float) -> None:
    faults = Faults.parse([f"truncate:{rate}"])
    struck = sum("truncate" in faults.plan(ordinal) for ordinal in range(4000))
    assert struck / 4000 == pytest.approx(rate, abs=0.03)


def test_faults_are_drawn_independently() -> None:
    faults = Faults.parse(["truncate:0.5", "slow:0.5"])
    both = sum({"truncate", "slow"} <= faults.plan(ordinal).names for ordinal in range(4000))
    assert both / 4000 == pytest.approx(0.25, abs=0.03)


def test_of_several_faults_the_first_of_the_table_wins() -> None:
    plan = Plan(frozenset({"http_429_retry_after", "reset_before", "truncate"}))
    assert plan.first(Stage.BEFORE) == "reset_before"
    assert plan.first(Stage.AFTER) == "truncate"
    assert plan.first(Stage.CONTENT) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("http_501", "there is no fault 'http_501'; known: clock_once"),
        ("http_500:often", "'often' is no number"),
        ("http_500:2", "the rate must lie within 0 and 1"),
        ("http_500:-1", "the rate must lie within 0 and 1"),
        ("slow:0.1:-5", "the rate must lie within 0 and 1"),
        ("http_500:0.1:3", "has too many parts; write http_500:RATE"),
        ("slow:0.1:3:4", "has too many parts; write slow:RATE:AMOUNT"),
        ("clock_skew", "write clock_skew:SECONDS"),
        ("clock_skew:1:2", "write clock_skew:SECONDS"),
        ("clock_skew:nan", "out of range"),
        ("slow:1:inf", "out of range"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_with_advice(text: str, message: str) -> None:
    with pytest.raises(FaultError, match=message):
        Faults.parse([text])


def test_every_fault_has_a_summary_and_is_understood() -> None:
    for name, kind in FAULTS.items():
        assert kind.summary
        Faults.parse([f"{name}:1"])


def test_a_fault_free_simulator_plans_nothing() -> None:
    assert not Faults().plan(0)


def test_faults_do_not_strike_where_no_endpoint_is(calling: Calling) -> None:
    assert calling("http_500").send("GET", "/nowhere", b"", {}).status_code == 404


def test_a_client_that_goes_away_early_is_let_go(calling: Calling) -> None:
    caller = calling()

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: object) -> None:
        raise AssertionError(message)

    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/acme/x", "headers": []}
    asyncio.run(caller.simulator.app(scope, receive, send))
    assert caller.simulator.received.total == 0
