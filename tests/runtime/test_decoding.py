"""Whatever arrives ends in a typed result or in a documented exception that says where and what."""

from __future__ import annotations

import gzip
import json
import time as real_time
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    Record,
    ResponseTooLarge,
    SyncResource,
    UnknownCodeError,
)
from dialspec_runtime.decode import Accepted, BadStatus, Refused, Unreadable, read_answer
from dialspec_runtime.document_repair import put_null
from dialspec_runtime.redaction import Redactor
from dialspec_runtime.reply import Reply
from dialspec_runtime.surprises import surprises
from sample_client import CODES, GET_CALL, LIST_CALLS, Call, CallPageResponse, Sample
from scripted_vendor import Answer, ScriptedVendor, answer

NO_SECRETS = Redactor([])
ROW = {"keyId": 7, "called": "8613800138000", "state": 5, "rate": 0.5}
PAGE = {"status": 0, "reason": "success", "data": {"total": 1, "records": [ROW]}}


def read(
    body: bytes, *, status: int = 200, operation: Operation = LIST_CALLS, content_type: str = ""
) -> Accepted | Refused | Unreadable | BadStatus:
    """Read an answer as a call does."""
    headers = [(b"Content-Type", content_type.encode())] if content_type else []
    return read_answer(operation, Reply(status, headers, body), redactor=NO_SECRETS)


def read_json(
    document: object, *, status: int = 200
) -> Accepted | Refused | Unreadable | BadStatus:
    """Read a JSON answer."""
    return read(json.dumps(document).encode(), status=status)


def accepted(answer: object) -> CallPageResponse:
    """Expect a success, and return its document."""
    assert isinstance(answer, Accepted), answer
    assert isinstance(answer.document, CallPageResponse)
    return answer.document


def first_row(document: CallPageResponse) -> Call:
    """Return the first record."""
    assert document.data is not None
    assert document.data.records is not None
    return document.data.records[0]


@pytest.mark.parametrize("code", [0, "0", " 0 ", 0.0])
@pytest.mark.parametrize("name", ["status", "code"])
def test_success_is_read_in_every_spelling(name: str, code: object) -> None:
    document = accepted(read_json({name: code, "msg": "success", "data": {"records": [ROW]}}))
    assert first_row(document).key_id == 7


def test_a_code_with_leading_zeros_is_text() -> None:
    operation = Operation(
        provider="hw",
        name="a.b",
        method="POST",
        path="/x",
        effect=Effect.READ,
        document=Record,
        envelope=Envelope(
            code=("resultCode", "returnCode"), message=("resultDesc",), success=("0200000",)
        ),
    )
    assert isinstance(read(b'{"resultCode": "0200000"}', operation=operation), Accepted)
    assert isinstance(read(b'{"returnCode": "0200000"}', operation=operation), Accepted)
    refused = read(b'{"resultCode": 200000, "resultDesc": "?"}', operation=operation)
    assert refused == Refused("200000", "?", None)


@pytest.mark.parametrize("code", [-22, "-22"])
def test_a_documented_code_is_recognised(code: object) -> None:
    refused = read_json({"status": code, "reason": "taskId is null", "data": None})
    assert refused == Refused("-22", "taskId is null", CODES["-22"])


@pytest.mark.parametrize("data", [[], "no", 5, {"records": "none"}, [[{"deep": [1]}]]])
def test_an_error_code_counts_whatever_stands_at_data(data: object) -> None:
    refused = read_json({"code": -22, "msg": "taskId is null", "data": data})
    assert refused == Refused("-22", "taskId is null", CODES["-22"])


def test_codes_inside_data_are_other_things() -> None:
    document = accepted(
        read_json({"status": 0, "data": {"records": [], "status": -22, "code": 86}})
    )
    assert document.data is not None


def test_an_answer_without_any_code_is_unreadable() -> None:
    answer = read_json({"message": "hello"})
    assert isinstance(answer, Unreadable)
    assert answer.problem == "no result code (status or code) at the root"
    assert not answer.may_pass


def test_an_endpoint_without_an_envelope_needs_no_code() -> None:
    operation = Operation(
        provider="hw",
        name="s",
        method="GET",
        path="/",
        effect=Effect.READ,
        document=Record,
        envelope=Envelope(),
    )
    assert isinstance(read(b'{"anything": 1}', operation=operation), Accepted)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "the body is empty"),
        (b" \r\n ", "the body is empty"),
        (b"<!DOCTYPE html><html>blocked</html>", "an HTML or XML page"),
        (b"<?xml version='1.0'?><error/>", "an HTML or XML page"),
        (b'{"status": 0, "data": {"records": [{"keyId": 7', "EOF while parsing"),
        (b'{"status": 0} and more', "trailing characters"),
        (b"not JSON", "expected ident"),
        (b"\x1f\x8b\x08\x00rubbish", "expected value"),
        (b'{"status": "\xff\xfe"}', "unicode"),
        (b"[" * 100_000, "recursion"),
        (b'{"status": ' + b"9" * 5000 + b"}", "number out of range"),
    ],
)
def test_what_is_no_json_is_unreadable_and_may_pass(body: bytes, problem: str) -> None:
    answer = read(body)
    assert isinstance(answer, Unreadable)
    assert problem in answer.problem
    assert answer.may_pass
    assert len(answer.excerpt) <= 202


