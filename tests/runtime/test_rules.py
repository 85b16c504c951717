"""What a vendor documents about parameters taken together."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from dialspec_runtime import AtLeastOne, Exclusive, RequiredWhen, RequiredWith, Span
from dialspec_runtime.rules import BrokenRuleError, Rule
from sample_client import CallState

BEGIN = datetime(2024, 6, 1, tzinfo=UTC)
NAIVE = datetime(2024, 6, 1)  # noqa: DTZ001  # vendors document no zone

KEPT: list[tuple[Rule, dict[str, object]]] = [
    (RequiredWhen("file", when="source", equals=(1,)), {"source": 2}),
    (RequiredWhen("file", when="source", equals=(1,)), {"source": 1, "file": 5}),
    (RequiredWhen("file", when="source", equals=(1,)), {}),
    (RequiredWith("end", "begin"), {"end": 1, "begin": 2}),
    (RequiredWith("end", "begin"), {}),
    (AtLeastOne(("a", "b")), {"b": 1}),
    (Exclusive(("a", "b")), {"a": 1}),
    (Exclusive(("a", "b")), {}),
    (Span("begin", "end", days=31), {"begin": BEGIN, "end": datetime(2024, 7, 2, tzinfo=UTC)}),
    (Span("begin", "end", days=31), {"begin": BEGIN}),
    (Span("begin", "end", days=31), {"begin": "2024", "end": "2025"}),
    (Span("begin", "end"), {"begin": date(2024, 1, 1), "end": date(2025, 1, 1)}),
    (Span("begin", "end"), {"begin": time(9), "end": time(20)}),
    (Span("begin", "end"), {"begin": BEGIN, "end": date(2024, 6, 1)}),
]

BROKEN: list[tuple[Rule, dict[str, object], str, str]] = [
    (
        RequiredWhen("file", when="source", equals=(1, 2)),
        {"source": 2},
        "file",
        "is required when source is 2",
    ),
    (
        RequiredWhen("file", when="state", equals=(CallState.CALLING,)),
        {"state": CallState.CALLING},
        "file",
        "is required when state is 1",
    ),
    (RequiredWith("end", "begin"), {"begin": 2}, "end", "is required together with begin"),
    (AtLeastOne(("a", "b")), {}, "a", "at least one of a, b"),
    (Exclusive(("a", "b", "c")), {"a": 1, "c": 2}, "c", "can't be given together with a"),
    (
        Span("begin", "end", days=31),
        {"begin": BEGIN, "end": datetime(2024, 7, 3, tzinfo=UTC)},
        "end",
        "is more than 31 days after begin",
    ),
    (
        Span("begin", "end"),
        {"begin": BEGIN, "end": datetime(2024, 5, 1, tzinfo=UTC)},
        "end",
        "is before begin",
    ),
    (
        Span("begin", "end"),
        {"begin": date(2024, 1, 2), "end": date(2024, 1, 1)},
        "end",
        "is before begin",
    ),
    (Span("begin", "end"), {"begin": time(20), "end": time(9)}, "end", "is before begin"),
    (
        Span("begin", "end"),
        {"begin": NAIVE, "end": BEGIN},
        "end",
        "one has a zone, the other has none",
    ),
]


@pytest.mark.parametrize(("rule", "given"), KEPT)
def test_a_rule_that_is_kept_says_nothing(rule: Rule, given: dict[str, object]) -> None:
    rule.check(given)


@pytest.mark.parametrize(("rule", "given", "parameter", "problem"), BROKEN)
def test_a_rule_that_is_broken_names_the_parameter(
    rule: Rule, given: dict[str, object], parameter: str, problem: str
) -> None:
    with pytest.raises(BrokenRuleError, match=problem) as caught:
        rule.check(given)
    assert caught.value.parameter == parameter
