"""The rows of a paged endpoint: complete, unique, spelled as documented, and the same for the same seed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from dialspec.api import Api, EnumRef, ListOf
from dialspec.simulator import Simulator
from dialspec.simulator.records import DIFFERENT_ROWS
from dialspec.simulator.samples import Samples
from dialspec.simulator.values import Inventor
from dialspec.text import ClassName
from hand_made_caller import Caller


@pytest.fixture
def rows(caller: Caller) -> list[dict[str, Any]]:
    return caller.rows()


def test_there_are_as_many_rows_as_asked_for(calling: Callable[..., Caller]) -> None:
    for count in (0, 1, 99, 100, 101, 250, 700):
        assert len(calling(records=count).rows()) == count


def test_a_negative_number_of_rows_is_refused(made_up: Api) -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        Simulator(made_up, records=-1)


def test_every_documented_field_occurs_with_and_without_a_value(
    rows: list[dict[str, Any]], made_up: Api
) -> None:
    for field in made_up.provider("acme").object_type(ClassName("Call")).fields:
        values = [row[field.wire.reveal()] for row in rows if field.wire.reveal() in row]
        assert any(value is not None for value in values), field.name
        assert field.name == "call_id" or any(value is None for value in values), field.name


def test_the_first_row_holds_no_null(rows: list[dict[str, Any]]) -> None:
    assert None not in rows[0].values()


def test_every_enum_value_occurs(rows: list[dict[str, Any]], made_up: Api) -> None:
    acme = made_up.provider("acme")
    for field in acme.object_type(ClassName("Call")).fields:
        if isinstance(field.type, EnumRef):
            documented = {
                value if isinstance(value, int) else value.reveal()
                for value in (member.value for member in acme.enum(field.type.name).members)
            }
            assert documented <= {row[field.wire.reveal()] for row in rows}


def test_keys_are_unique_and_never_null(calling: Callable[..., Caller]) -> None:
    keys = [row["callId"] for row in calling(records=3 * DIFFERENT_ROWS).rows()]
    assert len(set(keys)) == len(keys)
    assert all(isinstance(key, int) for key in keys)


def test_the_same_seed_gives_the_same_rows(calling: Callable[..., Caller]) -> None:
    assert calling(seed=3).rows() == calling(seed=3).rows()


def test_more_rows_begin_with_the_same_rows(calling: Callable[..., Caller]) -> None:
    few, many = calling(records=300).rows(), calling(records=400).rows()
    assert many[:300] == few


def test_another_seed_gives_other_rows(made_up: Api) -> None:
    first = Simulator(made_up, seed=1).credentials("acme")
    second = Simulator(made_up, seed=2).credentials("acme")
    assert first != second


def test_rows_come_in_the_same_order_whatever_the_page_size(caller: Caller) -> None:
    assert caller.rows(size=7) == caller.rows(size=100)


def test_telephone_numbers_belong_to_ranges_reserved_for_fiction(
    rows: list[dict[str, Any]],
) -> None:
    fiction = re.compile(r"447700900\d{3}|1\d{3}55501\d\d")
    numbers = [row["called"] for row in rows if row["called"] is not None]
    assert numbers
    assert all(fiction.fullmatch(number) for number in numbers)


def test_people_and_secrets_are_recognisably_made_up(rows: list[dict[str, Any]]) -> None:
    assert all(row["password"] is None or "simulated" in row["password"] for row in rows)
    assert all(row["agent"] != "Somebody Real" for row in rows)


def test_numbers_stay_within_their_documented_range(rows: list[dict[str, Any]]) -> None:
    assert {row["duration"] for row in rows if row["duration"] is not None} <= set(range(61))
    assert all(0 <= row["cost"] <= 2 for row in rows if row["cost"] is not None)


def test_times_have_their_documented_forms(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["createTime"] is not None:
            assert re.fullmatch(r"202[45]-\d\d-\d\d \d\d:\d\d:\d\d", row["createTime"])
        if row["endTime"] is not None:
            assert row["endTime"].endswith("+08:00")
            assert datetime.fromisoformat(row["endTime"]).year in {2023, 2024, 2025, 2026}
        assert row["beginTime"] is None or row["beginTime"] > 10**12
        assert row["billTime"] is None or 10**9 < row["billTime"] < 10**10
        assert row["day"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", row["day"])


def test_the_steps_of_a_call_follow_one_another(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if None not in (row["createTime"], row["beginTime"], row["endTime"]):
            made = datetime.fromisoformat(row["createTime"] + "+08:00").timestamp()
            ended = datetime.fromisoformat(row["endTime"]).timestamp()
            assert made < row["beginTime"] / 1000 < ended


def test_values_are_spelled_as_in_the_documented_example(rows: list[dict[str, Any]]) -> None:
    # The table says integer and string; the example prints "12" and 0.
    assert all(isinstance(row["numberCount"], str | None) for row in rows)
    assert all(isinstance(row["rate"], int | None) for row in rows)
    # HH:mm with seconds, since the example has them.
    assert all(row["at"] is None or len(row["at"]) == len("09:30:00") for row in rows)


def test_documented_example_values_occur(rows: list[dict[str, Any]]) -> None:
    assert rows[0]["label"] == "first label"
    assert rows[0]["duration"] == 17
    assert len({row["label"] for row in rows}) > 20


def test_a_field_of_another_edition_comes_now_and_then(rows: list[dict[str, Any]]) -> None:
    # It is neither in the table nor in the example.
    assert 0 < sum("note" in row for row in rows) < len(rows) / 2


def test_lists_may_be_empty_and_types_that_hold_themselves_end(rows: list[dict[str, Any]]) -> None:
    lengths = {len(row["groupIds"]) for row in rows if row["groupIds"] is not None}
    assert lengths == {0, 1, 2, 3}
    assert all(row["nodes"] is None or isinstance(row["nodes"], list) for row in rows)


def test_lists_of_an_enum_show_every_value(made_up: Api) -> None:
    acme = made_up.provider("acme")
    status = ListOf(EnumRef(ClassName("CallStatus")))
    inventor = Inventor(acme, 1, "any", Samples([]))
    shown: set[object] = set()
    for ordinal in range(3):
        value = inventor.value(status, ("states",), ordinal)
        assert isinstance(value, list)
        shown.update(item for item in value if isinstance(item, int))
    assert shown == {1, 5, 9}


def test_json_text_holds_json(rows: list[dict[str, Any]]) -> None:
    decoded = [json.loads(row["context"]) for row in rows if row["context"] is not None]
    assert decoded
    assert all("state" in step for step in decoded)


def test_a_list_may_hold_one_item_without_the_array(rows: list[dict[str, Any]]) -> None:
    shapes = {json.dumps(row["legs"])[0] for row in rows}
    assert shapes == {"[", "{", "n"}


def test_texts_keep_their_documented_form(rows: list[dict[str, Any]]) -> None:
    codes = {row["shortCode"] for row in rows} - {None}
    assert codes
    assert all(re.fullmatch(r"C\d{3,5}", code) for code in codes)


def test_rows_without_a_key_are_told_apart_by_another_field(caller: Caller) -> None:
    answer = caller.acme("/calls/tags?page=1&rows=20", method="GET").json()
    assert answer["data"]["count"] == 250
    assert all(row["state"] in {1, 5, 9} for row in answer["data"]["list"])


def test_rows_may_be_plain_texts(caller: Caller) -> None:
    body: dict[str, object] = {"current": 1, "size": 3, "params": {}}
    rows = caller.acme("/calls/words", body).json()["data"]["records"]
    assert len(rows) == 3
    assert all(isinstance(row, str) for row in rows)


def test_a_million_rows_are_as_cheap_as_a_few(calling: Callable[..., Caller]) -> None:
    caller = calling(records=1_000_000)
    body = {"current": 1000, "size": 100, "params": {"taskId": 1, "statusList": [5]}}
    page = caller.acme("/calls/query", body).json()["data"]
    assert len(page["records"]) == 100
    assert 250_000 < page["total"] < 400_000
    assert {row["status"] for row in page["records"]} == {5}
