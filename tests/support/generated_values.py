"""Values that a page allows for a field, drawn by hypothesis as they stand on the wire.

In: a type of the resolved spec with its documented range. Out: a strategy of JSON values. Objects hold what their
fields require of each other; what only a whole request can say is in `generated_arguments`.
"""

from __future__ import annotations

import datetime
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, cast

from hypothesis import strategies as st

from dialspec.api import (
    Condition,
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
    Value,
)
from dialspec.rendering.docs.sample_times import parse_time, wire_time
from dialspec.spec.language.kinds import TimeFormat
from dialspec.text import PythonName, SpecText

Share = Literal["none", "all", "some"]
"""How many of the optional fields are given."""

Draw = Callable[[st.SearchStrategy[Any]], Any]

LETTERS: Final = st.characters(codec="utf-8")
ONE_IN_FOUR: Final = st.integers(0, 3).map(lambda number: number == 3)

_MOST_ITEMS: Final = 4
_DEEPEST: Final = 3
_SHORT_TEXT: Final = st.text(LETTERS, max_size=5)
_FIRST_DAY: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_MOMENTS: Final = st.integers(0, 99 * 365 * 86_400_000).map(
    lambda count: _FIRST_DAY + datetime.timedelta(milliseconds=count)
)
_ZONES: Final = st.sampled_from(
    [datetime.timezone(datetime.timedelta(minutes=minutes)) for minutes in (0, 480, -330)]
)
_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _SHORT_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_SHORT_TEXT, inner, max_size=3),
    max_leaves=4,
)


def wire_values(
    provider: Provider, kind: Type, limits: Constraints, depth: int = 0
) -> st.SearchStrategy[Any]:
    """Values of a type, none of them null; `depth` counts the objects around it."""
    match kind:
        case ListOf():
            least = limits.min_items or 0
            most = max(least, min(limits.max_items or _MOST_ITEMS, _MOST_ITEMS))
            return st.lists(
                wire_values(provider, kind.item, limits, depth), min_size=least, max_size=most
            )
        case MapOf():
            value = wire_values(provider, kind.value, limits, depth)
            return st.dictionaries(_SHORT_TEXT, value, max_size=3)
        case JsonText():
            return wire_values(provider, kind.inner, limits, depth)
        case EnumRef():
            enum = provider.enum(kind.name)
            members = st.sampled_from([plain(member.value) for member in enum.members])
            if enum.partial is None:
                return members
            # Of a table that was read in part, other values pass too.
            return members | (st.integers(1000) if enum.base == "integer" else _SHORT_TEXT)
        case ObjectRef():
            return _objects(provider, kind, depth)
        case Scalar():
            return _scalars(kind, limits)


def chosen(draw: Draw, fields: Iterable[Field], optional: Share) -> set[PythonName]:
    """Draw which fields are given: all that are required, and of the others none, some or all."""
    return {
        field.name
        for field in fields
        if field.required or optional == "all" or (optional == "some" and draw(st.booleans()))
    }


def due(fields: Iterable[Field], found: Mapping[PythonName, Any]) -> list[PythonName]:
    """Name the fields that are missing although others make them required; null counts as missing."""
    return [
        field.name
        for field in fields
        if found.get(field.name) is None
        and any(holds(condition, found) for condition in field.required_when)
    ]


def holds(condition: Condition, found: Mapping[PythonName, Any]) -> bool:
    """Tell whether a condition is met by these values."""
    value = found.get(condition.parameter)
    wanted = [plain(item) for item in condition.equals]
    return value is not None and (not wanted or value in wanted)


def plain(value: Value) -> Any:
    """A scalar of a spec as data."""
    return value.reveal() if isinstance(value, SpecText) else value


def _objects(provider: Provider, kind: ObjectRef, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    fields = {field.name: field for field in provider.object_type(kind.name).fields}

    @st.composite
    def objects(draw: Draw) -> dict[str, Any]:
        def value_of(name: PythonName) -> Any:
            field = fields[name]
            return draw(wire_values(provider, field.type, field.constraints, depth + 1))

        # A type that holds itself has to end somewhere.
        choices: tuple[Share, ...] = ("none", "some", "all") if depth < _DEEPEST else ("none",)
        optional: Share = draw(st.sampled_from(choices))
        found: dict[PythonName, Any] = {}
        for name in sorted(chosen(draw, fields.values(), optional)):
            is_null = fields[name].nullable and draw(ONE_IN_FOUR)
            found[name] = None if is_null else value_of(name)
        while pending := due(fields.values(), found):
            found |= {name: value_of(name) for name in pending}
        return {field.wire.reveal(): found[name] for name, field in fields.items() if name in found}

    return objects()


def _scalars(kind: Scalar, limits: Constraints) -> st.SearchStrategy[Any]:
    match kind.kind:
        case ScalarKind.INTEGER:
            least = -(2**63) if limits.minimum is None else int(limits.minimum)
            most = 2**63 - 1 if limits.maximum is None else int(limits.maximum)
            return st.integers(least, most)
        case ScalarKind.NUMBER:
            return st.floats(limits.minimum, limits.maximum, allow_nan=False, allow_infinity=False)
        case ScalarKind.DECIMAL:
            least = -(10**9) if limits.minimum is None else int(limits.minimum)
            most = 10**9 if limits.maximum is None else int(limits.maximum)
            return st.decimals(least, most, places=4).map(lambda value: format(value, "f"))
        case ScalarKind.BOOLEAN:
            return st.booleans()
        case ScalarKind.DATETIME | ScalarKind.DATE:
            return _moments(kind)
        case ScalarKind.TIME:
            first, last = _minute(limits.earliest or "00:00"), _minute(limits.latest or "23:59")
            return st.integers(first, last).map(lambda at: f"{at // 60:02}:{at % 60:02}")
        case ScalarKind.BINARY:
            return st.binary(max_size=50).map(lambda content: b64encode(content).decode())
        case ScalarKind.FILE:
            return st.text(LETTERS, max_size=50)
        case ScalarKind.JSON:
            return _JSON.filter(lambda value: value is not None)
        case ScalarKind.STRING:
            return _texts(limits)


def _texts(limits: Constraints) -> st.SearchStrategy[str]:
    least, most = limits.min_length or 0, limits.max_length
    if limits.pattern is None:
        return st.text(LETTERS, min_size=least, max_size=min(most or least + 20, least + 20))
    matching = st.from_regex(limits.pattern.reveal(), fullmatch=True, alphabet=LETTERS)
    return matching.filter(lambda text: least <= len(text) and (most is None or len(text) <= most))


def _moments(kind: Scalar) -> st.SearchStrategy[Any]:
    if kind.format is TimeFormat.ISO8601:
        return st.builds(_with_offset, _MOMENTS, _ZONES)
    return _MOMENTS.map(lambda moment: wire_time(kind, moment))


def _with_offset(moment: datetime.datetime, zone: datetime.timezone) -> str:
    return moment.replace(microsecond=0).astimezone(zone).isoformat()


def moved(kind: Scalar, value: Any, later: datetime.timedelta, target: Scalar) -> Any:
    """Give the moment so much after another, in the wire form of `target`."""
    begin = parse_time(kind, value)
    assert begin is not None
    return wire_time(target, begin + later)


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def as_list(value: object) -> list[object]:
    """A list as it is, anything else as the only item of one."""
    return cast("list[object]", value) if isinstance(value, list) else [value]
