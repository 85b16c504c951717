"""Both schemes reproduce the known answers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec_runtime import AuthV2, Md5Sign, SigningParts
from dialspec_runtime.secret import Secret
from dialspec_runtime.signing import normalize

MOMENT = 1730383612.123  # 2024-10-31T14:06:52.123Z
HUAWEI = {
    "access_key": Secret("globalaktest"),
    "secret_key": Secret("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"),
}
PING = SigningParts(
    "POST",
    "/rest/cmsapp/v1/ping",
    headers={
        "host": "10.22.26.181:28080",
        "content-length": "23",
        "content-type": "application/json;charset=UTF-8",
    },
    body=b'{"say": "Hello world!"}',
)
APPOINT_LIST = SigningParts(
    "POST",
    "/rest/isales/v1/openapi/campaigns/1/appoint/list",
    headers={
        "host": "isales.example.com:28443",
        "content-length": "45",
        "content-type": "application/json; charset=UTF-8",
    },
    body=b'{"limit":10,"offset":0,"taskId":"1106025109"}',
)
QUERY_RESULTS = SigningParts(
    "GET",
    "/rest/isales/v1/openapi/campaigns/1/queryOBSResults",
    query=(("pageSize", "10"), ("pageNum", "1")),
    headers={
        "host": "isales.example.com:28443",
        "content-type": "application/json; charset=UTF-8",
        "accept": "application/json",
    },
)


def test_md5_sign_gives_the_vendors_own_sample() -> None:
    signer = Md5Sign(key_header="Api-Key", timestamp_header="Timestamp", signature_header="Sign")
    credentials = {"api_key": Secret("bDqJFiq9"), "api_secret": Secret("7bz1lzh9")}
    assert signer.sign(SigningParts("POST", "/x"), credentials, 1630468800.9) == [
        ("Api-Key", "bDqJFiq9"),
        ("Timestamp", "1630468800"),
        ("Sign", "05d7a50893e22a5c4bb3216ae3396c7c"),
    ]


@pytest.mark.parametrize(
    ("parts", "signed", "signature"),
    [
        (
            PING,
            "content-length;content-type;host",
            "2c950f37982a7f5a25b633a7262cd2b05a3c2385a7699fdf579615adf283a49d",
        ),
        (
            APPOINT_LIST,
            "content-length;content-type;host",
            "7788f5caa9d95331e17e4de9448a49cd3e43282132ed9b1171db1482ec60cd03",
        ),
        (
            QUERY_RESULTS,
            "content-type;host",
            "7b4e15d49921df06d8e85e0daa42abaf79523cd346903a856fb9712e8a6ca37e",
        ),
    ],
    ids=["ping", "appoint/list", "queryOBSResults"],
)
def test_auth_v2_gives_the_known_answers(parts: SigningParts, signed: str, signature: str) -> None:
    [(name, value)] = AuthV2().sign(parts, HUAWEI, MOMENT)
    assert name == "Authorization"
    assert value == f"auth-v2/globalaktest/2024-10-31T14:06:52.123Z/{signed}/{signature}"


def test_auth_v2_gives_the_other_reading_of_the_ports_when_told_so() -> None:
    signer = AuthV2(key_form="raw", signature_form="base64", payload_separator="\n\n")
    [(_, value)] = signer.sign(PING, HUAWEI, MOMENT)
    assert value.endswith("/2J5gldEO2RoU42qUQjwv2eRyYFaeMrY3a3lkLwBS040=")


def test_the_canonical_request_is_the_documented_text() -> None:
    text = AuthV2().canonical_request(PING, "content-length;content-type;host")
    assert len(text) == 197
    assert text.split("\n") == [
        "POST",
        "/rest/cmsapp/v1/ping",
        "",
        "content-length;content-type;host",
        "content-length:23",
        "content-type:application%2Fjson%3Bcharset%3DUTF-8",
        "host:10.22.26.181%3A28080",
        "%7B%22say%22%3A%20%22Hello%20world%21%22%7D",
    ]


def test_header_values_are_trimmed_and_query_pairs_sorted() -> None:
    parts = SigningParts("GET", "/x", (("b", "2"), ("a b", "é")), {"host": " h "})
    text = AuthV2().canonical_request(parts, "host")
    assert text == "GET\n/x\na%20b=%C3%A9&b=2\nhost\nhost:h\n"


def test_milliseconds_are_never_rounded_into_a_sixtieth_second() -> None:
    [(_, value)] = AuthV2().sign(PING, HUAWEI, 1730383619.9999)
    assert "/2024-10-31T14:06:59.999Z/" in value


@given(st.text())
def test_normalizing_keeps_only_unreserved_characters(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert re.fullmatch(r"(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*", normalize(text))


def test_what_signs_says_which_credentials_and_headers_it_uses() -> None:
    md5 = Md5Sign(key_header="Api-Key", timestamp_header="Timestamp", signature_header="Sign")
    assert md5.credentials == ("api_key", "api_secret")
    assert md5.header_names == ("Api-Key", "Timestamp", "Sign")
    assert not md5.needs_body
    assert AuthV2().credentials == ("access_key", "secret_key")
    assert AuthV2().header_names == ("Authorization",)
    assert AuthV2().needs_body
