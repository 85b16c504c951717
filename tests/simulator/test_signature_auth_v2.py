"""The auth-v2 scheme, seen from the vendor's side, with the collected known answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from dialspec.api import AuthV2
from dialspec.simulator.auth_v2 import AuthV2Verifier, canonical_request
from dialspec.simulator.messages import Request
from dialspec.simulator.verdict import Verdict
from dialspec.text import PythonName, SpecText
from hand_made_caller import Caller, auth_v2_headers

LIST = {"offset": 0, "limit": 5}
PATH = "/rest/3/reservations/list"

SCHEME = AuthV2(
    key=PythonName("access_key"),
    secret=PythonName("secret_key"),
    signed_headers=(SpecText("content-length"), SpecText("content-type"), SpecText("host")),
    key_form="hex",
    signature_form="hex",
    payload_separator="line",
    summary=None,
    protects=None,
)
CREDENTIALS = {"access_key": "globalaktest", "secret_key": "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"}
MOMENT = "2024-10-31T14:06:52.123Z"
AT = datetime.fromisoformat(MOMENT).timestamp()


def known_request(signature: str) -> Request:
    """The first vector."""
    names = "content-length;content-type;host"
    return Request(
        method="POST",
        path="/rest/cmsapp/v1/ping",
        target="/rest/cmsapp/v1/ping",
        query="",
        headers={
            "host": "10.22.26.181:28080",
            "content-length": "23",
            "content-type": "application/json;charset=UTF-8",
            "authorization": f"auth-v2/globalaktest/{MOMENT}/{names}/{signature}",
        },
        body=b'{"say": "Hello world!"}',
    )


SAID = known_request("2c950f37982a7f5a25b633a7262cd2b05a3c2385a7699fdf579615adf283a49d")


def test_the_canonical_request_has_the_documented_lines() -> None:
    names = ["content-length", "content-type", "host"]
    assert canonical_request(SCHEME, SAID, names, SAID.path).split("\n") == [
        "POST",
        "/rest/cmsapp/v1/ping",
        "",
        "content-length;content-type;host",
        "content-length:23",
        "content-type:application%2Fjson%3Bcharset%3DUTF-8",
        "host:10.22.26.181%3A28080",
        "%7B%22say%22%3A%20%22Hello%20world%21%22%7D",
    ]


def test_the_first_vector_is_accepted() -> None:
    assert AuthV2Verifier(SCHEME, CREDENTIALS, 60).verdict(SAID, AT) is Verdict.ACCEPTED


def test_the_other_reading_of_the_scheme_is_accepted_where_a_spec_says_so() -> None:
    scheme = replace(
        SCHEME, key_form="raw", signature_form="base64", payload_separator="blank_line"
    )
    request = known_request("2J5gldEO2RoU42qUQjwv2eRyYFaeMrY3a3lkLwBS040=")
    assert AuthV2Verifier(scheme, CREDENTIALS, 60).verdict(request, AT) is Verdict.ACCEPTED
    assert AuthV2Verifier(SCHEME, CREDENTIALS, 60).verdict(request, AT) is Verdict.UNAUTHENTICATED


def test_the_vector_with_a_body_of_a_list_call_is_accepted() -> None:
    path = "/rest/isales/v1/openapi/campaigns/1/appoint/list"
    request = Request(
        method="POST",
        path=path,
        target=path,
        query="",
        headers={
            "host": "isales.example.com:28443",
            "content-length": "45",
            "content-type": "application/json; charset=UTF-8",
            "authorization": f"auth-v2/globalaktest/{MOMENT}/content-length;content-type;host/"
            "7788f5caa9d95331e17e4de9448a49cd3e43282132ed9b1171db1482ec60cd03",
        },
        body=b'{"limit":10,"offset":0,"taskId":"1106025109"}',
    )
    assert AuthV2Verifier(SCHEME, CREDENTIALS, 60).verdict(request, AT) is Verdict.ACCEPTED


def test_the_vector_with_a_query_and_no_body_is_accepted() -> None:
    path = "/rest/isales/v1/openapi/campaigns/1/queryOBSResults"
    request = Request(
        method="GET",
        path=path,
        target=path,
        query="pageSize=10&pageNum=1",
        headers={
            "host": "isales.example.com:28443",
            "content-type": "application/json; charset=UTF-8",
            "authorization": f"auth-v2/globalaktest/{MOMENT}/content-type;host/"
            "7b4e15d49921df06d8e85e0daa42abaf79523cd346903a856fb9712e8a6ca37e",
        },
        body=b"",
    )
    assert AuthV2Verifier(SCHEME, CREDENTIALS, 60).verdict(request, AT) is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("globalaktest", "someoneelse"),
        ("52.123Z", "52.124Z"),
        ("52.123Z", "52Z"),
        ("14:06", "25:06"),
        ("content-length;content-type;host", "content-length;content-type"),
        ("content-length;content-type;host", "host;content-type;content-length"),
        ("content-length;content-type;host", "content-length;content-type;host;x-none"),
        ("2c950f37", "2c950f38"),
        ("auth-v2/", "auth-v3/"),
    ],
)
def test_any_other_authorization_is_refused(old: str, new: str) -> None:
    headers = dict(SAID.headers)
    headers["authorization"] = headers["authorization"].replace(old, new)
    request = replace(SAID, headers=headers)
    verdict = AuthV2Verifier(SCHEME, CREDENTIALS, 60).verdict(request, AT)
    assert verdict is Verdict.UNAUTHENTICATED


@pytest.mark.parametrize(
    "changed",
    [
        replace(SAID, method="PUT"),
        replace(SAID, path="/rest/other", target="/rest/other"),
        replace(SAID, query="a=1"),
        replace(SAID, body=b'{"say": "Hello World!"}'),
        replace(SAID, body=b'{"say": "Hello world!"} '),
    ],
)
def test_method_path_query_and_body_are_covered(changed: Request) -> None:
    verdict = AuthV2Verifier(SCHEME, CREDENTIALS, 60).verdict(changed, AT)
    assert verdict is Verdict.UNAUTHENTICATED


def test_a_signed_request_succeeds(caller: Caller) -> None:
    answer = caller.borealis(PATH, LIST)
    assert (answer.status_code, answer.json()["resultCode"]) == (200, "0200000")


def test_a_signed_query_succeeds(caller: Caller) -> None:
    answer = caller.borealis("/rest/3/results?pageSize=5&pageNum=2", method="GET")
    assert len(answer.json()["data"]) == 5


@pytest.mark.parametrize("given", ["", "auth-v2/x"])
def test_a_refused_signature_gets_http_401_in_the_envelope(caller: Caller, given: str) -> None:
    answer = caller.borealis(PATH, LIST, Authorization=given)
    assert answer.status_code == 401
    assert answer.json() == {
        "resultCode": "401",
        "resultDesc": "Unauthorized",
        "returnCode": "401",
        "returnDesc": "Unauthorized",
    }


@pytest.mark.parametrize(("offset", "status"), [(-61, 401), (-59, 200), (59, 200), (61, 401)])
def test_a_time_too_far_off_gets_http_401_and_the_right_date(
    caller: Caller, offset: float, status: int
) -> None:
    caller.at += offset
    answer = caller.borealis(PATH, LIST)
    assert answer.status_code == status
    assert answer.headers["date"] == "Fri, 15 Jan 2027 08:00:00 GMT"


def test_a_day_that_no_calendar_has_is_refused_even_if_signed(caller: Caller) -> None:
    signed = auth_v2_headers(
        caller.simulator.credentials("borealis"),
        caller.at,
        "GET",
        "http://vendor.test/borealis/rest/3/statistics",
        b"",
        moment="2025-02-30T00:00:00.000Z",
    )
    answer = caller.borealis("/rest/3/statistics", method="GET", **signed)
    assert answer.status_code == 401


def test_the_path_is_signed_as_sent_or_decoded(calling: Callable[..., Caller]) -> None:
    names = ["content-length", "content-type", "host"]
    encoded = replace(SAID, path="/rest/a b", target="/rest/a%20b")
    assert "/rest/a b" in canonical_request(SCHEME, encoded, names, encoded.path)
    assert "/rest/a%20b" in canonical_request(SCHEME, encoded, names, encoded.target)
