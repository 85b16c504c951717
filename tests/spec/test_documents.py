"""YAML becomes plain data with a place for every key and value."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialspec.diagnostics import Diagnostics
from dialspec.spec.positions import Mark, Positions
from dialspec.spec.source import Limits
from dialspec.spec.yaml import Document, read_document
from dialspec.text import SpecText

FILE = PurePosixPath("x.yaml")


def read(text: str, limits: Limits | None = None) -> Document:
    """The document of a text that has no problem."""
    diagnostics = Diagnostics()
    document = read_document(text, FILE, limits or Limits(), diagnostics)
    assert [str(one) for one in diagnostics] == []
    assert document is not None
    return document


def problems(text: str, limits: Limits | None = None) -> list[str]:
    """The problems of a text, as `line:column code`."""
    diagnostics = Diagnostics()
    read_document(text, FILE, limits or Limits(), diagnostics)
    return [f"{one.position.line}:{one.position.column} {one.code}" for one in diagnostics]


def test_scalars_lists_and_mappings_become_plain_data() -> None:
    assert read('a: [1, two, "3", 4.5, true, ~]\nb: {c: d}\n5: |\n  long\n  text\n').data == {
        "a": [1, "two", "3", 4.5, True, None],
        "b": {"c": "d"},
        5: "long\ntext\n",
    }


def test_an_alias_repeats_what_its_anchor_marks() -> None:
    document = read("a: &a {x: 1}\nb: *a\nc: [*a, *a]\n")
    assert document.data == {"a": {"x": 1}, "b": {"x": 1}, "c": [{"x": 1}, {"x": 1}]}
    positions = Positions(FILE, document.root)
    assert positions.value_mark("b")[:2] == (2, 4)
    assert positions.value_mark("b", "x")[:2] == (1, 11)


def test_an_anchor_may_be_given_again() -> None:
    assert read("a: &a 1\nb: &a 2\nc: *a\n").data["c"] == 2


def test_a_key_may_be_an_alias() -> None:
    assert read("a: &a b\n*a : 1\n").data == {"a": "b", "b": 1}


def test_explicit_keys_and_documents_are_accepted() -> None:
    assert read("---\n? a\n: b\n...\n").data == {"a": "b"}


def test_places_of_keys_and_values() -> None:
    positions = Positions(FILE, read('a:\n  - b: "c d"\n    e:\n').root)
    assert positions.key_mark("a") == Mark(1, 1, 2)
    assert positions.value_mark("a")[:2] == (2, 3)
    assert positions.key_mark("a", 0, "b") == Mark(2, 5, 6)
    assert positions.value_mark("a", 0, "b") == Mark(2, 8, 13)
    assert positions.key_mark("a", 0)[:2] == (2, 5)


def test_an_empty_value_stands_at_its_key() -> None:
    positions = Positions(FILE, read("a:\nb: ''\n").root)
    assert positions.value_mark("a") == Mark(1, 1, 2)
    assert positions.value_mark("b") == Mark(2, 4, 6)


def test_what_is_missing_is_looked_up_at_its_nearest_ancestor() -> None:
    positions = Positions(FILE, read("a:\n  b: 1\n").root)
    assert positions.key_mark("a", "x", "y") == positions.key_mark("a")
    assert positions.value_mark("a", "b", "x") == positions.key_mark("a", "b")
    assert positions.at("x") == positions.at()
    assert ("a", "b") in positions
    assert ("a", "x") not in positions


def test_spec_text_is_as_good_a_key_as_its_string() -> None:
    positions = Positions(FILE, read("a:\n  b: 1\n").root)
    assert positions.at("a", SpecText("b")) == positions.at("a", "b")


def test_a_text_of_several_lines_ends_on_none_of_them() -> None:
    positions = Positions(FILE, read("a: |\n  x\n  y\n").root)
    assert positions.value_mark("a") == Mark(1, 4, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\na: 3\n", ["2:1 DS007", "3:1 DS007"]),
        ("a: {b: 1, b: 2}\n", ["1:11 DS007"]),
        ("1: a\n1: b\n", ["2:1 DS007"]),
        ("true: a\n", ["1:1 DS013"]),
        ("~: a\n", ["1:1 DS013"]),
        ("1.5: a\n", ["1:1 DS013"]),
        ("? {a: b}\n: c\n", ["1:3 DS013"]),
        ("a: 007\n", ["1:4 DS014"]),
        ("a: !x 1\n", ["1:4 DS010"]),
        ("a: !!str 1\n", ["1:4 DS010"]),
        ("a: ! 1\n", ["1:4 DS010"]),
        ("!!map {a: 1}\n", ["1:1 DS010"]),
        ("a: *b\n", ["1:4 DS009"]),
        ("a: &a [*a]\n", ["1:8 DS009"]),
        ("&a a: *a\n", []),
        ("--- {}\n--- {}\n", ["2:1 DS011"]),
        ("%TAG !x! tag:x,2000:\n--- {}\n", ["2:1 DS011"]),
        ("", ["1:1 DS012"]),
        ("# only a comment\n", ["1:1 DS012"]),
        ("[]\n", ["1:1 DS012"]),
        ("text\n", ["1:1 DS012"]),
        ("--- ~\n", ["1:5 DS012"]),
        ('a: "\\ud800"\n', ["1:4 DS004"]),
        ('"\\0": 1\n', ["1:1 DS004"]),
        ('a: "\\U00110000"\n', ["1:5 DS005"]),
        ("a: [1, 2\n", ["1:4 DS005"]),
        ("a: 'open\n", ["1:4 DS005"]),
        ("a: >x\n", ["1:5 DS005"]),
        ("a: - b\n", ["1:4 DS005"]),
        ("a: ? b\n", ["1:4 DS005"]),
        ("a: &\n", ["1:5 DS005"]),
        ('a: "\\u12"\n', ["1:7 DS005"]),
        ("a: |\n    x\n   y\n", ["3:4 DS005"]),
        ("a: |\n     \n  y\n", ["3:3 DS005"]),
        ("%YAML 2.0\n--- {}\n", ["1:1 DS005"]),
        ("a: !x!y z\n", ["1:4 DS005"]),
        ("a: [,]\n", ["1:5 DS005"]),
        ("a: `x`\n", ["1:4 DS005"]),
        ("---\n'a\n---\n", ["2:1 DS005"]),
        ("a:\n\tb: 1\n", ["2:1 DS006"]),
    ],
)
def test_what_is_refused_has_its_place(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


def test_what_is_refused_is_known_to_the_document() -> None:
    diagnostics = Diagnostics()
    document = read_document("a: 007\nb: 1\n", FILE, Limits(), diagnostics)
    assert document is not None
    assert document.refused == {Mark(1, 4, 7)}


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("a: [[[1]]]\n", Limits(depth=3)),
        ("a: [1, 2, 3]\n", Limits(nodes=5)),
        ("a: &a [1, 2, 3]\nb: [*a, *a, *a]\n", Limits(nodes=19)),
        (f"a: {'x' * 20}\n", Limits(characters=20)),
        (f"a: &a {'x' * 20}\nb: [*a, *a, *a]\n", Limits(characters=80)),
    ],
)
def test_limits_count_aliases_as_if_they_were_written_out(text: str, limits: Limits) -> None:
    assert [problem.split()[1] for problem in problems(text, limits)] == ["DS008"]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("a: [[1]]\n", Limits(depth=3)),
        ("a: [1, 2, 3]\n", Limits(nodes=6)),
        ("a: &a [1, 2, 3]\nb: [*a, *a, *a]\n", Limits(nodes=20)),
        (f"a: {'x' * 20}\n", Limits(characters=21)),
    ],
)
def test_limits_allow_what_just_fits(text: str, limits: Limits) -> None:
    read(text, limits)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab:-#&*!|>'\"{}[],?%@`\\ \n\t0.~"))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    diagnostics = Diagnostics()
    document = read_document(text, FILE, Limits(), diagnostics)
    assert document is not None or diagnostics.has_errors
    for found in diagnostics:
        assert 1 <= found.position.line <= text.count("\n") + 1
