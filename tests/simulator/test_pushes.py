"""Bodies of pushes, as the vendor would post them."""

from __future__ import annotations

import json

import pytest

from dialspec.api import Api
from dialspec.simulator import Simulator


def test_a_push_has_its_documented_fields(made_up: Api) -> None:
    simulator = Simulator(made_up)
    body = json.loads(simulator.push_body("acme", "calls.ended"))
    assert set(body) == {"batch"}
    assert {"nodeId", "state", "next", "inner"} == set(body["batch"][0])


def test_a_push_is_spelled_as_its_example(made_up: Api) -> None:
    body = json.loads(Simulator(made_up).push_body("acme", "calls.ended"))
    assert body["batch"][0]["nodeId"] == "17"


def test_each_ordinal_gives_another_payload(made_up: Api) -> None:
    simulator = Simulator(made_up)
    bodies = {simulator.push_body("acme", "calls.ended", ordinal) for ordinal in range(20)}
    assert len(bodies) == 20
    assert simulator.push_body("acme", "calls.ended", 3) in bodies


def test_an_unknown_push_is_a_key_error(made_up: Api) -> None:
    with pytest.raises(KeyError, match=r"calls\.begun"):
        Simulator(made_up).push_body("acme", "calls.begun")
