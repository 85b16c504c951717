"""What a vendor documents about parameters taken together."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

import pytest
from pydantic import Field

from dialspec_runtime import (
    AtLeastOne,
    Exclusive,
    InvalidArgument,
    ListOf,
    ObjectOf,
    RequestObject,
    RequiredWhen,
    RequiredWith,
    Rule,
    Span,
)
from dialspec_runtime.codecs import UnfitError
from dialspec_runtime.rules import BrokenRuleError
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


class Voice(RequestObject):
    """What a round of calls plays."""

    __rules__: ClassVar[tuple[Rule, ...]] = (
        RequiredWhen("file_id", when="source", equals=(1,)),
        RequiredWith("language", "text"),
    )

    source: int | None = None
    file_id: str | None = Field(
        default=None, validation_alias="fileId", serialization_alias="fileId"
    )
    text: str | None = None
    language: str | None = None


def test_the_fields_of_an_object_keep_its_rules() -> None:
    assert Voice(source=1, file_id="f").wire() == {"source": 1, "fileId": "f"}
    assert Voice(source=2).wire() == {"source": 2}


def made(fields: dict[str, Any]) -> Voice:
    return Voice(**fields)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"source": 1}, "Voice: file_id: is required when source is 1"),
        ({"source": 1, "file_id": None}, "Voice: file_id: is required when source is 1"),
        ({"text": "Hello"}, "Voice: language: is required together with text"),
    ],
)
def test_an_object_that_breaks_a_rule_can_not_be_made(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidArgument, match=f"^{problem}$"):
        made(fields)


def test_a_mapping_is_held_to_the_rules_of_the_object_that_it_stands_for() -> None:
    codec = ListOf(ObjectOf(Voice))
    assert codec.encode([{"source": 1, "file_id": "f"}], None) == [{"source": 1, "fileId": "f"}]
    with pytest.raises(UnfitError) as caught:
        codec.encode([{"source": 2}, {"source": 1}], None)
    assert caught.value.place == "[1]"
    assert "file_id: is required when source is 1" in caught.value.expected
