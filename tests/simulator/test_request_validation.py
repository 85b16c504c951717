"""Requests are held to what the specs document; what is refused says why in a header of its own."""

from __future__ import annotations

import pytest

from hand_made_caller import Caller

REFUSED: list[tuple[dict[str, object], str]] = [
    ({"called": None}, "called is required"),
    ({"called": []}, "the length of called must lie within 1 and 3"),
    ({"called": ["1"] * 4}, "the length of called must lie within 1 and 3"),
    ({"called": ["1" * 16]}, "the length of called[0] must lie within None and 15"),
    ({"called": "447700900123"}, "called must be an array"),
    ({"called": [447700900123]}, "called[0] must be a text"),
    ({"source": "1"}, "source must be a whole number"),
    ({"source": True}, "source must be a whole number"),
    ({"source": 1.0}, "source must be a whole number"),
    ({"source": 1}, "fileId is required by source"),
    ({"fileId": 3}, "comment is required by fileId"),
    ({"begin": "2025-01-01 00:00:00"}, "begin, end must be given together"),
    (
        {"begin": "2025-01-01 00:00:00", "end": "2025-02-01 00:00:01"},
        "begin, end may lie 31 days apart at most",
    ),
    ({"begin": "2025-01-01"}, "begin: must be written as yyyy-MM-dd HH:mm:ss"),
    ({"begin": "2025-13-01 00:00:00"}, "begin: month must be in 1..12"),
    ({"begin": 1735689600}, "begin: must be written as yyyy-MM-dd HH:mm:ss"),
    ({"seatId": None}, "one of seatId, groupId is required"),
    ({"groupId": 9}, "only one of seatId, groupId may be given"),
    ({"windows": [{}]}, "windows[0].begin is required"),
    ({"windows": [[]]}, "windows[0] must be an object"),
    ({"windows": [{"begin": "25:00"}]}, "windows[0].begin: must be written as HH:mm"),
    (
        {"windows": [{"begin": "09:00", "limit": 4}]},
        "windows[0].limit must lie within 1 and 3",
    ),
    ({"variables": []}, "variables must be an object"),
    ({"variables": {"name": 1}}, "variables.name must be a text"),
    ({"price": 9.51}, "price must lie within 0 and 9.5"),
    ({"price": "cheap"}, "price must be a number"),
    ({"price": True}, "price must be a number"),
    ({"share": "0.5"}, "share must be a number"),
    ({"share": -0.1}, "share must lie within 0 and 1"),
    ({"urgent": 1}, "urgent must be true or false"),
    ({"sound": "no base64"}, "sound: "),
    ({"more": {"begin": "09:00"}}, "more must be JSON text in a string"),
    ({"more": "{"}, "more must be JSON text in a string"),
    ({"more": '{"begin": "9"}'}, "more.begin: must be written as HH:mm"),
    ({"office": "08:59"}, "office: must not lie before 09:00"),
    ({"office": "20:01"}, "office: must not lie after 20:00"),
    ({"tone": 1}, "tone has the wrong type"),
    ({"options": {"at": 10}}, "options.at: must be written as HH:mm"),
]

CREATE = {"called": ["447700900123"], "seatId": 7}
PARAMS = {"taskId": 1}
DETAIL_OF_404 = {"callId": 404}


def reason(caller: Caller, **changes: object) -> str:
    """Why `create` refuses a request with these changes; "" if it accepts it."""
    answer = caller.acme("/calls/create", {**CREATE, **changes})
    assert (answer.json()["status"] == "-22") == ("x-simulator-reason" in answer.headers)
    given: str = answer.headers.get("x-simulator-reason", "")
    return given


def test_a_valid_request_is_done(caller: Caller) -> None:
    answer = caller.acme("/calls/create", CREATE)
    assert answer.json()["status"] == "0"
    assert caller.simulator.received.done["acme.calls.create"] == 1


def test_a_refused_request_is_not_done(caller: Caller) -> None:
    caller.acme("/calls/create", {})
    assert not caller.simulator.received.done


