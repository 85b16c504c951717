"""What one field of an object makes required of another."""

from __future__ import annotations

from collections.abc import Callable

from dialspec.api import Condition, Field
from dialspec.simulator.messages import InvalidRequestError
from dialspec.simulator.wire import Json, as_text, spec_value


def check_absent(field: Field, where: str, other: Callable[[Condition], Json]) -> None:
    """Check that a field may be left out; `other` gives the value of the field that a condition is on, None for none.

    Raises:
        InvalidRequestError: if a condition holds.
    """
    for condition in field.required_when:
        found = other(condition)
        if found is None:
            continue
        values = {as_text(spec_value(value)) for value in condition.equals}
        if not values or as_text(found) in values:
            raise InvalidRequestError(f"{where} is required by {condition.wire.reveal()}")
