"""What starts calls, costs money or deletes is never done twice, however bad the line and the vendor are."""

from __future__ import annotations

import contextlib
import json
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import httpx
import pytest

from catalogue import API, documented, endpoints
from dialspec.api import Endpoint, Provider
from dialspec.simulator import Faults, Simulator, serve
from dialspec.simulator.faults import FAULTS, Stage
from dialspec.spec.language.kinds import Effect
from dialspec_runtime import (
    DialspecError,
    InvalidJsonWarning,
    Operation,
    Timeouts,
    TransportError,
    UnknownCodeError,
)
from dialspec_runtime import Effect as SentEffect
from dialspec_runtime.frozen import changed
from either_client import Flavour, portal
from faulty_calls import BadDay, each_fault, mixed_faults, sent_in_vain
from scripted_line import ScriptedLine, scripted_line
from wire_arguments import sample_call

UNSAFE = endpoints(lambda endpoint: endpoint.effect is Effect.UNSAFE)
IDEMPOTENT = endpoints(lambda endpoint: endpoint.effect is Effect.IDEMPOTENT)
MIXED_CALLS = 12
LOST = ("reset_after:1", "http_500_after:1", "truncate:1")
"""Faults that hide from the client that its call was carried out."""


@pytest.fixture(scope="module")
def day() -> Iterator[BadDay]:
    simulator = Simulator(API, records=3)
    with serve(simulator) as root, portal() as loop:
        yield BadDay(simulator, root, loop)


@pytest.fixture(scope="module")
def line() -> Iterator[ScriptedLine]:
    with scripted_line(API, max_retries=5) as connected:
        yield connected