@pytest.mark.parametrize(
    "accepted",
    [
        {"somethingElse": 1},
        {"called": ["447700900123", "447700900124", "447700900125"]},
        {"source": 0},
        {"source": 1, "fileId": 2, "comment": "why"},
        {"begin": "2025-01-01 00:00:00", "end": "2025-02-01 00:00:00"},
        {"seatId": None, "groupId": 9},
        {"windows": [{"begin": "09:00", "limit": 3}, {"begin": "23:59:59", "other": True}]},
        {"variables": {"name": "value"}},
        {"price": 9.5},
        {"price": "9.50"},
        {"share": 0},
        {"share": 0.5},
        {"urgent": True},
        {"sound": "c291bmQ="},
        {"anything": [1, {"two": None}]},
        {"more": '{"begin": "09:00", "limit": 2}'},
        {"office": "09:00"},
        {"office": "20:00"},
        {"tone": "01"},
        {"tone": "a code after the end of the page"},
        {"options": {"at": "10:00"}},
        {"options": "no object, so nothing in it"},
    ],
)
def test_what_is_documented_is_accepted(caller: Caller, accepted: dict[str, object]) -> None:
    assert reason(caller, **accepted) == ""


@pytest.mark.parametrize(("refused", "why"), REFUSED)
def test_what_is_not_documented_is_refused(
    caller: Caller, refused: dict[str, object], why: str
) -> None:
    assert reason(caller, **refused).startswith(why)


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({}, "params.taskId is required"),
        ({"taskId": 0}, "params.taskId must lie within 1 and None"),
        ({**PARAMS, "statusList": [2]}, "params.statusList[0] has no documented value"),
        ({**PARAMS, "statusList": ["5"]}, "params.statusList[0] has the wrong type"),
        ({**PARAMS, "statusList": [1, 5, 9, 1]}, "the length of params.statusList"),
        ({**PARAMS, "kind": 1}, "params.kind has the wrong type"),
        ({**PARAMS, "kind": "1"}, "params.kind has no documented value"),
        ({**PARAMS, "startTime": "2025-1-1"}, "params.startTime: must be written as yyyy-MM-dd"),
        ({**PARAMS, "beginFrom": "soon"}, "params.beginFrom: must be milliseconds since 1970"),
        ({**PARAMS, "endFrom": "2025-01-01 00:00:00"}, "params.endFrom: must be an ISO 8601"),
        ({**PARAMS, "billTo": 1.5}, "params.billTo: must be seconds since 1970"),
        ({**PARAMS, "remark": "a"}, "the length of params.remark"),
        ({**PARAMS, "remark": "AB"}, "params.remark does not have the documented form"),
    ],
)
def test_fields_of_the_wrapper_are_checked_there(
    caller: Caller, params: dict[str, object], why: str
) -> None:
    answer = caller.acme("/calls/query", {"current": 1, "size": 1, "params": params})
    assert answer.json() == {"status": -22, "reason": "Parameter exception"}
    assert answer.headers["x-simulator-reason"].startswith(why)


@pytest.mark.parametrize("body", [{"current": 1, "size": 1}, {"params": []}, [], 5])
def test_a_missing_wrapper_is_refused(caller: Caller, body: object) -> None:
    assert caller.acme("/calls/query", body).json()["status"] == -22


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"a": NaN}', b"[" * 5000])
def test_a_body_that_is_no_json_is_refused(caller: Caller, content: bytes) -> None:
    signed = caller.acme("/calls/query", {}).request.headers
    headers = {name: signed[name] for name in ("api-key", "timestamp", "sign", "content-type")}
    answer = caller.send("POST", "/acme/calls/query", content, headers)
    assert answer.json()["status"] == -22


def test_another_content_type_is_refused(caller: Caller) -> None:
    answer = caller.acme("/calls/create", CREATE, Content_Type="text/plain")
    assert answer.status_code == 415
    assert not caller.simulator.received.done


