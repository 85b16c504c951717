"""The documented filters keep exactly the rows that match."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from hand_made_caller import Caller

Rows = list[dict[str, Any]]


@pytest.fixture
def every(caller: Caller) -> Rows:
    return caller.rows()


def test_equals_keeps_one_value(caller: Caller, every: Rows) -> None:
    number = every[0]["called"]
    assert caller.rows(called=number) == [row for row in every if row["called"] == number]


def test_any_of_keeps_several_values(caller: Caller, every: Rows) -> None:
    assert caller.rows(statusList=[1, 9]) == [row for row in every if row["status"] in (1, 9)]


def test_an_empty_list_keeps_all(caller: Caller, every: Rows) -> None:
    assert caller.rows(statusList=[]) == every


def test_null_keeps_all(caller: Caller, every: Rows) -> None:
    assert caller.rows(called=None) == every


def test_contains_keeps_texts_with_the_part(caller: Caller, every: Rows) -> None:
    kept = caller.rows(labelPart="first")
    assert kept == [row for row in every if row["label"] is not None and "first" in row["label"]]
    assert 0 < len(kept) < len(every)


def test_a_row_of_lists_matches_by_any_element(caller: Caller, every: Rows) -> None:
    group = every[0]["groupIds"][0]
    assert caller.rows(groupIds=[group]) == [
        row for row in every if row["groupIds"] and group in row["groupIds"]
    ]


def test_a_filter_reaches_into_nested_objects(caller: Caller, every: Rows) -> None:
    assert caller.rows(nodeState=9) == [
        row for row in every if 9 in [node["state"] for node in list[Any](row["nodes"] or ())]
    ]


def test_numbers_are_limited_upwards(caller: Caller, every: Rows) -> None:
    assert caller.rows(longest=30) == [
        row for row in every if row["duration"] is not None and row["duration"] <= 30
    ]


def test_days_bound_times_and_the_last_day_counts_whole(caller: Caller, every: Rows) -> None:
    kept = caller.rows(startTime="2024-03-01", endTime="2024-06-30")
    assert kept == [
        row
        for row in every
        if row["createTime"] is not None and "2024-03-01" <= row["createTime"][:10] <= "2024-06-30"
    ]
    assert kept


def test_instants_bound_times(caller: Caller, every: Rows) -> None:
    limit = every[0]["beginTime"]
    assert caller.rows(beginFrom=limit) == [
        row for row in every if row["beginTime"] is not None and row["beginTime"] >= limit
    ]


def test_an_instant_may_be_asked_for_exactly(caller: Caller, every: Rows) -> None:
    moment = every[0]["createTime"]
    assert caller.rows(madeAt=moment) == [row for row in every if row["createTime"] == moment]


def test_filters_combine(caller: Caller, every: Rows) -> None:
    kept = caller.rows(statusList=[5], kind="02")
    assert kept == [row for row in every if row["status"] == 5 and row["kind"] == "02"]
    assert kept


def test_a_key_is_found_whether_given_as_text_or_number(caller: Caller, every: Rows) -> None:
    wanted = every[123]
    assert caller.rows(callId=str(wanted["callId"])) == [wanted]
    assert caller.rows(callIds=[wanted["callId"], every[7]["callId"]]) == [every[7], wanted]


@pytest.mark.parametrize("key", ["1", "-5", "abc", "99999999999"])
def test_an_unknown_key_keeps_nothing(caller: Caller, key: str) -> None:
    assert caller.rows(callId=key) == []


def test_a_key_combines_with_other_filters(caller: Caller, every: Rows) -> None:
    wanted = next(row for row in every if row["status"] == 5)
    assert caller.rows(callIds=[wanted["callId"]], statusList=[5]) == [wanted]
    assert caller.rows(callIds=[wanted["callId"]], statusList=[1]) == []


def test_keys_may_be_bounded(caller: Caller, every: Rows) -> None:
    first = every[200]["callId"]
    assert caller.rows(afterId=first, size=30) == every[200:]


def test_what_is_counted_is_what_is_listed(calling: Callable[..., Caller]) -> None:
    caller = calling(records=1000)
    listed = caller.rows(statusList=[9], size=33)
    body = {"current": 1, "size": 1, "params": {"taskId": 1, "statusList": [9]}}
    assert caller.acme("/calls/query", body).json()["data"]["total"] == len(listed)
    assert len({row["callId"] for row in listed}) == len(listed)


def test_many_different_filters_are_forgotten_again(caller: Caller) -> None:
    totals: set[int] = set()
    for number in range(70):
        body = {"current": 1, "size": 1, "params": {"taskId": 1, "longest": number}}
        totals.add(caller.acme("/calls/query", body).json()["data"]["total"])
    assert len(totals) > 30


def test_epoch_milliseconds_bound_rows_by_offset_too(caller: Caller) -> None:
    limit = int(datetime.fromisoformat("2025-06-01T00:00:00+00:00").timestamp() * 1000)
    body = {"offset": 0, "limit": 1000, "beginFrom": limit}
    kept = caller.borealis("/rest/3/reservations/list", body).json()
    assert 0 < kept["totalCount"] == len(kept["data"]) < 250
    assert all(row["moment"] >= limit for row in kept["data"])


def test_a_text_key_may_be_searched_for_a_part(caller: Caller) -> None:
    rows = caller.borealis("/rest/3/results?name=7&pageSize=50", method="GET").json()["data"]
    assert rows
    assert all("7" in row["reservationId"] for row in rows)


def test_a_filter_reaches_into_json_text(caller: Caller, every: Rows) -> None:
    assert caller.rows(contextState=9) == [
        row for row in every if row["context"] and json.loads(row["context"])["state"] == 9
    ]


def test_times_of_every_form_bound_rows(caller: Caller, every: Rows) -> None:
    limit = "2025-03-01T00:00:00+08:00"
    assert caller.rows(endFrom=limit) == [
        row
        for row in every
        if row["endTime"] is not None
        and datetime.fromisoformat(row["endTime"]) >= datetime.fromisoformat(limit)
    ]
    seconds = 1_730_000_000
    assert (
        caller.rows(billTo=seconds)
        == caller.rows(billTo=str(seconds))
        == [row for row in every if row["billTime"] is not None and row["billTime"] <= seconds]
    )


def test_a_filter_of_a_field_that_rows_lack_keeps_all(caller: Caller, every: Rows) -> None:
    assert caller.rows(rowsOf="anything") == every


def test_a_bound_that_is_no_time_keeps_all(caller: Caller, every: Rows) -> None:
    assert caller.rows(wordy="later") == every
