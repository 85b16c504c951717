"""Enum modules: `enums/<resource>.py`, one for each resource that defines enums."""

from __future__ import annotations

from dataclasses import dataclass

from dialspec.api import Enum, Member, Provider
from dialspec.rendering.client.header import header
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.layout import DictDisplay, Expression, lay_out, tuple_of, value
from dialspec.rendering.text import (
    Entries,
    Rendered,
    docstring,
    identifier,
    literal,
    python_string,
    rendered_join,
)
from dialspec.text import PythonName, SpecText


@dataclass(frozen=True, slots=True)
class EnumView:
    """One enum class."""

    name: Rendered
    base: Rendered
    docstring: Rendered
    members: tuple[tuple[Rendered, Rendered], ...]


@dataclass(frozen=True, slots=True)
class EnumModule:
    """One module of enums."""

    name: PythonName
    header: Rendered
    docstring: Rendered
    imports: Rendered
    exports: Rendered
    enums: tuple[EnumView, ...]


def enum_module(provider: Provider, name: PythonName) -> EnumModule | None:
    """The enum module of this name; None if there are no enums for it."""
    enums = sorted(
        (enum for enum in provider.enums if enum.module == name), key=lambda enum: enum.name
    )
    if not enums:
        return None
    imports = Imports()
    for enum in enums:
        imports.runtime(_base(enum))
    return EnumModule(
        name=name,
        header=header(enum.origin.file for enum in enums),
        docstring=docstring([(literal("Enums of"), provider.title)], 0),
        imports=imports.statements(),
        exports=exports([enum.name for enum in enums]),
        enums=tuple(_enum(enum) for enum in enums),
    )


def exports(names: list[str]) -> Rendered:
    """The value of `__all__`."""
    items: list[Expression] = [python_string(name) for name in sorted(names)]
    return lay_out(tuple_of(items), column=17, indent=0)


def _enum(enum: Enum) -> EnumView:
    members = Entries(
        literal("Members:"),
        [(identifier(member.name), _meaning(member)) for member in enum.members],
    )
    partial = (literal("Not complete:"), enum.partial) if enum.partial is not None else ()
    title = enum.summary or literal("A value the vendor documents; an unknown one is kept.")
    return EnumView(
        name=identifier(enum.name),
        base=_base(enum),
        docstring=docstring([title, partial, members], 4),
        members=tuple((identifier(member.name), _value(member)) for member in enum.members),
    )


def _meaning(member: Member) -> list[SpecText | Rendered]:
    label = member.labels.get("en")
    pieces: list[SpecText | Rendered] = [label] if label is not None else []
    if member.summary is not None:
        pieces.append(member.summary)
    if member.deprecated is not None:
        pieces += [literal("Deprecated:"), member.deprecated]
    return pieces


def _value(member: Member) -> Rendered:
    """`1, "label"`, or the wire value alone, laid out as black leaves it behind `NAME = `."""
    wire = value(member.value)
    if not member.labels:
        return wire
    column = 4 + len(member.name) + 3
    if list(member.labels) == ["en"]:
        pair = tuple_of([wire, python_string(member.labels["en"])])
        text = lay_out(pair, column=column - 2, indent=4)
        return text if "\n" in text else Rendered(text[1:-1], text.notation)
    labels = DictDisplay(
        [(python_string(language), python_string(text)) for language, text in member.labels.items()]
    )
    return rendered_join(", ", [wire, lay_out(labels, column=column + len(wire) + 2, indent=4)])


def _base(enum: Enum) -> Rendered:
    return literal("OpenIntEnum") if enum.base == "integer" else literal("OpenStrEnum")
