"""A simulator on loopback for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dialspec.api import Api
from dialspec.simulator import Simulator, serve
from running_simulator import Vendor


@pytest.fixture(scope="session")
def serving(api: Api) -> Iterator[Vendor]:
    """The simulator of this test run."""
    simulator = Simulator(api)
    with serve(simulator) as root:
        yield Vendor(simulator, root)


@pytest.fixture
def vendor(serving: Vendor) -> Vendor:
    """The simulator, having forgotten all earlier requests."""
    serving.simulator.reset()
    return serving
