"""Every provider and endpoint of this project's specs, resolved once, as parameters of tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialspec.api import Code, Endpoint, Provider
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


def documented(provider: Provider, endpoint: Endpoint) -> dict[str, Code]:
    """The codes of an endpoint: those of its family, and over them those of its own page."""
    family = provider.families.get(endpoint.family, ()) if endpoint.family is not None else ()
    return {code.text.reveal(): code for code in (*family, *endpoint.codes)}
