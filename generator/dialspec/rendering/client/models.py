"""Model modules: `models/<resource>.py`, the object types that a resource's endpoints answer or take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final

from dialspec.api import Field, ObjectRef, ObjectType, Provider
from dialspec.rendering.client.enums import exports
from dialspec.rendering.client.header import header
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.client.rules import required_when
from dialspec.rendering.client.types import TypeWriter
from dialspec.rendering.layout import Call, DictDisplay, Expression, lay_out, tuple_of
from dialspec.rendering.text import (
    Entries,
    Notation,
    Rendered,
    docstring,
    identifier,
    literal,
    python_string,
    python_value,
)
from dialspec.resolve.types import innermost
from dialspec.text import ClassName, PythonName, SpecText


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a model: its name, annotation and default."""

    name: Rendered
    annotation: Rendered
    default: Rendered | None


@dataclass(frozen=True, slots=True)
class ModelView:
    """One model class."""

    name: Rendered
    base: Rendered
    docstring: Rendered
    sensitive: Rendered | None
    rules: Rendered | None
    """What a request object needs beside what its fields say; None for no rule."""
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class ModelModule:
    """One module of models."""

    name: PythonName
    header: Rendered
    docstring: Rendered
    imports: Rendered
    exports: Rendered
    models: tuple[ModelView, ...]


def model_module(provider: Provider, name: PythonName) -> ModelModule | None:
    """The model module of this name; None if there are no types for it."""
    types = sorted(
        (item for item in provider.types if item.module == name), key=lambda item: item.name
    )
    if not types:
        return None
    imports = Imports()
    writer = TypeWriter(provider, imports, depth=2)
    here = frozenset(item.name for item in types)
    views, defined = list[ModelView](), set[ClassName]()
    for item in _in_order_of_use(types):
        views.append(_model(item, _Writer(writer, imports, here, frozenset(defined))))
        defined.add(item.name)
    return ModelModule(
        name=name,
        header=header(item.origin.file for item in types),
        docstring=docstring([(literal("Models of"), provider.title)], 0),
        imports=_without_module(imports, name).statements(),
        exports=exports([item.name for item in types]),
        models=tuple(views),
    )


def _without_module(imports: Imports, name: PythonName) -> Imports:
    own = Imports()
    own.add(f"..models.{name}", *imports.names_of(f"..models.{name}"))
    return imports.without(own)


@dataclass(frozen=True, slots=True)
class _Writer:
    """What is needed to write a field: `here` are the types of this module, `defined` those written so far."""

    types: TypeWriter
    imports: Imports
    here: frozenset[ClassName]
    defined: frozenset[ClassName]

    def annotation(self, field: Field, *, optional: bool, is_sent: bool = False) -> Rendered:
        """The annotation of a field, quoted where it names a type that comes further down."""
        if is_sent:
            text = self.types.in_request_object(
                field.type, field.constraints, defined_here=self.here
            )
        else:
            text = self.types.in_answer(field.type, defined_here=self.here)
        if optional:
            text = Rendered(f"{text} | None", Notation.PYTHON)
        inner = innermost(field.type)
        comes_later = isinstance(inner, ObjectRef) and inner.name in self.here - self.defined
        return python_string(text) if comes_later else text


def _model(item: ObjectType, writer: _Writer) -> ModelView:
    is_request = item.role == "request"
    base = literal("RequestObject") if is_request else literal("Record")
    writer.imports.runtime(base)
    partial = (literal("Not complete:"), item.partial) if item.partial is not None else ()
    title = item.summary or literal("An answer, as the vendor sends it.")
    attributes = Entries(
        literal("Attributes:"), [(identifier(field.name), about(field)) for field in item.fields]
    )
    write = _request_field if is_request else _answer_field
    return ModelView(
        name=identifier(item.name),
        base=base,
        docstring=docstring([title, partial, attributes], 4),
        sensitive=_sensitive(item, writer.imports),
        rules=_rules(item, writer.imports) if is_request else None,
        fields=tuple(write(field, writer) for field in item.fields),
    )


_DIVIDER: Final = literal("·")
"""Between what is said of a field, where no full stop is."""


def about(field: Field) -> list[SpecText | Rendered]:
    """What a docstring says of a field: meaning, unit, range, label, and whether it is documented."""
    pieces: list[SpecText | Rendered] = []
    if field.summary is not None:
        pieces.append(field.summary)
    if field.unit is not None:
        pieces += [literal("Unit:"), field.unit, _DIVIDER]
    documented_range = range_of(field)
    if documented_range is not None:
        pieces.append(documented_range)
    for language, text in field.labels.items():
        if language != "en":
            # Languages match a pattern of letters and a dash.
            pieces += [Rendered(f"{language}:", Notation.PLAIN), text]
    for condition in field.required_when:
        pieces += [literal("Required when"), identifier(condition.parameter), literal("is")]
        if not condition.equals:
            pieces.append(literal("given"))
        for index, item in enumerate(condition.equals):
            if index:
                pieces.append(literal("or"))
            pieces.append(python_value(item))
        pieces.append(_DIVIDER)
    if not field.documented:
        pieces.append(literal("Not in the table of its page."))
    if field.deprecated is not None:
        pieces += [literal("Deprecated:"), field.deprecated]
    return pieces[:-1] if pieces and pieces[-1] == _DIVIDER else pieces


