"""Diagnostics for people, scripts, GitHub and code scanning."""

from __future__ import annotations

import io
import json
from pathlib import PurePosixPath
from typing import Any, Final

import jsonschema
import pytest

from dialspec.diagnostics import CODES, Diagnostics, Position
from dialspec.diagnostics.formats import FORMATS, render_diagnostics, wants_colour
from sarif_standard import sarif_schema

FILE: Final = PurePosixPath("specs/demo/tasks.yaml")


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def some() -> Diagnostics:
    """An error with everything, and a warning with nothing beyond its message."""
    diagnostics = Diagnostics()
    diagnostics.add_source(FILE, "resource: tasks\nsumary: 100%, all\n")
    diagnostics.report(
        "DS101",
        Position(FILE, 2, 1),
        "the key `sumary` is unknown",
        hint="did you mean `summary`?",
        related=[(Position(FILE, 1, 1), "in this file")],
        end_column=7,
    )
    diagnostics.report("DS402", Position(PurePosixPath("specs/a,b: %.yaml"), 3, 4), "100% unused")
    return diagnostics


def many(errors: int, warnings: int) -> Diagnostics:
    """So many of each, the warnings at the earlier places."""
    diagnostics = Diagnostics()
    for line in range(warnings):
        diagnostics.report("DS402", Position(FILE, line + 1), "unused")
    for line in range(errors):
        diagnostics.report("DS101", Position(FILE, 1000 + line), "unknown")
    return diagnostics


def test_text_has_place_code_excerpt_hint_and_a_count(some: Diagnostics) -> None:
    assert render_diagnostics(some) == (
        "specs/a,b: %.yaml:3:4 DS402 warning: 100% unused\n"
        "specs/demo/tasks.yaml:2:1 DS101 error: the key `sumary` is unknown\n"
        "    2 | sumary: 100%, all\n"
        "      | ^^^^^^\n"
        "      = did you mean `summary`?\n"
        "      = specs/demo/tasks.yaml:1:1: in this file\n"
        "1 error, 1 warning\n"
    )


def test_text_of_nothing_is_nothing() -> None:
    assert render_diagnostics(Diagnostics()) == ""


def test_text_is_coloured_on_a_terminal_only(
    some: Diagnostics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[1;31mDS101 error\x1b[0m" in render_diagnostics(some, "text", Terminal())
    assert "\x1b" not in render_diagnostics(some, "text", io.StringIO())
    assert "\x1b" not in render_diagnostics(some, "json", Terminal())


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_follows_no_color_and_term(environment: dict[str, str], coloured: bool) -> None:
    assert wants_colour(Terminal(), environment) is coloured


def test_json_has_every_part(some: Diagnostics) -> None:
    document = json.loads(render_diagnostics(some, "json"))
    assert document["errors"] == 1
    assert document["warnings"] == 1
    assert document["diagnostics"][1] == {
        "code": "DS101",
        "severity": "error",
        "file": "specs/demo/tasks.yaml",
        "line": 2,
        "column": 1,
        "end_column": 7,
        "message": "the key `sumary` is unknown",
        "hint": "did you mean `summary`?",
        "related": [
            {"file": "specs/demo/tasks.yaml", "line": 1, "column": 1, "message": "in this file"}
        ],
    }


def test_github_commands_escape_what_would_end_a_property(some: Diagnostics) -> None:
    assert render_diagnostics(some, "github") == (
        "::warning file=specs/a%2Cb%3A %25.yaml,line=3,col=4,"
        "title=DS402 A definition is not used::100%25 unused\n"
        "::error file=specs/demo/tasks.yaml,line=2,col=1,endColumn=7,title=DS101 A key is unknown::"
        "the key `sumary` is unknown%0Adid you mean `summary`?%0A"
        "specs/demo/tasks.yaml:1:1: in this file\n"
    )


def test_sarif_points_at_the_place(some: Diagnostics) -> None:
    run = json.loads(render_diagnostics(some, "sarif"))["runs"][0]
    result = run["results"][1]
    assert result["ruleId"] == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "DS101"
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "specs/demo/tasks.yaml"},
        "region": {"startLine": 2, "startColumn": 1, "endColumn": 7},
    }
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "specs/a%2Cb%3A%20%25.yaml"
    }


@pytest.fixture(scope="module")
def sarif() -> Any:
    """A validator of the standard's own schema, with its formats checked."""
    schema = sarif_schema()
    return jsonschema.Draft7Validator(
        schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    )


@pytest.mark.parametrize("diagnostics", [many(0, 0), many(1, 1), many(60, 60)])
def test_sarif_validates_against_its_schema(diagnostics: Diagnostics, sarif: Any) -> None:
    sarif.validate(json.loads(render_diagnostics(diagnostics, "sarif")))


def test_sarif_with_places_and_related_places_validates(some: Diagnostics, sarif: Any) -> None:
    sarif.validate(json.loads(render_diagnostics(some, "sarif")))


def test_the_schema_refuses_what_is_no_sarif(some: Diagnostics, sarif: Any) -> None:
    log = json.loads(render_diagnostics(some, "sarif"))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not sarif.is_valid(log)


def test_every_code_makes_a_valid_sarif_rule(sarif: Any) -> None:
    diagnostics = Diagnostics()
    for code in CODES:
        diagnostics.report(code, Position(FILE), "x", related=[(Position(FILE), "y")])
    text = render_diagnostics(diagnostics, "sarif", most=1000)
    sarif.validate(json.loads(text))
    assert text.count('"shortDescription"') == len(CODES)


def test_at_most_fifty_are_shown_and_the_rest_is_counted() -> None:
    text = render_diagnostics(many(30, 40))
    assert text.count(" error: ") == 30
    assert text.count(" warning: ") == 20
    assert text.endswith("30 errors, 40 warnings, 20 of them not shown\n")
    assert json.loads(render_diagnostics(many(30, 40), "json"))["omitted"] == 20
    assert render_diagnostics(many(60, 0), "github").endswith(
        "::notice title=dialspec::10 more problems are not shown\n"
    )


def test_a_warning_never_takes_the_place_of_an_error() -> None:
    text = render_diagnostics(many(60, 60))
    assert text.count(" error: ") == 50
    assert " warning: " not in text


@pytest.mark.parametrize("output_format", FORMATS)
def test_hostile_text_stays_inert_in_every_format(output_format: str) -> None:
    diagnostics = Diagnostics()
    hostile = "\x1b[2J\n::error::gotcha\u202e\udcff"
    file = PurePosixPath(f"specs/{hostile}.yaml")
    diagnostics.add_source(file, hostile)
    diagnostics.report(
        "DS101", Position(file), hostile, hint=hostile, related=[(Position(file), hostile)]
    )
    printed = render_diagnostics(diagnostics, output_format)
    assert not set(printed) & set("\x1b\u202e\udcff")
    assert not any(line.startswith("::error::gotcha") for line in printed.split("\n"))
    printed.encode("utf-8")


def test_a_format_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(ValueError, match="there is no format 'xml'"):
        render_diagnostics(Diagnostics(), "xml")
