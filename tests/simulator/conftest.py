"""Two made-up vendors, one per signing scheme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialspec.api import Api
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read
from dialspec.simulator import Faults, Simulator
from hand_made_caller import NOW, Caller


@pytest.fixture(scope="session")
def made_up() -> Api:
    """The resolved API of the two made-up vendors."""
    return read(Path(__file__).with_name("specs"), Diagnostics())[1]


@pytest.fixture
def calling(made_up: Api) -> Callable[..., Caller]:
    """A simulator of the made-up vendors with a clock that stands still, and its caller."""

    def make(*faults: str, seed: int = 1, **options: Any) -> Caller:
        simulator = Simulator(
            made_up, clock=lambda: NOW, faults=Faults.parse(faults, seed), **options
        )
        return Caller(simulator)

    return make


@pytest.fixture(scope="session")
def shared(made_up: Api) -> Simulator:
    """One simulator for many tests, since inventing its rows takes time."""
    return Simulator(made_up, clock=lambda: NOW)


@pytest.fixture
def caller(shared: Simulator) -> Caller:
    """A caller of a simulator without faults, which has forgotten all earlier calls."""
    shared.reset()
    return Caller(shared)
