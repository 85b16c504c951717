"""The collector keeps every problem once, in the order of places, with the severity of its code."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from dialspec.diagnostics import CODES, CodeInfo, Diagnostics, Position, SpecErrors
from dialspec.diagnostics.registry import by_code

FILE = PurePosixPath("specs/demo/tasks.yaml")
ERROR, WARNING = "DS101", "DS402"


def test_problems_come_sorted_by_place() -> None:
    diagnostics = Diagnostics()
    for line, column in ((9, 1), (2, 7), (2, 3)):
        diagnostics.report(ERROR, Position(FILE, line, column), "x")
    assert [(one.position.line, one.position.column) for one in diagnostics] == [
        (2, 3),
        (2, 7),
        (9, 1),
    ]


def test_the_same_problem_at_the_same_place_counts_once() -> None:
    diagnostics = Diagnostics()
    for _ in range(3):
        diagnostics.report(ERROR, Position(FILE, 1, 1), "x")
    diagnostics.report(ERROR, Position(FILE, 1, 1), "y")
    assert len(diagnostics) == 2


def test_severity_comes_from_the_code() -> None:
    diagnostics = Diagnostics()
    diagnostics.report(WARNING, Position(FILE), "x")
    assert not diagnostics.has_errors
    diagnostics.report(ERROR, Position(FILE), "x")
    assert diagnostics.has_errors
    assert [one.code for one in diagnostics.errors] == [ERROR]
    assert [one.code for one in diagnostics.warnings] == [WARNING]


def test_a_code_that_is_not_in_the_registry_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Diagnostics().report("DS999", Position(FILE), "x")


def test_a_code_is_defined_once() -> None:
    info = CODES[ERROR]
    with pytest.raises(ValueError, match="DS101 is defined twice"):
        by_code([info, info])


def test_errors_can_be_raised_and_carry_the_collector() -> None:
    diagnostics = Diagnostics()
    diagnostics.raise_for_errors()
    diagnostics.report(ERROR, Position(FILE), "x")
    with pytest.raises(SpecErrors, match=r"tasks\.yaml:1:1: DS101 x \(errors: 1\)") as raised:
        diagnostics.raise_for_errors()
    assert raised.value.diagnostics is diagnostics


def test_a_position_reads_as_editors_expect_it() -> None:
    assert str(Position(FILE, 3, 14)) == "specs/demo/tasks.yaml:3:14"


@pytest.mark.parametrize("info", CODES.values(), ids=CODES)
def test_every_code_explains_itself_in_whole_sentences(info: CodeInfo) -> None:
    assert info.explanation.endswith(".")
    assert not info.title.endswith(".")
