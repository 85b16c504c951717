"""Calls that ring a telephone, on a bad line: none of them reaches the vendor twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dialspec.api import Api
from dialspec.simulator import Faults, Simulator, serve
from dialspec_runtime import DialspecError, Timeouts
from generated_package import generated_package

pytestmark = pytest.mark.soak

CALLS = 10_000
# Together 30% of all requests: resets and server errors before and after the call is placed, and answers too late.
FAULTS = ["reset:0.10", "http_500:0.10", "http_502_html:0.05", "slow:0.05:0.4"]


@pytest.fixture
def ringer(tmp_path: Path) -> Iterator[tuple[Api, ModuleType]]:
    """The clients of an invented vendor whose one endpoint rings a telephone."""
    with generated_package(Path(__file__).parent / "specs", tmp_path, "ringing") as made:
        yield made


def test_no_unsafe_call_is_placed_or_sent_twice(ringer: tuple[Api, ModuleType]) -> None:
    api, _ = ringer
    client_class: Any = import_module("ringing.ringer").Ringer
    simulator = Simulator(api, faults=Faults.parse(FAULTS, seed=7))
    outcomes: dict[str, int] = {}
    with (
        serve(simulator) as root,
        client_class(
            base_url=simulator.base_url("ringer", root),
            **simulator.credentials("ringer"),
            timeout=Timeouts(connect=5.0, read=0.25),
            max_retries=5,
        ) as client,
    ):

        def place(index: int) -> str:
            try:
                client.calls.place(called="447700900123", reference=f"call {index}")
            except DialspecError as error:
                return type(error).__name__
            return "placed"

        with ThreadPoolExecutor(8) as pool:
            for outcome in pool.map(place, range(CALLS)):
                outcomes[outcome] = outcomes.get(outcome, 0) + 1
    received = simulator.received
    print(f"\n{CALLS} calls: {outcomes}; {received.total} requests, none twice")
    assert received.sent_twice() == {}
    assert received.done_twice() == {}
    assert received.total <= CALLS
    assert outcomes["placed"] > 0.6 * CALLS
    assert len(outcomes) > 1
