"""The measured API: the same for ours and for peers, at every size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.api.answers import ROWS_PER_PAGE, page
from benchmarks.api.description import Resource
from benchmarks.api.mix import MIX
from benchmarks.api.openapi import openapi_document
from benchmarks.api.replicas import MOST_ENDPOINTS, replicated
from benchmarks.api.specs import spec_files
from benchmarks.contenders.pydantic_models import Answer
from benchmarks.contenders.runs import check_rows
from dialspec.api import Api
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.lint import lint
from dialspec.pipeline import read


def written(resources: tuple[Resource, ...], folder: Path) -> Path:
    for path, text in spec_files(resources).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def resources() -> tuple[Resource, ...]:
    return replicated(20)


@pytest.fixture(scope="module")
def document(resources: tuple[Resource, ...]) -> Any:
    return json.loads(json.dumps(openapi_document(resources)))


@pytest.fixture(scope="module")
def api(resources: tuple[Resource, ...], tmp_path_factory: pytest.TempPathFactory) -> Api:
    diagnostics = Diagnostics()
    _, resolved = read(written(resources, tmp_path_factory.mktemp("specs")), diagnostics)
    return resolved


@pytest.mark.parametrize("count", [5, 100, 1000])
def test_no_name_occurs_twice(count: int) -> None:
    resources = replicated(count)
    endpoints = [endpoint for resource in resources for endpoint in resource.endpoints]
    assert len(endpoints) == count
    assert len({endpoint.path for endpoint in endpoints}) == count
    types = [type_.name for resource in resources for type_ in resource.types]
    types += [enum.name for resource in resources for enum in resource.enums]
    assert len(set(types)) == len(types)


@pytest.mark.parametrize("count", [0, 3, MOST_ENDPOINTS + 5])
def test_a_size_that_the_mix_does_not_make_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        replicated(count)


def test_the_specs_have_nothing_to_complain_about(
    resources: tuple[Resource, ...], tmp_path: Path
) -> None:
    diagnostics = Diagnostics()
    loaded, resolved = read(written(resources, tmp_path), diagnostics)
    lint(resolved, loaded, diagnostics)
    assert not list(diagnostics)


def test_specs_and_openapi_document_have_the_same_endpoints(api: Api, document: Any) -> None:
    ours = {
        (endpoint.method.lower(), endpoint.path.reveal(), f"{resource.name}_{endpoint.name}")
        for resource in api.provider("bench").resources
        for endpoint in resource.endpoints
    }
    theirs = {
        (method, path, operation["operationId"])
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    assert ours == theirs


def test_specs_and_openapi_document_have_the_same_objects(api: Api, document: Any) -> None:
    ours = {
        str(type_.name): {field.wire.reveal() for field in type_.fields}
        for type_ in api.provider("bench").types
    }
    schemas = document["components"]["schemas"]
    theirs = {name: set(schemas[name]["properties"]) for name in schemas.keys() & ours.keys()}
    assert ours == theirs
    # OpenAPI has bodies of requests beside them, for which we need no name.
    requests = {name for name in schemas if name.endswith(("Request", "Params"))}
    enums = {str(enum.name) for enum in api.provider("bench").enums}
    assert set(schemas) == ours.keys() | requests | enums


def test_specs_and_openapi_document_have_the_same_parameters(api: Api, document: Any) -> None:
    schemas = document["components"]["schemas"]
    for resource in api.provider("bench").resources:
        for endpoint in resource.endpoints:
            (operation,) = document["paths"][endpoint.path.reveal()].values()
            if "requestBody" in operation:
                reference = operation["requestBody"]["content"]["application/json"]["schema"][
                    "$ref"
                ]
                body = schemas[reference.rpartition("/")[2]]["properties"]
                wrapped = body.get("params")
                theirs = set(body if wrapped is None else _referred(schemas, wrapped))
            else:
                theirs = {parameter["name"] for parameter in operation["parameters"]}
            assert {each.wire.reveal() for each in endpoint.parameters} == theirs


def _referred(schemas: Any, reference: Any) -> Any:
    return schemas[reference["$ref"].rpartition("/")[2]]["properties"]


def test_every_reference_of_the_openapi_document_leads_somewhere(document: Any) -> None:
    names = set(document["components"]["schemas"])
    text = json.dumps(document)
    referred = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert referred == names


def test_a_page_holds_the_columns_that_are_described() -> None:
    row_type = next(type_ for type_ in MIX.types if type_.name == "TaskNumber")
    rows = json.loads(page(3, ROWS_PER_PAGE, 10))["data"]["records"]
    assert [row["keyId"] for row in rows] == list(range(201, 301))
    for row in rows:
        assert list(row) == [field.wire for field in row_type.fields]


def test_the_hand_written_models_know_every_field_of_a_page() -> None:
    answer = Answer.model_validate_json(page(1, 2))
    assert answer.data is not None
    assert answer.data.records is not None
    for model in (answer, answer.data, *answer.data.records):
        assert not model.model_extra
    check_rows(answer.data.records, 2)


def test_rows_that_are_not_the_expected_ones_are_refused() -> None:
    rows = json.loads(page(1, 3))["data"]["records"]
    with pytest.raises(AssertionError, match="2 rows expected, got 3"):
        check_rows(rows, 2)
    with pytest.raises(AssertionError, match="3 rows expected"):
        check_rows(rows[::-1], 3)
