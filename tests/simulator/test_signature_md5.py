"""The MD5 scheme, seen from the vendor's side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialspec.api import Md5Sign
from dialspec.simulator.md5_sign import Md5Verifier
from dialspec.simulator.messages import Request
from dialspec.simulator.verdict import Verdict
from dialspec.text import PythonName, SpecText
from hand_made_caller import Caller

QUERY = {"current": 1, "size": 1, "params": {"taskId": 1}}

SCHEME = Md5Sign(
    key=PythonName("api_key"),
    secret=PythonName("api_secret"),
    key_header=SpecText("Api-Key"),
    timestamp_header=SpecText("Timestamp"),
    signature_header=SpecText("Sign"),
    summary=None,
    protects=None,
)


@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_the_documented_vector_is_accepted_in_either_case(case: Callable[[str], str]) -> None:
    verifier = Md5Verifier(SCHEME, {"api_key": "bDqJFiq9", "api_secret": "7bz1lzh9"}, 300)
    headers = {
        "api-key": "bDqJFiq9",
        "timestamp": "1630468800",
        "sign": case("05d7a50893e22a5c4bb3216ae3396c7c"),
    }
    request = Request("POST", "/any", "/any", "", headers, b"any")
    assert verifier.verdict(request, 1_630_468_800) is Verdict.ACCEPTED


def test_a_signed_request_succeeds(caller: Caller) -> None:
    answer = caller.acme("/calls/query", QUERY)
    assert (answer.status_code, answer.json()["status"]) == (200, 0)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"Sign": "0" * 32},
        {"Sign": "z" * 32},
        {"Sign": ""},
        {"Api_Key": "bDqJFiq9"},
        {"Api_Key": ""},
        {"Timestamp": ""},
        {"Timestamp": "1800000001"},
        {"Timestamp": "now"},
    ],
)
def test_a_wrong_signature_gets_http_200_and_the_documented_code(
    caller: Caller, spoilt: dict[str, str]
) -> None:
    answer = caller.acme("/calls/query", QUERY, **spoilt)
    assert answer.status_code == 200
    assert answer.json() == {"status": -1, "reason": "Authentication error"}


@pytest.mark.parametrize(("offset", "code"), [(-301, -16), (-299, 0), (299, 0), (301, -16)])
def test_a_timestamp_too_far_off_is_refused_as_expired(
    caller: Caller, offset: float, code: int
) -> None:
    caller.at += offset
    answer = caller.acme("/calls/query", QUERY)
    assert answer.status_code == 200
    assert answer.json()["status"] == code


def test_the_date_header_tells_the_clock_of_the_simulator(caller: Caller) -> None:
    answer = caller.acme("/calls/query", QUERY, Sign="wrong")
    assert answer.headers["date"] == "Fri, 15 Jan 2027 08:00:00 GMT"


@pytest.mark.parametrize("skew", [3600, -3600])
def test_a_skewed_clock_refuses_the_right_time_and_says_its_own(
    calling: Callable[..., Caller], skew: int
) -> None:
    caller = calling(f"clock_skew:{skew}")
    assert caller.acme("/calls/query", QUERY).json()["status"] == -16
    caller.at += skew
    assert caller.acme("/calls/query", QUERY).json()["status"] == 0


def test_neither_path_nor_body_is_covered(caller: Caller) -> None:
    first = caller.acme("/calls/query", QUERY)
    signed = {name: first.request.headers[name] for name in ("api-key", "timestamp", "sign")} | {
        "content-type": "application/json"
    }
    replayed = caller.send("POST", "/acme/calls/detail", b'{"callId": 7}', signed)
    assert replayed.json()["code"] == "0"
