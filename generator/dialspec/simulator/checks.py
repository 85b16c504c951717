"""Checks JSON values against the types and ranges of the model.

A value is refused when it has another JSON type than documented: the simulator is strict where a vendor may be lenient,
so that a client's mistake shows. Keys that an object type does not know are passed over, as the vendors do.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Final

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
from dialspec.simulator.conditions import check_absent
from dialspec.simulator.messages import InvalidRequestError
from dialspec.simulator.times import minute_of_day, read_time
from dialspec.simulator.wire import Json, as_text, loads, spec_value

_NUMBER: Final = re.compile(r"[+-]?\d{1,19}(?:\.\d{1,19})?")


class TypeChecker:
    """Checks values against the types of one provider."""

    def __init__(self, provider: Provider) -> None:
        self._objects = {item.name: item for item in provider.types}
        self._bases = {enum.name: enum.base for enum in provider.enums}
        # Of a table that was read in part only, nobody knows what else the vendor takes.
        self._enums = {
            enum.name: {as_text(spec_value(member.value)) for member in enum.members}
            for enum in provider.enums
            if enum.partial is None
        }

    def check(self, type_: Type, limits: Constraints, value: Json, where: str) -> None:
        """Check a value against a type and its documented ranges; `where` names its place.

        Raises:
            InvalidRequestError: if the value does not fit.
        """
        match type_:
            case Scalar():
                _check_scalar(type_, limits, value, where)
            case EnumRef():
                whole = isinstance(value, int) and not isinstance(value, bool)
                if whole != (self._bases[type_.name] == "integer") or isinstance(
                    value, list | dict
                ):
                    raise InvalidRequestError(f"{where} has the wrong type")
                documented = self._enums.get(type_.name)
                if documented is not None and as_text(value) not in documented:
                    raise InvalidRequestError(f"{where} has no documented value")
            case ListOf():
                if not isinstance(value, list):
                    raise InvalidRequestError(f"{where} must be an array")
                _check_range(
                    len(value), limits.min_items, limits.max_items, f"the length of {where}"
                )
                inner = Constraints() if isinstance(type_.item, ListOf) else limits
                for index, item in enumerate(value):
                    self.check(type_.item, inner, item, f"{where}[{index}]")
            case MapOf():
                if not isinstance(value, dict):
                    raise InvalidRequestError(f"{where} must be an object")
                for key, item in value.items():
                    self.check(type_.value, limits, item, f"{where}.{key}")
            case ObjectRef():
                if not isinstance(value, dict):
                    raise InvalidRequestError(f"{where} must be an object")
                for field in self._objects[type_.name].fields:
                    self._check_field(field, value, where)
            case JsonText():
                if not isinstance(value, str):
                    raise InvalidRequestError(f"{where} must be JSON text in a string")
                try:
                    decoded = loads(value.encode())
                except ValueError:
                    raise InvalidRequestError(f"{where} must be JSON text in a string") from None
                self.check(type_.inner, limits, decoded, where)

    def _check_field(self, field: Field, holder: dict[str, Json], where: str) -> None:
        place = f"{where}.{field.wire.reveal()}"
        value = holder.get(field.wire.reveal())
        if value is not None:
            self.check(field.type, field.constraints, value, place)
        elif field.required and not field.nullable:
            raise InvalidRequestError(f"{place} is required")
        else:
            check_absent(field, place, lambda condition: holder.get(condition.wire.reveal()))


def _check_scalar(scalar: Scalar, limits: Constraints, value: Json, where: str) -> None:
    match scalar.kind:
        case ScalarKind.JSON:
            return
        case ScalarKind.BOOLEAN:
            if not isinstance(value, bool):
                raise InvalidRequestError(f"{where} must be true or false")
        case ScalarKind.INTEGER:
            if not isinstance(value, int) or isinstance(value, bool):
                raise InvalidRequestError(f"{where} must be a whole number")
            _check_range(value, limits.minimum, limits.maximum, where)
        case ScalarKind.NUMBER | ScalarKind.DECIMAL:
            is_decimal_text = (
                scalar.kind is ScalarKind.DECIMAL
                and isinstance(value, str)
                and _NUMBER.fullmatch(value) is not None
            )
            if is_decimal_text or (isinstance(value, int | float) and not isinstance(value, bool)):
                _check_range(float(as_text(value)), limits.minimum, limits.maximum, where)
            else:
                raise InvalidRequestError(f"{where} must be a number")
        case _:
            _check_text_scalar(scalar, limits, value, where)


def _check_text_scalar(scalar: Scalar, limits: Constraints, value: Json, where: str) -> None:
    try:
        if scalar.kind in {ScalarKind.DATETIME, ScalarKind.DATE}:
            read_time(value, scalar)
            return
        if scalar.kind is ScalarKind.TIME:
            _check_clock_time(minute_of_day(value), limits)
            return
        if scalar.kind is ScalarKind.BINARY and isinstance(value, str):
            b64decode(value, validate=True)
    except ValueError as error:
        raise InvalidRequestError(f"{where}: {error}") from None
    if not isinstance(value, str):
        raise InvalidRequestError(f"{where} must be a text")
    _check_range(len(value), limits.min_length, limits.max_length, f"the length of {where}")
    if limits.pattern is not None and re.fullmatch(limits.pattern.reveal(), value) is None:
        raise InvalidRequestError(f"{where} does not have the documented form")


def _check_clock_time(minute: int, limits: Constraints) -> None:
    if limits.earliest is not None and minute < minute_of_day(limits.earliest):
        raise ValueError(f"must not lie before {limits.earliest}")
    if limits.latest is not None and minute > minute_of_day(limits.latest):
        raise ValueError(f"must not lie after {limits.latest}")


def _check_range(number: float, low: float | None, high: float | None, where: str) -> None:
    if (low is not None and number < low) or (high is not None and number > high):
        raise InvalidRequestError(f"{where} must lie within {low} and {high}")
