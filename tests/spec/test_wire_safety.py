"""What a spec puts on the wire is something that HTTP can carry, and that leads where it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dialspec.diagnostics import Diagnostics

    Diagnose = Callable[[Mapping[str, bytes | None]], Diagnostics]

BASE: Final = Path(__file__).parent / "base" / "demo"
TASKS: Final = (BASE / "tasks.yaml").read_text(encoding="utf-8")
PROVIDER: Final = (BASE / "provider.yaml").read_text(encoding="utf-8")
CALLS: Final = """\
# yaml-language-server: $schema=../schema.json
resource: calls
endpoints:
  send:
    summary: Send something.
    http: "{http}"
    effect: read
    source: {{page: "https://example.com"}}
    request:
      callId: {{type: integer, location: path, required: true, summary: Call.}}
"""


def told(diagnostics: Diagnostics) -> list[str]:
    """Each error as `CODE line:column`."""
    return [f"{one.code} {one.position.line}:{one.position.column}" for one in diagnostics.errors]


def provider(old: str, new: str) -> dict[str, bytes | None]:
    """The provider with one text replaced."""
    assert old in PROVIDER
    return {"demo/provider.yaml": PROVIDER.replace(old, new, 1).encode()}


@pytest.mark.parametrize(
    "target",
    [
        "GET /电话/{callId}",
        "GET /calls/{callId}?x=1",
        "GET /calls/{callId}#f",
        "GET /calls/{callId}/%zz",
        "GET /calls/../{callId}",
        "GET /calls/./{callId}",
        "GET //example.net/{callId}",
        "GET /calls//{callId}",
        "GET /calls/{call-id}",
        "GET /calls/{callId",
        "GET /calls/callId}",
        "GET /calls\\\\{callId}",
        "GET  /calls/{callId}",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(target: str, diagnose: Diagnose) -> None:
    found = told(diagnose({"demo/calls.yaml": CALLS.format(http=target).encode()}))
    assert found == ["DS105 6:11"]


@pytest.mark.parametrize(
    "target",
    ["GET /calls/{callId}", "GET /a-b_c.d~e/{callId}/", "GET /a{callId}b", "GET /x;y=1,2/{callId}"],
)
def test_a_path_may_hold_what_urls_hold(target: str, diagnose: Diagnose) -> None:
    assert told(diagnose({"demo/calls.yaml": CALLS.format(http=target).encode()})) == []


def test_a_path_does_not_begin_with_what_a_caller_passes(diagnose: Diagnose) -> None:
    spec = CALLS.format(http="GET {callId}/calls")
    assert told(diagnose({"demo/calls.yaml": spec.encode()})) == ["DS340 6:11"]


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("https://example.net/", ["DS105 15:19"]),
        ("//example.net", ["DS105 15:19"]),
        ("/v3/../admin", ["DS105 15:19"]),
        ("v3", ["DS105 15:19"]),
        ("/v3/", ["DS105 15:19"]),
        ("/v3/voice", []),
        ("", []),
    ],
)
def test_a_prefix_is_the_beginning_of_a_path(
    prefix: str, expected: list[str], diagnose: Diagnose
) -> None:
    files = provider("auth:\n", f'prefixes: {{voice: "{prefix}"}}\nauth:\n')
    assert told(diagnose(files)) == expected


@pytest.mark.parametrize(
    ("address", "is_refused"),
    [
        ("https://api.example.com:999999", True),
        ("https://api.example.com:0", True),
        ("https://api..example.com", True),
        ("https://api.example.com/v1/../v2", True),
        ("https://api.example.com//v1", True),
        ("https://api.example.com:65535/v1/", False),
    ],
)
def test_an_address_can_be_reached(address: str, is_refused: bool, diagnose: Diagnose) -> None:
    files = provider("base_url: https://api.example.com", f"base_url: {address}")
    assert told(diagnose(files)) == (["DS105 8:13"] if is_refused else [])


@pytest.mark.parametrize(
    ("zone", "is_refused"),
    [("+99:99", True), ("+14:60", True), ("+15:00", True), ("-03:30", False), ("+14:00", False)],
)
def test_a_zone_is_one_of_the_earth(zone: str, is_refused: bool, diagnose: Diagnose) -> None:
    tasks = TASKS.replace(
        "state: {type: TaskState, s",
        f"at: {{type: datetime, zone: '{zone}', summary: When.}}\n      state: {{type: TaskState, s",
    )
    found = told(diagnose({"demo/tasks.yaml": tasks.encode()}))
    assert found == (["DS105 18:34"] if is_refused else [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("X Trace", ["DS105 10:7"]),
        ("X-电话", ["DS105 10:7"]),
        ("a\\r\\nb", ["DS105 10:7"]),
        ("", ["DS105 10:7"]),
        ("Sign", ["DS354 10:7"]),
        ("api-key", ["DS354 10:7"]),
        ("Content-Length", ["DS354 10:7"]),
        ("transfer-encoding", ["DS354 10:7"]),
        ("HOST", ["DS354 10:7"]),
        ("Accept-Language", []),
    ],
)
def test_a_header_field_is_a_header_of_its_own(
    name: str, expected: list[str], diagnose: Diagnose
) -> None:
    spec = CALLS.format(http="GET /calls").replace(
        "callId: {type: integer, location: path",
        f'"{name}": {{type: string, name: value, location: header',
    )
    assert told(diagnose({"demo/calls.yaml": spec.encode()})) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ('"X Y": a', ["DS105 15:11"]),
        ('"X": "a\\r\\nb: c"', ["DS105 15:16"]),
        ('"X": "电话"', ["DS105 15:16"]),
        ('"X": " a"', ["DS105 15:16"]),
        ('"SIGN": a', ["DS354 15:11"]),
        ('"Host": a', ["DS354 15:11"]),
        ('"X": a, "x": b', ["DS354 15:19"]),
        ('"Content-Type": application/json', []),
    ],
)
def test_standing_headers_can_be_sent(
    headers: str, expected: list[str], diagnose: Diagnose
) -> None:
    assert told(diagnose(provider("auth:\n", f"headers: {{{headers}}}\nauth:\n"))) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("api-key", "DS354 21:3"), ("Host", "DS354 21:3"), ("Si gn", "DS105 21:21")],
)
def test_each_part_of_a_signature_has_a_header_of_its_own(
    name: str, expected: str, diagnose: Diagnose
) -> None:
    files = provider("signature_header: Sign", f"signature_header: {name}")
    assert told(diagnose(files)) == [expected]


def test_authorization_is_written_by_the_signature_that_uses_it(diagnose: Diagnose) -> None:
    begin, end = PROVIDER.index("auth:"), PROVIDER.index("envelopes:")
    auth = (
        "auth: {scheme: auth_v2, key: api_key, secret: api_secret, signed_headers: [host], "
        "key_form: hex, signature_form: hex, payload_separator: line}\n"
        "headers: {authorization: a}\n"
    )
    files = {"demo/provider.yaml": (PROVIDER[:begin] + auth + PROVIDER[end:]).encode()}
    assert told(diagnose(files)) == ["DS354 16:11"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("number: current", "number: size", "DS322 37:11"),
        ("wrapper: params", "wrapper: size", "DS322 38:14"),
        ("wrapper: params", "wrapper: current", "DS322 38:14"),
    ],
)
def test_fields_of_paging_have_a_name_each(
    old: str, new: str, expected: str, diagnose: Diagnose
) -> None:
    assert told(diagnose(provider(old, new))) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    paging:", "    wrapper: current\n    paging:", "DS322 26:5"),
        ("filters: state", "at: size, filters: state", "DS322 28:7"),
    ],
)
def test_an_object_of_the_body_is_not_named_like_a_field_of_paging(
    old: str, new: str, expected: str, diagnose: Diagnose
) -> None:
    assert told(diagnose({"demo/tasks.yaml": TASKS.replace(old, new, 1).encode()})) == [expected]


def test_an_object_of_the_body_is_not_named_like_a_field_beside_it(diagnose: Diagnose) -> None:
    spec = CALLS.format(http="POST /calls").replace(
        "    request:\n",
        "    wrapper: call\n    request:\n      call: {type: string, at: body, summary: Call.}\n",
    )
    spec = spec.replace(", location: path", "")
    assert told(diagnose({"demo/calls.yaml": spec.encode()})) == ["DS322 11:7"]
