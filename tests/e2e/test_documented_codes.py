"""Every code that a page documents becomes the exception that is documented for it, with all that is known of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from catalogue import API, documented, endpoints
from dialspec.api import Code, Endpoint, Provider
from dialspec.spec.language.kinds import Effect, ErrorKind
from dialspec_runtime import (
    ApiError,
    AuthenticationError,
    BalanceError,
    ClockError,
    ConflictError,
    InvalidParameterError,
    LimitError,
    NotFoundError,
    PermissionDenied,
    ServerError,
    StateError,
    UnknownCodeError,
)
from either_client import EitherClient, Flavour
from scripted_line import ScriptedLine, scripted_line
from stage import Stage, staged
from wire_arguments import sample_call

EXCEPTIONS: dict[ErrorKind, type[ApiError]] = {
    ErrorKind.AUTHENTICATION: AuthenticationError,
    ErrorKind.PERMISSION: PermissionDenied,
    ErrorKind.CLOCK: ClockError,
    ErrorKind.INVALID_PARAMETER: InvalidParameterError,
    ErrorKind.CONFLICT: ConflictError,
    ErrorKind.NOT_FOUND: NotFoundError,
    ErrorKind.STATE: StateError,
    ErrorKind.BALANCE: BalanceError,
    ErrorKind.LIMIT: LimitError,
    ErrorKind.SERVER: ServerError,
    ErrorKind.UNKNOWN: UnknownCodeError,
}
NEVER_DOCUMENTED = "-98765"


@pytest.fixture(scope="module")
def line() -> Iterator[ScriptedLine]:
    with scripted_line(API) as connected:
        yield connected


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with staged(API, records=3) as running:
        yield running


def envelopes(endpoint: Endpoint, code: str, message: str) -> list[dict[str, Any]]:
    """A code and a message in each spelling that the platform has, the code as text and as number."""
    envelope = endpoint.response.envelope
    codes: list[str | int] = [code]
    if re.fullmatch(r"0|-?[1-9]\d*", code):
        codes.append(int(code))
    return [
        {code_key.reveal(): value, message_key.reveal(): message}
        for code_key, message_key in zip(envelope.code, envelope.message, strict=True)
        for value in codes
    ]


def refusal(client: EitherClient, endpoint: Endpoint, arguments: dict[str, Any]) -> ApiError:
    """What a call raises."""
    with pytest.raises(ApiError) as caught:
        client.call(endpoint, arguments)
    return caught.value


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), endpoints())
def test_each_documented_code_raises_its_exception(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, line: ScriptedLine
) -> None:
    client = line.clients[provider.name, flavour]
    arguments = sample_call(provider, endpoint)
    codes = documented(provider, endpoint)
    assert codes
    for text, code in codes.items():
        for document in envelopes(endpoint, text, "the vendor's words"):
            line.content = json.dumps(document).encode()
            error = refusal(client, endpoint, arguments)
            assert type(error) is EXCEPTIONS[code.kind], (text, document)
            assert_tells(error, provider, endpoint, code)


def assert_tells(error: ApiError, provider: Provider, endpoint: Endpoint, code: Code) -> None:
    """Check that an exception says all that the page says of a code."""
    labels = {language: text.reveal() for language, text in code.labels.items()}
    row = error.documented
    assert row is not None
    assert endpoint.source is not None
    page = endpoint.source.page.reveal()
    assert error.docs_url == page
    assert error.message.endswith(page)
    assert (error.code, row.code, row.name) == (code.text.reveal(), code.text.reveal(), code.name)
    assert error.kind.value == row.kind.value == code.kind.value
    assert error.meanings == labels
    assert error.meaning in labels.values()
    assert error.advice == (code.advice.reveal() if code.advice is not None else None)
    assert (error.transient, row.refused) == (code.transient, code.refused)
    assert (error.provider, error.endpoint) == (provider.name, endpoint.full_name)
    assert error.vendor_text == "the vendor's words"
    assert error.attempts == 1
    may_repeat = (
        endpoint.effect is not Effect.UNSAFE or code.refused or code.kind is ErrorKind.CLOCK
    )
    assert error.is_retry_safe == may_repeat


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), endpoints())
def test_a_code_that_no_page_documents_is_kept_as_it_came(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, line: ScriptedLine
) -> None:
    client = line.clients[provider.name, flavour]
    arguments = sample_call(provider, endpoint)
    for document in envelopes(endpoint, NEVER_DOCUMENTED, "something new"):
        line.content = json.dumps(document).encode()
        error = refusal(client, endpoint, arguments)
        assert type(error) is UnknownCodeError
        assert (error.code, error.vendor_text) == (NEVER_DOCUMENTED, "something new")
        assert (error.documented, error.meaning, dict(error.meanings)) == (None, "", {})
        assert (error.provider, error.endpoint) == (provider.name, endpoint.full_name)
        assert error.is_retry_safe == (endpoint.effect is not Effect.UNSAFE)


@pytest.mark.parametrize(("provider", "endpoint"), endpoints())
def test_a_code_counts_whatever_the_http_status(
    provider: Provider, endpoint: Endpoint, line: ScriptedLine
) -> None:
    client = line.clients[provider.name, "sync"]
    text, code = next(iter(documented(provider, endpoint).items()))
    try:
        for line.status in (400, 401, 404, 500):
            for document in envelopes(endpoint, text, "the vendor's words"):
                line.content = json.dumps(document).encode()
                error = refusal(client, endpoint, sample_call(provider, endpoint))
                assert type(error) is EXCEPTIONS[code.kind]
                assert_tells(error, provider, endpoint, code)
    finally:
        line.status = 200


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize(("provider", "endpoint"), endpoints())
def test_success_may_be_spelled_in_every_way(
    provider: Provider, endpoint: Endpoint, flavour: Flavour, line: ScriptedLine, stage: Stage
) -> None:
    arguments = sample_call(provider, endpoint)
    answered = stage.clients[provider.name, flavour].call_raw(endpoint, arguments)
    payload = json.loads(answered.content)
    envelope = endpoint.response.envelope
    for key in (*envelope.code, *envelope.message):
        if key.reveal() not in endpoint.response.result[:1]:
            payload.pop(key.reveal(), None)
    client = line.clients[provider.name, flavour]
    spellings = [
        {**document, **payload}
        for code in envelope.success
        for document in envelopes(endpoint, code.reveal(), "fine")
    ]
    for document in [*spellings, payload] if envelope.optional else spellings:
        line.content = json.dumps(document).encode()
        result = client.call(endpoint, arguments)
        assert result is not None or endpoint.response.nullable
