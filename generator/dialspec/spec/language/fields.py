"""Fields of requests, answers and pushes, and the enums and object types that they refer to."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from dialspec.spec.language.evidence import Source
from dialspec.spec.language.kinds import Location, Sensitivity, TimeFormat
from dialspec.spec.language.notation import (
    ClockTime,
    Labels,
    Path,
    Scalar,
    SpecModel,
    TypeExpression,
    Zone,
)
from dialspec.text import ConstantName, PythonName, SpecText


class RequiredWhen(SpecModel):
    """A condition under which an optional field must be given."""

    field: SpecText = Field(description="Wire name of the other field.")
    equals: list[Scalar] = Field(
        default_factory=list, description="Any of these values; empty: whenever given."
    )


class FieldSpec(SpecModel):
    """One field of a request, an answer, a named type or a push; keyed by its wire name."""

    type: TypeExpression
    name: PythonName | None = Field(
        default=None, description="Python name; by default the wire name in snake_case."
    )
    summary: SpecText | None = Field(default=None, description="What it means, in plain English.")
    label: Labels = Field(
        default_factory=dict, description="The vendor's own label per language, as printed."
    )
    required: bool = False
    required_when: list[RequiredWhen] = Field(
        default_factory=list, description="Any of these makes it required."
    )
    nullable: bool = Field(
        default=False, description="A request may send null. Answers may always hold null."
    )
    documented: bool = Field(
        default=True,
        description="false: not in the table of the page, but in an example or on another page.",
    )
    default: Scalar | None = Field(default=None, description="The vendor's documented default.")
    minimum: int | float | None = None
    maximum: int | float | None = None
    earliest: ClockTime | None = Field(default=None, description="Earliest time of day allowed.")
    latest: ClockTime | None = Field(default=None, description="Latest time of day allowed.")
    min_length: int | None = Field(default=None, ge=0)
    max_length: int | None = Field(default=None, ge=0)
    min_items: int | None = Field(default=None, ge=0)
    max_items: int | None = Field(default=None, ge=0)
    pattern: SpecText | None = Field(
        default=None, description="Regular expression that the whole text matches."
    )
    unit: SpecText | None = Field(default=None, description="seconds, minutes, USD, …")
    format: Annotated[TimeFormat, Field(strict=False)] | None = Field(
        default=None, description="Wire form of a date-time."
    )
    zone: Zone | None = Field(
        default=None,
        description="Zone of a zone-less date-time: none (not documented), utc, or an offset.",
    )
    sensitive: Annotated[Sensitivity, Field(strict=False)] | None = None
    location: Annotated[Location, Field(strict=False)] | None = Field(
        default=None, description="Where it travels; by default body, or query for GET."
    )
    at: Path | None = Field(
        default=None, description="Wrapper object that holds it, if not the endpoint's."
    )
    filters: Path | None = Field(default=None, description="Row field that this parameter filters.")
    match: Literal["equals", "any_of", "from", "to", "contains"] | None = Field(
        default=None, description="How it filters; by default equals, or any_of for a list."
    )
    example: Any = Field(default=None, description="A documented example value.")
    deprecated: SpecText | None = Field(default=None, description="Why, and what to use instead.")


Fields = dict[SpecText, FieldSpec | TypeExpression]
"""Wire name -> field. A plain type expression is short for `{type: …}`."""

FieldGroups = dict[PythonName, Fields]
"""Fields that several endpoints or types have in common, by the name with which `include:` takes them over."""


class EnumMember(SpecModel):
    """One value of an enum; keyed by its wire value, which is kept verbatim."""

    name: ConstantName | PythonName
    label: Labels = Field(default_factory=dict)
    summary: SpecText | None = None
    deprecated: SpecText | None = None


class EnumSpec(SpecModel):
    """An open enum: documented values with labels; a value added tomorrow does not fail."""

    base: Literal["integer", "string"]
    summary: SpecText | None = None
    members: dict[int | SpecText, EnumMember]
    minimum: int | None = Field(
        default=None,
        description="Lowest value of the range that the page states, if it states one.",
    )
    maximum: int | None = Field(default=None, description="Highest value of that range.")
    source: Source | None = None
    partial: SpecText | None = Field(default=None, description="What is known to be missing.")


class TypeSpec(SpecModel):
    """A named object type."""

    summary: SpecText | None = None
    include: list[PythonName] = Field(
        default_factory=list, description="Groups of fields that come before its own."
    )
    fields: Fields = Field(default_factory=dict)
    key: list[SpecText] = Field(
        default_factory=list, description="Wire names that identify a record."
    )
    drop: list[SpecText] = Field(
        default_factory=list,
        description="In a brand: fields of the platform's type that its pages lack.",
    )
    partial: SpecText | None = Field(default=None, description="What is known to be missing.")
