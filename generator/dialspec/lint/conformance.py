"""Whether a JSON value fits a type of a spec, and where not.

This is about documents as vendors print them, so it is exact: a number as text is no number here. What a page's own
example shows against its table is a deviation, and has to be recorded as one.
"""

from __future__ import annotations

import base64
import datetime
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from dialspec.api import EnumRef, JsonText, ListOf, MapOf, ObjectRef, Scalar, ScalarKind
from dialspec.diagnostics import quoted
from dialspec.spec.language.kinds import TimeFormat
from dialspec.text import SpecText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialspec.api import Constraints, Field, Type
    from dialspec.lint.subject import Vendor

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Step: TypeAlias = str
"""A wire name, or `[]` for the items of a list and the values of a map."""
ITEM = "[]"
_REPEATED_GROUP = re.compile(r"\)[*+{]|\\[1-9]")
_REPEAT = re.compile(r"[*+{]")
_MOST_REPEATS = 3
_LONGEST_MATCHED = 200
_TIME_OF_DAY = re.compile(r"\b[0-2]\d:[0-5]\d", re.ASCII)
_DECIMAL = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One value that does not fit: its path, and what is wrong with it, to follow "… of `name`"."""

    path: tuple[Step, ...]
    kind: Literal["value", "missing", "unknown"]
    problem: str


def plain(value: object) -> Any:
    """Give a value of a spec as plain data: texts as strings."""
    return value.reveal() if isinstance(value, SpecText) else value


def loads(text: str) -> Json:
    """Read JSON; ValueError for anything else, such as `NaN` or nesting without end."""
    try:
        value: Json = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


@dataclass(frozen=True, slots=True)
class Conformance:
    """Compares values with the types of one vendor."""

    vendor: Vendor

    def of_field(
        self, value: Json, field: Field, path: tuple[Step, ...] = ()
    ) -> Iterator[Mismatch]:
        """Give what does not fit the type and the constraints of a field."""
        found = list(self.of_type(value, field.type, path))
        yield from found
        if not found and field.constraints:
            yield from _out_of_bounds(value, field.constraints, path)

    def of_type(self, value: Json, type_: Type, path: tuple[Step, ...]) -> Iterator[Mismatch]:
        """Give what does not fit a type."""
        if isinstance(type_, ListOf):
            if type_.lone and not isinstance(value, list):
                yield from self.of_type(value, type_.item, path)
            elif not isinstance(value, list):
                yield _wrong(path, value, "a list")
            else:
                for item in value:
                    yield from self._or_null(item, type_.item, (*path, ITEM))
        elif isinstance(type_, MapOf):
            if not isinstance(value, dict):
                yield _wrong(path, value, "an object")
            else:
                for item in value.values():
                    yield from self._or_null(item, type_.value, (*path, ITEM))
        elif isinstance(type_, ObjectRef):
            if not isinstance(value, dict):
                yield _wrong(path, value, "an object")
            else:
                yield from self.of_fields(value, self.vendor.types[type_.name].fields, path)
        elif isinstance(type_, EnumRef):
            yield from self._of_enum(value, type_, path)
        elif isinstance(type_, JsonText):
            yield from self._of_json_text(value, type_, path)
        elif not _fits(value, type_):
            yield _wrong(path, value, _EXPECTED[type_.kind].format(_form(type_)))

    def of_fields(
        self, value: dict[str, Json], fields: tuple[Field, ...], path: tuple[Step, ...]
    ) -> Iterator[Mismatch]:
        """Give what does not fit the fields of an object: values, required fields that lack, unknown names."""
        known = {field.wire.reveal(): field for field in fields}
        for name, item in value.items():
            field = known.get(name)
            here = (*path, str(name))  # a key of `example:` may be a number
            if field is None:
                yield Mismatch(here, "unknown", "is not in the spec")
            elif item is not None:
                yield from self.of_field(item, field, here)
        for name, field in known.items():
            if field.required and name not in value:
                yield Mismatch((*path, name), "missing", "is required")

    def _or_null(self, value: Json, type_: Type, path: tuple[Step, ...]) -> Iterator[Mismatch]:
        if value is not None:
            yield from self.of_type(value, type_, path)

    def _of_enum(self, value: Json, type_: EnumRef, path: tuple[Step, ...]) -> Iterator[Mismatch]:
        enum = self.vendor.enums[type_.name]
        base = int if enum.base == "integer" else str
        if not isinstance(value, base) or isinstance(value, bool):
            yield _wrong(path, value, f"a value of {enum.name}, whose base is {enum.base}")
        elif enum.partial is None and value not in {plain(member.value) for member in enum.members}:
            yield _wrong(path, value, f"a value of {enum.name}")

    def _of_json_text(
        self, value: Json, type_: JsonText, path: tuple[Step, ...]
    ) -> Iterator[Mismatch]:
        try:
            inner = loads(value) if isinstance(value, str) else None
        except ValueError:
            inner = None
        if inner is None:
            yield _wrong(path, value, "JSON inside a text")
        else:
            yield from self.of_type(inner, type_.inner, path)


_EXPECTED = {
    ScalarKind.INTEGER: "a whole number",
    ScalarKind.NUMBER: "a number",
    ScalarKind.DECIMAL: "a decimal number",
    ScalarKind.STRING: "a text",
    ScalarKind.BOOLEAN: "`true` or `false`",
    ScalarKind.DATETIME: "a time of the form {}",
    ScalarKind.DATE: "a date of the form yyyy-MM-dd",
    ScalarKind.TIME: "a time of the form HH:mm",
    ScalarKind.BINARY: "base64 text",
    ScalarKind.FILE: "a file",
    ScalarKind.JSON: "JSON",
}


def _fits(value: Json, type_: Scalar) -> bool:
    kind = type_.kind
    if kind in {ScalarKind.JSON, ScalarKind.FILE}:
        return True
    if kind is ScalarKind.BOOLEAN:
        return isinstance(value, bool)
    if kind is ScalarKind.INTEGER:
        return _is_number(value) and not (isinstance(value, float) and not value.is_integer())
    if kind is ScalarKind.NUMBER:
        return _is_number(value)
    if kind is ScalarKind.DECIMAL:
        return _is_number(value) or (
            isinstance(value, str) and _DECIMAL.fullmatch(value) is not None
        )
    if kind is ScalarKind.DATETIME:
        return _is_time(value, type_.format)
    if not isinstance(value, str):
        return False
    if kind is ScalarKind.BINARY:
        return _is_base64(value)
    # An empty text stands for "no date" at these vendors.
    if kind is ScalarKind.DATE:
        return not value or _parses(value, "%Y-%m-%d")
    if kind is ScalarKind.TIME:
        return not value or _parses(value, "%H:%M") or _parses(value, "%H:%M:%S")
    return True


def _is_base64(value: str) -> bool:
    try:
        base64.b64decode(value, validate=True)
    except ValueError:
        return False
    return True


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_time(value: Json, form: TimeFormat | None) -> bool:
    if value == "":
        return True
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if form in {TimeFormat.EPOCH_MS, TimeFormat.EPOCH_S}:
        return is_whole
    if form is TimeFormat.LOCAL:
        return isinstance(value, str) and _parses(value, "%Y-%m-%d %H:%M:%S")
    if form is TimeFormat.ISO8601:
        return isinstance(value, str) and _is_iso(value)
    return is_whole or isinstance(value, str)


def _parses(value: str, form: str) -> bool:
    try:
        datetime.datetime.strptime(value, form)  # noqa: DTZ007 - only whether it parses matters
    except ValueError:
        return False
    return True


def _is_iso(value: str) -> bool:
    try:
        datetime.datetime.fromisoformat(value)
    except ValueError:
        return False
    return "T" in value


def _form(type_: Scalar) -> str:
    return "number or text" if type_.format is None else type_.format.value


def _wrong(path: tuple[Step, ...], value: Json, expected: str) -> Mismatch:
    return Mismatch(path, "value", f"is {_shown(value)}, not {expected}")


def _shown(value: Json) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    return quoted(value)


def _out_of_bounds(value: Json, bounds: Constraints, path: tuple[Step, ...]) -> Iterator[Mismatch]:
    if isinstance(value, list):
        yield from _measured(len(value), bounds.min_items, bounds.max_items, "items", path)
        for item in value:
            if not isinstance(item, list):
                yield from _out_of_bounds(item, bounds, (*path, ITEM))
    elif isinstance(value, str):
        yield from _measured(len(value), bounds.min_length, bounds.max_length, "characters", path)
        yield from _times_out_of_bounds(value, bounds, path)
        pattern = None if bounds.pattern is None else bounds.pattern.reveal()
        if pattern is not None and _is_cheap(pattern, value) and not re.fullmatch(pattern, value):
            yield Mismatch(path, "value", f"is {_shown(value)}, which does not match its pattern")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _measured(value, bounds.minimum, bounds.maximum, "", path)


def _times_out_of_bounds(
    value: str, bounds: Constraints, path: tuple[Step, ...]
) -> Iterator[Mismatch]:
    time = _TIME_OF_DAY.search(value)
    if time is None:
        return
    if bounds.earliest is not None and time.group() < bounds.earliest:
        yield Mismatch(path, "value", f"is {_shown(value)}, before {bounds.earliest}")
    if bounds.latest is not None and time.group() > bounds.latest:
        yield Mismatch(path, "value", f"is {_shown(value)}, after {bounds.latest}")


def _measured(
    number: float,
    low: float | None,
    high: float | None,
    unit: str,
    path: tuple[Step, ...],
) -> Iterator[Mismatch]:
    subject = f"has {number:,} {unit}" if unit else f"is {quoted(number)}"
    if low is not None and number < low:
        yield Mismatch(path, "value", f"{subject}, less than {low:,}")
    if high is not None and number > high:
        yield Mismatch(path, "value", f"{subject}, more than {high:,}")


def _is_cheap(pattern: str, value: str) -> bool:
    """Whether matching surely ends soon; a pattern may be written to keep Python's matcher busy for ever."""
    is_simple = (
        _REPEATED_GROUP.search(pattern) is None and len(_REPEAT.findall(pattern)) <= _MOST_REPEATS
    )
    return is_simple and len(value) <= _LONGEST_MATCHED
