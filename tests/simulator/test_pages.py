"""Pages in every documented style, and what lies outside the documented range."""

from __future__ import annotations

from typing import Any

import pytest

from hand_made_caller import Caller

LIST = "/rest/3/reservations/list"


def page(caller: Caller, number: object, size: object) -> dict[str, Any]:
    body = {"current": number, "size": size, "params": {"taskId": 1}}
    answer: dict[str, Any] = caller.acme("/calls/query", body).json()
    return answer


def test_a_page_tells_its_number_size_and_the_totals(caller: Caller) -> None:
    answer = page(caller, 3, 100)
    rows = answer["data"].pop("records")
    assert answer == {
        "status": 0,
        "reason": "success",
        "data": {"total": 250, "size": 100, "current": 3, "pages": 3, "searchCount": True},
    }
    assert len(rows) == 50


def test_a_page_after_the_last_is_empty(caller: Caller) -> None:
    answer = page(caller, 4, 100)
    assert answer["data"]["records"] == []
    assert answer["data"]["total"] == 250


@pytest.mark.parametrize(
    ("number", "size"),
    [(0, 10), (-1, 10), (1, 0), (1, 101), (1001, 10), (None, 10), (1, None), ("1", 10), (True, 1)],
)
def test_numbers_outside_the_documented_range_are_refused(
    caller: Caller, number: object, size: object
) -> None:
    assert page(caller, number, size) == {"status": -22, "reason": "Parameter exception"}


def test_offsets_count_rows_from_zero(caller: Caller) -> None:
    every = caller.borealis(LIST, {"offset": 0, "limit": 300}).json()
    assert every["totalCount"] == len(every["data"]) == 250
    some = caller.borealis(LIST, {"offset": 20, "limit": 10}).json()["data"]
    assert some == every["data"][20:30]


def test_an_offset_need_not_be_a_multiple_of_the_limit(caller: Caller) -> None:
    every = caller.borealis(LIST, {"offset": 0, "limit": 300}).json()["data"]
    assert caller.borealis(LIST, {"offset": 7, "limit": 4}).json()["data"] == every[7:11]


@pytest.mark.parametrize(("offset", "limit"), [(-1, 10), (0, 0), (None, 10)])
def test_offsets_outside_the_documented_range_are_refused(
    caller: Caller, offset: int | None, limit: int
) -> None:
    answer = caller.borealis(LIST, {"offset": offset, "limit": limit})
    assert answer.status_code == 200
    assert answer.json()["resultCode"] == "0200001"


def test_a_query_may_leave_the_paging_fields_out(caller: Caller) -> None:
    answer = caller.borealis("/rest/3/results", method="GET").json()
    assert len(answer["data"]) == 10


def test_a_query_pages_by_number(caller: Caller) -> None:
    pages = [
        caller.borealis(f"/rest/3/results?pageNum={number}&pageSize=50", method="GET").json()
        for number in range(1, 7)
    ]
    ids = [row["reservationId"] for answer in pages for row in answer["data"]]
    assert len(set(ids)) == len(ids) == 250


@pytest.mark.parametrize("query", ["pageSize=51", "pageSize=x", "pageNum=0", "pageNum=-1"])
def test_a_query_outside_the_documented_range_is_refused(caller: Caller, query: str) -> None:
    answer = caller.borealis(f"/rest/3/results?{query}", method="GET").json()
    assert answer["returnCode"] == "0200001"


def test_an_endpoint_may_document_a_smaller_page(caller: Caller) -> None:
    answer = caller.acme("/calls/tags?page=1&rows=21", method="GET")
    assert (answer.status_code, answer.json()["status"]) == (400, "400")


def test_a_number_may_be_spelled_as_text_in_the_page_object(caller: Caller) -> None:
    # Nothing documents how tags are printed, so numbers are numbers and the code is the text of its table.
    answer = caller.acme("/calls/tags?page=2&rows=5", method="GET").json()
    assert answer["status"] == "0"
    assert answer["data"]["count"] == 250
