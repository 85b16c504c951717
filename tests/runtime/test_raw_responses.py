"""Raw answers: one request, sent at once, judged only by `parse()`."""

from __future__ import annotations

import pytest

from dialspec_runtime import (
    ClockError,
    ConnectionLost,
    HttpStatusError,
    InvalidArgument,
    InvalidParameterError,
    Page,
    RawResponse,
)
from sample_client import FakeTime, Sample
from scripted_vendor import RESET, ScriptedVendor, answer, dated

OK = answer({"status": 0, "data": {"keyId": 7}}, headers={"X-Request-Id": "abc"})
PAGE = answer({"status": 0, "data": {"total": 3, "records": [{"keyId": 1}, {"keyId": 2}]}})


def test_a_raw_answer_is_what_came_over_the_line(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(OK)
    raw = client.raw_calls.get(call_id="7")
    assert isinstance(raw, RawResponse)
    assert raw.status_code == 200
    assert raw.headers["x-request-id"] == "abc"
    assert raw.request_id == "abc"
    assert raw.content == b'{"status": 0, "data": {"keyId": 7}}'
    assert raw.elapsed >= 0
    assert repr(raw) == "<RawResponse 200, 35 bytes>"
    assert raw.parse().key_id == 7
    assert raw.parse() is raw.parse()
    assert len(vendor.received) == 1


def test_a_raw_page_is_asked_for_at_once_and_parsed_later(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(PAGE)
    raw = client.raw_calls.list(task_id=1, size=2, start=2)
    assert vendor.received[0].json() == {"current": 2, "size": 2, "params": {"taskId": 1}}
    page = raw.parse()
    assert isinstance(page, Page)
    assert [call.key_id for call in page.items] == [1, 2]
    assert page.size == 2


def test_a_raw_page_refuses_what_its_pager_would_refuse(
    vendor: ScriptedVendor, client: Sample
) -> None:
    with pytest.raises(InvalidArgument, match="size"):
        client.raw_calls.list(task_id=1, size=101)
    with pytest.raises(InvalidArgument, match="start"):
        client.raw_calls.list(task_id=1, start=0)
    assert vendor.received == []


def test_the_position_of_a_raw_page_can_be_resumed(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(PAGE)
    position = client.raw_calls.list(task_id=1, size=2).parse().position
    # The position names the endpoint, so that it is taken for no other list.
    assert position["endpoint"] == "sample calls.list"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (answer({"status": -22}), InvalidParameterError),
        (answer({}, status=503), HttpStatusError),
        (answer({"status": -16}), ClockError),
    ],
)
def test_an_error_is_raised_by_parse_only_and_nothing_is_sent_again(
    vendor: ScriptedVendor, client: Sample, reply: object, error: type[Exception]
) -> None:
    vendor.says(reply)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # answers, by way of parameters
    raw = client.raw_calls.get(call_id="7")
    with pytest.raises(error):
        raw.parse()
    assert len(vendor.received) == 1


def test_a_line_that_breaks_is_an_error_at_once(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(RESET)
    with pytest.raises(ConnectionLost):
        client.raw_calls.get(call_id="7")
    assert len(vendor.received) == 1


def test_parsing_a_refused_timestamp_teaches_the_client_the_time(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(dated({"status": -16}, time.now + 3600), OK)
    with pytest.raises(ClockError):
        client.raw_calls.get(call_id="7").parse()
    client.raw_calls.get(call_id="7")
    assert abs(int(vendor.received[1].headers["timestamp"]) - time.now - 3600) <= 1
