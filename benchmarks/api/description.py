"""The words in which the measured API is described: no more than both a spec and an OpenAPI document can say.

A type is written as in a spec: `integer`, `string`, `number`, `boolean`, the name of an enum or of an object type, and
`list[…]` around one of these. `datetime` is the vendor's `yyyy-MM-dd HH:mm:ss`, for which OpenAPI has no word but
`string`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How an endpoint is called, and what it answers."""

    PAGED = "paged"
    """A POST with page number, rows per page and a `params` object; answers one page of rows."""
    PLAIN = "plain"
    """A POST with the fields at the root of its body; answers one object."""
    READ = "read"
    """A GET whose fields are in the path; answers one object."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a request or of an object."""

    wire: str
    type: str
    summary: str
    required: bool = False
    nullable: bool = True
    """Whether a vendor prints null for it; only of fields of answers."""
    sensitive: str = ""
    """`phone` or `personal` where a spec says what is to be masked."""


@dataclass(frozen=True, slots=True)
class Enum:
    """Integers with names."""

    name: str
    summary: str
    members: tuple[tuple[int, str, str], ...]
    """Value, name, label."""


@dataclass(frozen=True, slots=True)
class ObjectType:
    """A named object."""

    name: str
    summary: str
    fields: tuple[Field, ...]
    key: str = ""
    """The field that identifies a row."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint; `path` may hold `{placeholders}` named after its fields."""

    name: str
    summary: str
    path: str
    shape: Shape
    request: tuple[Field, ...]
    answer: str
    """Name of the type of one row, or of the object that is answered."""
    changes: bool = False
    """Whether the vendor does something."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A group of endpoints with what they need: one spec file, one tag."""

    name: str
    summary: str
    enums: tuple[Enum, ...]
    types: tuple[ObjectType, ...]
    endpoints: tuple[Endpoint, ...]
