"""Spec text inside messages can neither steer a terminal nor flood a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec.diagnostics.quoting import LONGEST_QUOTE, escaped, quoted
from dialspec.text import SpecText


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("text", "`text`"),
        (SpecText("启用"), "`启用`"),
        (12, "`12`"),
        (True, "`true`"),
        (None, "`null`"),
        (1.5, "`1.5`"),
        ("a\tb\nc\rd", r"`a\tb\nc\rd`"),
        ("\x1b[31m", r"`\x1b[31m`"),
        ("\u202e\u2028", r"`\u202e\u2028`"),
        ("\U000e0041", r"`\U000e0041`"),
        ("\ud800", r"`\ud800`"),
        (("a", 1), "`('a', 1)`"),
    ],
)
def test_values_are_shown_as_in_the_spec_with_escapes(value: object, shown: str) -> None:
    assert quoted(value) == shown


def test_long_values_are_cut() -> None:
    assert quoted("x" * 100) == "`" + "x" * (LONGEST_QUOTE - 1) + "…`"
    assert quoted(10**100, longest=5) == "`1000…`"


@given(st.text())
def test_whatever_is_escaped_prints(text: str) -> None:
    assert all(
        character.isprintable() or character == "\u3000" or character.isspace()
        for character in escaped(text)
    )
    assert not set(escaped(text)) & set("\n\r\t\x1b\u202e\u2028\u2029\x85")
