"""Values for the samples of the docs: believable, within the documented ranges, and as few as a call needs.

In: an endpoint. Out: the parameters that its sample gives, each with a value in its wire form. A documented example
is preferred, then a field's own example, then a value made up from the type; a telephone number is always made up,
because a printed one may belong to somebody. What `required_when` and the rules between parameters ask for is
honoured, because the sample has to run.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Final, cast

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
from dialspec.rendering.docs.sample_fit import fits, scalar_fits, wire_member, within
from dialspec.rendering.docs.sample_times import WireValue, parse_time, wire_time
from dialspec.spec.language.kinds import Sensitivity
from dialspec.text import PythonName, SpecText

_SHOWN_ITEMS: Final = 2
_BEGIN: Final = datetime.datetime(2024, 6, 1, 0, 0, tzinfo=datetime.UTC)
UPLOAD_NAME: Final = "numbers.xlsx"


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
    if field.sensitive is not Sensitivity.PHONE:
        for candidate in (documented, cast("WireValue", field.example)):
            if (
                candidate is not None
                and candidate != []
                and fits(provider, field.type, field.constraints, candidate)
            ):
                return _shortened(field, _renumbered(provider, field.type, candidate))
    return made_up(provider, field)


def _renumbered(provider: Provider, kind: Type, value: WireValue) -> WireValue:
    """Replace the telephone numbers inside a value that was printed."""
    match kind, value:
        case ListOf(), list():
            return [_renumbered(provider, kind.item, item) for item in value]
        case MapOf(), dict():
            return {key: _renumbered(provider, kind.value, item) for key, item in value.items()}
        case JsonText(), _:
            return _renumbered(provider, kind.inner, value)
        case ObjectRef(), dict():
            fields = {one.wire.reveal(): one for one in provider.object_type(kind.name).fields}
            return {
                wire: (
                    made_up(provider, fields[wire])
                    if fields[wire].sensitive is Sensitivity.PHONE
                    else _renumbered(provider, fields[wire].type, item)
                )
                for wire, item in value.items()
            }
        case _:
            return value


def _shortened(field: Field, value: WireValue) -> WireValue:
    """Keep the first items of a long list: a sample shows the form."""
    if isinstance(value, list):
        return value[: max(_SHOWN_ITEMS, field.constraints.min_items or 0)]
    return value


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
            return wire_member(members[0].value) if members else 1
        case ObjectRef():
            return _made_up_object(provider, kind, inside)
        case Scalar():
            return _made_up_scalar(kind, field)


def _made_up_object(provider: Provider, kind: ObjectRef, inside: frozenset[str]) -> WireValue:
    if kind.name in inside:
        return {}
    fields = provider.object_type(kind.name).fields
    wanted = [one for one in fields if one.required] or list(fields[:1])
    found: dict[str, WireValue] = {}
    while wanted:
        for one in wanted:
            found[one.wire.reveal()] = _object_value(provider, one, inside | {kind.name})
        wanted = [one for one in fields if one.wire.reveal() not in found and _is_due(one, found)]
    return found


def _is_due(field: Field, found: Mapping[str, WireValue]) -> bool:
    """Tell whether the fields that an object has so far make another one necessary."""
    return any(
        condition.wire.reveal() in found
        and _holds(condition.equals, found[condition.wire.reveal()])
        for condition in field.required_when
    )


def _object_value(provider: Provider, one: Field, inside: frozenset[str]) -> WireValue:
    example = cast("WireValue", one.example)
    if (
        example is not None
        and one.sensitive is not Sensitivity.PHONE
        and fits(provider, one.type, one.constraints, example)
    ):
        return _renumbered(provider, one.type, example)
    return _made_up(provider, one, one.type, inside)


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
_NUMBER: Final = "447700900123"
"""Of a range that its regulator keeps for fiction, so that a sample with real keys rings nobody."""


def _text_within(field: Field) -> str:
    """Take the first of a few texts that the range and pattern allow, else stretch one to the wanted length."""
    constraints = field.constraints
    candidates = [_NUMBER, *_TEXTS] if field.sensitive is Sensitivity.PHONE else [*_TEXTS, _NUMBER]
    kind = Scalar(ScalarKind.STRING)
    for text in candidates:
        if scalar_fits(kind, constraints, text):
            return text
    length = constraints.min_length or constraints.max_length or 1
    return ("1" if field.sensitive is Sensitivity.PHONE else "x") * length


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
            end = parse_time(end_kind, values[span.end])
            if begin is not None and not _within_days(begin, end, span.days):
                values[span.end] = wire_time(end_kind, begin + datetime.timedelta(days=1))


def _within_days(begin: datetime.datetime, end: datetime.datetime | None, days: int) -> bool:
    """Tell whether an end is a documented one: after its begin, and near enough."""
    if end is None or (begin.tzinfo is None) != (end.tzinfo is None):
        return False
    return datetime.timedelta() < end - begin <= datetime.timedelta(days=days)
