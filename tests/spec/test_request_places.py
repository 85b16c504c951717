"""What a caller passes is sent, or the spec is refused where it says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from dialspec.diagnostics import Diagnostics
from dialspec.pipeline import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Diagnose = Callable[[Mapping[str, bytes | None]], Diagnostics]

HEAD: Final = """\
# yaml-language-server: $schema=../schema.json
resource: calls
endpoints:
  send:
    summary: Send something.
    http: {http}
    effect: read
    source: {{page: "https://example.com"}}
"""


def calls(*fields: str, http: str = "POST /send", more: str = "") -> bytes:
    """A resource whose endpoint has these request fields, from line 10 (11 with one more line)."""
    lines = "".join(f"      {field}\n" for field in fields)
    request = f"    request:\n{lines}" if fields else ""
    return f"{HEAD.format(http=http)}{more}{request}".encode()


def told(diagnostics: Diagnostics) -> list[str]:
    """Each error as `CODE line:column`."""
    return [f"{one.code} {one.position.line}:{one.position.column}" for one in diagnostics.errors]


@pytest.mark.parametrize(
    ("spec", "place"),
    [
        (calls("a: {type: file, location: query, summary: A.}"), "10:17"),
        (calls("a: {type: file, location: header, summary: A.}"), "10:17"),
        (calls("a: {type: file, summary: A.}", http="GET /send"), "10:17"),
        (calls("a: {type: file, summary: A.}", more="    wrapper: params\n"), "11:17"),
        (calls("a: {type: file, at: params, summary: A.}"), "10:17"),
        (calls("a: {type: 'list[file]', summary: A.}"), "10:17"),
        (calls("a: map[file]"), "10:10"),
        (calls(more="    response: {type: file}\n"), "9:22"),
        (calls(more="    response: {fields: {a: {type: file, summary: A.}}}\n"), "9:35"),
        (calls(more="types:\n  Call: {fields: {a: {type: file, summary: A.}}}\n"), "10:29"),
    ],
)
def test_a_file_that_can_not_be_sent_is_refused(
    spec: bytes, place: str, diagnose: Diagnose
) -> None:
    assert told(diagnose({"demo/calls.yaml": spec})) == [f"DS351 {place}"]


@pytest.mark.parametrize(
    ("spec", "body"),
    [
        (calls("a: {type: file, summary: A.}", "b: {type: string, summary: B.}"), "multipart"),
        (calls("a: {type: file, summary: A.}", more="    body: multipart\n"), "multipart"),
        (calls("a: {type: file, at: body, summary: A.}", more="    wrapper: p\n"), "multipart"),
        (calls("b: {type: string, summary: B.}", more="    body: multipart\n"), "multipart"),
        (calls("b: {type: string, summary: B.}"), "json"),
        (calls("b: {type: string, location: query, summary: B.}"), "none"),
        (calls("b: {type: string, summary: B.}", http="GET /send"), "none"),
        (calls(more="    body: json\n"), "json"),
    ],
)
def test_the_fields_decide_how_the_body_is_written(spec: bytes, body: str, specs: Path) -> None:
    (specs / "demo" / "calls.yaml").write_bytes(spec)
    _, api = read(specs, Diagnostics())
    (found,) = (item for item in api.providers[0].endpoints() if item.name == "send")
    assert found.body == body


@pytest.mark.parametrize(
    ("spec", "place"),
    [
        (calls("a: {type: string, summary: A.}", more="    body: none\n"), "11:7"),
        (calls("a: string", more="    body: none\n"), "11:7"),
        (calls("a: {type: file, summary: A.}", more="    body: none\n"), "11:7"),
        (calls("a: {type: file, summary: A.}", more="    body: json\n"), "11:7"),
    ],
)
def test_a_field_that_would_not_be_sent_is_refused(
    spec: bytes, place: str, diagnose: Diagnose
) -> None:
    assert told(diagnose({"demo/calls.yaml": spec})) == [f"DS353 {place}"]


def test_paging_in_a_body_that_is_none_is_refused(specs: Path, diagnose: Diagnose) -> None:
    text = (specs / "demo" / "tasks.yaml").read_text(encoding="utf-8")
    changed = text.replace("    paging:", "    body: none\n    paging:")
    assert told(diagnose({"demo/tasks.yaml": changed.encode()})) == ["DS353 26:11", "DS353 29:7"]


@pytest.mark.parametrize(
    ("field", "places"),
    [
        ("a: {type: integer, summary: A.}", ["10:7"]),
        ("a: integer", ["10:7"]),
        ("a: {type: 'list[integer]', required: true, summary: A.}", ["10:17"]),
        ("a: {type: 'map[integer]', required: true, summary: A.}", ["10:17"]),
        ("a: {type: json, required: true, summary: A.}", ["10:17"]),
        ("a: {type: file, required: true, summary: A.}", ["10:17"]),
        ("a: {type: Task, required: true, summary: A.}", ["10:17"]),
        ("a: {type: 'json_text[integer]', summary: A.}", ["10:7", "10:17"]),
        ("a: {type: datetime, required: true, summary: A.}", []),
        ("a: {type: TaskState, required: true, summary: A.}", []),
    ],
)
def test_a_part_of_the_path_is_required_and_one_value(
    field: str, places: list[str], diagnose: Diagnose
) -> None:
    spec = calls(field, http="GET /send/{a}")
    found = [item for item in told(diagnose({"demo/calls.yaml": spec})) if "DS352" in item]
    assert found == [f"DS352 {place}" for place in places]


def test_a_setting_is_one_value(specs: Path, diagnose: Diagnose) -> None:
    text = (specs / "demo" / "provider.yaml").read_text(encoding="utf-8")
    setting = "settings:\n  a: {environment: A, wire: a, field: {type: 'list[string]'}}\nauth:"
    changed = text.replace("auth:", setting, 1)
    assert told(diagnose({"demo/provider.yaml": changed.encode()})) == ["DS352 16:46"]


@pytest.mark.parametrize("key", ["location: body", "at: params", "filters: state", "match: to"])
@pytest.mark.parametrize(
    ("spec", "place"),
    [
        ("    response: {{fields: {{a: {{type: integer, {}, summary: A.}}}}}}\n", "9:44"),
        ("types:\n  Call: {{fields: {{a: {{type: integer, {}, summary: A.}}}}}}\n", "10:38"),
    ],
)
def test_what_only_requests_have_is_refused_elsewhere(
    spec: str, place: str, key: str, diagnose: Diagnose
) -> None:
    found = told(diagnose({"demo/calls.yaml": calls(more=spec.format(key))}))
    assert found == [f"DS356 {place}"]


def test_a_group_may_be_for_requests_and_types(diagnose: Diagnose) -> None:
    spec = calls(
        more="    include: [shared]\nfield_groups:\n  shared: {a: {type: integer, location: query, summary: A.}}\n"
        "types:\n  Call: {include: [shared]}\n"
    )
    assert told(diagnose({"demo/calls.yaml": spec})) == []
