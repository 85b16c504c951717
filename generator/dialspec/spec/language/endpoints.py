"""What one page documents: an endpoint, a push, or an endpoint of which too little is known."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dialspec.spec.language.evidence import Deviation, ExampleSpec, Source
from dialspec.spec.language.fields import Fields
from dialspec.spec.language.kinds import Effect
from dialspec.spec.language.notation import (
    HttpTarget,
    MethodReference,
    Path,
    SpecModel,
    TypeExpression,
)
from dialspec.spec.language.protocol import Codes
from dialspec.text import PythonName, SpecText


class EndpointErrors(SpecModel):
    """The codes that one page documents."""

    family: PythonName | None = Field(
        default=None, description="Error family of the provider; by default `default`."
    )
    include: list[PythonName] = Field(
        default_factory=list, description="Groups of codes that the page lists too."
    )
    codes: list[SpecText] = Field(
        default_factory=list, description="Codes of the family that the page lists."
    )
    own: Codes = Field(default_factory=dict, description="Codes with a meaning of this page only.")


class PagingUse(SpecModel):
    """A paging style with what this endpoint does differently."""

    use: PythonName
    items: Path | None = None
    total: Path | None = None
    maximum_size: int | None = Field(default=None, ge=1)
    default_size: int | None = Field(default=None, ge=1)
    minimum_size: int | None = Field(default=None, ge=1)
    maximum_number: int | None = None


class ResponseSpec(SpecModel):
    """The payload of a successful answer."""

    envelope: PythonName | None = Field(
        default=None, description="By default the provider's first envelope."
    )
    record: TypeExpression | None = Field(
        default=None, description="Type of one row of a paged answer."
    )
    type: TypeExpression | None = Field(
        default=None, description="Type of the payload of a plain answer."
    )
    at: Path | None = Field(
        default=None, description="Where it is; by default the envelope's data."
    )
    fields: Fields = Field(
        default_factory=dict, description="Root fields of this answer beside the envelope's."
    )
    nullable: bool = Field(
        default=False,
        description="A successful answer may hold null instead; the call then gives None.",
    )
    summary: SpecText | None = None


class LimitsSpec(SpecModel):
    """Documented limits that the client keeps."""

    concurrency: int | None = Field(default=None, ge=1, description="Calls under way at once.")
    interval: float | int | None = Field(
        default=None, gt=0, description="Seconds between two calls."
    )
    notes: list[SpecText] = Field(
        default_factory=list, description="Limits that only the vendor can check."
    )


class SpanRule(SpecModel):
    """Two times of a request may lie at most so far apart."""

    begin: SpecText
    end: SpecText
    days: int = Field(ge=1)


class RulesSpec(SpecModel):
    """Rules between request fields, beside each field's `required_when`."""

    spans: list[SpanRule] = Field(default_factory=list)
    together: list[list[SpecText]] = Field(
        default_factory=list, description="All or none of each group."
    )
    at_least_one: list[list[SpecText]] = Field(default_factory=list)
    exclusive: list[list[SpecText]] = Field(
        default_factory=list, description="At most one of each group."
    )


class Inherit(SpecModel):
    """A platform endpoint that a brand's own pages document, with the brand's differences.

    Only in a brand's resource file. What is given here replaces what the platform says, field by field, and its
    deviations place by place; `drop_request` lists request fields that the brand's page lacks.
    """

    endpoint: PythonName | None = Field(
        default=None, description="Name at the platform, if another."
    )
    drop_request: list[SpecText] = Field(default_factory=list)


class EndpointSpec(SpecModel):
    """One documented endpoint."""

    platform: Inherit | Literal[True] | None = Field(
        default=None,
        description="Take the platform's endpoint of this name; what else is given here replaces it.",
    )
    summary: SpecText | None = None
    description: SpecText | None = None
    http: HttpTarget | None = None
    effect: Annotated[Effect, Field(strict=False)] | None = None
    effect_reason: SpecText | None = Field(
        default=None, description="Why this effect, where it is not obvious."
    )
    source: Source | None = None
    status: Literal["complete", "partial", "inferred"] = "complete"
    missing: list[SpecText] = Field(
        default_factory=list, description="What is known to be missing."
    )
    deprecated: SpecText | None = None
    aliases: list[MethodReference] = Field(
        default_factory=list, description="Older names, `resource.method`, that keep working."
    )
    body: Literal["json", "multipart", "none"] | None = Field(
        default=None,
        description="By default multipart with a file among its fields, json with other body fields, else none.",
    )
    wrapper: SpecText | None = Field(
        default=None, description="Object of the body that holds the fields."
    )
    paging: PythonName | PagingUse | None = None
    include: list[PythonName] = Field(
        default_factory=list, description="Groups of fields that come before those of `request:`."
    )
    request: Fields = Field(default_factory=dict)
    rules: RulesSpec = Field(default_factory=RulesSpec)
    response: ResponseSpec | None = None
    errors: EndpointErrors | None = None
    limits: LimitsSpec | None = None
    deviations: list[Deviation] = Field(default_factory=list)
    examples: list[ExampleSpec] = Field(default_factory=list)
    notes: list[SpecText] = Field(default_factory=list)


class PushSpec(SpecModel):
    """A push (callback) that the vendor sends to the customer."""

    platform: Literal[True] | None = None
    summary: SpecText | None = None
    description: SpecText | None = None
    source: Source | None = None
    status: Literal["complete", "partial", "inferred"] = "complete"
    missing: list[SpecText] = Field(default_factory=list)
    payload: TypeExpression | None = Field(
        default=None, description="Type of the body: a named type or a list of it."
    )
    at: Path | None = Field(
        default=None, description="Root key that holds the payload, if not the root itself."
    )
    answer: SpecText | None = Field(default=None, description="What the vendor expects back.")
    answer_body: SpecText | None = Field(
        default=None,
        description="Body of that answer, as the page prints it, if there is to be one.",
    )
    repeats: SpecText | None = Field(default=None, description="When the vendor sends again.")
    deviations: list[Deviation] = Field(default_factory=list)
    examples: list[ExampleSpec] = Field(default_factory=list)
    notes: list[SpecText] = Field(default_factory=list)


class LeftOutSpec(SpecModel):
    """An endpoint that the vendor has and that is not described, because too little of its page is known."""

    http: SpecText = Field(description="As much of method and path as is known.")
    summary: SpecText
    reason: SpecText = Field(description="Why it is left out: what would have to be known.")
    known: SpecText | None = Field(
        default=None, description="What is known: fields, codes, rules, in plain words."
    )
    source: Source | None = None