def test_a_nullable_field_may_be_null(caller: Caller) -> None:
    body = {"current": 1, "size": 1, "params": {**PARAMS, "remark": None}}
    assert caller.acme("/calls/query", body).json()["status"] == 0


def test_path_query_and_header_values_are_read_by_their_types(caller: Caller) -> None:
    query = (
        "full=true&groups=1,2&share=0.5&status=5&kind=01&window=%7B%22begin%22%3A%2209%3A00%22%7D"
    )
    answer = caller.acme(f"/calls/12?{query}", method="GET", Locale="en_US")
    assert answer.json()["data"]["callId"] == 12


def test_a_list_in_a_query_may_repeat_its_name(caller: Caller) -> None:
    answer = caller.acme("/calls/12?groups=1&groups=2", method="GET")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "/calls/twelve",
        "/calls/12?full=yes",
        "/calls/12?groups=1,two",
        "/calls/12?share=half",
        "/calls/12?status=2",
        "/calls/12?status=five",
        "/calls/12?kind=03",
        "/calls/12?window=nine",
    ],
)
def test_text_that_does_not_read_as_its_type_is_refused(caller: Caller, target: str) -> None:
    # This page documents no code for it, so the gateway's HTTP status has to say so.
    answer = caller.acme(target, method="GET")
    assert answer.status_code == 400
    assert answer.json()["status"] == "400"


@pytest.mark.parametrize(("vdn", "code"), [("3", "0200000"), ("2", "0200001"), ("x", "0200001")])
def test_a_setting_in_the_path_is_checked(caller: Caller, vdn: str, code: str) -> None:
    answer = caller.borealis(f"/rest/{vdn}/reservations/list", {"offset": 0, "limit": 1})
    assert answer.json()["resultCode"] == code


def form(caller: Caller, *parts: str, media_type: str = "multipart/form-data; boundary=B") -> str:
    """What `upload` answers to a form of these parts."""
    content = "".join(f"--B\r\n{part}\r\n" for part in parts) + "--B--\r\n"
    signed = caller.acme("/calls/query", {}).request.headers
    headers = {name: signed[name] for name in ("api-key", "timestamp", "sign")}
    headers["content-type"] = media_type
    answer = caller.send("POST", "/acme/calls/upload", content.encode(), headers)
    code: str = answer.json()["status"]
    return code


FILE = 'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n4477,1\r\n'
COUNT = 'Content-Disposition: form-data; name="count"\r\n\r\n12'
NAMELESS = "Content-Disposition: form-data\r\n\r\n12"


def test_an_upload_is_read_as_a_form(caller: Caller) -> None:
    assert form(caller, FILE, COUNT, NAMELESS) == "0"
    assert caller.simulator.received.done["acme.calls.upload"] == 1


def test_an_upload_without_its_file_is_refused(caller: Caller) -> None:
    assert form(caller, COUNT) == "-22"


def test_a_form_field_is_read_by_its_type(caller: Caller) -> None:
    assert form(caller, FILE, COUNT.replace("12", "twelve")) == "-22"


@pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data"])
def test_an_upload_that_is_no_form_is_refused(caller: Caller, media_type: str) -> None:
    assert form(caller, FILE, COUNT, media_type=media_type) == "-22"


def test_an_unknown_id_is_answered_with_the_code_for_it(caller: Caller) -> None:
    answer = caller.acme("/calls/detail", DETAIL_OF_404)
    assert answer.json() == {"code": "-24", "msg": "Data unexisting"}


def test_an_unknown_id_without_a_code_of_its_own_is_an_invalid_parameter(caller: Caller) -> None:
    body = {"current": 1, "size": 1, "params": {"taskId": 404}}
    assert caller.acme("/calls/query", body).json()["status"] == -22


def test_an_unknown_id_without_any_code_is_answered_with_nothing(caller: Caller) -> None:
    answer = caller.acme("/calls/404", method="GET")
    assert answer.json() == {"status": "0", "reason": "success", "data": None}
