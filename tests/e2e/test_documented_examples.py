"""Every documented example goes through clients and simulator: requests come out as printed, answers come in whole."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from dialspec.api import Endpoint, Example, Provider
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read
from dialspec.simulator import Simulator, serve
from dialspec.simulator.printed import printed_answer
from dialspec.simulator.wire import loads_as_printed
from dialspec_runtime import InvalidJsonWarning, Record
from documented import completed, undocumented
from running_simulator import Vendor
from wire_arguments import DocumentedCall, sample_call

_, API = read(Path(__file__).resolve().parents[2] / "specs", Diagnostics())
ENDPOINTS = [
    pytest.param(provider, endpoint, id=f"{provider.name}-{endpoint.full_name}")
    for provider in API.providers
    for endpoint in provider.endpoints()
]
EXAMPLES = [
    pytest.param(provider, endpoint, example, id=f"{provider.name}-{endpoint.full_name}-{index}")
    for provider in API.providers
    for endpoint in provider.endpoints()
    for index, example in enumerate(endpoint.examples)
]


def _of(given: Any) -> Example:
    return cast("Example", given.values[2])


REQUESTS = [given for given in EXAMPLES if _of(given).request is not None]
RESPONSES = [given for given in EXAMPLES if _of(given).response is not None]
WHOLE_RESPONSES = [
    given for given in RESPONSES if _of(given).shortened is None and _of(given).cut is None
]
PRINTED = [given for given in ENDPOINTS if printed_answer(cast("Any", given.values[1])) is not None]


@pytest.fixture(scope="module")
def vendors() -> Iterator[dict[bool, Vendor]]:
    """Two simulators: one that invents its answers, and one that answers what pages print."""
    inventing, printing = Simulator(API), Simulator(API, examples=True)
    with serve(inventing) as root, serve(printing) as printing_root:
        yield {False: Vendor(inventing, root), True: Vendor(printing, printing_root)}


@pytest.mark.parametrize(("provider", "endpoint", "example"), REQUESTS)
def test_a_documented_request_is_what_the_client_sends(
    provider: Provider, endpoint: Endpoint, example: Example
) -> None:
    documented = _request(example)
    call = DocumentedCall(provider, endpoint, documented)
    sent: list[httpx.Request] = []

    def vendor(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, content=b"{}", headers={"content-type": "application/json"})

    with httpx.Client(transport=httpx.MockTransport(vendor)) as http_client:
        raw = _method(provider, endpoint, http_client)(**call.arguments)
    assert raw.status_code == 200
    assert len(sent) == 1
    assert sent[0].method == endpoint.method
    expected = documented
    if endpoint.paging is not None and endpoint.paging.location == "body":
        size = endpoint.paging.size.reveal()
        expected = {size: endpoint.paging.default_size, **documented}
        expected.setdefault(endpoint.paging.start.reveal(), endpoint.paging.first)
    assert call.without_replaced(json.loads(sent[0].content)) == call.without_replaced(expected)


@pytest.mark.parametrize(("provider", "endpoint", "example"), REQUESTS)
def test_a_documented_request_is_accepted_by_the_simulator(
    provider: Provider, endpoint: Endpoint, example: Example, vendors: dict[bool, Vendor]
) -> None:
    call = DocumentedCall(provider, endpoint, _request(example))
    with vendors[False].client(provider.name, max_retries=0, allow_inferred=True) as client:
        method = getattr(getattr(client, endpoint.resource), endpoint.name)
        result = method(**call.arguments)
        if endpoint.paging is not None:
            assert result.total is None or result.total >= 0


@pytest.mark.parametrize(("provider", "endpoint", "example"), RESPONSES)
def test_a_documented_answer_is_decoded_whole_and_comes_out_again(
    provider: Provider, endpoint: Endpoint, example: Example
) -> None:
    assert example.response is not None
    text = example.response.reveal()
    if example.cut is not None:
        text = completed(text)
    printed = loads_as_printed(text)
    package = import_module(f"dialspec_clients.{provider.name}")
    model: type[Record] = getattr(package, endpoint.response.document)
    document = model.model_validate_json(json.dumps(printed))
    assert _as_text(document.wire()) == _as_text(printed)
    envelope = endpoint.response.envelope
    spellings = {name.reveal() for name in (*envelope.code, *envelope.message)}
    recorded = " ".join(given.observed.reveal() for given in endpoint.deviations)
    assert all(name in spellings or f'"{name}"' in recorded for name in undocumented(document))


@pytest.mark.parametrize(("provider", "endpoint", "example"), WHOLE_RESPONSES)
def test_a_documented_answer_reaches_the_caller(
    provider: Provider, endpoint: Endpoint, example: Example
) -> None:
    assert example.response is not None
    content = example.response.reveal().encode()

    def vendor(request: httpx.Request) -> httpx.Response:
        del request
        return httpx.Response(200, content=content, headers={"content-type": "application/json"})

    with (
        httpx.Client(transport=httpx.MockTransport(vendor)) as http_client,
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        method = _method(provider, endpoint, http_client)
        result = method(**sample_call(provider, endpoint)).parse()
    is_mended = not _is_json(example.response.reveal())
    assert [given.category for given in caught] == ([InvalidJsonWarning] if is_mended else [])
    _check_result(endpoint, result)


@pytest.mark.parametrize(("provider", "endpoint"), PRINTED)
def test_a_documented_answer_is_replayed_by_the_simulator(
    provider: Provider, endpoint: Endpoint, vendors: dict[bool, Vendor]
) -> None:
    printed = printed_answer(endpoint)
    assert printed is not None
    with (
        vendors[True].client(provider.name, max_retries=0, allow_inferred=True) as client,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", InvalidJsonWarning)
        resource = getattr(cast("Any", client).with_raw_response, endpoint.resource)
        raw = getattr(resource, endpoint.name)(**sample_call(provider, endpoint))
        assert raw.content == printed
        _check_result(endpoint, raw.parse())


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


def _request(example: Example) -> Any:
    assert example.request is not None
    text = example.request.reveal()
    assert _is_json(text) or example.invalid is not None
    return loads_as_printed(text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


def _check_result(endpoint: Endpoint, result: Any) -> None:
    if endpoint.paging is not None:
        assert len(result.items) > 0
        assert all(isinstance(item, Record) for item in result.items)
    else:
        assert result is not None or endpoint.response.nullable


def _method(
    provider: Provider, endpoint: Endpoint, http_client: httpx.Client
) -> Callable[..., Any]:
    package = import_module(f"dialspec_clients.{provider.name}")
    arguments: dict[str, Any] = {item.name: "sample" for item in provider.credentials}
    arguments |= {item.field.name: 1 for item in provider.settings}
    if provider.base_url is None:
        arguments["base_url"] = "https://isales.example.com:28443"
    client = getattr(package, provider.client_class)(
        http_client=http_client, max_retries=0, allow_inferred=True, **arguments
    )
    resource = getattr(client.with_raw_response, endpoint.resource)
    method: Callable[..., Any] = getattr(resource, endpoint.name)
    return method


def _as_text(value: object) -> object:
    """Without what decoding does not keep: whether text or a number was printed, and milliseconds that are zero."""
    text = json.dumps(value).replace(".000+00:00", "+00:00")
    return json.loads(text, parse_int=str, parse_float=lambda text: f"{float(text):g}")
