"""What holds for every spec file of the project, whatever it describes."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from dialspec.api import ObjectRef
from dialspec.diagnostics import Diagnostics
from dialspec.resolve import resolve
from dialspec.spec.loader import load

if TYPE_CHECKING:
    from dialspec.api import Api, Endpoint, Example, Push

SPECS: Final = Path(__file__).resolve().parents[2] / "specs"
FILES: Final = sorted(path.relative_to(SPECS).as_posix() for path in SPECS.glob("*/*.yaml"))


@cache
def api() -> Api:
    diagnostics = Diagnostics()
    return resolve(load(SPECS, diagnostics), diagnostics)


def endpoints() -> list[Endpoint]:
    return [endpoint for provider in api().providers for endpoint in provider.endpoints()]


def pushes() -> list[Push]:
    return [
        push
        for provider in api().providers
        for resource in provider.resources
        for push in resource.pushes
    ]


def test_specs_load_and_resolve_without_a_problem() -> None:
    diagnostics = Diagnostics()
    resolve(load(SPECS, diagnostics), diagnostics)
    assert [problem.message for problem in (*diagnostics.errors, *diagnostics.warnings)] == []


@pytest.mark.parametrize("file", FILES)
def test_first_line_names_the_schema(file: str) -> None:
    first, _, _ = (SPECS / file).read_text("utf-8").partition("\n")
    assert first == "# yaml-language-server: $schema=../schema.json"


def described() -> list[Endpoint | Push]:
    return [*endpoints(), *pushes()]


def printed(example: Example) -> list[str]:
    """The texts of both sides of an example, as far as it has them."""
    return [text.reveal() for text in (example.request, example.response) if text is not None]


def test_every_endpoint_and_push_has_a_source_with_its_date() -> None:
    for item in described():
        assert item.source is not None, item.name
        assert item.source.retrieved is not None, item.name


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


def test_examples_are_valid_json_unless_the_spec_says_why_not() -> None:
    for item in described():
        for example in item.examples:
            assert printed(example) or example.target is not None, item.name
            is_said_otherwise = example.invalid is not None or example.cut is not None
            assert all(map(is_json, printed(example))) != is_said_otherwise, item.name


def test_every_example_file_belongs_to_an_endpoint_or_push() -> None:
    texts = {text for item in described() for example in item.examples for text in printed(example)}
    for file in SPECS.glob("*/examples/*"):
        assert file.read_text("utf-8") in texts, file


def test_every_field_says_what_it_means() -> None:
    for provider in api().providers:
        fields = [field for item in provider.types for field in item.fields]
        for endpoint in provider.endpoints():
            fields += [parameter.field for parameter in endpoint.parameters]
        silent = {field.wire.reveal() for field in fields if not field.summary}
        assert silent == set(), provider.name


def test_an_endpoint_that_is_not_complete_says_what_is_missing() -> None:
    for endpoint in endpoints():
        assert (endpoint.status == "complete") == (not endpoint.missing), endpoint.full_name


def test_every_filter_leads_to_a_field_of_the_rows() -> None:
    for provider in api().providers:
        for endpoint in provider.endpoints():
            filtering = [parameter for parameter in endpoint.parameters if parameter.filters]
            row = endpoint.response.result_type
            if filtering:
                assert isinstance(row, ObjectRef)
                fields = {field.wire.reveal() for field in provider.object_type(row.name).fields}
                assert {parameter.filters[0] for parameter in filtering} <= fields


def test_an_effect_that_the_method_does_not_tell_has_its_reason() -> None:
    for endpoint in endpoints():
        is_obvious = endpoint.effect == ("read" if endpoint.method == "GET" else "unsafe")
        assert is_obvious or endpoint.effect_reason is not None, endpoint.full_name


def test_whatever_places_calls_or_deletes_is_unsafe() -> None:
    """By the words with which the vendors' addresses name such calls."""
    rings = re.compile(r"/(?:send\w*|resend\w*|start|submitTask|agentSend|resume)(?:/|$)")
    deletes = re.compile(r"/(?:delete\w*)(?:/|$)", re.IGNORECASE)
    for endpoint in endpoints():
        path = endpoint.path.reveal()
        if rings.search(path) or deletes.search(path) or endpoint.method == "DELETE":
            assert endpoint.effect == "unsafe", endpoint.full_name
