"""The push module: `pushes.py`, a function for each push that a vendor sends to the customer."""

from __future__ import annotations

from dataclasses import dataclass

from dialspec.api import ObjectRef, Provider, Push
from dialspec.rendering.client.enums import exports
from dialspec.rendering.client.header import header
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.client.operations import docs_url
from dialspec.rendering.client.types import TypeWriter
from dialspec.rendering.layout import Call, Expression, lay_out, strings
from dialspec.rendering.text import (
    Entries,
    Notation,
    Rendered,
    docstring,
    identifier,
    literal,
    python_string,
)
from dialspec.text import ConstantName, SpecText


@dataclass(frozen=True, slots=True)
class PushView:
    """One function: how it is called, what it gives, and the description that it reads by."""

    name: Rendered
    constant: Rendered
    definition: Rendered
    record: Rendered
    result: Rendered
    reader: Rendered
    docstring: Rendered


@dataclass(frozen=True, slots=True)
class PushesModule:
    """The module of all pushes of one provider."""

    header: Rendered
    docstring: Rendered
    imports: Rendered
    exports: Rendered
    pushes: tuple[PushView, ...]


def pushes_module(provider: Provider) -> PushesModule:
    """The view of a provider's pushes."""
    imports = Imports()
    imports.add("__future__", "annotations")
    imports.add("typing", "Final", "TYPE_CHECKING")
    imports.runtime("Push")
    types = TypeWriter(provider, imports, depth=1)
    pushes = [push for resource in provider.resources for push in resource.pushes]
    views = tuple(_push(provider, push, types, imports) for push in pushes)
    return PushesModule(
        header=header({push.origin.file for push in pushes}),
        docstring=docstring(
            [
                (literal("What"), provider.title, literal("sends to an address of yours.")),
                literal(
                    "No push is documented as signed: whoever knows the address can send one. Look up what matters."
                ),
            ],
            0,
        ),
        imports=imports.statements(),
        exports=exports([push.function for push in pushes]),
        pushes=views,
    )


def _push(provider: Provider, push: Push, types: TypeWriter, imports: Imports) -> PushView:
    assert isinstance(push.event, ObjectRef)  # noqa: S101  # what resolving lets through
    constant = Rendered(
        f"_{identifier(ConstantName(push.function.removeprefix('parse_').upper()))}",
        Notation.PYTHON,
    )
    record = types.object_type(push.event.name)
    reader = literal("parse_pushed_list") if push.is_list else literal("parse_push")
    imports.runtime(reader)
    arguments: list[tuple[Rendered | None, Expression]] = [
        (literal("provider"), python_string(provider.name)),
        (literal("name"), python_string(push.full_name)),
        (literal("record"), record),
    ]
    if push.is_list:
        arguments.append((literal("is_list"), literal("True")))
    if push.at:
        arguments.append((literal("at"), strings(push.at)))
    arguments += docs_url(push.source)
    definition = Call(literal("Push"), arguments, exploded=True)
    return PushView(
        name=identifier(push.function),
        constant=constant,
        definition=lay_out(definition, column=len(constant) + len(": Final = "), indent=0),
        record=record,
        result=Rendered(f"list[{record}]", Notation.PYTHON) if push.is_list else record,
        reader=reader,
        docstring=_docstring(push),
    )


def _docstring(push: Push) -> Rendered:
    pieces: list[SpecText | str | tuple[Rendered | SpecText, ...] | Entries] = [push.summary]
    if push.description is not None:
        pieces.append(push.description)
    if push.missing:
        pieces.append((literal("Documented in part only; missing:"), *push.missing))
    if push.answer is not None:
        pieces.append((literal("The vendor expects as answer:"), push.answer))
    if push.repeats is not None:
        pieces.append((literal("Repeats:"), push.repeats))
    source = push.source
    pieces += [
        Entries(
            literal("Args:"),
            [
                (literal("body"), [literal("The body of the request, as it came.")]),
                (
                    literal("timezone"),
                    [literal("Zone of times that say none; without it they are naive.")],
                ),
                (literal("strict"), [literal("Refuse what is not documented; for tests.")]),
            ],
        ),
        Entries(
            literal("Raises:"),
            [(literal("DecodeError"), [literal("the body is not what the vendor documents.")])],
        ),
    ]
    if source is not None:
        pieces.append((literal("Source:"), source.page))
    return docstring(pieces, 4)
