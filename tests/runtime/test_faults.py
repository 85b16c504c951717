"""What the HTTP library raises, told in the runtime's own terms."""

from __future__ import annotations

import httpx
import pytest

from dialspec_runtime import (
    ConnectionFailed,
    ConnectionLost,
    DialspecError,
    RequestTimeout,
    ResponseTooLarge,
)
from dialspec_runtime.content_coding import TooLargeError
from dialspec_runtime.faults import (
    NEVER_REPEATED,
    NOTHING_SENT,
    FaultKind,
    TransportFault,
    fault_of,
)
from dialspec_runtime.operation import Effect
from dialspec_runtime.retry import retries_fault
from sample_client import FakeTime, Sample

KINDS = [
    (httpx.ConnectError("x"), FaultKind.CONNECT, ConnectionFailed, 3),
    (httpx.ConnectTimeout("x"), FaultKind.CONNECT_TIMEOUT, RequestTimeout, 3),
    (httpx.PoolTimeout("x"), FaultKind.POOL_TIMEOUT, RequestTimeout, 3),
    (httpx.ReadTimeout("x"), FaultKind.READ_TIMEOUT, RequestTimeout, 1),
    (httpx.WriteTimeout("x"), FaultKind.WRITE_TIMEOUT, RequestTimeout, 1),
    (httpx.TimeoutException("x"), FaultKind.READ_TIMEOUT, RequestTimeout, 1),
    (httpx.ReadError("x"), FaultKind.LOST, ConnectionLost, 1),
    (httpx.WriteError("x"), FaultKind.LOST, ConnectionLost, 1),
    (httpx.CloseError("x"), FaultKind.LOST, ConnectionLost, 1),
    (httpx.RemoteProtocolError("x"), FaultKind.LOST, ConnectionLost, 1),
    (httpx.LocalProtocolError("x"), FaultKind.LOCAL, ConnectionLost, 1),
    (httpx.UnsupportedProtocol("x"), FaultKind.LOCAL, ConnectionLost, 1),
    (httpx.ProxyError("x"), FaultKind.PROXY, ConnectionLost, 1),
    (ConnectionResetError("x"), FaultKind.LOST, ConnectionLost, 1),
    (TooLargeError(), FaultKind.TOO_LARGE, ResponseTooLarge, 1),
]


@pytest.mark.parametrize(("raised", "kind", "error", "unsafe_tries"), KINDS)
def test_every_fault_of_the_library_has_its_meaning(
    raised: Exception, kind: FaultKind, error: type[DialspecError], unsafe_tries: int
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise raised

    assert fault_of(raised).kind is kind
    with httpx.Client(transport=httpx.MockTransport(fail)) as own:
        client = Sample("https://api.example.com", time=FakeTime(), http_client=own)
        with pytest.raises(error) as caught:
            client.calls.start()
    assert caught.value.attempts == unsafe_tries
    assert caught.value.is_retry_safe is (kind in NOTHING_SENT)


@pytest.mark.parametrize("kind", FaultKind)
def test_an_unsafe_call_is_repeated_only_if_nothing_was_sent(kind: FaultKind) -> None:
    fault = TransportFault(kind)
    assert retries_fault(Effect.UNSAFE, fault) is (
        kind in NOTHING_SENT and kind not in NEVER_REPEATED
    )
    assert retries_fault(Effect.READ, fault) is (kind not in NEVER_REPEATED)
    assert retries_fault(Effect.IDEMPOTENT, fault) is (kind not in NEVER_REPEATED)


def test_waiting_for_a_turn_costs_no_budget() -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.PoolTimeout("busy")

    with httpx.Client(transport=httpx.MockTransport(fail)) as own:
        client = Sample(
            "https://api.example.com", time=FakeTime(), http_client=own, max_retries=150
        )
        with pytest.raises(RequestTimeout) as caught:
            client.calls.get(call_id="7")
    assert caught.value.attempts == 151


def test_the_cause_is_a_copy_without_frames() -> None:
    fault = fault_of(httpx.ReadError("broken pipe"))
    cause = fault.cause("said differently")
    assert isinstance(cause, httpx.ReadError)
    assert str(cause) == "said differently"
    assert cause.__traceback__ is None
    assert "broken" not in repr(fault)


def test_an_exception_that_can_not_be_copied_leaves_no_cause() -> None:
    class Odd(httpx.ReadError):
        def __init__(self) -> None:
            super().__init__("odd")

    assert fault_of(Odd()).cause("x") is None
    assert TransportFault(FaultKind.DEADLINE).cause("x") is None
