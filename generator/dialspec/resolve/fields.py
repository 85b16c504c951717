"""Fields of types, answers and requests: names settled, types resolved, ranges checked against the type."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dialspec.api import (
    Condition,
    Constraints,
    EnumRef,
    Field,
    ListOf,
    Origin,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.diagnostics.quoting import quoted
from dialspec.resolve.names import check_name, check_unique, derived_name
from dialspec.resolve.types import (
    SCALAR_NAMES,
    WRAPPER_NAMES,
    UnknownTypeError,
    innermost,
    parse_type,
)
from dialspec.spec.language.fields import FieldSpec
from dialspec.text import PythonName, SpecText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dialspec.resolve.context import Context
    from dialspec.spec.language.fields import Fields

_NUMERIC: Final = frozenset({ScalarKind.INTEGER, ScalarKind.NUMBER, ScalarKind.DECIMAL})
_TEXTUAL: Final = frozenset({ScalarKind.STRING, ScalarKind.BINARY, ScalarKind.FILE})
_CONSTRAINTS: Final = tuple(constraint.name for constraint in dataclass_fields(Constraints))
_OF_REQUESTS: Final = ("location", "at", "filters", "match")
_UNCONSTRAINED: Final = Constraints()
_FALLBACK_TYPE: Final = Scalar(ScalarKind.JSON)
_FALLBACK_NAME: Final = PythonName("unnamed")


def spelled_out(spec: FieldSpec | str) -> FieldSpec:
    """The long form of a field that may be given as its type alone."""
    return spec if isinstance(spec, FieldSpec) else FieldSpec(type=spec)


def resolve_fields(
    context: Context,
    fields: Fields,
    origins: Mapping[SpecText, Origin],
    reserved: frozenset[str],
) -> tuple[Field, ...]:
    """Resolve the fields of one object; `origins` has the place of each."""
    resolved = tuple(
        resolve_field(context, wire, spec, origins[wire], reserved) for wire, spec in fields.items()
    )
    report_same_names(context, resolved)
    for wire, spec in fields.items():
        refuse_request_keys(context, spec, origins[wire])
    return with_conditions(
        context,
        resolved,
        fields,
        "field of this type",
        "name another field of this type by its wire name",
    )


def refuse_request_keys(context: Context, spec: FieldSpec | str, origin: Origin) -> None:
    """Report what only a request field has on a field of something else; groups may be for both."""
    if isinstance(spec, str) or origin.path[0] == "field_groups":
        return
    for key in _OF_REQUESTS:
        if key in spec.model_fields_set:
            context.report(
                "DS356",
                context.position(Origin(origin.file, (*origin.path, key))),
                f"`{key}` is for request fields, and this is none",
                "remove it: nothing reads it here",
            )


def with_conditions(
    context: Context, resolved: Sequence[Field], fields: Fields, what: str, remedy: str
) -> tuple[Field, ...]:
    """Put to each field of one object what makes it required; conditions are on other fields of the same object."""
    names = {field.wire: field.name for field in resolved}

    def conditions(field: Field) -> Iterator[Condition]:
        for condition in spelled_out(fields[field.wire]).required_when:
            other = names.get(condition.field)
            if other is not None:
                yield Condition(other, condition.field, tuple(condition.equals))
                continue
            context.report(
                "DS320",
                context.value_position(field.origin, "required_when"),
                f"the condition names {quoted(condition.field.reveal())}, which is no {what}",
                remedy,
            )

    return tuple(
        replace(field, required_when=found) if (found := tuple(conditions(field))) else field
        for field in resolved
    )


def origins_below(origin: Origin, fields: Fields) -> dict[SpecText, Origin]:
    """The places of fields that are written directly below `origin`."""
    return {wire: Origin(origin.file, (*origin.path, wire.reveal())) for wire in fields}


def report_same_names(context: Context, fields: Iterable[Field]) -> None:
    """Report Python names that two fields of one object share."""
    check_unique(
        context,
        ((field.name, field.origin) for field in fields),
        "the Python name",
        "two wire names give the same Python name; give one of them another with `name:`",
    )


def resolve_field(
    context: Context,
    wire: SpecText,
    spec: FieldSpec | str,
    origin: Origin,
    reserved: frozenset[str],
    *,
    name: PythonName | None = None,
    may_be_file: bool = False,
) -> Field:
    """Resolve one field; what is wrong with it is reported, and something harmless put in its place.

    A field that has its `name` from elsewhere is not asked for it, nor is that name checked.
    """
    full = spelled_out(spec)
    written_at = origin_of_type(spec, origin)
    type_ = resolve_type(context, full.type, written_at, full, may_be_file=may_be_file)
    constraints = _UNCONSTRAINED
    if not full.model_fields_set.isdisjoint(_CONSTRAINTS):
        constraints = Constraints(
            minimum=full.minimum,
            maximum=full.maximum,
            min_length=full.min_length,
            max_length=full.max_length,
            min_items=full.min_items,
            max_items=full.max_items,
            pattern=full.pattern,
            earliest=full.earliest,
            latest=full.latest,
        )
        _check_constraints(context, constraints, type_, origin)
    return Field(
        name=name or _python_name(context, wire, full, origin, reserved),
        wire=wire,
        type=type_,
        summary=full.summary,
        labels=full.label,
        required=full.required,
        nullable=full.nullable,
        documented=full.documented,
        constraints=constraints,
        default=full.default,
        unit=full.unit,
        sensitive=full.sensitive,
        deprecated=full.deprecated,
        example=full.example,
        origin=origin,
    )


def origin_of_type(spec: FieldSpec | str, origin: Origin) -> Origin:
    """Where the type of a field is written: under `type`, or as all that is said of the field."""
    return origin if isinstance(spec, str) else Origin(origin.file, (*origin.path, "type"))


def resolve_type(
    context: Context,
    expression: str,
    origin: Origin,
    spec: FieldSpec | None = None,
    *,
    may_be_file: bool = False,
) -> Type:
    """Resolve a type expression written at `origin`; an unknown name, or a file out of place, is reported."""
    time_format = spec.format if spec is not None else None
    zone = spec.zone if spec is not None else None
    try:
        type_ = parse_type(expression, context, time_format=time_format, zone=zone or "none")
    except UnknownTypeError as unknown:
        known = (*SCALAR_NAMES, *context.enums, *context.types)
        context.report(
            "DS304",
            context.value_position(origin),
            f"there is no type {quoted(unknown.name)}",
            _nearest(unknown.name, known),
        )
        return _FALLBACK_TYPE
    innermost_type = innermost(type_)
    is_time = isinstance(innermost_type, Scalar) and innermost_type.kind is ScalarKind.DATETIME
    if (time_format or zone) and not is_time:
        context.report(
            "DS305",
            context.value_position(origin),
            f"`format` and `zone` are for datetime, and this is {quoted(expression)}",
            "make the type datetime, or remove them",
        )
    is_file = isinstance(innermost_type, Scalar) and innermost_type.kind is ScalarKind.FILE
    if is_file and not (may_be_file and innermost_type is type_):
        context.report(
            "DS351",
            context.value_position(origin),
            "a file is no part of anything else, and no answer holds one",
            "make it a field of its own of a request; bytes that travel as Base64 text are `binary`",
        )
        return _FALLBACK_TYPE
    return type_


def is_single_value(type_: Type) -> bool:
    """Whether a value of this type is one text or number on the wire, so that a path can hold it."""
    if isinstance(type_, Scalar):
        return type_.kind not in {ScalarKind.JSON, ScalarKind.FILE}
    return isinstance(type_, EnumRef)


def _python_name(
    context: Context, wire: SpecText, spec: FieldSpec, origin: Origin, reserved: frozenset[str]
) -> PythonName:
    name = spec.name or derived_name(wire.reveal())
    if name is None:
        context.report(
            "DS312",
            context.position(origin),
            f"no Python name can be made from {quoted(wire.reveal())}",
            "give one with `name:`",
        )
        return _FALLBACK_NAME
    check_name(context, name, origin, reserved, "a field")
    return name


def _check_constraints(
    context: Context, constraints: Constraints, type_: Type, origin: Origin
) -> None:
    def refuse(name: str, message: str, remedy: str) -> None:
        context.report("DS306", context.value_position(origin, name), message, remedy)

    inner = innermost(type_)
    kind = inner.kind if isinstance(inner, Scalar) else None
    for low, high in (
        ("minimum", "maximum"),
        ("min_length", "max_length"),
        ("min_items", "max_items"),
        ("earliest", "latest"),
    ):
        lowest, highest = getattr(constraints, low), getattr(constraints, high)
        if lowest is not None and highest is not None and lowest > highest:
            refuse(low, f"{low} {lowest} is above {high} {highest}", "swap them, or mend one")
    for name in ("minimum", "maximum"):
        if getattr(constraints, name) is not None and kind not in _NUMERIC:
            refuse(name, f"{name} is for numbers", "use min_length or max_length for text")
    for name in ("min_length", "max_length", "pattern"):
        if getattr(constraints, name) is not None and kind not in _TEXTUAL:
            refuse(name, f"{name} is for text", "use minimum or maximum for numbers")
    for name in ("min_items", "max_items"):
        if getattr(constraints, name) is not None and not isinstance(type_, ListOf):
            refuse(name, f"{name} is for lists", "make the type list[…], or remove it")
    for name in ("earliest", "latest"):
        if getattr(constraints, name) is not None and kind is not ScalarKind.TIME:
            refuse(name, f"{name} is for times of day", "make the type time, or remove it")
    if constraints.pattern is not None:
        try:
            re.compile(constraints.pattern.reveal())
        except re.error as error:
            refuse("pattern", f"the pattern is no regular expression: {error}", "mend it")


def _nearest(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return (
        f"use one of {', '.join(SCALAR_NAMES)}, {', '.join(f'{w}[…]' for w in WRAPPER_NAMES)}, "
        "or define it under `enums:` or `types:`"
    )
