"""How the docs say what a value is: its Python type, its form on the wire, its range, its conditions.

In: types, constraints and fields of the resolved API. Out: rendered cells of a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from dialspec.api import (
    Condition,
    Constraints,
    Enum,
    EnumRef,
    Field,
    JsonText,
    Labels,
    ListOf,
    MapOf,
    ObjectRef,
    Scalar,
    ScalarKind,
    Type,
    Value,
)
from dialspec.rendering.docs.blocks import NOTHING, join, link_within, listing, sentences
from dialspec.rendering.text import (
    Rendered,
    literal,
    markdown_cell,
    markdown_code,
    number,
    rendered_join,
)
from dialspec.resolve.types import innermost
from dialspec.spec.language.kinds import Sensitivity, TimeFormat
from dialspec.text import ClassName, PythonName, SpecText

_SCALARS: Final[Mapping[ScalarKind, Rendered]] = {
    ScalarKind.INTEGER: literal("`int`"),
    ScalarKind.NUMBER: literal("`float`"),
    ScalarKind.DECIMAL: literal("`Decimal`"),
    ScalarKind.STRING: literal("`str`"),
    ScalarKind.BOOLEAN: literal("`bool`"),
    ScalarKind.DATETIME: literal("`datetime`"),
    ScalarKind.DATE: literal("`date`"),
    ScalarKind.TIME: literal("`time`"),
    ScalarKind.BINARY: literal("`bytes`"),
    ScalarKind.FILE: literal("file"),
    ScalarKind.JSON: literal("any JSON"),
}

TIME_FORMS: Final[Mapping[TimeFormat, Rendered]] = {
    TimeFormat.LOCAL: literal("`yyyy-MM-dd HH:mm:ss`"),
    TimeFormat.ISO8601: literal("ISO 8601 with an offset"),
    TimeFormat.EPOCH_MS: literal("epoch milliseconds"),
    TimeFormat.EPOCH_S: literal("epoch seconds"),
}

_SENSITIVE: Final[Mapping[Sensitivity, Rendered]] = {
    Sensitivity.PHONE: literal("A telephone number: masked in what is printed."),
    Sensitivity.SECRET: literal("A secret: masked in what is printed."),
    Sensitivity.PERSONAL: literal("Personal data: masked in what is printed."),
}

_CHARACTERS: Final = literal("characters")
_ITEMS: Final = literal("items")


def type_cell(kind: Type) -> Rendered:
    """Name a type, with a link where the page has a table of it, and the wire form of its times."""
    form = _wire_form(kind)
    return type_name(kind) if form is None else join(type_name(kind), literal(": "), form)


def type_name(kind: Type) -> Rendered:
    """Name a type as Python users know it."""
    match kind:
        case Scalar():
            return _SCALARS[kind.kind]
        case EnumRef():
            return link_within(markdown_code(kind.name), enum_anchor(kind.name))
        case ObjectRef():
            return link_within(markdown_code(kind.name), type_anchor(kind.name))
        case ListOf():
            lone = literal(", or one alone" if kind.lone else "")
            return join(literal("list of "), type_name(kind.item), lone)
        case MapOf():
            return join(literal("map of text to "), type_name(kind.value))
        case JsonText():
            return join(type_name(kind.inner), literal(", as JSON text in a string"))
    assert_never(kind)


def type_code(kind: Type) -> str:
    """Name a type as an annotation, for a code span: `list[NumberStatus]`."""
    match kind:
        case Scalar():
            return _ANNOTATIONS[kind.kind]
        case EnumRef() | ObjectRef():
            return kind.name
        case ListOf():
            return f"list[{type_code(kind.item)}]"
        case MapOf():
            return f"dict[str, {type_code(kind.value)}]"
        case JsonText():
            return type_code(kind.inner)
    assert_never(kind)


_ANNOTATIONS: Final[Mapping[ScalarKind, str]] = {
    ScalarKind.INTEGER: "int",
    ScalarKind.NUMBER: "float",
    ScalarKind.DECIMAL: "Decimal",
    ScalarKind.STRING: "str",
    ScalarKind.BOOLEAN: "bool",
    ScalarKind.DATETIME: "datetime",
    ScalarKind.DATE: "date",
    ScalarKind.TIME: "time",
    ScalarKind.BINARY: "bytes",
    ScalarKind.FILE: "file",
    ScalarKind.JSON: "object",
}


def _wire_form(kind: Type) -> Rendered | None:
    scalar = innermost(kind)
    if not isinstance(scalar, Scalar) or scalar.kind is not ScalarKind.DATETIME:
        return None
    form = TIME_FORMS[scalar.format or TimeFormat.LOCAL]
    if scalar.format in {TimeFormat.EPOCH_MS, TimeFormat.EPOCH_S, TimeFormat.ISO8601}:
        return form
    return join(form, literal(", "), zone_text(scalar.zone))


def zone_text(zone: str) -> Rendered:
    """Say which zone a zone-less time is in."""
    if zone == "none":
        return literal("no zone documented")
    return literal("UTC") if zone == "utc" else markdown_code(zone)


def range_cell(constraints: Constraints) -> Rendered:
    """Say what is allowed: numbers, lengths, counts, pattern."""
    parts = [
        _bounds(constraints.minimum, constraints.maximum, NOTHING),
        _bounds(constraints.min_length, constraints.max_length, _CHARACTERS),
        _bounds(constraints.min_items, constraints.max_items, _ITEMS),
    ]
    if constraints.earliest is not None:
        parts.append(join(literal("from "), markdown_code(constraints.earliest)))
    if constraints.latest is not None:
        parts.append(join(literal("until "), markdown_code(constraints.latest)))
    if constraints.pattern is not None:
        parts.append(join(literal("matches "), markdown_code(constraints.pattern)))
    return listing(part for part in parts if part is not None)


def _bounds(least: float | None, most: float | None, what: Rendered) -> Rendered | None:
    if least is None and most is None:
        return None
    if least is None:
        return sentences([literal("at most"), number(most or 0), what])
    if most is None:
        return sentences([literal("at least"), number(least), what])
    if least == most:
        return sentences([literal("exactly"), number(least), what])
    return sentences([join(number(least), literal("–"), number(most)), what])


def required_cell(field: Field, enums: Mapping[PythonName, Enum]) -> Rendered:
    """Say whether what is sent must be given, and when; `enums` are those of the fields beside it."""
    if field.required:
        return literal("yes")
    if not field.required_when:
        return literal("no")
    conditions = rendered_join(
        " or ",
        [_condition(each, enums.get(each.parameter)) for each in field.required_when],
    )
    return join(literal("when "), conditions)


def _condition(condition: Condition, enum: Enum | None) -> Rendered:
    name = markdown_code(condition.parameter)
    if not condition.equals:
        return join(name, literal(" is given"))
    names: dict[Value, str] = {member.value: member.name for member in enum.members} if enum else {}
    values = [_value_with_name(value, names.get(value)) for value in condition.equals]
    return join(name, literal(" is "), listing(values))


def _value_with_name(value: Value, name: str | None) -> Rendered:
    wire = markdown_code(value_text(value))
    return wire if name is None else join(markdown_code(name), literal(" ("), wire, literal(")"))


def value_text(value: Value) -> SpecText | str:
    """Write a scalar as it would be typed in JSON, a text without its quotes."""
    if isinstance(value, SpecText):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def meaning_cell(field: Field, *, is_sent: bool) -> Rendered:
    """Say what a field means, with its unit, default, and what to know before using it.

    Only of what is sent does it say that it may be null: of an answer, any field may be.
    """
    notes: list[Rendered | None] = [
        markdown_cell(field.summary) if field.summary else None,
        join(literal("In "), markdown_cell(field.unit), literal(".")) if field.unit else None,
    ]
    if field.default is not None:
        notes.append(
            join(
                literal("Vendor's default: "),
                markdown_code(value_text(field.default)),
                literal("."),
            )
        )
    if field.nullable and is_sent:
        notes.append(literal("May be sent as `None` (null)."))
    if not field.documented:
        notes.append(
            literal(
                "The vendor's table on this page does not list it: seen in an example or on another page."
            )
        )
    if field.sensitive is not None:
        notes.append(_SENSITIVE[field.sensitive])
    if field.deprecated is not None:
        notes.append(join(literal("**Deprecated.** "), markdown_cell(field.deprecated)))
    return sentences(notes)


def labels_cell(labels: Labels) -> Rendered:
    """Give the vendor's own words in every language there is."""
    return listing_by_language(labels, [language for language in labels if labels[language]])


def foreign_labels_cell(labels: Labels) -> Rendered:
    """Give the vendor's own words in the languages other than English."""
    return listing_by_language(labels, [language for language in labels if language != "en"])


def listing_by_language(labels: Labels, languages: list[str]) -> Rendered:
    """Write `text` alone when it is English only, else `language: text` for each."""
    if languages == ["en"]:
        return markdown_cell(labels["en"])
    return rendered_join(
        " · ",
        [
            join(markdown_cell(language), literal(": "), markdown_cell(labels[language]))
            for language in languages
        ],
    )


def english(labels: Labels) -> Rendered:
    """Give the English label, or the first one there is."""
    text = labels.get("en") or next(iter(labels.values()), None)
    return NOTHING if text is None else markdown_cell(text)


def enum_anchor(name: ClassName) -> str:
    """The slug of the heading "Enum `Name`"."""
    return f"enum-{name.lower()}"


def type_anchor(name: ClassName) -> str:
    """The slug of the heading "Type `Name`"."""
    return f"type-{name.lower()}"
