"""Values for the samples of the docs: believable, within the documented ranges, and as few as a call needs.

In: an endpoint. Out: the parameters that its sample gives, each with a value in its wire form. A documented example
is preferred, then a field's own example, then a value made up from the type. What `required_when` and the rules
between parameters ask for is honoured, because the sample has to run.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, cast

from dialspec.api import (
    Constraints,
    Endpoint,
    EnumRef,
    Field,
    JsonText,
    ListOf,
    MapOf,
    ObjectRef,
    Parameter,
    Provider,
    Scalar,
    ScalarKind,
    Type,
    Value,
)
from dialspec.spec.model import Sensitivity, TimeFormat
from dialspec.text import PythonName, SpecText

WireValue: TypeAlias = "bool | int | float | str | list[WireValue] | dict[str, WireValue] | None"

_BEGIN: Final = datetime.datetime(2024, 6, 1, 0, 0, tzinfo=datetime.UTC)
_LOCAL_TIME: Final = "%Y-%m-%d %H:%M:%S"
_DATE: Final = "%Y-%m-%d"
UPLOAD_NAME: Final = "numbers.xlsx"
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def sample_arguments(
    provider: Provider, endpoint: Endpoint
) -> tuple[tuple[Parameter, WireValue], ...]:
    """Choose the parameters that a sample gives, and a wire value for each, in the order of the signature."""
    documented = _documented_values(endpoint)
    values: dict[PythonName, WireValue] = {}
    by_name = {parameter.name: parameter for parameter in endpoint.parameters}

    def add(name: PythonName) -> None:
        if name not in values:
            values[name] = _choose(
                provider, by_name[name], documented.get(by_name[name].wire.reveal())
            )

    for parameter in endpoint.parameters:
        if parameter.field.required:
            add(parameter.name)
    for group in endpoint.rules.at_least_one:
        if not values.keys() & set(group):
            add(
                next(
                    (name for name in group if by_name[name].wire.reveal() in documented), group[0]
                )
            )
    while pending := list(_asked_for(endpoint, values)):
        for name in pending:
            add(name)
    _mend_spans(endpoint, by_name, values)
    return tuple((by_name[name], values[name]) for name in by_name if name in values)


def _asked_for(endpoint: Endpoint, values: Mapping[PythonName, WireValue]) -> Iterable[PythonName]:
    """Name the parameters that the ones chosen so far make necessary."""
    for parameter in endpoint.parameters:
        if parameter.name in values:
            continue
        for condition in parameter.required_when:
            if condition.parameter in values and _holds(
                condition.equals, values[condition.parameter]
            ):
                yield parameter.name
                break
    for group in endpoint.rules.together:
        if values.keys() & set(group):
            yield from (name for name in group if name not in values)


def _holds(wanted: tuple[Value, ...], value: WireValue) -> bool:
    return not wanted or value in [
        one.reveal() if isinstance(one, SpecText) else one for one in wanted
    ]


def _documented_values(endpoint: Endpoint) -> dict[str, WireValue]:
    """Collect the values of the first documented request that is valid JSON, by wire name."""
    for example in endpoint.examples:
        if example.request is None or example.invalid:
            continue
        try:
            document = cast("WireValue", json.loads(example.request.reveal()))
        except ValueError:
            continue
        if isinstance(document, dict):
            found = dict(document)
            for place in {parameter.at.reveal() for parameter in endpoint.parameters} - {""}:
                inner = document.get(place)
                if isinstance(inner, dict):
                    found |= inner
            return found
    return {}


def _choose(provider: Provider, parameter: Parameter, documented: WireValue) -> WireValue:
    field = parameter.field
    for candidate in (documented, cast("WireValue", field.example)):
        if (
            candidate is not None
            and candidate != []
            and fits(provider, field.type, field.constraints, candidate)
        ):
            return candidate
    return made_up(provider, field)


def fits(provider: Provider, kind: Type, constraints: Constraints, value: WireValue) -> bool:
    """Tell whether a wire value is of the type and within the documented range."""
    match kind:
        case ListOf():
            return (
                isinstance(value, list)
                and within(len(value), constraints.min_items, constraints.max_items)
                and all(fits(provider, kind.item, constraints, item) for item in value)
            )
        case EnumRef():
            return any(_wire(member.value) == value for member in provider.enum(kind.name).members)
        case Scalar():
            return _scalar_fits(kind, constraints, value)
        case MapOf() | ObjectRef() | JsonText():
            return False


def _scalar_fits(kind: Scalar, constraints: Constraints, value: WireValue) -> bool:
    match kind.kind:
        case ScalarKind.INTEGER:
            return (
                isinstance(value, int)
                and not isinstance(value, bool)
                and within(value, constraints.minimum, constraints.maximum)
            )
        case ScalarKind.STRING:
            return (
                isinstance(value, str)
                and within(len(value), constraints.min_length, constraints.max_length)
                and (
                    constraints.pattern is None
                    or re.fullmatch(constraints.pattern.reveal(), value) is not None
                )
            )
        case ScalarKind.BOOLEAN:
            return isinstance(value, bool)
        case ScalarKind.DATETIME | ScalarKind.DATE:
            return parse_time(kind, value) is not None
        case ScalarKind.FILE:
            return isinstance(value, str) and _FILE_NAME.fullmatch(value) is not None
        case _:
            return False


def within(value: float, least: float | None, most: float | None) -> bool:
    """Tell whether a number lies between two bounds, either of which may be absent."""
    return (least is None or value >= least) and (most is None or value <= most)


def made_up(provider: Provider, field: Field) -> WireValue:
    """Make a value from the type and the range alone."""
    return _made_up(provider, field, field.type, frozenset())


def _made_up(provider: Provider, field: Field, kind: Type, inside: frozenset[str]) -> WireValue:
    match kind:
        case ListOf():
            count = max(1, field.constraints.min_items or 1)
            return [_made_up(provider, field, kind.item, inside) for _ in range(count)]
        case MapOf():
            return {"key": _made_up(provider, field, kind.value, inside)}
        case JsonText():
            return _made_up(provider, field, kind.inner, inside)
        case EnumRef():
            members = provider.enum(kind.name).members
            return _wire(members[0].value) if members else 1
        case ObjectRef():
            return _made_up_object(provider, kind, inside)
        case Scalar():
            return _made_up_scalar(kind, field)


def _made_up_object(provider: Provider, kind: ObjectRef, inside: frozenset[str]) -> WireValue:
    if kind.name in inside:
        return {}
    fields = provider.object_type(kind.name).fields
    wanted = [one for one in fields if one.required] or list(fields[:1])
    return {
        one.wire.reveal(): (
            cast("WireValue", one.example)
            if one.example is not None
            and fits(provider, one.type, one.constraints, cast("WireValue", one.example))
            else _made_up(provider, one, one.type, inside | {kind.name})
        )
        for one in wanted
    }


def _made_up_scalar(kind: Scalar, field: Field) -> WireValue:
    constraints = field.constraints
    match kind.kind:
        case ScalarKind.INTEGER:
            return int(_number_within(constraints, 1))
        case ScalarKind.NUMBER:
            return _number_within(constraints, 0.5)
        case ScalarKind.DECIMAL:
            return str(_number_within(constraints, 0.5))
        case ScalarKind.BOOLEAN:
            return True
        case ScalarKind.DATETIME | ScalarKind.DATE:
            return wire_time(kind, _BEGIN)
        case ScalarKind.TIME:
            return constraints.earliest or "09:00"
        case ScalarKind.BINARY:
            return "c2FtcGxl"
        case ScalarKind.FILE:
            return UPLOAD_NAME
        case ScalarKind.JSON:
            return {}
        case ScalarKind.STRING:
            return _text_within(field)


def _number_within(constraints: Constraints, wanted: float) -> int | float:
    if within(wanted, constraints.minimum, constraints.maximum):
        return wanted
    if constraints.minimum is not None:
        return constraints.minimum
    return constraints.maximum or 0


_TEXTS: Final = (
    "sample",
    "sample1",
    "12345678",
    "1",
    "09:00",
    "2024-06-01",
    "a1",
    "1a",
    "Sample123",
    "Sample-1",
)
_NUMBER: Final = "6281234567890"


def _text_within(field: Field) -> str:
    """Take the first of a few texts that the range and pattern allow, else stretch one to the wanted length."""
    constraints = field.constraints
    candidates = [_NUMBER, *_TEXTS] if field.sensitive is Sensitivity.PHONE else [*_TEXTS, _NUMBER]
    kind = Scalar(ScalarKind.STRING)
    for text in candidates:
        if _scalar_fits(kind, constraints, text):
            return text
    length = constraints.min_length or constraints.max_length or 1
    return ("1" if field.sensitive is Sensitivity.PHONE else "x") * length


def _wire(value: int | SpecText) -> int | str:
    return value.reveal() if isinstance(value, SpecText) else value


def parse_time(kind: Scalar, value: WireValue) -> datetime.datetime | None:
    """Read a wire time or date; naive if the wire form has no zone, None if it is not of this form."""
    try:
        if kind.kind is ScalarKind.DATE:
            return datetime.datetime.strptime(str(value), _DATE)  # noqa: DTZ007 - no zone
        match kind.format or TimeFormat.LOCAL:
            case TimeFormat.EPOCH_MS if isinstance(value, int):
                return datetime.datetime.fromtimestamp(value / 1000, datetime.UTC)
            case TimeFormat.EPOCH_S if isinstance(value, int):
                return datetime.datetime.fromtimestamp(value, datetime.UTC)
            case TimeFormat.ISO8601 if isinstance(value, str):
                moment = datetime.datetime.fromisoformat(value)
                return moment if moment.tzinfo is not None else None
            case TimeFormat.LOCAL if isinstance(value, str):
                return datetime.datetime.strptime(value, _LOCAL_TIME)  # noqa: DTZ007 - no zone
            case _:
                return None
    except (ValueError, OverflowError, OSError):
        return None


def wire_time(kind: Scalar, moment: datetime.datetime) -> WireValue:
    """Write a time or date in the wire form of its type."""
    if kind.kind is ScalarKind.DATE:
        return moment.strftime(_DATE)
    match kind.format or TimeFormat.LOCAL:
        case TimeFormat.EPOCH_MS:
            return int(moment.timestamp() * 1000)
        case TimeFormat.EPOCH_S:
            return int(moment.timestamp())
        case TimeFormat.ISO8601:
            return moment.isoformat()
        case TimeFormat.LOCAL:
            return moment.strftime(_LOCAL_TIME)


def _mend_spans(
    endpoint: Endpoint,
    by_name: Mapping[PythonName, Parameter],
    values: dict[PythonName, WireValue],
) -> None:
    """Bring two times of a request as close together as the documented span asks for."""
    for span in endpoint.rules.spans:
        if span.begin not in values or span.end not in values:
            continue
        begin_kind, end_kind = by_name[span.begin].field.type, by_name[span.end].field.type
        if isinstance(begin_kind, Scalar) and isinstance(end_kind, Scalar):
            begin = parse_time(begin_kind, values[span.begin])
            if begin is not None:
                values[span.end] = wire_time(end_kind, begin + datetime.timedelta(days=1))
