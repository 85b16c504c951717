"""Type expressions: `list[NumberStatus]` becomes `ListOf(EnumRef(…))`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from dialspec.api import EnumRef, JsonText, ListOf, MapOf, ObjectRef, Scalar, ScalarKind, Type
from dialspec.resolve.context import Context
from dialspec.spec.language.kinds import TimeFormat
from dialspec.text import ClassName

_SCALARS: Final = {
    "integer": ScalarKind.INTEGER,
    "long": ScalarKind.INTEGER,
    "number": ScalarKind.NUMBER,
    "decimal": ScalarKind.DECIMAL,
    "string": ScalarKind.STRING,
    "boolean": ScalarKind.BOOLEAN,
    "datetime": ScalarKind.DATETIME,
    "date": ScalarKind.DATE,
    "time": ScalarKind.TIME,
    "binary": ScalarKind.BINARY,
    "file": ScalarKind.FILE,
    "json": ScalarKind.JSON,
}
_WRAPPERS: Final[dict[str, Callable[[Type], Type]]] = {
    "list": ListOf,
    "list_or_one": partial(ListOf, lone=True),
    "map": MapOf,
    "json_text": JsonText,
}
SCALAR_NAMES: Final = tuple(_SCALARS)
WRAPPER_NAMES: Final = tuple(_WRAPPERS)


class UnknownTypeError(Exception):
    """A type expression names something that is not defined; `name` is that."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def parse_type(
    expression: str, context: Context, *, time_format: TimeFormat | None = None, zone: str = "none"
) -> Type:
    """Resolve a type expression against the definitions of a provider.

    Raises:
        UnknownTypeError: if it names no scalar, enum or type, or its brackets do not match.
    """
    opened, bracket, rest = expression.partition("[")
    if bracket:
        wrapper = _WRAPPERS.get(opened)
        if wrapper is None or not rest.endswith("]"):
            raise UnknownTypeError(expression if wrapper else opened)
        return wrapper(parse_type(rest[:-1], context, time_format=time_format, zone=zone))
    kind = _SCALARS.get(expression)
    if kind is ScalarKind.DATETIME:
        return Scalar(kind, time_format or TimeFormat.LOCAL, zone)
    if kind is not None:
        return Scalar(kind)
    try:
        name = ClassName(expression)
    except ValueError:
        raise UnknownTypeError(expression) from None
    if name in context.enums:
        return EnumRef(name)
    if name in context.types:
        return ObjectRef(name)
    raise UnknownTypeError(expression)


def innermost(type_: Type) -> Type:
    """The type inside all lists, maps and JSON texts."""
    while isinstance(type_, ListOf | MapOf | JsonText):
        type_ = type_.value if isinstance(type_, MapOf) else _item(type_)
    return type_


def _item(type_: ListOf | JsonText) -> Type:
    return type_.item if isinstance(type_, ListOf) else type_.inner
