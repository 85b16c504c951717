"""What a request may hold: parameters with their places, conditions and rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from dialspec.api import ListOf, Parameter, Rules, Scalar, ScalarKind, Span
from dialspec.diagnostics.quoting import quoted
from dialspec.resolve.fields import (
    is_single_value,
    origin_of_type,
    report_same_names,
    resolve_field,
    spelled_out,
    with_conditions,
)
from dialspec.resolve.headers import check_header
from dialspec.resolve.names import RESERVED_PARAMETERS
from dialspec.spec.language.kinds import Location
from dialspec.text import PythonName, SpecText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dialspec.api import Field, Origin, Paging
    from dialspec.resolve.context import Context
    from dialspec.resolve.inherit import Inherited
    from dialspec.spec.language.endpoints import RulesSpec
    from dialspec.spec.language.fields import FieldSpec

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


def resolve_parameters(
    context: Context, inherited: Inherited, method: str, path: str, paging: Paging | None
) -> tuple[Parameter, ...]:
    """Resolve the request fields of an endpoint into parameters, required ones first as written."""
    spec = inherited.spec
    placeholders = set(PLACEHOLDER.findall(path))
    wrapper = spec.wrapper or (paging.wrapper if paging is not None else None)
    parameters: list[Parameter] = []
    for wire, given in spec.request.items():
        origin = inherited.request[wire]
        full = spelled_out(given)
        field = resolve_field(context, wire, given, origin, RESERVED_PARAMETERS, may_be_file=True)
        location = full.location or _default_location(wire.reveal(), placeholders, method)
        parameter = Parameter(
            field=field,
            location=location,
            at=_wrapper(full, wrapper, location),
            filters=tuple(full.filters.split(".")) if full.filters else (),
            match=full.match or ("any_of" if isinstance(field.type, ListOf) else "equals"),
        )
        parameters.append(parameter)
        if location is Location.HEADER:
            check_header(context, wire, origin)
        if location is Location.PATH:
            check_segment(context, field, origin_of_type(given, origin))
        elif is_file(parameter) and (location is not Location.BODY or parameter.at):
            context.report(
                "DS351",
                context.value_position(origin_of_type(given, origin)),
                f"the file {quoted(wire)} does not travel by itself in the body",
                "send it in the body: with another method than GET, no `location:`, and `at: body` beside a wrapper",
            )
    _check_places(context, parameters, paging)
    _check_wrappers(context, inherited, parameters, paging)
    report_same_names(context, (parameter.field for parameter in parameters))
    fields = with_conditions(
        context,
        [parameter.field for parameter in parameters],
        spec.request,
        "request field",
        "name a field of this endpoint's request by its wire name",
    )
    return tuple(
        replace(parameter, field=field) for parameter, field in zip(parameters, fields, strict=True)
    )


def check_segment(context: Context, field: Field, type_at: Origin) -> None:
    """Report a field of a path that may be missing, or that is no single value."""
    if not field.required:
        context.report(
            "DS352",
            context.position(field.origin),
            f"{quoted(field.wire)} is a part of the path, and may be left out",
            "write `required: true`: without it there is no path",
        )
    if not is_single_value(field.type):
        context.report(
            "DS352",
            context.value_position(type_at),
            f"{quoted(field.wire)} is a part of the path, and no single value",
            "make its type a text, number, time or enum",
        )


def resolve_body(
    context: Context, inherited: Inherited, parameters: Sequence[Parameter], paging: Paging | None
) -> Literal["json", "multipart", "none"]:
    """How the body is written; what would not be sent is reported."""
    written = inherited.spec.body
    in_body = [item for item in parameters if item.location is Location.BODY]
    files = [item for item in in_body if is_file(item)]
    if written is None:
        if files:
            return "multipart"
        is_walked = paging is not None and paging.location == "body"
        return "json" if in_body or is_walked else "none"
    unsent = in_body if written == "none" else files if written == "json" else []
    for parameter in unsent:
        context.report(
            "DS353",
            context.position(parameter.field.origin),
            f"{quoted(parameter.wire)} would not be sent: the body is {quoted(written)}",
            f"remove `body: {written}`" + ("" if written == "json" else ", or the field"),
        )
    if written == "none" and paging is not None and paging.location == "body":
        context.report(
            "DS353",
            context.value_position(inherited.part("body")),
            f"the paging style {paging.name} sends its fields in the body, which is `none`",
            "remove `body: none`",
        )
    return written


def is_file(parameter: Parameter) -> bool:
    """Whether a parameter is an upload."""
    type_ = parameter.field.type
    return isinstance(type_, Scalar) and type_.kind is ScalarKind.FILE


def resolve_rules(
    context: Context, rules: RulesSpec, parameters: Sequence[Parameter], origin: Origin
) -> Rules:
    """Resolve rules between parameters; wire names become Python names."""
    names = {parameter.wire: parameter.name for parameter in parameters}

    def python_name(wire: SpecText, *place: str | int) -> PythonName | None:
        found = names.get(wire)
        if found is None:
            context.report(
                "DS320",
                context.value_position(origin, *place),
                f"a rule names {quoted(wire.reveal())}, which is no request field",
                "name a field of this endpoint's request by its wire name",
            )
        return found

    def groups(kind: str) -> tuple[tuple[PythonName, ...], ...]:
        given: list[list[SpecText]] = getattr(rules, kind)
        return tuple(
            tuple(
                name
                for place, wire in enumerate(group)
                if (name := python_name(wire, kind, index, place)) is not None
            )
            for index, group in enumerate(given)
        )

    spans: list[Span] = []
    for index, span in enumerate(rules.spans):
        begin = python_name(span.begin, "spans", index, "begin")
        end = python_name(span.end, "spans", index, "end")
        if begin is not None and end is not None:
            spans.append(Span(begin, end, span.days))
    return Rules(
        tuple(spans),
        groups("together"),
        groups("at_least_one"),
        groups("exclusive"),
    )


def _default_location(wire: str, placeholders: set[str], method: str) -> Location:
    if wire in placeholders:
        return Location.PATH
    return Location.QUERY if method == "GET" else Location.BODY


def _wrapper(field: FieldSpec, wrapper: SpecText | None, location: Location) -> SpecText:
    if location is not Location.BODY:
        return SpecText("")
    if field.at is not None:
        return SpecText("" if field.at == "body" else field.at)
    return wrapper or SpecText("")


def _check_places(context: Context, parameters: Sequence[Parameter], paging: Paging | None) -> None:
    # The paging engine writes these fields itself, at the root.
    taken = {paging.start, paging.size} if paging is not None else set[SpecText]()
    for parameter in parameters:
        if parameter.wire in taken and not parameter.at:
            context.report(
                "DS321",
                context.position(parameter.field.origin),
                f"{quoted(parameter.wire.reveal())} is a field of the paging style already",
                "remove it here; the labels of paging fields go under `labels:` of the style",
            )


def _check_wrappers(
    context: Context, inherited: Inherited, parameters: Sequence[Parameter], paging: Paging | None
) -> None:
    """Report what stands in the root of the body under the name of an object beside it."""
    own = inherited.spec.wrapper
    sent = (paging.start, paging.size) if paging is not None and paging.location == "body" else ()
    if own is not None and own in sent:
        report_same_place(context, inherited.part("wrapper"), own, "the paging style sends it")
    named = {own, paging.wrapper if paging is not None else None}
    wrappers = {parameter.at for parameter in parameters if parameter.at}
    for parameter in parameters:
        is_at_root = parameter.location is Location.BODY and not parameter.at
        if is_at_root and parameter.wire in wrappers:
            report_same_place(
                context, parameter.field.origin, parameter.wire, "it holds other request fields"
            )
        if parameter.at in sent and parameter.at not in named:
            report_same_place(
                context, parameter.field.origin, parameter.at, "the paging style sends it"
            )


def report_same_place(context: Context, origin: Origin, wire: SpecText, because: str) -> None:
    """Report two things that would stand under one name in the root of a body."""
    context.report(
        "DS322",
        context.position(origin),
        f"the body has {quoted(wire)} already: {because}",
        "each name of the body stands for one thing; compare with the vendor's page",
    )


def placeholders_of(path: str) -> list[str]:
    """The names in braces of a path, in order."""
    return PLACEHOLDER.findall(path)
