"""Ids that a request names, and the one id that the simulator does not know.

Every id is known but 404, so that a reader can try any id of a vendor's page and still see what "not found" looks like.
"""

from __future__ import annotations

from typing import Final

from dialspec.api import Endpoint, ListOf, Parameter, Scalar, ScalarKind, Type
from dialspec.simulator.parameters import Arguments
from dialspec.simulator.wire import as_text
from dialspec.spec.language.kinds import Location
from dialspec.text import words

UNKNOWN_ID: Final = "404"


def ids_of(endpoint: Endpoint) -> tuple[Parameter, ...]:
    """Give the parameters that must name an existing thing; filters only look for one."""
    return tuple(
        parameter
        for parameter in endpoint.parameters
        if (parameter.field.required or parameter.location is Location.PATH)
        and not parameter.filters
        and _is_id(parameter.field.type, parameter.wire.reveal())
    )


def names_unknown(ids: tuple[Parameter, ...], arguments: Arguments) -> str | None:
    """Give the wire name of the first argument that names nothing, or None."""
    for parameter in ids:
        value = arguments.get(parameter.name)
        items = value if isinstance(value, list) else [value]
        if any(item is not None and as_text(item) == UNKNOWN_ID for item in items):
            return parameter.wire.reveal()
    return None


def _is_id(type_: Type, wire: str) -> bool:
    while isinstance(type_, ListOf):
        type_ = type_.item
    is_scalar = isinstance(type_, Scalar) and type_.kind in {ScalarKind.INTEGER, ScalarKind.STRING}
    return is_scalar and bool(words(wire)) and words(wire)[-1] in {"id", "ids"}
