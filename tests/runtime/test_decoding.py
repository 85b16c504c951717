"""Whatever arrives ends in one of four answers, which say what was read, or where and why it was not."""

from __future__ import annotations

import json
import time as real_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answer_reading import LONE, PAGE, ROW, accepted, first_row, read, read_json
from dialspec_runtime import (
    Effect,
    Envelope,
    Operation,
    Record,
)
from dialspec_runtime.answers import Accepted, BadStatus, Refused, Unreadable
from dialspec_runtime.document_repair import put_null
from dialspec_runtime.surprises import surprises
from sample_client import CODES, GET_CALL, LIST_CALLS, Call


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


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        (
            json.dumps({"status": -22, "reason": "参数"}, ensure_ascii=False).encode("gbk"),
            "x; charset=gbk",
        ),
        (b'\xef\xbb\xbf{"status": -22, "reason": "?"}', "application/json"),
        (rb'{"status": -22, "reason": "no file C:\2"}', "application/json"),
    ],
)
def test_the_code_of_an_http_error_is_found_as_that_of_a_success(
    body: bytes, declared: str
) -> None:
    for status in (200, 400):
        found = read(body, status=status, content_type=declared)
        assert isinstance(found, Refused)
        assert found.documented == CODES["-22"]


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


def test_null_is_put_only_where_there_is_empty_text() -> None:
    root: object = {"a": [{"b": ""}], "c": "x"}
    assert put_null(root, ("a", 0, "b"))
    assert root == {"a": [{"b": None}], "c": "x"}
    assert not put_null(root, ("c",))
    assert not put_null(root, ("a", 5, "b"))
    assert not put_null(root, ("c", "d", "e"))
    assert not put_null(root, ())