@pytest.mark.parametrize("root", ["[]", "5", '"text"', "null", "true"])
def test_json_that_is_no_object_is_unreadable(root: str) -> None:
    answer = read(root.encode())
    assert isinstance(answer, Unreadable)
    assert not answer.may_pass


def test_the_place_in_the_document_is_told() -> None:
    rows = [ROW, ROW, {**ROW, "keyId": "seven"}]
    answer = read_json({"status": 0, "data": {"records": rows}})
    assert isinstance(answer, Unreadable)
    assert answer.where == "data.records[2].keyId"
    assert "valid integer" in answer.problem
    assert answer.excerpt == '{"keyId": "seven"}'


@pytest.mark.parametrize(
    ("value", "excerpt"),
    [
        ({"a": 1}, '{"keyId": "(an object)"}'),
        ([1, 2], '{"keyId": "(an array of 2)"}'),
        (1.5, '{"keyId": 1.5}'),
    ],
)
def test_an_excerpt_of_the_wrong_value_is_short(value: object, excerpt: str) -> None:
    answer = read_json({"status": 0, "data": {"records": [{"keyId": value}]}})
    assert isinstance(answer, Unreadable)
    assert answer.excerpt == excerpt


def test_the_wrong_value_is_masked_if_it_is_sensitive() -> None:
    answer = read_json({"status": 0, "data": {"records": [{"called": {"n": 1}, "pin": ["4711"]}]}})
    assert isinstance(answer, Unreadable)
    assert answer.where == "data.records[0].called"
    assert answer.excerpt == '{"called": "***"}'


def test_empty_text_where_a_number_or_a_moment_is_documented_is_null() -> None:
    row = {"keyId": "", "rate": "", "state": "", "createdTime": "", "called": ""}
    document = accepted(read_json({"status": 0, "data": {"total": "", "records": [ROW, row]}}))
    assert document.data is not None
    assert document.data.total is None
    assert document.data.records is not None
    assert document.data.records[0].key_id == 7
    second = document.data.records[1]
    assert (second.key_id, second.rate, second.state, second.created) == (None, None, None, None)
    assert second.called == ""


def test_empty_text_beside_other_trouble_mends_nothing() -> None:
    answer = read_json({"status": 0, "data": {"records": [{"keyId": "", "rate": "fast"}]}})
    assert isinstance(answer, Unreadable)
    answer = read_json({"status": "", "data": {"total": "", "records": []}})
    assert isinstance(answer, Refused)


def test_numbers_as_text_and_text_as_numbers_are_taken() -> None:
    row = {"keyId": "7", "called": 8613800138000, "state": "5", "rate": "0.5"}
    call = first_row(accepted(read_json({"status": 0, "data": {"total": "1", "records": [row]}})))
    assert (call.key_id, call.called, call.state, call.rate) == (7, "8613800138000", 5, 0.5)


@pytest.mark.parametrize("rate", ["NaN", "Infinity", "1e999", "-1e999", "1e-999"])
def test_odd_floats_end_somewhere(rate: str) -> None:
    answer = read(f'{{"status": 0, "data": {{"records": [{{"rate": {rate}}}]}}}}'.encode())
    assert isinstance(answer, Accepted | Unreadable)


def test_a_million_wrong_values_are_counted_but_not_listed() -> None:
    body = b'{"status": 0, "data": {"records": [' + b"1," * 5_000 + b"1]}}"
    answer = read(body)
    assert isinstance(answer, Unreadable)
    assert answer.problem == "more than 200 values are not what is documented"


CHINESE = {"status": 0, "reason": "成功", "data": {"records": [{"keyId": 7, "seatName": "张三"}]}}


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("gbk", "application/json; charset=GBK"),
        ("utf-16", ""),
        ("utf-32", ""),
        ("utf-8-sig", "application/json"),
        ("big5", 'application/json; charset="big5"'),
    ],
)
def test_other_charsets_are_read_if_the_answer_says_so(charset: str, declared: str) -> None:
    body = json.dumps(CHINESE, ensure_ascii=False).replace("成功", "ok").replace("张三", "三")
    document = accepted(read(body.encode(charset), content_type=declared))
    assert first_row(document).seat_name == "三"


@pytest.mark.parametrize(
    "declared",
    [
        "",
        "application/json; charset=utf-8",
        "text/html; charset=nonsense",
        "x; charset=hex",
        "x; charset=ascii",
    ],
)
def test_a_charset_that_is_not_declared_is_not_guessed(declared: str) -> None:
    body = json.dumps(CHINESE, ensure_ascii=False).encode("gbk")
    assert isinstance(read(body, content_type=declared), Unreadable)


LONE = (
    rb'{"status": 0, "data": {"records": [{"keyId": 7, "path": "/mnt/cc\upload\execl\2025.xls"}]}}'
)


