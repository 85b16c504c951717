"""Types of the resolved API as Python: annotations of answers and parameters, and codecs of requests."""

from __future__ import annotations

from typing import Final

from dialspec.api import (
    Constraints,
    EnumRef,
    Field,
    JsonText,
    ListOf,
    MapOf,
    ObjectRef,
    Provider,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.layout import Call, Expression
from dialspec.rendering.text import (
    Notation,
    Rendered,
    identifier,
    literal,
    number,
    python_string,
)
from dialspec.spec.language.kinds import TimeFormat
from dialspec.text import ClassName

_PLAIN: Final = {
    ScalarKind.INTEGER: literal("int"),
    ScalarKind.NUMBER: literal("float"),
    ScalarKind.STRING: literal("str"),
    ScalarKind.BOOLEAN: literal("bool"),
    ScalarKind.JSON: literal("object"),
    ScalarKind.FILE: literal("str"),
}
_ANSWER_TIMES: Final = {
    TimeFormat.LOCAL: literal("LocalDateTime"),
    TimeFormat.ISO8601: literal("IsoDateTime"),
    TimeFormat.EPOCH_MS: literal("EpochMilliseconds"),
    TimeFormat.EPOCH_S: literal("EpochSeconds"),
}
_ANSWER_SCALARS: Final = {
    ScalarKind.DATE: literal("LocalDate"),
    ScalarKind.TIME: literal("ClockTime"),
    ScalarKind.BINARY: literal("Base64Data"),
}
_PARAMETER_IMPORTS: Final = {
    ScalarKind.DATETIME: ("datetime", literal("datetime")),
    ScalarKind.DATE: ("datetime", literal("date")),
    ScalarKind.TIME: ("datetime", literal("time")),
    ScalarKind.DECIMAL: ("decimal", literal("Decimal")),
}
_CODECS: Final = {
    ScalarKind.INTEGER: literal("Integer"),
    ScalarKind.NUMBER: literal("Number"),
    ScalarKind.DECIMAL: literal("DecimalNumber"),
    ScalarKind.STRING: literal("String"),
    ScalarKind.BOOLEAN: literal("Boolean"),
    ScalarKind.DATETIME: literal("DateTime"),
    ScalarKind.DATE: literal("DateOnly"),
    ScalarKind.TIME: literal("TimeOfDay"),
    ScalarKind.BINARY: literal("Base64"),
    ScalarKind.FILE: literal("Upload"),
    ScalarKind.JSON: literal("Json"),
}


class TypeWriter:
    """Writes types in the modules of one provider, noting the imports that each needs."""

    def __init__(self, provider: Provider, imports: Imports, depth: int) -> None:
        self._enum_modules = {enum.name: enum.module for enum in provider.enums}
        self._enum_bases = {enum.name: enum.base for enum in provider.enums}
        self._partial_enums = {enum.name for enum in provider.enums if enum.partial is not None}
        self._type_modules = {item.name: item.module for item in provider.types}
        self._imports = imports
        self._up = "." * depth

    def in_answer(
        self, type_: Type, *, defined_here: frozenset[ClassName] = frozenset()
    ) -> Rendered:
        """The annotation of a field of an answer, without its None."""
        match type_:
            case Scalar(kind, time_format, zone):
                return self._scalar_in_answer(kind, time_format, zone)
            case EnumRef(name):
                return self.enum(name)
            case ObjectRef(name):
                return identifier(name) if name in defined_here else self.object_type(name)
            case ListOf(item, lone):
                inner = self.in_answer(item, defined_here=defined_here)
                if not lone:
                    return _subscript(literal("list"), inner)
                self._imports.runtime("ListOrOne")
                return _subscript(literal("ListOrOne"), inner)
            case MapOf(value):
                inner = self.in_answer(value, defined_here=defined_here)
                return _python(f"dict[str, {inner}]")
            case JsonText(inner_type):
                self._imports.runtime("JsonEncoded")
                inner = self.in_answer(inner_type, defined_here=defined_here)
                return _subscript(literal("JsonEncoded"), inner)

    def in_request_object(
        self,
        type_: Type,
        constraints: Constraints,
        *,
        defined_here: frozenset[ClassName],
    ) -> Rendered:
        """The annotation of a field of an object that is sent: no enum value that is not documented.

        `constraints` of values within lists, maps and texts are written where the values are; those of the field
        itself are `field_constraints`.
        """
        match type_:
            case EnumRef(name) if name not in self._partial_enums:
                self._imports.runtime("Documented")
                return _subscript(literal("Documented"), self.enum(name))
            case ListOf(item):
                inner = self._within_request_object(item, constraints, defined_here)
                return _subscript(literal("list"), inner)
            case MapOf(value):
                inner = self._within_request_object(value, constraints, defined_here)
                return _python(f"dict[str, {inner}]")
            case JsonText(inner_type):
                self._imports.runtime("JsonEncoded")
                inner = self._within_request_object(inner_type, constraints, defined_here)
                return _subscript(literal("JsonEncoded"), inner)
            case _:
                return self.in_answer(type_, defined_here=defined_here)

    def _within_request_object(
        self, type_: Type, constraints: Constraints, defined_here: frozenset[ClassName]
    ) -> Rendered:
        inner = self.in_request_object(type_, constraints, defined_here=defined_here)
        bounds = self._limits_of_scalar(constraints) if isinstance(type_, Scalar) else []
        if not bounds:
            return inner
        self._imports.add("typing", "Annotated")
        self._imports.add("pydantic", "Field")
        arguments = ", ".join(f"{name}={value}" for name, value in bounds)
        return _python(f"Annotated[{inner}, Field({arguments})]")

    def field_constraints(self, field: Field) -> list[tuple[Rendered | None, Expression]]:
        """The arguments of pydantic's `Field` for the documented ranges of a field of an object that is sent."""
        if isinstance(field.type, Scalar):
            return list(self._limits_of_scalar(field.constraints))
        limits = field.constraints
        items = (
            (literal("min_length"), limits.min_items),
            (literal("max_length"), limits.max_items),
        )
        return [(name, number(bound)) for name, bound in items if bound is not None]

    def _limits_of_scalar(self, constraints: Constraints) -> list[tuple[Rendered, Rendered]]:
        limits = [
            (name, number(bound))
            for name, bound in (
                (literal("ge"), constraints.minimum),
                (literal("le"), constraints.maximum),
                (literal("min_length"), constraints.min_length),
                (literal("max_length"), constraints.max_length),
            )
            if bound is not None
        ]
        if constraints.pattern is not None:
            anchored = f"^(?:{constraints.pattern.reveal()})$"
            limits.append((literal("pattern"), python_string(anchored)))
        for name, moment in (
            (literal("ge"), constraints.earliest),
            (literal("le"), constraints.latest),
        ):
            if moment is not None:
                self._imports.add("datetime", "time")
                hour, minute = map(int, moment.split(":"))
                limits.append((name, _python(f"time({hour}, {minute})")))
        return limits

    def in_signature(self, type_: Type) -> Rendered:
        """The annotation of a parameter."""
        match type_:
            case Scalar(kind, _, _):
                return self._scalar_in_signature(kind)
            case EnumRef(name):
                raw = literal("int") if self._enum_bases[name] == "integer" else literal("str")
                return _python(f"{self.enum(name)} | {raw}")
            case ObjectRef(name):
                return self.object_type(name)
            case ListOf(item):
                self._imports.add("collections.abc", "Sequence")
                return _subscript(literal("Sequence"), self.in_signature(item))
            case MapOf(value):
                self._imports.add("collections.abc", "Mapping")
                return _python(f"Mapping[str, {self.in_signature(value)}]")
            case JsonText(inner):
                return self.in_signature(inner)

    def codec(self, type_: Type, constraints: Constraints) -> Expression:
        """The codec that checks and writes a parameter of this type."""
        match type_:
            case Scalar(kind, time_format, zone):
                return self._scalar_codec(kind, time_format, zone, constraints)
            case EnumRef(name):
                named: list[tuple[Rendered | None, Expression]] = [(None, self.enum(name))]
                if name in self._partial_enums:
                    named.append((literal("is_partial"), literal("True")))
                return self._codec(literal("EnumOf"), named)
            case ObjectRef(name):
                return self._codec(literal("ObjectOf"), [(None, self.object_type(name))])
            case ListOf(item):
                items: list[tuple[Rendered | None, Expression]] = [
                    (None, self.codec(item, constraints))
                ]
                items += _bounds(constraints, ("min_items", "max_items"))
                return self._codec(literal("ListOf"), items)
            case MapOf(value):
                return self._codec(literal("MapOf"), [(None, self.codec(value, constraints))])
            case JsonText(inner):
                return self._codec(literal("JsonText"), [(None, self.codec(inner, constraints))])

    def enum(self, name: ClassName) -> Rendered:
        """The name of an enum, imported."""
        self._imports.add_checked(f"{self._up}enums.{self._enum_modules[name]}", name)
        return identifier(name)

    def object_type(self, name: ClassName) -> Rendered:
        """The name of an object type, imported."""
        self._imports.add_checked(f"{self._up}models.{self._type_modules[name]}", name)
        return identifier(name)

    def _scalar_in_answer(
        self, kind: ScalarKind, time_format: TimeFormat | None, zone: str
    ) -> Rendered:
        if kind in _PLAIN:
            return _PLAIN[kind]
        if kind is ScalarKind.DECIMAL:
            self._imports.add("decimal", "Decimal")
            return literal("Decimal")
        if kind is ScalarKind.DATETIME:
            return self._time_in_answer(time_format or TimeFormat.LOCAL, zone)
        name = _ANSWER_SCALARS[kind]
        self._imports.runtime(name)
        return name

    def _time_in_answer(self, time_format: TimeFormat, zone: str) -> Rendered:
        if time_format is not TimeFormat.LOCAL or zone == "none":
            name = _ANSWER_TIMES[time_format]
            self._imports.runtime(name)
            return name
        if zone == "utc":
            self._imports.runtime("UtcDateTime")
            return literal("UtcDateTime")
        self._imports.add("datetime", "datetime")
        self._imports.add("typing", "Annotated")
        self._imports.runtime("InZone")
        return _python(f"Annotated[datetime, InZone({python_string(zone)})]")

    def _scalar_in_signature(self, kind: ScalarKind) -> Rendered:
        if kind is ScalarKind.BINARY:
            self._imports.runtime("BinaryInput")
            return literal("BinaryInput")
        if kind is ScalarKind.FILE:
            self._imports.runtime("FileInput")
            return literal("FileInput")
        if kind in _PARAMETER_IMPORTS:
            module, name = _PARAMETER_IMPORTS[kind]
            self._imports.add(module, name)
            return name
        return _PLAIN[kind]

    def _scalar_codec(
        self,
        kind: ScalarKind,
        time_format: TimeFormat | None,
        zone: str,
        constraints: Constraints,
    ) -> Expression:
        arguments: list[tuple[Rendered | None, Expression]] = []
        if kind is ScalarKind.DATETIME:
            arguments.append((None, python_string((time_format or TimeFormat.LOCAL).value)))
            if zone != "none":
                arguments.append((literal("zone"), python_string(zone)))
        elif kind in {ScalarKind.INTEGER, ScalarKind.NUMBER, ScalarKind.DECIMAL}:
            arguments += _bounds(constraints, ("minimum", "maximum"))
        elif kind is ScalarKind.TIME:
            for name in ("earliest", "latest"):
                bound: str | None = getattr(constraints, name)
                if bound is not None:
                    arguments.append((_python(name), python_string(bound)))
        elif kind is ScalarKind.STRING:
            arguments += _bounds(constraints, ("min_length", "max_length"))
            if constraints.pattern is not None:
                arguments.append((literal("pattern"), python_string(constraints.pattern)))
        return self._codec(_CODECS[kind], arguments)

    def _codec(
        self, name: Rendered, arguments: list[tuple[Rendered | None, Expression]]
    ) -> Expression:
        self._imports.runtime(name)
        return Call(name, arguments)


def _bounds(
    constraints: Constraints, names: tuple[str, ...]
) -> list[tuple[Rendered | None, Expression]]:
    found: list[tuple[Rendered | None, Expression]] = []
    for name in names:
        bound: int | float | None = getattr(constraints, name)
        if bound is not None:
            found.append((_python(name), number(bound)))
    return found


def _subscript(outer: Rendered, inner: Rendered) -> Rendered:
    return _python(f"{outer}[{inner}]")


def _python(text: str) -> Rendered:
    # Composed of rendered parts and our own punctuation only.
    return Rendered(text, Notation.PYTHON)