@pytest.fixture(autouse=True)
def _mended_answers() -> Iterator[None]:
    """One of the faults makes answers that are mended, which is warned of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InvalidJsonWarning)
        yield


def test_there_are_unsafe_endpoints_of_every_provider() -> None:
    assert {given.values[0].name for given in UNSAFE} == {each.name for each in API.providers}
    assert len(UNSAFE) > 60


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), UNSAFE)
def test_no_fault_makes_an_unsafe_call_happen_twice(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, day: BadDay
) -> None:
    stages: set[tuple[str, bool]] = set()
    for name, faults in each_fault():
        day.begin(faults)
        impatient: dict[str, Any] = {}
        if "slow" in name:
            impatient["timeout"] = Timeouts(connect=10.0, read=0.03)
        with day.client(provider, flavour, **impatient) as client:
            arrived, _ = day.call(client, provider, endpoint)
        assert len(arrived) >= 1, name
        assert sum(entry.done for entry in arrived) <= 1, name
        assert sent_in_vain(provider, endpoint, arrived) == [], name
        if "clock_skew" in name:
            # A refused timestamp is no more than that, and sent anew once the clock is mended.
            assert [entry.done for entry in arrived] == [False, True]
        stages |= {(name.partition(",")[0], entry.done) for entry in arrived}
    either_way = {name for name, kind in FAULTS.items() if kind.stage is Stage.EITHER}
    assert stages >= {(name, done) for name in either_way for done in (True, False)}


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), UNSAFE)
def test_no_mixture_of_faults_makes_an_unsafe_call_happen_twice(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, day: BadDay
) -> None:
    day.begin(mixed_faults(seed=len(endpoint.full_name)))
    with day.client(provider, flavour) as client:
        for _ in range(MIXED_CALLS):
            arrived, _ = day.call(client, provider, endpoint)
            assert sum(entry.done for entry in arrived) <= 1
            assert sent_in_vain(provider, endpoint, arrived) == []
    assert day.simulator.received.done_twice() == {}


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), UNSAFE)
def test_the_same_endpoint_declared_idempotent_does_happen_twice(
    provider: Provider,
    endpoint: Endpoint,
    flavour: Flavour,
    day: BadDay,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So the tests above can fail."""
    name, operation = operation_of(provider, endpoint)
    declared = changed(operation, effect=SentEffect.IDEMPOTENT)
    monkeypatch.setattr(f"dialspec_clients.{provider.name}.resources.{name}", declared)
    for fault in LOST:
        day.begin(Faults.parse([fault]))
        with day.client(provider, flavour) as client:
            arrived, raised = day.call(client, provider, endpoint)
        assert [entry.done for entry in arrived] == [True] * 6
        assert len(sent_in_vain(provider, endpoint, arrived)) == 5
        assert raised is not None
        assert raised.attempts == 6


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), IDEMPOTENT)
def test_an_idempotent_call_is_sent_again_until_it_gets_through(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, day: BadDay
) -> None:
    for fault in LOST:
        day.begin(Faults.parse([fault]))
        with day.client(provider, flavour) as client:
            arrived, raised = day.call(client, provider, endpoint)
        assert [entry.done for entry in arrived] == [True] * 6
        assert raised is not None
        assert raised.is_retry_safe


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), UNSAFE)
def test_an_unsafe_call_is_tried_again_while_no_connection_is_made(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, line: ScriptedLine
) -> None:
    line.sent.clear()
    line.faults = [httpx.ConnectError("refused"), httpx.ConnectTimeout("no answer")]
    line.content = json.dumps({endpoint.response.envelope.code[0].reveal(): "-98765"}).encode()
    with pytest.raises(UnknownCodeError) as caught:
        line.clients[provider.name, flavour].call(endpoint, sample_call(provider, endpoint))
    assert caught.value.attempts == 3
    assert len(line.sent) == 1
    assert not caught.value.is_retry_safe


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), UNSAFE)
def test_an_unsafe_call_is_not_sent_again_after_an_answer_that_says_nothing(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, line: ScriptedLine
) -> None:
    client, arguments = line.clients[provider.name, flavour], sample_call(provider, endpoint)
    for line.status in (200, 403, 408, 429, 500, 502, 503, 504):
        for line.content in (b"", b"<html>Bad gateway</html>", b'{"status": "0', b"{}", b"[]"):
            line.sent.clear()
            # An endpoint whose answers need no code takes an empty object for success.
            with contextlib.suppress(DialspecError):
                client.call(endpoint, arguments)
            assert len(line.sent) == 1, (line.status, line.content)
    line.status = 200
    for fault in (httpx.ReadError, httpx.ReadTimeout, httpx.WriteError, httpx.RemoteProtocolError):
        line.sent.clear()
        line.faults = [fault("broken")]
        with pytest.raises(TransportError):
            client.call(endpoint, arguments)
        assert len(line.sent) == 1


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), UNSAFE)
def test_what_a_code_means_on_other_pages_does_not_make_an_unsafe_call_happen_twice(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, line: ScriptedLine
) -> None:
    client, arguments = line.clients[provider.name, flavour], sample_call(provider, endpoint)
    anywhere = {code for other in provider.endpoints() for code in documented(provider, other)}
    envelope = endpoint.response.envelope
    own = {*documented(provider, endpoint), *(text.reveal() for text in envelope.success)}
    line.status = 200
    for code in sorted(anywhere - own):
        line.sent.clear()
        line.content = json.dumps({envelope.code[0].reveal(): code}).encode()
        with pytest.raises(UnknownCodeError) as caught:
            client.call(endpoint, arguments)
        assert len(line.sent) == 1, code
        assert not caught.value.is_retry_safe


def operation_of(provider: Provider, endpoint: Endpoint) -> tuple[str, Operation]:
    """The operation of an endpoint, and the name of the constant that holds it, with its module."""
    module = import_module(f"dialspec_clients.{provider.name}.resources.{endpoint.resource}")
    constants: dict[str, object] = vars(module)
    for name, value in constants.items():
        if isinstance(value, Operation) and value.name == endpoint.full_name:
            return f"{endpoint.resource}.{name}", value
    raise LookupError(endpoint.full_name)
