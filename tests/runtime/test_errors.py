"""The tree of exceptions: what each carries, prints, and survives."""

from __future__ import annotations

import inspect
import pickle
import re

import pytest

from dialspec_runtime import errors
from dialspec_runtime.codes import DocumentedCode, ErrorKind
from dialspec_runtime.errors import (
    ERROR_CLASSES,
    ApiError,
    Circumstances,
    ClockError,
    ConfigurationError,
    ConnectionFailed,
    CredentialsError,
    DeadlineExceeded,
    DecodeError,
    DialspecError,
    HttpStatusError,
    InvalidArgument,
    RequestTimeout,
    ResponseTooLarge,
    TransportError,
)
from dialspec_runtime.reply import Reply

REPLY = Reply(200, [(b"X-Request-Id", b"abc")], b'{"status": -22}', elapsed=0.5)
CIRCUMSTANCES = Circumstances(
    provider="nio",
    endpoint="preview.query_task_detail",
    attempts=3,
    is_retry_safe=False,
    retry_after=7.0,
    docs_url="https://docs.example.com/nio/",
    response=REPLY,
)
DOCUMENTED = DocumentedCode(
    "-22",
    "bad_parameter",
    ErrorKind.INVALID_PARAMETER,
    {"en": "Parameter exception", "zh": "参数异常"},
    advice="Look.",
)
CLASSES = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, DialspecError)
]


def made(cls: type[DialspecError]) -> DialspecError:
    """Make an instance with everything in it."""
    if issubclass(cls, ClockError):
        return cls("a line", CIRCUMSTANCES, code="-16", vendor_text="no", offset=-5.0)
    if issubclass(cls, ApiError):
        return cls("a line", CIRCUMSTANCES, code="-22", documented=DOCUMENTED, vendor_text="no")
    if issubclass(cls, DecodeError):
        return cls("a line", CIRCUMSTANCES, where="data.x", excerpt="{}")
    if issubclass(cls, InvalidArgument):
        return cls("a line", CIRCUMSTANCES, parameter="task_id")
    return cls("a line", CIRCUMSTANCES)


@pytest.mark.parametrize("cls", CLASSES)
def test_each_survives_pickling_with_all_it_carries(cls: type[DialspecError]) -> None:
    error = made(cls)
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own
    assert type(twin) is cls
    assert str(twin) == "a line"
    for name in [
        "message",
        "provider",
        "endpoint",
        "attempts",
        "is_retry_safe",
        "retry_after",
        "docs_url",
        "fault",
        "status_code",
        "request_id",
        "code",
        "documented",
        "vendor_text",
        "meaning",
        "advice",
        "kind",
        "transient",
        "offset",
        "where",
        "excerpt",
        "parameter",
    ]:
        assert getattr(twin, name, None) == getattr(error, name, None), name
    assert twin.response is not None
    assert twin.response.content == REPLY.content
    assert twin.response.headers == {"x-request-id": "abc"}
    assert twin.response.elapsed == 0.5


@pytest.mark.parametrize("cls", CLASSES)
def test_each_is_drawn_in_the_tree_of_the_module(cls: type[DialspecError]) -> None:
    assert errors.__doc__ is not None
    assert re.search(rf"[├└─ ]*\b{cls.__name__}\b", errors.__doc__)
    assert cls.__doc__


def test_the_tree_has_the_documented_shape() -> None:
    assert issubclass(CredentialsError, ConfigurationError)
    assert issubclass(DeadlineExceeded, RequestTimeout)
    assert issubclass(RequestTimeout, TransportError)
    assert issubclass(ConnectionFailed, TransportError)
    assert issubclass(ResponseTooLarge, DecodeError)
    assert issubclass(InvalidArgument, ValueError)


def test_every_kind_of_code_has_an_exception_of_its_own() -> None:
    assert set(ERROR_CLASSES) == set(ErrorKind)
    assert len(set(ERROR_CLASSES.values())) == len(ErrorKind)
    for kind, cls in ERROR_CLASSES.items():
        assert cls.kind is kind


def test_without_a_call_there_is_nothing_to_tell() -> None:
    error = ConfigurationError("wrong")
    assert (error.provider, error.endpoint, error.attempts) == ("", "", 0)
    assert (error.response, error.status_code, error.request_id) == (None, None, None)
    assert error.is_retry_safe
    assert error.fault == "caller"


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (500, "vendor"),
        (503, "vendor"),
        (429, "vendor"),
        (408, "vendor"),
        (404, "caller"),
        (302, "caller"),
    ],
)
def test_an_http_status_says_whose_fault_it_was(status: int, fault: str) -> None:
    error = HttpStatusError("x", Circumstances(response=Reply(status, [], b"")))
    assert error.fault == fault


def test_a_code_says_what_it_means_in_every_documented_language() -> None:
    error = made(ERROR_CLASSES[ErrorKind.INVALID_PARAMETER])
    assert isinstance(error, ApiError)
    assert error.meaning == "Parameter exception"
    assert error.meanings == {"en": "Parameter exception", "zh": "参数异常"}
    assert error.advice == "Look."
    assert error.documented is DOCUMENTED
    assert error.fault == "caller"
    assert ERROR_CLASSES[ErrorKind.SERVER]("x").fault == "vendor"


def test_a_code_without_an_english_label_is_told_as_the_vendor_prints_it() -> None:
    assert DocumentedCode("1", "x", ErrorKind.SERVER, {"zh": "系统异常"}).meaning == "系统异常"
    assert DocumentedCode("1", "x", ErrorKind.SERVER, {}).meaning == ""


def test_a_reply_joins_repeated_headers_and_shows_no_content() -> None:
    reply = Reply(200, [(b"Vary", b"a"), (b"vary", b"b")], b"8613800138000")
    assert reply.headers == {"vary": "a, b"}
    assert reply.request_id is None
    assert repr(reply) == "<Reply 200, 13 bytes>"
