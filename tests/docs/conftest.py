"""What the tests of the docs share: the rendered pages, and a simulator to run samples against."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dialspec.api import Api
from dialspec.places import our_templates
from dialspec.rendering.docs import render_docs
from dialspec.rendering.environment import environment
from dialspec.simulator import Simulator, serve
from forward_proxy import ForwardProxy, forward_proxy
from running_simulator import Vendor


@pytest.fixture(scope="session")
def pages(api: Api) -> dict[str, str]:
    """All generated pages of this project's specs."""
    return render_docs(api, environment(our_templates()))


@pytest.fixture(scope="package")
def vendor(api: Api) -> Iterator[Vendor]:
    """A simulator on loopback."""
    simulator = Simulator(api, records=30)
    with serve(simulator) as root:
        yield Vendor(simulator, root)


@pytest.fixture(scope="package")
def proxy() -> Iterator[ForwardProxy]:
    """A proxy on loopback, which samples take for that of their company."""
    with forward_proxy() as running:
        yield running
