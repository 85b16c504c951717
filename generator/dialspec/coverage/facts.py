"""What one page documents of one endpoint or push, freed from how the page is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from dialspec.coverage.families import Family


class Requirement(StrEnum):
    """What a page says about leaving a field out."""

    YES = "required"
    NO = "optional"
    WHEN = "conditional"
    UNKNOWN = "unknown"
    """Nothing, or different things of different copies."""


@dataclass(frozen=True, slots=True)
class DocumentedField:
    """One row of a field table. Several names are alternative spellings of one field."""

    names: tuple[str, ...]
    parent: str | None
    """Name of the field that holds it, "" at the root, None if the page does not say."""
    header: bool
    type_text: str
    families: frozenset[Family]
    items: frozenset[Family]
    requirement: Requirement
    values: tuple[str, ...]
    open_values: bool
    """The text says that there are values beside those listed."""
    line: int


@dataclass(frozen=True, slots=True)
class DocumentedCode:
    """A row of a code table."""

    code: str
    line: int


@dataclass(frozen=True, slots=True)
class DocumentedExample:
    """A piece of JSON as printed, which may be cut or not be valid."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Documented:
    """All that a page, or one section of it, documents."""

    request: tuple[DocumentedField, ...]
    response: tuple[DocumentedField, ...]
    codes: tuple[DocumentedCode, ...]
    examples: tuple[DocumentedExample, ...]

    def __bool__(self) -> bool:
        return bool(self.request or self.response or self.codes)


Part = Literal["request", "response"]
