"""Lists that a vendor may shorten to their only item.

In: an array, or one item without the array around it. Out: a list; serialised again it is an array. What is no item
either is refused with a `ValidationError`, which decoding turns into a `DecodeError`.
"""

from typing import Annotated, TypeVar, cast

from pydantic import BeforeValidator

T = TypeVar("T")


def _in_a_list(value: object) -> object:
    if isinstance(value, list | tuple):
        return cast("object", value)
    return value if value is None else [value]


ListOrOne = Annotated[list[T], BeforeValidator(_in_a_list)]
"""A list; one item alone is read as a list of one."""
