"""Answers over a real line: a typed result, or a documented exception that says where and what."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest

from answer_reading import LONE, ROW
from dialspec_runtime import (
    AuthenticationError,
    DecodeError,
    DialspecError,
    Effect,
    Envelope,
    ErrorKind,
    HttpStatusError,
    InvalidJsonWarning,
    InvalidParameterError,
    Operation,
    ResponseTooLarge,
    SyncResource,
    UnknownCodeError,
)
from sample_client import CallPageResponse, Sample
from scripted_vendor import Answer, ScriptedVendor, answer


def test_lone_backslashes_are_mended_with_a_warning(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer(body=LONE.replace(b'{"records": [', b"").replace(b"]}}", b"}")))
    with pytest.warns(InvalidJsonWarning, match=r"sample calls\.get: .* lone backslash"):
        call = client.calls.get(call_id="7")
    assert call.model_extra == {"path": r"/mnt/cc\upload\execl\2025.xls"}


def test_success_without_data_is_an_error_of_a_plain_call(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(answer({"status": 0, "data": None}))
    with pytest.raises(DecodeError, match="says success, but has nothing at data") as caught:
        client.calls.get(call_id="7")
    assert caught.value.where == "data"
    assert caught.value.response is not None


def test_success_without_data_is_an_empty_page(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer({"status": 0, "data": None}))
    assert list(client.calls.list(task_id=1)) == []


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "x-gzip", "identity", ""])
def test_compressed_answers_are_read(vendor: ScriptedVendor, client: Sample, coding: str) -> None:
    body = json.dumps({"status": 0, "data": ROW}).encode()
    if "gzip" in coding:
        body = gzip.compress(body)
    elif coding == "deflate":
        body = zlib.compress(body)
    elif coding == "raw deflate":
        body = zlib.compress(body, wbits=-15)
    vendor.says(answer(body=body, headers={"Content-Encoding": coding.removeprefix("raw ")}))
    assert client.calls.get(call_id="7").key_id == 7
    assert vendor.received[0].headers["accept-encoding"] == "gzip, deflate"


def test_chunked_answers_are_read(vendor: ScriptedVendor, client: Sample) -> None:
    body = json.dumps({"status": 0, "data": ROW}).encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (1, body[i : i + 1]) for i in range(len(body)))
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    vendor.says(Answer(head + chunks + b"0\r\n\r\n"))
    assert client.calls.get(call_id="7").key_id == 7


@pytest.mark.parametrize(
    "oversized",
    [
        answer(body=b" " * 1_000_001),
        Answer(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 1_000_001, then="close"),
        answer(body=gzip.compress(b" " * 100_000_000), headers={"Content-Encoding": "gzip"}),
        Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999999\r\n\r\n", then="close"),
    ],
    ids=["announced", "unannounced", "compressed", "absurd"],
)
def test_an_answer_beyond_the_limit_is_not_read(
    vendor: ScriptedVendor, client: Sample, oversized: Answer
) -> None:
    vendor.says(oversized)
    with pytest.raises(DialspecError) as caught:
        client.calls.get(call_id="7")
    if isinstance(caught.value, ResponseTooLarge):
        assert "larger than max_response_bytes=1000000" in caught.value.message
        assert len(vendor.received) == 1
    else:
        assert b"999999999999999999999" in oversized.data


def test_the_limit_is_adjustable(vendor: ScriptedVendor) -> None:
    vendor.says(answer({"status": 0, "data": {"keyId": 7, "remark": "x" * 500}}))
    with Sample(vendor.url, max_response_bytes=500) as small, pytest.raises(ResponseTooLarge):
        small.calls.get(call_id="7")
    with Sample(vendor.url, max_response_bytes=600) as large:
        large.calls.get(call_id="7")


def test_errors_carry_the_raw_answer(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer({"oops": 1}, headers={"X-Request-Id": "abc-1"}))
    with pytest.raises(DecodeError) as caught:
        client.calls.get(call_id="7")
    assert caught.value.response is not None
    assert caught.value.response.content == b'{"oops": 1}'
    assert caught.value.response.headers["x-request-id"] == "abc-1"
    assert caught.value.request_id == "abc-1"
    assert caught.value.status_code == 200
    assert caught.value.fault == "vendor"


def test_status_errors_show_an_excerpt(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer(body=b"<html>\n\x07WAF says no to 8613800138000</html>", status=403))
    with pytest.raises(HttpStatusError) as caught:
        client.calls.get(call_id="7")
    assert "HTTP 403: '<html>  WAF says no to ***00</html>'" in caught.value.message
    assert caught.value.fault == "caller"


def test_unknown_codes_keep_their_text_and_number(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer({"status": -4711, "reason": "call 8613800138000 is odd"}))
    with pytest.raises(UnknownCodeError) as caught:
        client.calls.get(call_id="7")
    error = caught.value
    assert error.code == "-4711"
    assert error.vendor_text == "call 8613800138000 is odd"
    assert error.kind is ErrorKind.UNKNOWN
    assert (error.meaning, dict(error.meanings), error.advice) == ("", {}, None)
    assert not error.transient
    assert error.fault == "vendor"
    assert "code -4711, which is not documented (vendor: 'call ***00 is odd')" in error.message


def test_documented_codes_say_what_they_mean(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer({"status": "-22", "reason": "taskId is null"}))
    with pytest.raises(InvalidParameterError) as caught:
        client.calls.get(call_id="7")
    assert caught.value.message == (
        "sample calls.get: code -22, Parameter exception (vendor: 'taskId is null') "
        "[1 try] https://docs.example.com/calls/get/"
    )


def test_a_strict_client_refuses_what_is_not_documented(vendor: ScriptedVendor) -> None:
    with Sample(vendor.url, strict=True) as client:
        vendor.says(answer({"code": 0, "msg": "ok", "data": {"keyId": 7}}))
        client.calls.get(call_id="7")
        vendor.says(answer({"status": 0, "data": {"keyId": 7, "newField": 1}}))
        with pytest.raises(DecodeError, match=r"at data\.newField: a field that is not documented"):
            client.calls.get(call_id="7")
        vendor.says(answer({"status": 0, "data": {"state": 99}}))
        with pytest.raises(
            DecodeError, match=r"at data\.state: the value 99 that is not documented"
        ):
            client.calls.get(call_id="7")
        vendor.says(answer(body=rb'{"status": 0, "data": {"seatName": "\e"}}'))
        with pytest.raises(DecodeError, match="a lone backslash that is not documented"):
            client.calls.get(call_id="7")
        vendor.says(answer({"status": 0, "data": {"keyId": ""}}))
        with pytest.raises(DecodeError, match=r"at data\.keyId"):
            client.calls.get(call_id="7")


def test_an_answer_of_null_is_a_result_where_the_vendor_documents_it(
    vendor: ScriptedVendor, client: Sample
) -> None:
    operation = Operation(
        provider="sample",
        name="calls.stop",
        method="POST",
        path="/stop",
        effect=Effect.UNSAFE,
        document=CallPageResponse,
        envelope=Envelope(code=("status",)),
        result=("data",),
        result_may_be_null=True,
    )
    vendor.says(answer({"status": 0, "data": None}))

    class Stop(SyncResource):
        """A resource whose only method may return null."""

        def stop(self) -> object:
            """Stop."""
            return self._call(object, operation, {})

    assert Stop(client).stop() is None


def test_a_page_without_text_still_has_its_status(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer(body=b"", status=404))
    with pytest.raises(HttpStatusError, match=r"calls\.get: HTTP 404 \[1 try\]"):
        client.calls.get(call_id="7")


def test_a_long_text_of_the_vendor_is_cut_and_advice_is_given(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(answer({"status": -1, "reason": "no " * 500}))
    with pytest.raises(
        AuthenticationError, match=r"…'\); check key and secret \[1 try\]"
    ) as caught:
        client.calls.get(call_id="7")
    assert len(caught.value.message) < 400


def test_the_vendors_text_is_not_repeated_if_it_says_nothing_new(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(answer({"status": -22, "reason": "parameter EXCEPTION"}))
    with pytest.raises(InvalidParameterError) as caught:
        client.calls.get(call_id="7")
    assert "code -22, Parameter exception [1 try]" in caught.value.message
