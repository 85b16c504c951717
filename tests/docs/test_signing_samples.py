"""The signatures of the samples, against known answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialspec.api import AuthV2, Md5Sign
from dialspec.signing_samples import (
    SampleCredentials,
    SampleRequest,
    sample_credentials,
    signature_headers,
)
from dialspec.text import PythonName, SpecText

MD5 = Md5Sign(
    key=PythonName("api_key"),
    secret=PythonName("api_secret"),
    key_header=SpecText("Api-Key"),
    timestamp_header=SpecText("Timestamp"),
    signature_header=SpecText("Sign"),
    summary=None,
    protects=None,
)
V2 = AuthV2(
    key=PythonName("access_key"),
    secret=PythonName("secret_key"),
    signed_headers=(SpecText("content-length"), SpecText("content-type"), SpecText("host")),
    key_form="hex",
    signature_form="hex",
    payload_separator="line",
    summary=None,
    protects=None,
)
DEMO = SampleCredentials(
    "globalaktest", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "2024-10-31T14:06:52.123Z"
)
PING = SampleRequest(
    method="POST",
    path="/rest/cmsapp/v1/ping",
    query=(),
    headers={
        "Host": "10.22.26.181:28080",
        "Content-Length": "23",
        "Content-Type": "application/json;charset=UTF-8",
        "X-Not-Signed": "anything",
    },
    body=b'{"say": "Hello world!"}',
)
LIST = SampleRequest(
    method="POST",
    path="/rest/isales/v1/openapi/campaigns/1/appoint/list",
    query=(),
    headers={
        "host": "isales.example.com:28443",
        "content-length": "45",
        "content-type": "application/json; charset=UTF-8",
    },
    body=b'{"limit":10,"offset":0,"taskId":"1106025109"}',
)
QUERY = SampleRequest(
    method="GET",
    path="/rest/isales/v1/openapi/campaigns/1/queryOBSResults",
    query=(("pageSize", "10"), ("pageNum", "1")),
    headers={
        "host": "isales.example.com:28443",
        "content-type": "application/json; charset=UTF-8",
    },
    body=b"",
)


def test_the_md5_signature_is_the_one_that_the_vendors_print() -> None:
    assert signature_headers(MD5, PING, sample_credentials(MD5)) == {
        "Api-Key": "bDqJFiq9",
        "Timestamp": "1630468800",
        "Sign": "05d7a50893e22a5c4bb3216ae3396c7c",
    }


@pytest.mark.parametrize(
    ("request_", "signed", "signature"),
    [
        pytest.param(
            PING,
            "content-length;content-type;host",
            "2c950f37982a7f5a25b633a7262cd2b05a3c2385a7699fdf579615adf283a49d",
            id="ping",
        ),
        pytest.param(
            LIST,
            "content-length;content-type;host",
            "7788f5caa9d95331e17e4de9448a49cd3e43282132ed9b1171db1482ec60cd03",
            id="list",
        ),
        pytest.param(
            QUERY,
            "content-type;host",
            "7b4e15d49921df06d8e85e0daa42abaf79523cd346903a856fb9712e8a6ca37e",
            id="query",
        ),
    ],
)
def test_the_hmac_signature_gives_the_known_answers(
    request_: SampleRequest, signed: str, signature: str
) -> None:
    expected = f"auth-v2/globalaktest/2024-10-31T14:06:52.123Z/{signed}/{signature}"
    assert signature_headers(V2, request_, DEMO) == {"Authorization": expected}


def test_the_other_reading_of_the_scheme_gives_its_own_known_answer() -> None:
    other = replace(V2, key_form="raw", signature_form="base64", payload_separator="blank_line")
    header = signature_headers(other, PING, DEMO)["Authorization"]
    assert header.endswith("/2J5gldEO2RoU42qUQjwv2eRyYFaeMrY3a3lkLwBS040=")


def test_the_hmac_samples_use_credentials_that_are_plainly_made_up() -> None:
    credentials = sample_credentials(V2)
    assert credentials.key.startswith("sample-")
    assert credentials.secret.startswith("sample-")
