"""Enum values inside of requests: only those that a vendor documents.

Answers keep a value that nobody documented; sending one is a mistake, and mostly a slip of the pen. In: a member or the
value of one. Refused: anything else (a `ValidationError`, which a `RequestObject` turns into an `InvalidArgument`).
"""

from typing import Annotated, TypeVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from .enums import OpenIntEnum, OpenStrEnum

T = TypeVar("T", bound=OpenIntEnum | OpenStrEnum)


def _documented(value: OpenIntEnum | OpenStrEnum) -> OpenIntEnum | OpenStrEnum:
    if value.is_unknown:
        members: list[OpenIntEnum | OpenStrEnum] = list(type(value))
        values = ", ".join(repr(member.value) for member in members)
        raise PydanticCustomError(
            "documented_value", "Input should be one of {values}", {"values": values}
        )
    return value


Documented = Annotated[T, AfterValidator(_documented)]
"""A value of an open enum that is documented."""
