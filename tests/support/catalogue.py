"""Every provider and endpoint of this project's specs, resolved once, as parameters of tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialspec.api import Endpoint
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read

_, API = read(Path(__file__).resolve().parents[2] / "specs", Diagnostics())


def endpoints(keeps: Callable[[Endpoint], bool] = lambda _: True) -> list[Any]:
    """Provider and endpoint, for each endpoint that `keeps` is true of; named so that a failure names it."""
    return [
        pytest.param(provider, endpoint, id=f"{provider.name}-{endpoint.full_name}")
        for provider in API.providers
        for endpoint in provider.endpoints()
        if keeps(endpoint)
    ]
