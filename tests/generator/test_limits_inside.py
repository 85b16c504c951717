"""Limits of fields of an object that is sent: of the value itself, and of values in lists, maps and JSON text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import time
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bad_values import bad_values
from dialspec.api import Api, ObjectRef
from dialspec_runtime import InvalidArgument
from dialspec_runtime.records import RequestObject
from generated_package import generated_package

BASE = Path(__file__).parents[1] / "spec" / "base"
SHIFTS = """\
# yaml-language-server: $schema=../schema.json
resource: shifts

types:
  Shift:
    summary: When somebody works, and whom they call.
    fields:
      begin: {type: time, earliest: "09:00", latest: "20:30", required: true, summary: When it begins.}
      pauses: {type: "list[time]", earliest: "12:00", max_items: 2, summary: When there is a pause.}
      codes: {type: "list[string]", max_length: 4, pattern: "[0-9A-Z]+", min_items: 1, summary: Codes.}
      rates: {type: "map[number]", minimum: 0, maximum: 1, summary: Shares by name.}
      weights: {type: "json_text[list[integer]]", minimum: 1, summary: Weights.}
  Shifts:
    summary: Shifts that are handed in.
    fields:
      accepted: {type: integer, summary: How many were accepted.}

endpoints:
  create:
    summary: Hand in shifts.
    http: POST /shifts/create
    effect: unsafe
    source: {page: "https://demo.example.com/shifts"}
    request:
      shifts: {type: "list[Shift]", required: true, summary: The shifts.}
    response: {type: Shifts}
"""
GOOD: dict[str, object] = {
    "begin": time(9),
    "pauses": [time(12), time(23, 59)],
    "codes": ["ABCD", "Z"],
    "rates": {"a": 0.0, "b": 1.0},
    "weights": [1, 2],
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, ModuleType]]:
    specs = Path(shutil.copytree(BASE, tmp_path_factory.mktemp("project") / "specs"))
    (specs / "demo" / "shifts.yaml").write_text(SHIFTS, encoding="utf-8")
    with generated_package(specs, tmp_path_factory.mktemp("out"), "limits_clients") as made:
        yield made


@pytest.fixture
def shift(generated: tuple[Api, ModuleType]) -> Any:
    del generated
    return import_module("limits_clients.demo").Shift


def test_what_keeps_all_limits_is_sent(shift: Any) -> None:
    made: RequestObject = shift(**GOOD)
    assert made.wire() == {
        "begin": "09:00",
        "pauses": ["12:00", "23:59"],
        "codes": ["ABCD", "Z"],
        "rates": {"a": 0.0, "b": 1.0},
        "weights": "[1,2]",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("begin", time(8, 59)),
        ("begin", time(20, 31)),
        ("pauses", [time(11, 59)]),
        ("pauses", [time(12)] * 3),
        ("codes", []),
        ("codes", ["ABCDE"]),
        ("codes", ["a"]),
        ("rates", {"a": 1.1}),
        ("rates", {"a": -0.1}),
        ("weights", [0]),
    ],
)
def test_what_breaks_one_is_refused_and_named(shift: Any, field: str, value: object) -> None:
    with pytest.raises(InvalidArgument, match=rf"^Shift: {field}\b"):
        shift(**{**GOOD, field: value})


def test_every_limit_of_the_spec_is_kept(generated: tuple[Api, ModuleType], shift: Any) -> None:
    provider = generated[0].provider("demo")
    (kind,) = (item for item in provider.types if item.name == "Shift")
    limits = kind.fields[0].constraints
    broken = list(bad_values(provider, ObjectRef(kind.name), limits, inside=True))
    for bad in broken:
        given: Any = bad.value
        if "whole minutes" in bad.rule or "zone" in bad.rule or not hasattr(given, "keys"):
            continue  # told when it is sent; no object
        with pytest.raises(InvalidArgument):
            shift(**given)
    assert len(broken) > 20
