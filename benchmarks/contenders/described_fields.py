"""The columns of one row as Python fields, from the description of the API: for libraries that make classes at run time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from benchmarks.api.mix import MIX
from benchmarks.contenders.number_status import NumberStatus

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TYPES: Final[dict[str, type[object]]] = {
    "integer": int,
    "string": str,
    "number": float,
    "boolean": bool,
}
PAGE_FIELDS: Final = {
    "total": int,
    "size": int,
    "current": int,
    "pages": int,
    "searchCount": bool,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row."""

    wire: str
    type: type[object]


def snake_case(wire: str) -> str:
    """Write `keyId` as `key_id`."""
    return _HUMP.sub("_", wire).lower()


def number_columns() -> list[Column]:
    """The columns of a task's number; the only enum among them is its status."""
    row = next(each for each in MIX.types if each.name == "TaskNumber")
    return [Column(each.wire, _TYPES.get(each.type, NumberStatus)) for each in row.fields]
