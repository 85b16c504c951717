"""Plain scalars mean what YAML 1.2 says, and what would lose something is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec.spec.scalars import Unclear, plain_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("on", "on"),
        ("0", 0),
        ("-1", -1),
        ("+5", 5),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("0.5", 0.5),
        ("2026-11-21", "2026-11-21"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("1.2.3", "1.2.3"),
        ("0b11", "0b11"),
        ("-", "-"),
        ("-.", "-."),
        ("٣", "٣"),
    ],
)
def test_a_plain_scalar_has_its_value_of_yaml_1_2(text: str, value: object) -> None:
    found = plain_value(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("007", "would lose its leading zeros"),
        ("-01", "would lose its leading zeros"),
        ("0200000", "would lose its leading zeros"),
        ("00.5", "would lose its leading zeros"),
        ("9" * 41, "is too long to be kept exactly"),
        ("0x" + "f" * 40, "is too long to be kept exactly"),
        ("0o" + "7" * 40, "is too long to be kept exactly"),
        ("1e999", "is too large"),
        (".inf", "is infinite or not a number"),
        ("-.INF", "is infinite or not a number"),
        (".nan", "is infinite or not a number"),
    ],
)
def test_a_number_that_would_lose_something_is_refused(text: str, reason: str) -> None:
    assert plain_value(text) == Unclear(reason)


@given(st.integers(-(10**30), 10**30))
def test_every_whole_number_reads_as_itself(number: int) -> None:
    assert plain_value(str(number)) == number


@given(st.text())
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    plain_value(text)
