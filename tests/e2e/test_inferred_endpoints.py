"""An endpoint that a brand's own pages lack is refused until the caller consents to it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from dialspec.api import Endpoint, Provider
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read
from dialspec_clients.nio import AsyncNio, Nio
from dialspec_runtime import ConfigurationError, InferredEndpointError
from running_simulator import Vendor
from wire_arguments import sample_call

_, API = read(Path(__file__).resolve().parents[2] / "specs", Diagnostics())
INFERRED = [
    pytest.param(provider, endpoint, id=f"{provider.name}-{endpoint.full_name}")
    for provider in API.providers
    for endpoint in provider.endpoints()
    if endpoint.status == "inferred"
]


def call(client: Any, endpoint: Endpoint, arguments: dict[str, Any]) -> Any:
    return getattr(getattr(client, endpoint.resource), endpoint.name)(**arguments)


@pytest.mark.parametrize(("provider", "endpoint"), INFERRED)
def test_nothing_is_sent_without_consent(
    provider: Provider, endpoint: Endpoint, vendor: Vendor
) -> None:
    arguments = sample_call(provider, endpoint)
    with vendor.client(provider.name) as client:
        with pytest.raises(InferredEndpointError, match="allow_inferred=True") as caught:
            call(client, endpoint, arguments)
        with pytest.raises(InferredEndpointError):
            call(client.with_raw_response, endpoint, arguments)  # type: ignore[attr-defined]  # of each provider's class
    assert endpoint.source is not None
    assert endpoint.source.page.reveal() in caught.value.message
    assert caught.value.endpoint == endpoint.full_name
    assert vendor.simulator.received.total == 0


@pytest.mark.parametrize(("provider", "endpoint"), INFERRED)
def test_consent_lets_it_through(provider: Provider, endpoint: Endpoint, vendor: Vendor) -> None:
    arguments = sample_call(provider, endpoint)
    with vendor.client(provider.name, allow_inferred=True) as client:
        result = call(client, endpoint, arguments)
        if endpoint.paging is not None:
            assert result.items is not None
    assert vendor.simulator.received.total == 1


def test_a_copy_may_consent_where_the_original_does_not(vendor: Vendor) -> None:
    with Nio(**vendor.arguments("nio")) as nio:
        assert nio.with_options(allow_inferred=True).preview_tasks.cancel(task_id=1).status == "0"
        with pytest.raises(InferredEndpointError):
            nio.preview_tasks.cancel(task_id=1)


def test_async_clients_ask_for_the_same_consent(vendor: Vendor) -> None:
    async def calls() -> None:
        async with AsyncNio(**vendor.arguments("nio")) as nio:
            with pytest.raises(InferredEndpointError):
                await nio.preview_tasks.cancel(task_id=1)
            daring = nio.with_options(allow_inferred=True)
            assert (await daring.preview_tasks.cancel(task_id=1)).status == "0"

    asyncio.run(calls())


def test_consent_is_true_or_false(vendor: Vendor) -> None:
    maybe: Any = "yes"
    with pytest.raises(ConfigurationError, match="allow_inferred is refused"):
        vendor.client("nio", allow_inferred=maybe)
