"""Whatever a page rules out is refused by the client, with the parameter's name, before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, cast

import pytest

from bad_values import bad_values
from catalogue import API, endpoints
from dialspec.api import Constraints, Endpoint, ObjectRef, ObjectType, Provider, Setting
from dialspec.simulator import Simulator
from dialspec_runtime import InvalidArgument
from either_client import Flavour
from running_simulator import Vendor
from scripted_line import ScriptedLine, scripted_line
from violations import Violation, violations
from wire_arguments import sample_call

REQUEST_OBJECTS = [
    pytest.param(provider, item, id=f"{provider.name}-{item.name}")
    for provider in API.providers
    for item in provider.types
    if item.role == "request"
]
SETTINGS = [
    pytest.param(provider, setting, id=f"{provider.name}-{setting.field.name}")
    for provider in API.providers
    for setting in provider.settings
]


@pytest.fixture(scope="module")
def connected() -> Iterator[ScriptedLine]:
    with scripted_line(API) as made:
        yield made


@pytest.fixture
def line(connected: ScriptedLine) -> ScriptedLine:
    """A line on which nothing was sent so far."""
    connected.sent.clear()
    return connected


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), endpoints())
def test_each_violation_is_refused_by_name_and_nothing_is_sent(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, line: ScriptedLine
) -> None:
    client = line.clients[provider.name, flavour]
    complaints: list[str] = []
    for violation in violations(provider, endpoint):
        try:
            client.call(endpoint, violation.arguments)
        except InvalidArgument as error:
            complaints += misnamed(violation, error, provider, endpoint)
        except Exception as error:  # noqa: BLE001 - to be told with the violation that caused it
            complaints.append(f"{violation.rule} raises {error!r}")
        else:
            complaints.append(f"{violation.rule} is not refused")
    assert complaints == []
    assert line.sent == []


def misnamed(
    violation: Violation, error: InvalidArgument, provider: Provider, endpoint: Endpoint
) -> Iterator[str]:
    """What an exception does not say of a violation."""
    if error.parameter != violation.parameter:
        yield f"{violation.rule}: blames {error.parameter!r}: {error}"
    if violation.inside and not re.search(rf"\b{violation.inside}\b", error.message):
        yield f"{violation.rule}: does not name {violation.inside}: {error}"
    if (error.attempts, error.fault) != (0, "caller"):
        yield f"{violation.rule}: {error.attempts} tries, fault of {error.fault}"
    if (error.provider, error.endpoint) != (provider.name, endpoint.full_name):
        yield f"{violation.rule}: is of {error.provider!r} and {error.endpoint!r}"


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), endpoints())
def test_an_argument_that_is_required_can_not_be_left_out(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, line: ScriptedLine
) -> None:
    client = line.clients[provider.name, flavour]
    arguments = sample_call(provider, endpoint)
    for parameter in endpoint.parameters:
        if parameter.field.required:
            given = {name: value for name, value in arguments.items() if name != parameter.name}
            with pytest.raises(TypeError, match=rf"\b{parameter.name}\b"):
                client.call(endpoint, given)
    assert line.sent == []


@pytest.mark.parametrize(("provider", "item"), REQUEST_OBJECTS)
def test_an_object_that_is_to_be_sent_refuses_each_violation(
    provider: Provider, item: ObjectType
) -> None:
    model = getattr(import_module(f"dialspec_clients.{provider.name}"), item.name)
    complaints: list[str] = []
    for bad in bad_values(provider, ObjectRef(item.name), Constraints()):
        if not isinstance(bad.value, dict):
            continue
        try:
            # A time of day is looked at when it is written.
            model(**cast("dict[str, Any]", bad.value)).wire()
        except ValueError as error:
            if isinstance(error, InvalidArgument) and error.parameter != item.name:
                complaints.append(f"{bad.rule}: blames {error.parameter}")
        else:
            complaints.append(f"{bad.rule} is not refused")
    assert complaints == []


@pytest.mark.parametrize(("provider", "setting"), SETTINGS)
def test_a_setting_beyond_its_range_is_refused_when_the_client_is_made(
    provider: Provider, setting: Setting
) -> None:
    vendor = Vendor(Simulator(API), "http://127.0.0.1:9")
    package = import_module(f"dialspec_clients.{provider.name}")
    valid = vendor.arguments(provider.name)
    for name in (provider.client_class, f"Async{provider.client_class}"):
        client_class = getattr(package, name)
        client_class(**valid)
        for bad in bad_values(provider, setting.field.type, setting.field.constraints):
            with pytest.raises(InvalidArgument) as caught:
                client_class(**{**valid, setting.field.name: bad.value})
            assert caught.value.parameter == setting.field.name, bad.rule
