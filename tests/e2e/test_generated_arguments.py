"""Every endpoint of every provider takes all that its page allows, and answers what its types say.

`DIALSPEC_THOROUGH=1` draws more arguments, and others in each run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from catalogue import API, endpoints
from dialspec.api import Endpoint, Provider
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read
from dialspec_clients.nio import GroupCall, GroupCallStatus
from dialspec_runtime import AsyncPager, Pager
from either_client import Flavour
from generated_arguments import GeneratedCall, generated_calls
from generated_package import generated_package
from generated_values import Share
from recording_simulator import arrival, expected_arrival
from spelled_values import Spelling
from stage import Stage, staged
from typed_values import result_annotation, untyped

IS_THOROUGH = os.environ.get("DIALSPEC_THOROUGH") == "1"
EXAMPLES: dict[Share, int] = (
    {"none": 5, "all": 15, "some": 40} if IS_THOROUGH else {"none": 1, "all": 2, "some": 4}
)
RECORDS = 60
EVERY_SHAPE = Path(__file__).resolve().parents[1] / "docs" / "specs"
_, WORKSHOP = read(EVERY_SHAPE, Diagnostics())


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """The simulator of all vendors."""
    with staged(API, records=RECORDS) as running:
        yield running


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The simulator of a vendor whose calls have every shape that the language can say."""
    folder = tmp_path_factory.mktemp("workshop")
    with (
        generated_package(EVERY_SHAPE, folder, "shape_clients"),
        staged(WORKSHOP, records=RECORDS, package="shape_clients") as running,
    ):
        yield running


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), endpoints())
def test_what_a_page_allows_is_accepted_arrives_as_given_and_is_answered_typed(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, stage: Stage, tmp_path: Path
) -> None:
    call_with_generated_arguments(stage, provider, endpoint, flavour, tmp_path)


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize("name", [each.full_name for each in WORKSHOP.providers[0].endpoints()])
def test_every_shape_of_the_language_is_accepted_arrives_as_given_and_is_answered_typed(
    name: str, flavour: Flavour, workshop: Stage, tmp_path: Path
) -> None:
    (provider,) = WORKSHOP.providers
    endpoint = next(each for each in provider.endpoints() if each.full_name == name)
    call_with_generated_arguments(workshop, provider, endpoint, flavour, tmp_path)


def test_the_check_of_types_sees_each_kind_of_difference() -> None:
    call = GroupCall.model_validate(
        {"taskId": 1, "status": GroupCallStatus.CALLING, "createdTime": datetime.now(UTC)}
    )
    assert [*untyped(call, GroupCall)] == []
    assert [*untyped([call], list[GroupCall] | None)] == []
    odd = call.model_copy(update={"task_id": "1", "status": 1, "rate": None, "success": True})
    assert [*untyped([odd], list[GroupCall] | None, "items")] == [
        "items[0].task_id is of str, not int",
        "items[0].status is of int, not GroupCallStatus",
        "items[0].success is of bool, not int",
    ]
    assert [*untyped(None, GroupCall)] == ["the value is of NoneType, not GroupCall"]
    assert [*untyped({"a": 1}, dict[str, float])] == ["['a'] is of int, not float"]
    assert [*untyped((call,), list[GroupCall])] == ["the value is of tuple, not list"]
    assert [*untyped(GroupCall.model_validate({"new": 1}), GroupCall, "it")] == [
        "it.new is not declared"
    ]


def call_with_generated_arguments(
    stage: Stage, provider: Provider, endpoint: Endpoint, flavour: Flavour, folder: Path
) -> None:
    """Call an endpoint with arguments of every kind, and look at what arrives and at what is answered."""
    client = stage.clients[provider.name, flavour]
    method = getattr(getattr(client.client, endpoint.resource), endpoint.name)
    annotation = result_annotation(method, f"{stage.package}.{provider.name}")
    # A short page of a list whose rows nobody counts is asked for once more.
    is_confirmed = endpoint.paging is not None and endpoint.paging.total is None

    def check(call: GeneratedCall) -> None:
        stage.simulator.reset()
        result = client.call(endpoint, call.arguments)
        expected = expected_arrival(endpoint, call, stage.settings(provider))
        arrived = [arrival(provider, endpoint, request) for request in stage.simulator.requests]
        assert arrived[:1] == [expected]
        assert arrived[1:] in ([], [expected] if is_confirmed else [])
        assert complaints(result, annotation) == []

    spelling = Spelling(provider, folder, stage.package)
    for optional, count in EXAMPLES.items():
        run(check, count, call=generated_calls(provider, endpoint, spelling, optional))


def run(check: Callable[..., None], count: int, **strategies: Any) -> None:
    """Have hypothesis call `check`; the same arguments in each run, unless it is to be thorough."""
    settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=not IS_THOROUGH,
        phases=[Phase.generate, Phase.shrink] if IS_THOROUGH else [Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )(given(**strategies)(check))()


def complaints(result: Any, annotation: Any) -> list[str]:
    """What of an answer is not as the method is annotated; of a list, the first page is looked at."""
    if get_origin(annotation) not in {Pager, AsyncPager}:
        return [*untyped(result, annotation, "the result")]
    (record,) = get_args(annotation)
    return [
        *(each for item in result.items for each in untyped(item, record, "an item")),
        *untyped(result.document, type(result.document), "the document"),
        *untyped(result.total, int | None, "total"),
    ]
