"""What is sent for the arguments of a call, and what is refused before anything is sent."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec_runtime import (
    AuthV2,
    Boolean,
    Effect,
    Envelope,
    Integer,
    InvalidArgument,
    ListOf,
    MapOf,
    Offset,
    Operation,
    Parameter,
    ProviderInfo,
    Record,
    String,
    SyncClient,
)
from dialspec_runtime.multipart import ChangedFileError, MultipartBody
from dialspec_runtime.nested_codecs import FilePart, Upload
from dialspec_runtime.request import WireRequest, encode_call
from sample_client import (
    API_KEY,
    GET_CALL,
    LIST_CALLS,
    PROVIDER,
    Callee,
    Calls,
    CallState,
    FakeTime,
    Sample,
)
from scripted_vendor import ScriptedVendor, answer


def test_parameters_go_into_the_wrapper_that_is_always_there(
    vendor: ScriptedVendor, client: Sample
) -> None:
    vendor.says(answer({"status": 0, "data": {"total": 1, "records": [{"keyId": 1}]}}))
    page = client.calls.list(task_id=123, states=[CallState.NOT_CALLED, 1], size=15)
    assert page.total == 1
    [request] = vendor.received
    assert (request.method, request.target) == ("POST", "/v3/calls/list")
    assert request.body == (b'{"current":1,"size":15,"params":{"taskId":123,"stateList":[5,1]}}')
    assert request.headers["content-length"] == str(len(request.body))
    assert request.headers["content-type"] == "application/json;charset=UTF-8"
    assert request.headers["api-key"] == API_KEY
    assert request.headers["host"] == f"127.0.0.1:{vendor.port}"
    assert request.headers["user-agent"].startswith("dialspec/")


def test_what_is_left_out_is_not_sent_and_none_is_sent_as_null(
    vendor: ScriptedVendor, client: Sample
) -> None:
    client.calls.start()
    client.calls.start(note=None)
    assert [request.body for request in vendor.received] == [b"{}", b'{"note":null}']


def test_path_query_and_header_parameters(vendor: ScriptedVendor, client: Sample) -> None:
    client.calls.get(call_id="a/b c?d#é", language="zh CN&x=1", locale="en_US")
    [request] = vendor.received
    assert request.target == "/v3/calls/a%2Fb%20c%3Fd%23%C3%A9?lang=zh%20CN%26x%3D1"
    assert request.headers["x-locale"] == "en_US"
    assert "content-length" not in request.headers
    assert request.body == b""


@pytest.mark.parametrize("segment", ["", ".", ".."])
def test_path_parameters_that_change_the_path_are_refused(
    vendor: ScriptedVendor, client: Sample, segment: str
) -> None:
    with pytest.raises(InvalidArgument, match=r"call_id=.* can't be a part of a path"):
        client.calls.get(call_id=segment)
    assert vendor.received == []


@given(text=st.text(min_size=1).filter(lambda text: text not in {".", ".."}))
def test_no_text_escapes_its_path_segment(text: str) -> None:
    try:
        call = encode_call(GET_CALL, {"call_id": text}, settings={}, timezone=None)
    except InvalidArgument:
        assert any(0xD800 <= ord(each) <= 0xDFFF for each in text)
        return
    assert re.fullmatch(r"/v3/calls/(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})+", call.path)


def test_header_parameters_that_break_the_header_are_refused(client: Sample) -> None:
    with pytest.raises(
        InvalidArgument, match="locale is refused: a header takes printable ASCII only"
    ):
        client.calls.get(call_id="7", locale="en\r\nX-Evil: 1")


def test_a_refusal_names_the_parameter_the_value_and_the_range(
    vendor: ScriptedVendor, client: Sample
) -> None:
    with pytest.raises(InvalidArgument) as caught:
        client.calls.list(task_id=0)
    error = caught.value
    assert error.message == (
        "sample calls.list: task_id=0 is refused: expected an integer of at least 1"
    )
    assert error.parameter == "task_id"
    assert error.endpoint == "calls.list"
    assert error.provider == "sample"
    assert error.docs_url == "https://docs.example.com/calls/list/"
    assert error.attempts == 0
    assert isinstance(error, ValueError)
    assert vendor.received == []


def test_a_refusal_masks_what_is_sensitive(client: Sample) -> None:
    with pytest.raises(InvalidArgument) as caught:
        client.calls.list(task_id=1, called="+86 138 0013 8000 extension 5")
    assert "0013" not in caught.value.message
    assert "called='***" in caught.value.message


def test_a_long_value_is_cut_in_a_refusal(client: Sample) -> None:
    with pytest.raises(InvalidArgument) as caught:
        client.calls.list(task_id="x" * 5000)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # that is the point
    assert len(caught.value.message) < 200


def test_a_refusal_inside_a_list_says_where(client: Sample) -> None:
    with pytest.raises(
        InvalidArgument, match=r"states=\[1, 99\] is refused \(at \[1\]\): expected a CallState"
    ):
        client.calls.list(task_id=1, states=[1, 99])


def test_rules_are_checked_before_anything_is_sent(vendor: ScriptedVendor, client: Sample) -> None:
    with pytest.raises(InvalidArgument, match="file_id is required when source is 1") as caught:
        client.calls.start(source=1)
    assert caught.value.parameter == "file_id"
    assert vendor.received == []
    client.calls.start(source=1, file_id=3)


def test_null_is_refused_where_the_vendor_documents_none(client: Sample) -> None:
    with pytest.raises(
        InvalidArgument, match="source=None is refused: expected an integer; leave it out"
    ):
        client.calls.start(source=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # that is the point


def test_a_required_parameter_can_not_be_missing() -> None:
    with pytest.raises(InvalidArgument, match="task_id is missing: it is required"):
        encode_call(LIST_CALLS, {}, settings={}, timezone=None)


def test_request_objects_are_sent_with_their_wire_names(
    vendor: ScriptedVendor, client: Sample
) -> None:
    client.calls.start(callee=Callee(number="13800138000"))
    client.calls.start(callee={"number": "13800138000"})
    assert {request.body for request in vendor.received} == {
        b'{"callee":{"calleeNumber":"13800138000"}}'
    }


def test_moments_are_sent_in_the_vendors_form(vendor: ScriptedVendor, client: Sample) -> None:
    client.with_options(timezone=UTC).calls.start(begin=datetime(2024, 6, 4, 12, tzinfo=UTC))
    assert vendor.received[0].body == b'{"beginTime":"2024-06-04 12:00:00"}'


def test_text_is_sent_as_utf_8(vendor: ScriptedVendor, client: Sample) -> None:
    client.calls.start(note="测试 😀")
    assert vendor.received[0].body.decode() == '{"note":"测试 😀"}'


def test_extra_headers_are_sent_and_those_of_a_call_win(vendor: ScriptedVendor) -> None:
    with Sample(vendor.url, extra_headers={"X-Trace": "client", "X-Only": "1"}) as client:
        client.calls.get(call_id="7", extra_headers={"x-trace": "call"})
        client.calls.start()
    first, second = vendor.received
    assert (first.headers["x-trace"], first.headers["x-only"]) == ("call", "1")
    assert second.headers["x-trace"] == "client"


@pytest.mark.parametrize(
    ("headers", "problem"),
    [
        ({"Sign": "x"}, "other headers than Sign, which the client writes"),
        ({"API-KEY": "x"}, "other headers than API-KEY"),
        ({"Host": "x"}, "other headers than Host"),
        ({"Content-Length": "0"}, "other headers than Content-Length"),
        ({"X": "a\r\nb"}, "printable ASCII text as the value of X"),
        ({"X": " a"}, "printable ASCII text as the value of X"),
        ({"X": 5}, "printable ASCII text as the value of X"),
        ({"X Y": "a"}, "header names of letters, digits and hyphens"),
        ({5: "a"}, "header names of letters, digits and hyphens"),
    ],
)
def test_extra_headers_that_can_not_be_sent_are_refused(
    client: Sample, headers: dict[str, str], problem: str
) -> None:
    with pytest.raises(InvalidArgument, match=problem):
        client.calls.get(call_id="7", extra_headers=headers)


def test_files_are_streamed_in_a_multipart_body(
    vendor: ScriptedVendor, client: Sample, tmp_path: Path
) -> None:
    path = tmp_path / 'num"bers.csv'
    path.write_bytes(b"13800138000\n" * 20_000)
    client.calls.upload(file=path, task_id=5)
    client.calls.upload(file=path.read_bytes())
    with path.open("rb") as file:
        file.seek(12)
        client.calls.upload(file=file)
    first, second, third = vendor.received
    kind = first.headers["content-type"]
    boundary = kind.removeprefix("multipart/form-data; boundary=")
    assert first.headers["content-length"] == str(len(first.body))
    assert (
        first.body
        == (
            f'--{boundary}\r\nContent-Disposition: form-data; name="taskId"\r\n\r\n5\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="num%22bers.csv"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        + path.read_bytes()
        + f"\r\n--{boundary}--\r\n".encode()
    )
    assert b'filename="upload"' in second.body
    assert third.body.count(b"13800138000") == 19_999


def test_a_file_is_read_again_for_another_try(
    vendor: ScriptedVendor, client: Sample, time: FakeTime
) -> None:
    vendor.says(answer({"status": -15}), answer({"status": 0}))
    client.calls.upload(file=io.BytesIO(b"13800138000"))
    first, second = vendor.received
    assert first.body == second.body
    assert b"13800138000" in second.body


@pytest.mark.parametrize(
    "file", [5, io.StringIO("text"), "/nowhere/at/all", Path("/"), None.__class__]
)
def test_what_can_not_be_uploaded_is_refused(client: Sample, file: object) -> None:
    with pytest.raises(
        InvalidArgument, match=r"file=.*expected the path of a file, bytes, or a seekable"
    ):
        client.calls.upload(file=file)


def test_a_closed_file_is_refused(client: Sample) -> None:
    file = io.BytesIO(b"x")
    file.close()
    with pytest.raises(InvalidArgument, match="closed file"):
        client.calls.upload(file=file)


def test_a_file_that_became_shorter_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_bytes(b"12345")
    part = Upload().encode(path, None)
    assert isinstance(part, FilePart)
    path.write_bytes(b"123")
    with pytest.raises(ChangedFileError):
        MultipartBody([], [("file", part)]).read()


class Nothing(Record):
    """An answer of which nothing is documented."""


QUERY_LIST = Operation(
    provider="sample",
    name="query.list",
    method="GET",
    path="/list/{vdnId}",
    effect=Effect.READ,
    document=Nothing,
    envelope=Envelope(),
    body="none",
    parameters=(
        Parameter("numbers", "no", MapOf(String()), at="query"),
        Parameter("ids", "id", ListOf(Integer()), at="query"),
        Parameter("detail", "detail", Boolean(), at="query"),
        Parameter("tags", "tag", String(), at="filter"),
    ),
    paging=Offset(offset="pageNum", size="pageSize", at="query"),
)


def test_paging_values_may_go_into_the_query() -> None:
    call = encode_call(
        QUERY_LIST,
        {"numbers": {"a": "b"}},
        settings={"vdnId": "7"},
        timezone=None,
    )
    paged = call.with_page({"pageNum": 2, "pageSize": 10})
    assert paged.path == "/list/7"
    assert paged.query == (("no", '{"a":"b"}'), ("pageNum", "2"), ("pageSize", "10"))
    assert paged.body() is None
    assert repr(paged) == "<EncodedCall of sample query.list>"


def test_lists_and_booleans_in_a_query() -> None:
    arguments = {"ids": [1, 2], "detail": True}
    call = encode_call(QUERY_LIST, arguments, settings={"vdnId": "7"}, timezone=None)
    assert call.query == (("id", "1"), ("id", "2"), ("detail", "true"))


def test_what_is_on_its_way_shows_neither_headers_nor_body() -> None:
    request = WireRequest("POST", "/x", "a=1", [(b"Sign", b"abc")], b"13800138000")
    assert repr(request) == "<WireRequest POST>"
    assert request.target == "/x?a=1"


def test_parameters_may_go_into_any_object_of_the_body() -> None:
    call = encode_call(QUERY_LIST, {"tags": "x"}, settings={"vdnId": "7"}, timezone=None)
    assert call.fields == {"filter": {"tag": "x"}}


def test_auth_v2_signs_exactly_what_is_sent(vendor: ScriptedVendor, time: FakeTime) -> None:
    provider = ProviderInfo(
        "hw", "Huawei", AuthV2(key="access_key", secret="secret_key"), headers=PROVIDER.headers
    )
    vendor.says(answer({"status": 0}))
    with SyncClient(
        provider,
        credentials={"access_key": "AK", "secret_key": "SK"},
        base_url=f"{vendor.url}/rest",
        _surroundings=time.surroundings(),
    ) as client:
        Calls(client).pause()
    [request] = vendor.received
    prefix, _, signature = request.headers["authorization"].rpartition("/")
    names = prefix.rpartition("/")[2]
    assert prefix == "auth-v2/AK/2023-11-14T22:13:20.000Z/content-length;content-type;host"
    lines = [f"{name}:{quote(request.headers[name], safe='')}" for name in names.split(";")]
    canonical = "\n".join(
        [request.method, "/rest/v3/calls/pause", "", names, *lines, quote(request.body, safe="")]
    )
    key = hmac.new(b"SK", prefix.encode(), hashlib.sha256).hexdigest()
    assert signature == hmac.new(key.encode(), canonical.encode(), hashlib.sha256).hexdigest()
    assert json.loads(request.body) == {}
