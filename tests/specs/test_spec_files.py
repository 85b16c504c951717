"""What holds for every spec file of the project, whatever it describes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from dialspec.api import ObjectRef
from dialspec.diagnostics import Diagnostics
from dialspec.resolve import resolve
from dialspec.spec.loader import load

if TYPE_CHECKING:
    from dialspec.api import Api, Endpoint

SPECS: Final = Path(__file__).resolve().parents[2] / "specs"
FILES: Final = sorted(path.relative_to(SPECS).as_posix() for path in SPECS.glob("*/*.yaml"))


@cache
def api() -> Api:
    diagnostics = Diagnostics()
    return resolve(load(SPECS, diagnostics), diagnostics)


def endpoints() -> list[Endpoint]:
    return [endpoint for provider in api().providers for endpoint in provider.endpoints()]


def test_specs_load_and_resolve_without_a_problem() -> None:
    diagnostics = Diagnostics()
    resolve(load(SPECS, diagnostics), diagnostics)
    assert [problem.message for problem in (*diagnostics.errors, *diagnostics.warnings)] == []


@pytest.mark.parametrize("file", FILES)
def test_first_line_names_the_schema(file: str) -> None:
    first, _, _ = (SPECS / file).read_text("utf-8").partition("\n")
    assert first == "# yaml-language-server: $schema=../schema.json"


def test_every_endpoint_has_a_source_and_an_example_of_both_directions() -> None:
    for endpoint in endpoints():
        assert endpoint.source is not None, endpoint.full_name
        assert endpoint.source.retrieved is not None, endpoint.full_name
        assert endpoint.examples, endpoint.full_name
        for example in endpoint.examples:
            assert example.request is not None
            assert example.response is not None


def test_examples_are_valid_json_unless_the_spec_says_why_not() -> None:
    for endpoint in endpoints():
        for example in endpoint.examples:
            assert example.request is not None
            assert example.response is not None
            json.loads(example.request.reveal())
            if example.invalid is None:
                json.loads(example.response.reveal())
                continue
            with pytest.raises(json.JSONDecodeError):
                json.loads(example.response.reveal())


def test_every_example_file_belongs_to_an_endpoint() -> None:
    texts = {
        text.reveal()
        for endpoint in endpoints()
        for example in endpoint.examples
        for text in (example.request, example.response)
        if text is not None
    }
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


def test_reads_are_the_only_calls_so_far_and_say_why() -> None:
    for endpoint in endpoints():
        assert endpoint.effect == "read"
        assert endpoint.effect_reason is not None
