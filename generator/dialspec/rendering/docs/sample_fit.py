"""Whether a value that somebody printed is of the type and within the range that is documented."""

from __future__ import annotations

import re
from typing import Final

from dialspec.api import (
    Constraints,
    EnumRef,
    JsonText,
    ListOf,
    MapOf,
    ObjectRef,
    Provider,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.rendering.docs.sample_times import WireValue, parse_time
from dialspec.text import SpecText

_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_CLOCK: Final = re.compile(r"[0-2]\d:[0-5]\d")


def fits(provider: Provider, kind: Type, constraints: Constraints, value: WireValue) -> bool:
    """Tell whether a wire value is of the type and within the documented range."""
    match kind:
        case ListOf():
            return (
                isinstance(value, list)
                and within(len(value), constraints.min_items, constraints.max_items)
                and all(fits(provider, kind.item, constraints, item) for item in value)
            )
        case MapOf():
            return isinstance(value, dict) and all(
                fits(provider, kind.value, constraints, item) for item in value.values()
            )
        case JsonText():
            return fits(provider, kind.inner, constraints, value)
        case EnumRef():
            members = provider.enum(kind.name).members
            return any(wire_member(member.value) == value for member in members)
        case ObjectRef():
            return isinstance(value, dict) and _object_fits(provider, kind, value)
        case Scalar():
            return scalar_fits(kind, constraints, value)


def _object_fits(provider: Provider, kind: ObjectRef, value: dict[str, WireValue]) -> bool:
    fields = {field.wire.reveal(): field for field in provider.object_type(kind.name).fields}
    if not value or not value.keys() <= fields.keys():
        return False
    if any(field.required and wire not in value for wire, field in fields.items()):
        return False
    return all(
        fits(provider, fields[wire].type, fields[wire].constraints, item)
        for wire, item in value.items()
    )


def scalar_fits(kind: Scalar, constraints: Constraints, value: WireValue) -> bool:
    """Tell whether a wire value is what a scalar type and its range allow."""
    match kind.kind:
        case ScalarKind.INTEGER:
            return isinstance(value, int) and _number_fits(constraints, value)
        case ScalarKind.NUMBER:
            return isinstance(value, int | float) and _number_fits(constraints, value)
        case ScalarKind.STRING:
            return isinstance(value, str) and _text_fits(constraints, value)
        case ScalarKind.BOOLEAN:
            return isinstance(value, bool)
        case ScalarKind.DATETIME | ScalarKind.DATE:
            return parse_time(kind, value) is not None
        case ScalarKind.TIME:
            return isinstance(value, str) and _clock_fits(constraints, value)
        case ScalarKind.FILE:
            return isinstance(value, str) and _FILE_NAME.fullmatch(value) is not None
        case ScalarKind.JSON:
            return value is not None
        case ScalarKind.DECIMAL | ScalarKind.BINARY:
            return False


def _number_fits(constraints: Constraints, value: float) -> bool:
    return not isinstance(value, bool) and within(value, constraints.minimum, constraints.maximum)


def _text_fits(constraints: Constraints, value: str) -> bool:
    pattern = constraints.pattern
    return within(len(value), constraints.min_length, constraints.max_length) and (
        pattern is None or re.fullmatch(pattern.reveal(), value) is not None
    )


def _clock_fits(constraints: Constraints, value: str) -> bool:
    return _CLOCK.fullmatch(value) is not None and (constraints.earliest or "00:00") <= value <= (
        constraints.latest or "23:59"
    )


def within(value: float, least: float | None, most: float | None) -> bool:
    """Tell whether a number lies between two bounds, either of which may be absent."""
    return (least is None or value >= least) and (most is None or value <= most)


def wire_member(value: int | SpecText) -> int | str:
    """Give the wire value of an enum's member."""
    return value.reveal() if isinstance(value, SpecText) else value
