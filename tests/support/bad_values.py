"""Python values that a page does not allow for a field, each for one reason.

In: a type of the resolved spec with its documented range. Out: values just beyond each limit, values of another type,
and objects with one field that is missing or bad. Each is checked to break the one rule only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from dialspec.api import (
    Constraints,
    EnumRef,
    Field,
    JsonText,
    ListOf,
    MapOf,
    ObjectRef,
    Provider,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.rendering.docs.sample_values import made_up
from dialspec.spec.language.kinds import TimeFormat
from dialspec.text import PythonName
from generated_values import due, plain
from wire_arguments import python_value

_MINUTE: Final = timedelta(minutes=1)
_ODD_TEXTS: Final = (
    *("", "x", "1", "!", "<", '"', "é", "1\n", "123456\n", "12345678901\n"),
    *("1" * count for count in (2, 5, 6, 14, 16, 19, 21)),
    *("x" * count for count in (6, 7, 8)),
)


@dataclass(frozen=True)
class Bad:
    """A value that is to be refused, the rule that it breaks, and the field at fault if it is an object."""

    value: Any
    rule: str
    inside: str = ""


def bad_values(
    provider: Provider, kind: Type, limits: Constraints, *, inside: bool = False
) -> Iterator[Bad]:
    """Break each rule of a type and its range; `inside` of an object, some other types are converted."""
    yield Bad(object(), "of its type")
    match kind:
        case ListOf():
            yield from _bad_lists(provider, kind, limits, inside=inside)
        case MapOf():
            yield Bad({1: _good(provider, kind.value, limits)}, "keys are text")
            for bad in bad_values(provider, kind.value, limits, inside=inside):
                yield replace(bad, value={"key": bad.value})
        case JsonText():
            yield from bad_values(provider, kind.inner, limits, inside=inside)
        case EnumRef():
            yield from _bad_members(provider, kind)
        case ObjectRef():
            yield from _bad_objects(provider, kind)
        case Scalar():
            yield from _bad_scalars(kind, limits)
            if not inside:
                yield from _other_types(kind)


def with_what_is_due(
    provider: Provider, fields: Mapping[PythonName, Field], wire: Mapping[PythonName, Any]
) -> dict[PythonName, Any]:
    """Wire values, and made-up ones for all that they make necessary, by Python name."""
    found = dict(wire)
    while pending := due(fields.values(), found):
        found |= {name: made_up(provider, fields[name]) for name in pending}
    return found


def good_object(provider: Provider, kind: ObjectRef) -> dict[PythonName, Any]:
    """The wire values of an object with what it needs, by Python name."""
    fields = {field.name: field for field in provider.object_type(kind.name).fields}
    needed = {name: made_up(provider, field) for name, field in fields.items() if field.required}
    return with_what_is_due(provider, fields, needed)


def _bad_lists(
    provider: Provider, kind: ListOf, limits: Constraints, *, inside: bool
) -> Iterator[Bad]:
    good = _good(provider, kind.item, limits)
    yield Bad("text is no list", "a sequence")
    if limits.min_items:
        yield Bad([good] * (limits.min_items - 1), f"at least {limits.min_items} items")
    if limits.max_items is not None:
        yield Bad([good] * (limits.max_items + 1), f"at most {limits.max_items} items")
    least = max(1, limits.min_items or 0)
    if limits.max_items != 0:
        for bad in bad_values(provider, kind.item, limits, inside=inside):
            yield replace(bad, value=[*[good] * (least - 1), bad.value])


def _bad_members(provider: Provider, kind: EnumRef) -> Iterator[Bad]:
    enum = provider.enum(kind.name)
    values = [plain(member.value) for member in enum.members]
    is_whole = enum.base == "integer"
    yield Bad("text" if is_whole else 7, "of the base type of its enum")
    if enum.partial is None:
        yield Bad(max(values) + 1 if is_whole else f"{values[0]}?", "a documented value")


def _bad_objects(provider: Provider, kind: ObjectRef) -> Iterator[Bad]:
    fields = {field.name: field for field in provider.object_type(kind.name).fields}
    good = good_object(provider, kind)
    yield Bad({**_mapping(provider, fields, good), "no_such_field": 1}, "known fields only")
    for name, field in fields.items():
        valid = _mapping(provider, fields, good)
        if field.required:
            lacking = {key: value for key, value in valid.items() if key != name}
            yield Bad(lacking, f"{name}: required", name)
        for bad in bad_values(provider, field.type, field.constraints, inside=True):
            rule = f"{name}: {bad.rule}"
            yield Bad({**valid, str(name): bad.value}, rule, bad.inside or name)
        for condition in field.required_when:
            other = fields[condition.parameter]
            values = [plain(value) for value in condition.equals]
            for value in values or [made_up(provider, other)]:
                given = with_what_is_due(provider, fields, {**good, other.name: value})
                given.pop(name)
                rule = f"{name}: required when {other.name} is {value!r}"
                yield Bad(_mapping(provider, fields, given), rule, name)


def _bad_scalars(kind: Scalar, limits: Constraints) -> Iterator[Bad]:
    match kind.kind:
        case ScalarKind.INTEGER | ScalarKind.NUMBER | ScalarKind.DECIMAL:
            yield from _bad_numbers(kind.kind, limits)
        case ScalarKind.STRING:
            yield from _bad_texts(limits)
        case ScalarKind.DATETIME:
            # Nothing guesses a zone: neither one that the vendor does not name, nor one that a moment lacks.
            naive = datetime(2024, 6, 1)  # noqa: DTZ001 - that is the point
            if kind.format is not TimeFormat.LOCAL or kind.zone != "none":
                yield Bad(naive, "with a zone")
            else:
                yield Bad(naive.replace(tzinfo=UTC), "without a zone")
        case ScalarKind.TIME:
            yield Bad(time(9, 0, 30), "whole minutes")
            yield Bad(time(9, 0, tzinfo=UTC), "without a zone")
            yield from _bad_times(limits)
        case ScalarKind.FILE:
            yield Bad("no/such/file", "a file that is there")
        case _:
            return


def _other_types(kind: Scalar) -> Iterator[Bad]:
    """Values of types that mean nearly the same."""
    near: Mapping[ScalarKind, tuple[object, ...]] = {
        ScalarKind.INTEGER: (True, 1.0, "1"),
        ScalarKind.NUMBER: (True, "1", float("nan"), float("inf")),
        ScalarKind.DECIMAL: (True, 1.0, "1", Decimal("NaN")),
        ScalarKind.STRING: (1, b"1"),
        ScalarKind.BOOLEAN: (1, "true"),
        ScalarKind.DATETIME: (date(2024, 6, 1), "2024-06-01 00:00:00", 1_717_200_000),
        ScalarKind.DATE: (datetime(2024, 6, 1), "2024-06-01"),  # noqa: DTZ001 - no zone is needed
        ScalarKind.TIME: ("09:00", 9),
        ScalarKind.BINARY: ("c2FtcGxl",),
        ScalarKind.FILE: (io.StringIO("text"),),
        ScalarKind.JSON: (float("nan"), {1: 2}, b"1"),
    }
    for value in near[kind.kind]:
        yield Bad(value, f"of its type, not {value!r}")


def _bad_numbers(kind: ScalarKind, limits: Constraints) -> Iterator[Bad]:
    step = 1 if kind is ScalarKind.INTEGER else 0.01
    kinds = Decimal if kind is ScalarKind.DECIMAL else type(step)
    if limits.minimum is not None:
        yield Bad(kinds(limits.minimum - step), f"at least {limits.minimum}")
    if limits.maximum is not None:
        yield Bad(kinds(limits.maximum + step), f"at most {limits.maximum}")


def _bad_texts(limits: Constraints) -> Iterator[Bad]:
    pattern = None if limits.pattern is None else re.compile(limits.pattern.reveal())
    least, most = limits.min_length or 0, limits.max_length
    lengths = [least - 1] if least else []
    lengths += [most + 1] if most is not None else []
    for length in lengths:
        text = "1" * length
        assert pattern is None or pattern.fullmatch(text), "the length alone is to be at fault"
        yield Bad(text, f"{least} to {most} characters")
    if pattern is not None:
        fitting = [text for text in _ODD_TEXTS if least <= len(text) <= (most or len(text))]
        odd = [text for text in fitting if not pattern.fullmatch(text)]
        assert odd, "the pattern alone is to be at fault"
        for text in odd:
            yield Bad(text, f"like {pattern.pattern}, not {text!r}")
    yield Bad("\ud800", "what UTF-8 can say")


def _bad_times(limits: Constraints) -> Iterator[Bad]:
    for bound, later in ((limits.earliest, -_MINUTE), (limits.latest, _MINUTE)):
        if bound is not None:
            moment = datetime.combine(date(2024, 6, 1), time.fromisoformat(bound))
            yield Bad((moment + later).time(), f"within {limits.earliest} and {limits.latest}")


def _good(provider: Provider, kind: Type, limits: Constraints) -> Any:
    """A valid value of a type, as an item of a list or a map."""
    field: Any = _FieldLike(kind, limits)
    return python_value(provider, kind, made_up(provider, field))


@dataclass(frozen=True)
class _FieldLike:
    """What `made_up` looks at of a field."""

    type: Type
    constraints: Constraints
    sensitive: None = None
    example: None = None


def _mapping(
    provider: Provider, fields: Mapping[PythonName, Field], wire: Mapping[PythonName, Any]
) -> dict[str, Any]:
    return {
        str(name): python_value(provider, fields[name].type, value) for name, value in wire.items()
    }
