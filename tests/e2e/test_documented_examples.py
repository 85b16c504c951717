"""Every documented example goes through the generated clients: requests come out as printed, answers come in whole."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from dialspec.api import (
    Endpoint,
    EnumRef,
    Example,
    JsonText,
    ListOf,
    ObjectRef,
    Parameter,
    Provider,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read
from dialspec.spec.model import Location, TimeFormat
from dialspec_runtime import InvalidJsonWarning, Record

_, API = read(Path(__file__).resolve().parents[2] / "specs", Diagnostics())
REQUESTS = [
    pytest.param(provider, endpoint, example, id=f"{provider.name}-{endpoint.full_name}-{index}")
    for provider in API.providers
    for endpoint in provider.endpoints()
    for index, example in enumerate(endpoint.examples)
    if example.request is not None
]
RESPONSES = [
    pytest.param(provider, endpoint, example, id=f"{provider.name}-{endpoint.full_name}-{index}")
    for provider in API.providers
    for endpoint in provider.endpoints()
    for index, example in enumerate(endpoint.examples)
    if example.response is not None
]
WHOLE_RESPONSES = [
    given for given in RESPONSES if cast("Example", given.values[2]).shortened is None
]


@pytest.mark.parametrize(("provider", "endpoint", "example"), REQUESTS)
def test_a_documented_request_is_what_the_client_sends(
    provider: Provider, endpoint: Endpoint, example: Example
) -> None:
    assert example.request is not None
    documented = json.loads(example.request.reveal())
    answer = b"{}" if not example.response else example.response.reveal().encode()
    sent: list[httpx.Request] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, content=answer, headers={"content-type": "application/json"})

    with httpx.Client(transport=httpx.MockTransport(vendor)) as http_client:
        raw = _method(provider, endpoint, http_client)(**_arguments(provider, endpoint, documented))
    assert raw.status_code == 200
    assert len(sent) == 1
    assert sent[0].method == endpoint.method
    expected = documented
    if endpoint.paging is not None and endpoint.paging.location == "body":
        size = endpoint.paging.size.reveal()
        expected = {size: endpoint.paging.default_size, **documented}
        expected.setdefault(endpoint.paging.start.reveal(), endpoint.paging.first)
    assert json.loads(sent[0].content) == expected


@pytest.mark.parametrize(("provider", "endpoint", "example"), RESPONSES)
def test_a_documented_answer_is_decoded_whole_and_comes_out_again(
    provider: Provider, endpoint: Endpoint, example: Example
) -> None:
    assert example.response is not None
    text = example.response.reveal()
    package = import_module(f"dialspec_clients.{provider.name}")
    model: type[Record] = getattr(package, endpoint.response.document)
    if example.invalid is not None:
        with pytest.raises(json.JSONDecodeError):
            json.loads(text)
        return
    document = model.model_validate_json(text)
    assert _as_text(document.wire()) == _as_text(json.loads(text))
    assert _undocumented(document) == []


@pytest.mark.parametrize(("provider", "endpoint", "example"), WHOLE_RESPONSES)
def test_a_documented_answer_reaches_the_caller(
    provider: Provider, endpoint: Endpoint, example: Example
) -> None:
    assert example.response is not None
    content = example.response.reveal().encode()

    def vendor(request: httpx.Request) -> httpx.Response:
        del request
        return httpx.Response(200, content=content, headers={"content-type": "application/json"})

    request: Any = json.loads(example.request.reveal() if example.request is not None else "{}")
    with (
        httpx.Client(transport=httpx.MockTransport(vendor)) as http_client,
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        raw = _method(provider, endpoint, http_client)(**_arguments(provider, endpoint, request))
        result = raw.parse()
    kinds = [warning.category for warning in caught]
    assert kinds == ([InvalidJsonWarning] if example.invalid is not None else [])
    if endpoint.paging is not None:
        assert len(result.items) > 0
        assert all(isinstance(item, Record) for item in result.items)
    else:
        assert result is not None


def test_the_invalid_example_keeps_the_backslashes_of_its_path() -> None:
    laaffic = API.provider("laaffic")
    endpoint = next(
        item for item in laaffic.endpoints() if item.path.reveal().endswith("preview/query")
    )
    example = next(item for item in endpoint.examples if item.invalid is not None)
    assert example.response is not None
    content = example.response.reveal().encode()

    def vendor(request: httpx.Request) -> httpx.Response:
        del request
        return httpx.Response(200, content=content)

    with httpx.Client(transport=httpx.MockTransport(vendor)) as http_client:
        raw = _method(laaffic, endpoint, http_client)()
        with pytest.warns(InvalidJsonWarning):
            page = raw.parse()
    assert page.items[0].file_path == r"/mnt/cc\upload\execl\202501101359147_A0987lj.xls"


def _method(
    provider: Provider, endpoint: Endpoint, http_client: httpx.Client
) -> Callable[..., Any]:
    package = import_module(f"dialspec_clients.{provider.name}")
    arguments: dict[str, Any] = {item.name: "sample" for item in provider.credentials}
    arguments |= {item.field.name: 1 for item in provider.settings}
    if provider.base_url is None:
        arguments["base_url"] = "https://isales.example.com:28443"
    client = getattr(package, provider.client_class)(
        http_client=http_client, max_retries=0, **arguments
    )
    resource = getattr(client.with_raw_response, endpoint.resource)
    method: Callable[..., Any] = getattr(resource, endpoint.name)
    return method


def _arguments(provider: Provider, endpoint: Endpoint, document: Any) -> dict[str, Any]:
    """The keyword arguments that make the client send `document`."""
    arguments: dict[str, Any] = {
        parameter.name: _value(provider, parameter.field.type, _found(document, parameter))
        for parameter in endpoint.parameters
        if _found(document, parameter) is not _MISSING
    }
    for parameter in endpoint.parameters:
        if parameter.location is Location.PATH:
            arguments.setdefault(parameter.name, _sample(parameter.field.type))
    if endpoint.paging is not None:
        for wire, name in ((endpoint.paging.size, "size"), (endpoint.paging.start, "start")):
            if wire.reveal() in document:
                arguments[name] = document[wire.reveal()]
    for parameter in endpoint.parameters:
        if parameter.field.required and parameter.name not in arguments:
            arguments[parameter.name] = _value(
                provider, parameter.field.type, _sample(parameter.field.type)
            )
    return arguments


_MISSING = object()


def _found(document: Any, parameter: Parameter) -> Any:
    holder = document
    if parameter.location is Location.BODY and parameter.at:
        holder = document.get(parameter.at.reveal(), {})
    return holder.get(parameter.wire.reveal(), _MISSING)


def _sample(type_: Type) -> Any:
    if isinstance(type_, Scalar) and type_.kind is ScalarKind.STRING:
        return "1"
    if isinstance(type_, Scalar) and type_.kind is ScalarKind.DATETIME:
        return "2024-01-01 00:00:00"
    return 1


def _value(provider: Provider, type_: Type, wire: Any) -> Any:
    """The Python value that is written as `wire`."""
    if wire is None:
        return None
    match type_:
        case ListOf(item):
            return [_value(provider, item, each) for each in wire]
        case ObjectRef(name):
            package = import_module(f"dialspec_clients.{provider.name}")
            return getattr(package, name).model_validate(wire)
        case JsonText(inner):
            return _value(provider, inner, json.loads(wire))
        case EnumRef():
            return wire
        case Scalar(ScalarKind.DATE, _, _):
            return date.fromisoformat(wire)
        case Scalar(ScalarKind.TIME, _, _):
            return time.fromisoformat(wire)
        case Scalar(ScalarKind.DATETIME, TimeFormat.EPOCH_MS, _):
            return datetime.fromtimestamp(wire / 1000, UTC)
        case Scalar(ScalarKind.DATETIME, TimeFormat.EPOCH_S, _):
            return datetime.fromtimestamp(wire, UTC)
        case Scalar(ScalarKind.DATETIME, _, _):
            return datetime.fromisoformat(wire)
        case _:
            return wire


def _as_text(value: object) -> object:
    """Without what decoding does not keep: whether text or a number was printed, and milliseconds that are zero."""
    text = json.dumps(value).replace(".000+00:00", "+00:00")
    return json.loads(text, parse_int=str, parse_float=lambda text: f"{float(text):g}")


def _undocumented(record: Record) -> list[str]:
    """Names of fields that the example holds and the spec does not."""
    found = list(record.model_extra or {})
    for value in record.__dict__.values():
        for item in _as_list(value):
            if isinstance(item, Record):
                found += _undocumented(item)
    return found


def _as_list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]
