"""Excerpts show the line and put the carets below the characters concerned."""

from __future__ import annotations

import pytest

from dialspec.diagnostics.excerpt import excerpt


def test_carets_stand_below_the_place() -> None:
    assert excerpt("a: 1\nbee: 2\n", 2, 1, 4) == ("bee: 2", "^^^")


@pytest.mark.parametrize(
    ("line", "column", "carets"),
    [
        ("key: value", 1, "^^^"),
        ("key: value", 6, "     ^^^^^"),
        ('key: "two words"', 6, "     ^^^^^^^^^^^"),
        ("key: 'two words'", 6, "     ^^^^^^^^^^^"),
        ("key: {a: 1}", 6, "     ^"),
        ("key:", 5, "    ^"),
    ],
)
def test_without_an_end_the_word_at_the_place_is_marked(
    line: str, column: int, carets: str
) -> None:
    found = excerpt(line, 1, column, None)
    assert found is not None
    assert found.carets == carets


def test_wide_characters_take_two_columns() -> None:
    found = excerpt("zh: 启用, x: 1", 1, 9, 10)
    assert found == ("zh: 启用, x: 1", "          ^")


def test_combining_marks_take_no_column() -> None:
    found = excerpt("e\u0301 x", 1, 4, 5)
    assert found is not None
    assert found.carets == "  ^"


def test_characters_that_do_not_print_are_shown_as_escapes() -> None:
    assert excerpt("\tx\x1b", 1, 2, 3) == ("\\tx\\x1b", "  ^")


def test_long_lines_are_cut_around_the_place() -> None:
    found = excerpt("a" * 200 + "bad" + "c" * 200, 1, 201, 204)
    assert found is not None
    assert found.line == "…" + "a" * 40 + "bad" + "c" * 57 + "…"
    assert found.carets == " " * 41 + "^^^"


def test_a_mark_longer_than_the_cut_line_ends_with_it() -> None:
    found = excerpt("x" * 300, 1, 1, 301)
    assert found is not None
    assert found.line == "x" * 100 + "…"
    assert found.carets == "^" * 100


@pytest.mark.parametrize(("line", "column"), [(1, 1), (9, 1)])
def test_there_is_no_excerpt_of_an_empty_or_missing_line(line: int, column: int) -> None:
    assert excerpt("\na: 1", line, column, None) is None


def test_a_place_behind_the_end_of_the_line_is_marked_there() -> None:
    assert excerpt("a:", 1, 3, None) == ("a:", "  ^")
