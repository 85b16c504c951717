"""The codes of a page: those of a family, those of groups that it includes, and those that mean something here only.

A group's codes come first; what the page says of a code itself replaces what a group says of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.api import Code, Origin
from dialspec.diagnostics.quoting import quoted
from dialspec.text import PythonName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialspec.resolve.context import Context
    from dialspec.spec.language.endpoints import EndpointErrors
    from dialspec.spec.language.protocol import CodeGroup, Codes, ErrorCode
    from dialspec.text import SpecText

_DEFAULT_FAMILY: Final = PythonName("default")


def resolve_code(text: SpecText, spec: ErrorCode, *, own: bool = False) -> Code:
    """Settle one documented code."""
    return Code(
        text=text,
        name=spec.name,
        kind=spec.kind,
        labels=spec.label,
        advice=spec.advice,
        transient=spec.transient,
        refused=spec.refused,
        own=own,
    )


def resolve_codes(
    context: Context, errors: EndpointErrors | None, origin: Origin
) -> tuple[PythonName | None, tuple[Code, ...]]:
    """The family and the documented codes of a page; a code or group that does not exist is reported."""
    name = errors.family if errors is not None and errors.family is not None else _DEFAULT_FAMILY
    defined = context.lookup("errors", name)
    family: Codes = defined.spec if defined is not None else {}
    if errors is None:
        return (name if defined is not None else None), ()
    parts: list[tuple[CodeGroup | EndpointErrors, Origin]] = [
        *_included(context, errors, origin),
        (errors, origin),
    ]
    if defined is None and (errors.family is not None or any(part.codes for part, _ in parts)):
        known = ", ".join(context.names("errors")) or "none is defined"
        context.report(
            "DS336",
            context.value_position(origin, "family"),
            f"there is no family of codes {quoted(name)}",
            f"families: {known}",
        )
    found: dict[SpecText, Code] = {}
    for part, place in parts:
        for index, text in enumerate(part.codes):
            if text in family:
                found[text] = resolve_code(text, family[text])
            elif text not in errors.own and defined is not None:
                context.report(
                    "DS337",
                    context.value_position(place, "codes", index),
                    f"the family {name} has no code {quoted(text)}",
                    "add it to the family, or under `own:` if only this page gives it this meaning",
                )
        for text, code in part.own.items():
            found[text] = resolve_code(text, code, own=True)
    return (name if defined is not None else None), tuple(found.values())


def _included(
    context: Context, errors: EndpointErrors, origin: Origin
) -> Iterator[tuple[CodeGroup, Origin]]:
    for index, name in enumerate(errors.include):
        group = context.lookup("code_groups", name)
        if group is not None:
            yield group.spec, group.origin
            continue
        known = ", ".join(context.names("code_groups")) or "none is defined"
        context.report(
            "DS349",
            context.value_position(origin, "include", index),
            f"there is no group of codes {quoted(name)}",
            f"groups: {known}",
        )
