"""What the first five pages get wrong is recorded, each at its place and with what the client does about it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from dialspec.diagnostics import Diagnostics
from dialspec.resolve import resolve
from dialspec.spec.loader import load

if TYPE_CHECKING:
    from dialspec.api import Api, Endpoint

SPECS: Final = Path(__file__).resolve().parents[2] / "specs"

RECORDED: Final = {
    "nio preview_tasks.list_numbers": [
        "request table",
        "response.status",
        "response.data",
        "response.data.searchCount",
        "response.data.records[].called",
        "response.data.records[].calledInfo",
        "response.data.records[].seatName",
        "errors.-2",
    ],
    "nio recall_flows.get": [
        "response.status",
        "response.reason",
        "response.data",
        "response.data.nodeList",
    ],
    "laaffic preview_tasks.list": [
        "request.params.taskType",
        "response.data.records[].completedRate",
        "response.data.records[].filePath",
        "response.data.records[].numberTotalCount",
    ],
    "nio group_calls.list": [
        "request.params.strTime",
        "request.params.endTime",
        "response.code",
        "response.data.records[].createdTime",
    ],
    "huawei_isales appointments.list": [
        "errors",
        "request.offset",
        "request.userAccountList",
        "response.resultCode",
        "response.data[].appointTime",
        "response.data[].failCode",
    ],
}


@cache
def api() -> Api:
    diagnostics = Diagnostics()
    return resolve(load(SPECS, diagnostics), diagnostics)


def endpoint(name: str) -> Endpoint:
    provider, _, full_name = name.partition(" ")
    return next(e for e in api().provider(provider).endpoints() if e.full_name == full_name)


@pytest.mark.parametrize(("name", "at"), [(name, at) for name in RECORDED for at in RECORDED[name]])
def test_contradiction_is_recorded(name: str, at: str) -> None:
    assert at in [deviation.at.reveal() for deviation in endpoint(name).deviations]


@pytest.mark.parametrize("name", RECORDED)
def test_no_place_is_recorded_twice(name: str) -> None:
    places = [deviation.at.reveal() for deviation in endpoint(name).deviations]
    assert sorted(places) == sorted(set(places))


def test_minus_two_is_an_error_of_its_own_on_one_page_only() -> None:
    meanings = {
        name: next(code.own for code in endpoint(name).codes if code.text.reveal() == "-2")
        for name in RECORDED
        if not name.startswith("huawei")
    }
    assert [name for name, own in meanings.items() if own] == ["nio preview_tasks.list_numbers"]


def test_laaffic_prints_an_example_that_is_not_json_and_the_spec_says_why() -> None:
    (example,) = endpoint("laaffic preview_tasks.list").examples
    assert example.invalid is not None
    assert "filePath" in example.invalid.reveal()
    assert example.response is not None
    with pytest.raises(json.JSONDecodeError, match=r"Invalid \\uXXXX escape"):
        json.loads(example.response.reveal())
