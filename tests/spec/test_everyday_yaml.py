"""Everyday YAML is read fast, and never otherwise than the parser of all YAML reads it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialspec.diagnostics import Diagnostics
from dialspec.spec import parsed_yaml
from dialspec.spec.everyday_yaml import read_everyday
from dialspec.spec.loader import load
from dialspec.spec.parsed_yaml import parse_document
from dialspec.spec.positions import Place, Positions
from dialspec.spec.source import Limits
from dialspec.spec.yaml import read_document

ROOT: Final = Path(__file__).parents[2]
FILE: Final = PurePosixPath("x.yaml")
SPECS: Final = sorted((ROOT / "specs").rglob("*.yaml"))

_FRAGMENTS: Final = (
    *("a", "b", "1", "-1", "007", "1e3", ".5", "true", "~", "x y", "list[x]", "https://x.y", "é", "中", "\u00a0"),
    *("a: ", "b: ", '"q": ', "1: ", "- ", "- a: ", "{", "}", "[", "]", ", ", ",", ": ", ":", "#", " # c", "? "),
    *("'", '"', "|", "|-", ">", ">-", ">+", "&a ", "*a", "\\", "?", "!", "!!str ", "%", "@", "`", "<<: ", "---"),
    *(" ", "  ", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\t", "=", "(", "..."),
)  # fmt: skip


def fully(text: str) -> tuple[object, list[str]]:
    """What the parser of all YAML makes of a text: its data, written out with types, and the problems."""
    diagnostics = Diagnostics()
    document = parse_document(text, FILE, Limits(), diagnostics)
    return document and repr(document.data), [one.code for one in diagnostics]


def agree(text: str) -> None:
    """Compare both readers, as far as the everyday one reads the text at all."""
    data = read_everyday(text, Limits())
    if data is not None:
        assert (repr(data), []) == fully(text), text


@pytest.mark.parametrize("path", SPECS, ids=lambda path: "/".join(path.parts[-2:]))
def test_the_specs_of_the_project_are_everyday_yaml(path: Path) -> None:
    text = path.read_text()
    data = read_everyday(text, Limits())
    assert data is not None
    assert (repr(data), []) == fully(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n", {"a": "b"}),
        ("a: 'it is' # said\n", {"a": "it is"}),
        ("a:   # below\n  b: 1\n", {"a": {"b": 1}}),
        ("a:\nb:\n", {"a": None, "b": None}),
        ("a:\n- b\n- c: 1\n  d: {e: [f, 2]}\n", {"a": ["b", {"c": 1, "d": {"e": ["f", 2]}}]}),
        ("a: >-\n  b\n  c\n\nd: |\n  e\n\n    f\n", {"a": "b c", "d": "e\n\n  f\n"}),
        ("a: [b,\n  c: d]\n", None),
        ("a: [b,\n  c]\n", {"a": ["b", "c"]}),
        ("a: &x {b: 1}\nc: *x\n", {"a": {"b": 1}, "c": {"b": 1}}),
        ("a: {}\nb: []\n", {"a": {}, "b": []}),
        ("a: https://b.c/d#e\n", {"a": "https://b.c/d#e"}),
        ('{"a": 1}\n', None),
        ("a: b", None),
        ("a: b\n  c\n", None),
        ("a: b\na: c\n", None),
        ("a: 007\n", None),
        ("true: a\n", None),
        ('a: "\\n"\n', None),
        ("a: !x b\n", None),
        ("--- {}\n", None),
        ("a:\tb\n", None),
        ("a: [b, ]\n", None),
        ("a: *b\n", None),
        ("a: &x [1]\nb: &y {c: *x}\n", None),
        ("a: &x\n  b: *x\n", None),
        ("a: >-\n  b\n\n  c\n", None),
        ("a: |2\n  b\n", None),
        ("a: b\u2028c\n", None),
        ("a: >-\n", None),
        ("", None),
        ("# nothing\n", None),
        ("  a: b\n", None),
    ],
)
def test_what_is_everyday_and_what_is_left_to_the_parser(text: str, expected: object) -> None:
    assert read_everyday(text, Limits()) == expected
    agree(text)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("a: [[1]]\n", Limits(depth=2)),
        ("a:\n  b:\n    c:\n      d: 1\n", Limits(depth=3)),
        ("a: [1, 2, 3]\n", Limits(nodes=5)),
        (f"a: {'x' * 20}\n", Limits(characters=20)),
        ("a: &a [1, 2, 3]\nb: *a\nc: *a\n", Limits(nodes=20)),
        (f"a: &a {'x' * 20}\nb: *a\nc: *a\n", Limits(characters=60)),
    ],
)
def test_what_could_be_beyond_the_limits_is_left_to_the_parser(text: str, limits: Limits) -> None:
    assert read_everyday(text, Limits()) is not None
    assert read_everyday(text, limits) is None


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=14).map(lambda parts: "".join(parts) + "\n"))
def test_both_readers_agree_on_any_text(text: str) -> None:
    agree(text)
    agree(f"a: {text}")


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_both_readers_agree_on_damaged_specs(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(SPECS)).read_text().split("\n")
    start = data.draw(st.integers(0, len(lines) - 1))
    some = lines[start : start + data.draw(st.integers(1, 12))]
    margin = len(some[0]) - len(some[0].lstrip())
    text = "\n".join(line[margin:] for line in some) + "\n"
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 3))
        text = text[:at] + data.draw(st.sampled_from(_FRAGMENTS)) + text[at + cut :]
    agree(text)


def test_places_are_those_that_the_parser_finds() -> None:
    text = SPECS[0].read_text()
    read = read_document(text, FILE, Limits(), Diagnostics())
    parsed = parse_document(text, FILE, Limits(), Diagnostics())
    assert read is not None
    assert parsed is not None
    assert not isinstance(read.root, Place)
    assert _written_out(Positions(FILE, read.root).root) == _written_out(
        Positions(FILE, parsed.root).root
    )


def test_specs_without_a_problem_never_meet_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(*_arguments: object) -> None:
        raise AssertionError("the parser was asked")

    monkeypatch.setattr(parsed_yaml, "parse_document", parse)
    diagnostics = Diagnostics()
    load(ROOT / "specs", diagnostics)
    assert list(diagnostics) == []


def _written_out(place: Place) -> object:
    children = {key: _written_out(inner) for key, inner in (place.children or {}).items()}
    return place.key, place.value, children
