"""What of a decoded document is not documented, for clients with `strict=True`.

In: a record. Out: each place that holds a field, or a value of an enum, that no spec mentions.
"""

from collections.abc import Iterator
from typing import cast

from .enums import OpenIntEnum, OpenStrEnum
from .records import Record


def surprises(document: Record, ignored: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Yield place and kind of all that is not documented; `ignored` are names at the root."""
    for name in document.model_extra or {}:
        if name not in ignored:
            yield name, "a field"
    for name, field in type(document).model_fields.items():
        yield from _inside(getattr(document, name), field.alias or name)


def _inside(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Record):
        for inner, what in surprises(value):
            yield f"{place}.{inner}", what
    elif isinstance(value, list):
        for index, each in enumerate(cast("list[object]", value)):
            yield from _inside(each, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, each in cast("dict[object, object]", value).items():
            yield from _inside(each, f"{place}.{key}")
    elif isinstance(value, OpenIntEnum | OpenStrEnum) and value.is_unknown:
        yield place, f"the value {value.value!r}"