def range_of(field: Field) -> Rendered | None:
    """The documented range of a field in words, or None."""
    limits = field.constraints
    parts: list[str] = []
    for low, high, noun in (
        (limits.minimum, limits.maximum, ""),
        (limits.min_length, limits.max_length, " characters"),
        (limits.min_items, limits.max_items, " items"),
    ):
        if low is not None and high is not None:
            parts.append(f"{low} to {high}{noun}")
        elif low is not None:
            parts.append(f"at least {low}{noun}")
        elif high is not None:
            parts.append(f"at most {high}{noun}")
    if limits.earliest is not None:
        parts.append(f"from {limits.earliest}")
    if limits.latest is not None:
        parts.append(f"until {limits.latest}")
    if not parts:
        return None
    text = ", ".join(parts)
    return Rendered(f"{text[0].upper()}{text[1:]}.", Notation.PLAIN)


def _answer_field(field: Field, writer: _Writer) -> FieldView:
    alias = field.wire != SpecText(field.name)
    default: Expression = literal("None")
    if alias:
        writer.imports.add("pydantic", "Field")
        default = Call(
            literal("Field"),
            [(literal("default"), literal("None")), (literal("alias"), python_string(field.wire))],
        )
    return _field_view(field, writer.annotation(field, optional=True), default)


def _request_field(field: Field, writer: _Writer) -> FieldView:
    optional = field.nullable or not field.required
    arguments: list[tuple[Rendered | None, Expression]] = []
    if not field.required:
        arguments.append((literal("default"), literal("None")))
    if field.wire != SpecText(field.name):
        arguments.append((literal("validation_alias"), python_string(field.wire)))
        arguments.append((literal("serialization_alias"), python_string(field.wire)))
    arguments += writer.types.field_constraints(field)
    default: Expression | None = None
    if arguments == [(literal("default"), literal("None"))]:
        default = literal("None")
    elif arguments:
        writer.imports.add("pydantic", "Field")
        default = Call(literal("Field"), arguments)
    return _field_view(field, writer.annotation(field, optional=optional, is_sent=True), default)


def _field_view(field: Field, annotation: Rendered, default: Expression | None) -> FieldView:
    name = identifier(field.name)
    column = 4 + len(name) + 2 + len(annotation) + 3
    return FieldView(
        name=name,
        annotation=annotation,
        default=lay_out(default, column=column, indent=4) if default is not None else None,
    )


def _sensitive(item: ObjectType, imports: Imports) -> Rendered | None:
    marked = [field for field in item.fields if field.sensitive is not None]
    if not marked:
        return None
    imports.add("types", "MappingProxyType")
    imports.add("typing", "ClassVar")
    imports.add("collections.abc", "Mapping")
    imports.runtime("Sensitivity")
    entries: list[tuple[Expression | None, Expression]] = [
        (python_string(field.name), python_string(field.sensitive.value))
        for field in marked
        if field.sensitive is not None
    ]
    call = Call(literal("MappingProxyType"), ((None, DictDisplay(entries)),))
    # The line begins with `    __sensitive__: ClassVar[Mapping[str, Sensitivity]] = `.
    return lay_out(call, column=57, indent=4)


def _rules(item: ObjectType, imports: Imports) -> Rendered | None:
    rules = [
        required_when(field.name, condition, imports)
        for field in item.fields
        for condition in field.required_when
    ]
    if not rules:
        return None
    imports.add("typing", "ClassVar")
    imports.runtime("Rule")
    # The line begins with `    __rules__: ClassVar[tuple[Rule, ...]] = `.
    return lay_out(tuple_of(rules), column=43, indent=4)


def _in_order_of_use(types: list[ObjectType]) -> Iterator[ObjectType]:
    """Types after those that they refer to, so that no annotation needs a forward reference."""
    by_name = {item.name: item for item in types}
    sorter: TopologicalSorter[ClassName] = TopologicalSorter()
    for item in types:
        sorter.add(item.name, *(name for name in _references(item) if name in by_name))
    try:
        order = list(sorter.static_order())
    except CycleError:
        # Types that hold each other: an annotation that looks ahead is quoted.
        order = [item.name for item in types]
    return (by_name[name] for name in order)


def _references(item: ObjectType) -> Iterator[ClassName]:
    for field in item.fields:
        inner = innermost(field.type)
        if isinstance(inner, ObjectRef) and inner.name != item.name:
            yield inner.name
