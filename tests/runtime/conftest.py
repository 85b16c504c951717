"""What the tests of the runtime share: a vendor on loopback, and clients of a made-up API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sample_client import FakeTime, Sample
from scripted_vendor import ScriptedVendor, answer, scripted_vendor

OK = {"status": 0, "reason": "success", "data": {"keyId": 7, "called": "8613800138000", "state": 5}}


@pytest.fixture
def vendor() -> Iterator[ScriptedVendor]:
    """A vendor that answers with success until told otherwise."""
    with scripted_vendor() as running:
        running.says(answer(OK))
        yield running


@pytest.fixture
def time() -> FakeTime:
    """Clocks that run only while somebody sleeps."""
    return FakeTime()


@pytest.fixture
def client(vendor: ScriptedVendor, time: FakeTime) -> Iterator[Sample]:
    """A client of the vendor, in its time."""
    with Sample(vendor.url, time=time) as ready:
        yield ready
