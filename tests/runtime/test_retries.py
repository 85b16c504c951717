"""What is sent again, and what never is."""

from __future__ import annotations

import socket

import pytest

from dialspec_runtime import (
    BalanceError,
    ConnectionFailed,
    ConnectionLost,
    DecodeError,
    HttpStatusError,
    InvalidParameterError,
    LimitError,
    ProviderInfo,
    RequestTimeout,
    ServerError,
    TransportError,
)
from sample_client import PROVIDER, FakeTime, Sample
from scripted_vendor import HANG, RESET, Answer, ScriptedVendor, answer

OK = answer({"status": 0, "data": {"keyId": 7}})
HTML = answer(body=b"<html>bad gateway</html>")
TRUNCATED = Answer(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"status":', then="close")
CUT_JSON = answer(body=b'{"status": 0, "data": {"keyI')
EMPTY = answer(body=b"")

PASSING_FAULTS = {
    "500": answer({}, status=500),
    "502 with a page": answer(body=b"<html>bad gateway</html>", status=502),
    "503": answer({}, status=503),
    "408": answer({}, status=408),
    "429": answer({}, status=429),
    "a page where JSON should be": HTML,
    "reset": RESET,
    "truncated": TRUNCATED,
    "JSON cut short": CUT_JSON,
    "empty body": EMPTY,
    "code -18": answer({"status": "-18", "reason": "Port program unusual"}),
    "code -15": answer({"status": -15, "reason": "Too often"}),
    "closed without an answer": Answer(then="close"),
    "damaged gzip": answer(body=b"not gzip at all", headers={"Content-Encoding": "gzip"}),
}
LASTING_FAULTS = {
    "400": (answer({}, status=400), HttpStatusError),
    "403": (answer({}, status=403), HttpStatusError),
    "418": (answer({}, status=418), HttpStatusError),
    "a redirect": (answer({}, status=302, headers={"Location": "/x"}), HttpStatusError),
    "code -22": (answer({"status": -22}), InvalidParameterError),
    "code -10": (answer({"status": -10}), BalanceError),
    "another shape": (answer({"status": 0, "data": [1]}), DecodeError),
}


@pytest.mark.parametrize("fault", PASSING_FAULTS.values(), ids=PASSING_FAULTS.keys())
def test_a_read_is_sent_again_after_a_passing_fault(
    vendor: ScriptedVendor, client: Sample, fault: Answer
) -> None:
    vendor.says(fault, OK)
    assert client.calls.get(call_id="7").key_id == 7
    assert len(vendor.received) == 2


@pytest.mark.parametrize("fault", PASSING_FAULTS.values(), ids=PASSING_FAULTS.keys())
def test_an_idempotent_call_is_sent_again_like_a_read(
    vendor: ScriptedVendor, client: Sample, fault: Answer
) -> None:
    vendor.says(fault, OK)
    client.calls.pause()
    assert len(vendor.received) == 2


@pytest.mark.parametrize(("fault", "error"), LASTING_FAULTS.values(), ids=LASTING_FAULTS.keys())
def test_a_lasting_fault_is_not_sent_again(
    vendor: ScriptedVendor, client: Sample, fault: Answer, error: type[Exception]
) -> None:
    vendor.says(fault, OK)
    with pytest.raises(error):
        client.calls.get(call_id="7")
    assert len(vendor.received) == 1


@pytest.mark.parametrize("name", sorted(PASSING_FAULTS.keys() - {"code -15"}))
def test_an_unsafe_call_that_may_have_arrived_is_never_sent_again(
    vendor: ScriptedVendor, client: Sample, name: str
) -> None:
    vendor.says(PASSING_FAULTS[name], OK)
    with pytest.raises((TransportError, HttpStatusError, DecodeError, ServerError)) as caught:
        client.calls.start()
    assert len(vendor.received) == 1
    assert caught.value.is_retry_safe is False
    assert caught.value.attempts == 1


def test_an_unsafe_call_is_sent_again_when_the_code_proves_a_passing_refusal(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(answer({"status": -15}), OK)
    client.calls.start()
    assert len(vendor.received) == 2


def test_an_unsafe_call_is_sent_again_when_no_connection_was_made(time: FakeTime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with (
        Sample(f"http://127.0.0.1:{port}", time=time) as client,
        pytest.raises(ConnectionFailed) as caught,
    ):
        client.calls.start()
    assert caught.value.attempts == 3
    assert caught.value.is_retry_safe
    assert caught.value.fault == "network"
    assert len(time.slept) == 2


def test_statuses_named_by_the_provider_are_passing_faults(
    vendor: ScriptedVendor, time: FakeTime
) -> None:
    provider = ProviderInfo(
        PROVIDER.name, PROVIDER.title, PROVIDER.signer, retry_statuses=frozenset({403})
    )
    vendor.says(answer(body=b"<html>blocked</html>", status=403), OK)
    with Sample(vendor.url, time=time, provider=provider) as client:
        client.calls.get(call_id="7")
    assert len(vendor.received) == 2


@pytest.mark.parametrize(
    "fault",
    [*PASSING_FAULTS.values(), answer({"status": -16}), answer({}, status=401)],
    ids=[*PASSING_FAULTS.keys(), "code -16", "401"],
)
def test_without_retries_exactly_one_request_is_sent(
    vendor: ScriptedVendor, client: Sample, fault: Answer
) -> None:
    vendor.says(fault, OK)
    with pytest.raises(Exception, match=r"1 try\b"):
        client.calls.get(call_id="7", max_retries=0)
    assert len(vendor.received) == 1


def test_no_more_is_sent_than_max_retries_allows(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer({}, status=500))
    with pytest.raises(HttpStatusError) as caught:
        client.with_options(max_retries=4).calls.get(call_id="7")
    assert len(vendor.received) == 5
    assert caught.value.attempts == 5


def test_pauses_double_and_have_a_bound(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(answer({}, status=500))
    with pytest.raises(HttpStatusError):
        client.calls.get(call_id="7", max_retries=7)
    assert time.slept == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


def test_each_try_is_signed_anew(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer({}, status=500), answer({}, status=500), OK)
    client.with_options(max_retries=3).calls.get(call_id="7")
    stamps = [request.headers["timestamp"] for request in vendor.received]
    signatures = {request.headers["sign"] for request in vendor.received}
    # 0.5 s and 1 s passed; whole seconds are signed.
    assert stamps == ["1700000000", "1700000000", "1700000001"]
    assert len(signatures) == 2


def test_retry_after_in_seconds_is_obeyed(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(answer({}, status=429, headers={"Retry-After": "7"}), OK)
    client.calls.get(call_id="7")
    assert time.slept == [7.5]


def test_retry_after_as_a_date_is_obeyed_and_capped(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(
        answer({}, status=503, headers={"Retry-After": "Tue, 14 Nov 2028 22:13:20 GMT"}), OK
    )
    client.calls.get(call_id="7")
    assert time.slept == [60.5]


def test_a_lost_call_says_what_the_vendor_asked_for(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer({}, status=429, headers={"Retry-After": "7"}))
    with pytest.raises(HttpStatusError) as caught:
        client.calls.get(call_id="7", max_retries=0)
    assert caught.value.retry_after == 7.0
    assert caught.value.fault == "vendor"


def test_a_failing_vendor_gets_no_more_retries_than_the_budget_holds(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    time.die = 0.0  # no pauses, so that time refills nothing
    vendor.says(answer({}, status=500))
    for _ in range(59):
        with pytest.raises(HttpStatusError):
            client.calls.get(call_id="7")
    with pytest.raises(HttpStatusError, match="the retry budget is used up"):
        client.calls.get(call_id="7")
    assert len(vendor.received) == 60 + 100


def test_copies_of_a_client_share_the_budget(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    time.die = 0.0
    vendor.says(answer({}, status=500))
    for _ in range(30):
        with pytest.raises(HttpStatusError):
            client.with_options(max_retries=10).calls.get(call_id="7")
    assert len(vendor.received) == 30 + 100


def test_a_vendor_that_never_answers_is_a_timeout(vendor: ScriptedVendor) -> None:
    vendor.says(HANG)
    with Sample(vendor.url, timeout=0.05) as client, pytest.raises(RequestTimeout) as caught:
        client.calls.start()
    assert caught.value.is_retry_safe is False
    assert "waiting for the answer took too long" in caught.value.message


def test_a_transient_code_with_an_http_error_status_is_judged_by_the_code(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(answer({"status": -15, "reason": "slow down"}, status=400), OK)
    client.calls.start()
    assert len(vendor.received) == 2


def test_an_undocumented_code_with_a_passing_status_is_sent_again(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(answer({"status": -999}, status=503), OK)
    client.calls.get(call_id="7")
    assert len(vendor.received) == 2


def test_a_limit_error_keeps_its_kind_to_the_end(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer({"status": -15}))
    with pytest.raises(LimitError) as caught:
        client.calls.get(call_id="7")
    assert caught.value.attempts == 3
    assert caught.value.transient


def test_an_unsafe_call_over_a_line_that_breaks_says_so(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(RESET)
    with pytest.raises(ConnectionLost) as caught:
        client.calls.start()
    assert caught.value.__cause__ is not None
    assert caught.value.__cause__.__traceback__ is None