def test_lone_backslashes_are_mended_with_a_warning(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(answer(body=LONE.replace(b'{"records": [', b"").replace(b"]}}", b"}")))
    with pytest.warns(InvalidJsonWarning, match=r"sample calls\.get: .* lone backslash"):
        call = client.calls.get(call_id="7")
    assert call.model_extra == {"path": r"/mnt/cc\upload\execl\2025.xls"}


def test_an_error_code_in_mended_json_is_found() -> None:
    assert read(rb'{"status": -22, "reason": "no file C:\2"}') == Refused(
        "-22", r"no file C:\2", CODES["-22"]
    )
    assert read(rb'{"status": -22, "reason": "no file C:\2", "data": 5}') == Refused(
        "-22", r"no file C:\2", CODES["-22"]
    )


@pytest.mark.parametrize(
    "body",
    [rb'{"status": 0, "data": \1}', rb'{"status": 0, "x": "C:\"}', rb'{"status": 0, "x": "C:\2"'],
)
def test_other_backslashes_are_not_mended(body: bytes) -> None:
    assert isinstance(read(body), Unreadable)


@pytest.mark.parametrize(
    ("status", "document", "kind"),
    [
        (400, {"status": -22, "reason": "?"}, Refused),
        (500, {"status": "-999", "reason": "?"}, Refused),
        (500, {"status": 500, "error": "Internal Server Error"}, BadStatus),
        (404, {"code": "404", "msg": "no such path"}, BadStatus),
        (500, {"status": 0}, BadStatus),
        (500, {"other": 0}, BadStatus),
        (500, [1], BadStatus),
    ],
)
def test_an_http_error_is_the_vendors_only_with_a_code_of_its_own(
    status: int, document: object, kind: type
) -> None:
    assert isinstance(read_json(document, status=status), kind)


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
        "[1 try] https://docs.example.com/sample/calls/get/"
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


def test_surprises_are_found_everywhere() -> None:
    class Deep(Record):
        """A record with everything in it."""

        calls: list[Call] | None = None
        by_name: dict[str, Call] | None = None

    deep = Deep.model_validate({"calls": [ROW, {**ROW, "x": 1}], "by_name": {"a": {"state": 99}}})
    assert list(surprises(deep)) == [
        ("calls[1].x", "a field"),
        ("by_name.a.state", "the value 99"),
    ]


def mutated(body: bytes, at: int, junk: bytes) -> bytes:
    """Put junk into a good body."""
    return body[:at] + junk + body[at:]


BODIES: st.SearchStrategy[bytes] = st.binary(max_size=300) | st.builds(
    mutated,
    st.sampled_from([json.dumps(PAGE).encode(), LONE, json.dumps(CHINESE).encode()]),
    st.integers(0, 120),
    st.binary(max_size=8),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    body=BODIES,
    status=st.sampled_from([200, 200, 200, 500, 404]),
    kind=st.sampled_from(["", "application/json; charset=utf-16", "text/html"]),
    operation=st.sampled_from([LIST_CALLS, GET_CALL]),
)
def test_nothing_that_arrives_raises_or_takes_long(
    body: bytes, status: int, kind: str, operation: Operation
) -> None:
    started = real_time.process_time()
    answer = read(body, status=status, operation=operation, content_type=kind)
    assert isinstance(answer, Accepted | Refused | Unreadable | BadStatus)
    assert real_time.process_time() - started < 1


@pytest.mark.parametrize(
    "body",
    [
        b'{"status": ' * 20_000,
        b'{"called": "' * 20_000,
        b'"' * 200_000,
        b"\\" * 200_000,
        b"1" * 200_000,
        b"+1 (2) " * 30_000,
        b'{"status":"' + b"9" * 200_000 + b'"}',
        b'{"status":-5,"reason":"' + b"\\u" * 100_000 + b'"}',
        b"\n" * 200_000 + b"x",
        b'{"called":' + b" " * 200_000,
        b'{"called":[' + b"[" * 100_000,
    ],
)
def test_hostile_answers_take_no_time(body: bytes) -> None:
    started = real_time.process_time()
    for status in (200, 500):
        assert read(body, status=status)
    assert real_time.process_time() - started < 1


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


def test_an_envelope_may_be_optional() -> None:
    operation = Operation(
        provider="hw",
        name="a.b",
        method="GET",
        path="/",
        effect=Effect.READ,
        document=Record,
        envelope=Envelope(code=("resultCode",), message=("resultDesc",), optional=True),
    )
    assert isinstance(read(b'{"anything": 1}', operation=operation), Accepted)
    assert read(b'{"resultCode": 5}', operation=operation) == Refused("5", "", None)


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


def test_null_is_put_only_where_there_is_empty_text() -> None:
    root: object = {"a": [{"b": ""}], "c": "x"}
    assert put_null(root, ("a", 0, "b"))
    assert root == {"a": [{"b": None}], "c": "x"}
    assert not put_null(root, ("c",))
    assert not put_null(root, ("a", 5, "b"))
    assert not put_null(root, ("c", "d", "e"))
    assert not put_null(root, ())
