"""The spec language, as pydantic models: what a spec may say, and nothing else.

One `provider.yaml` per vendor (`ProviderSpec`) and one file per resource (`ResourceSpec`). A folder with a
`platform.yaml` (`PlatformSpec`) holds what several brands share. Unknown keys are refused everywhere. The models
know nothing of positions: the loader keeps, beside each document, a map from path to line and column.

Texts are `SpecText`; names that become code are `PythonName`, `ClassName` or `ConstantName`.
"""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from dialspec.text import ClassName, ConstantName, PythonName, SpecText

TypeExpression = Annotated[
    str,
    StringConstraints(
        strict=True,
        pattern=r"^(?:list\[|list_or_one\[|map\[|json_text\[)*[A-Za-z][A-Za-z0-9_]*\]*$",
        max_length=120,
    ),
    Field(description="a type such as `integer`, `list[string]` or the name of an enum or type"),
]
"""A type: `integer`, `list[NumberStatus]`, `map[string]`, a named enum or type of this folder."""

HttpTarget = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^(?:GET|POST|PUT|PATCH|DELETE) [/{]\S*$", max_length=400
    ),
    Field(description="a method and a path, such as `POST /v3/tasks`"),
]
Path = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$"),
    Field(description="a path of wire names joined with dots, such as `data.records`"),
]
"""Wire names from the root of an answer, joined with dots: `data.records`."""

Language = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[a-z]{2}(?:-[A-Z]{2})?$"),
    Field(description="a language such as `en`, `zh` or `pt-BR`"),
]
Variable = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[A-Z][A-Z0-9_]*$"),
    Field(description="the name of an environment variable: capitals, digits and underscores"),
]
Zone = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^(?:none|utc|[+-]\d\d:\d\d)$"),
    Field(description="`none` (not documented), `utc`, or an offset such as `+08:00`"),
]
MethodReference = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"),
    Field(description="a resource and a method, such as `preview.query`"),
]
ClockTime = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^(?:[01]\d|2[0-3]):[0-5]\d$"),
    Field(description="a time of day such as `09:00`"),
]
BaseUrl = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^https://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~/-]*)?$"
    ),
    Field(description="an address such as `https://api.example.com`"),
]


def _read_date(value: object) -> datetime.date:
    # YAML 1.2 has no dates: what looks like one is a text.
    if not isinstance(value, str) or _DATE.fullmatch(value) is None:
        raise ValueError("write it as year-month-day")
    return datetime.date.fromisoformat(value)


_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
Date = Annotated[
    datetime.date,
    BeforeValidator(_read_date),
    Field(description="a date such as `2026-11-21`"),
]
Labels = dict[Language, SpecText]
Scalar = bool | int | float | SpecText


class SpecModel(BaseModel):
    """Base of every part of the language: unknown keys are refused, values are not coerced."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        arbitrary_types_allowed=True,
        use_enum_values=False,
    )


class Effect(StrEnum):
    """What a call does at the vendor: decides whether it may be sent again."""

    READ = "read"
    IDEMPOTENT = "idempotent"
    UNSAFE = "unsafe"


class ErrorKind(StrEnum):
    """The kinds of vendor refusal; each is one exception class."""

    AUTHENTICATION = "authentication"
    PERMISSION = "permission"
    CLOCK = "clock"
    INVALID_PARAMETER = "invalid_parameter"
    CONFLICT = "conflict"
    NOT_FOUND = "not_found"
    STATE = "state"
    BALANCE = "balance"
    LIMIT = "limit"
    SERVER = "server"
    UNKNOWN = "unknown"


class Sensitivity(StrEnum):
    """Why a value is masked in what we print."""

    PHONE = "phone"
    SECRET = "secret"  # noqa: S105 - the name of a kind, not a secret
    PERSONAL = "personal"


class Location(StrEnum):
    """Where a request field travels."""

    BODY = "body"
    PATH = "path"
    QUERY = "query"
    HEADER = "header"


class TimeFormat(StrEnum):
    """How a date-time is written on the wire."""

    LOCAL = "yyyy-MM-dd HH:mm:ss"
    ISO8601 = "iso8601"
    EPOCH_MS = "epoch_ms"
    EPOCH_S = "epoch_s"


class Source(SpecModel):
    """Where a fact was read: the page, and when."""

    page: SpecText = Field(description="Address of the vendor's page.")
    retrieved: Date | None = Field(default=None, description="When it was read.")
    also: list[SpecText] = Field(default_factory=list, description="Further copies or pages used.")
    note: SpecText | None = None


class Deviation(SpecModel):
    """A place where a page's table and its own example (or another page) disagree, and what we do about it."""

    at: SpecText = Field(description="Where: request.taskId, response.data, error -2, …")
    documented: SpecText = Field(description="What the table says.")
    observed: SpecText = Field(description="What the example, or another page, shows.")
    handled: SpecText = Field(description="What the generated client does.")


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
        default=True, description="false: seen only in an example, not in the table."
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


class ErrorCode(SpecModel):
    """What a code of the vendor means."""

    name: PythonName
    kind: Annotated[ErrorKind, Field(strict=False)]
    label: Labels
    advice: SpecText | None = Field(default=None, description="What a client should do.")
    transient: bool = Field(default=False, description="Worth another try.")
    refused: bool = Field(default=False, description="Proves that nothing happened at the vendor.")


Codes = dict[SpecText, ErrorCode]


class CodeGroup(SpecModel):
    """Codes that several pages list alike, by the name with which the `include:` of `errors:` takes them over."""

    codes: list[SpecText] = Field(
        default_factory=list, description="Codes of the family that the pages list."
    )
    own: Codes = Field(
        default_factory=dict, description="Codes that have this meaning on these pages only."
    )


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


class EnvelopeSpec(SpecModel):
    """How an answer says whether it succeeded."""

    code: list[SpecText] = Field(
        description="Root keys of the result code, in the order tried; empty: none."
    )
    message: list[SpecText] = Field(default_factory=list)
    success: list[SpecText] = Field(
        default_factory=list, description="Codes that mean success, as text."
    )
    optional: bool = Field(
        default=False, description="An answer without any code is a success, as documented."
    )
    data: SpecText | None = Field(
        default=None, description="Root key of the payload, if there is one."
    )
    fields: Fields = Field(default_factory=dict, description="The root fields, as documented.")
    summary: SpecText | None = None


class PagingSpec(SpecModel):
    """One paging style. Request names are wire names; answer places are paths from the root."""

    style: Literal["page_number", "offset"]
    location: Literal["body", "query"] = "body"
    number: SpecText | None = Field(default=None, description="Request field of the page number.")
    offset: SpecText | None = Field(default=None, description="Request field of the row offset.")
    size: SpecText = Field(description="Request field of the rows per page.")
    first: int = Field(default=1, description="Number of the first page.")
    minimum_size: int = Field(default=1, ge=1)
    maximum_size: int | None = Field(default=None, ge=1)
    default_size: int = Field(
        default=100, ge=1, description="Rows per page that the client asks for."
    )
    maximum_number: int | None = Field(default=None, description="Highest page number allowed.")
    wrapper: SpecText | None = Field(
        default=None, description="Object of the body that holds the filters."
    )
    items: Path = Field(description="Where the rows are.")
    total: Path | None = None
    pages: Path | None = None
    current: Path | None = None
    fields: Fields = Field(
        default_factory=dict, description="Fields of the page object beside the rows."
    )
    labels: dict[SpecText, Labels] = Field(
        default_factory=dict, description="The vendor's labels of the request fields, by wire name."
    )
    summary: SpecText | None = None


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


class ExampleSpec(SpecModel):
    """A documented example, verbatim: JSON text here, or the name of a file in `examples/` beside the spec."""

    title: SpecText | None = None
    target: SpecText | None = Field(
        default=None,
        description="Path and query of the request as printed, where it has no body: `/v1/tasks?id=1`.",
    )
    request: SpecText | None = None
    response: SpecText | None = None
    invalid: SpecText | None = Field(
        default=None, description="Why the text, as printed, is not valid JSON."
    )
    cut: SpecText | None = Field(
        default=None,
        description="Where the copy of the text ends that was read, if before its end.",
    )
    shortened: SpecText | None = Field(
        default=None,
        description="What the copy that was read leaves out, if it is valid JSON but not the whole text.",
    )
    note: SpecText | None = None


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
        default=None, description="By default json when there is a body field, else none."
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


class ResourceSpec(SpecModel):
    """One resource: a group of endpoints that become one attribute of the client."""

    resource: PythonName
    title: SpecText | None = None
    summary: SpecText | None = None
    enums: dict[ClassName, EnumSpec] = Field(default_factory=dict)
    types: dict[ClassName, TypeSpec] = Field(default_factory=dict)
    field_groups: FieldGroups = Field(default_factory=dict)
    endpoints: dict[PythonName, EndpointSpec] = Field(default_factory=dict)
    pushes: dict[PythonName, PushSpec] = Field(default_factory=dict)
    left_out: dict[PythonName, LeftOutSpec] = Field(
        default_factory=dict,
        description="Endpoints that are known of but not described, by the method name they would get.",
    )


class Md5SignSpec(SpecModel):
    """Sign = MD5(key + secret + timestamp in epoch seconds), in three headers."""

    scheme: Literal["md5_sign"]
    key: PythonName
    secret: PythonName
    key_header: SpecText
    timestamp_header: SpecText
    signature_header: SpecText
    summary: SpecText | None = None
    protects: SpecText | None = Field(
        default=None, description="What the signature covers, and what not."
    )
    source: Source | None = None


class AuthV2Spec(SpecModel):
    """HMAC-SHA256 over a canonical request, in the Authorization header."""

    scheme: Literal["auth_v2"]
    key: PythonName
    secret: PythonName
    signed_headers: list[SpecText]
    key_form: Literal["hex", "raw"]
    signature_form: Literal["hex", "base64"]
    payload_separator: Literal["line", "blank_line"]
    summary: SpecText | None = None
    protects: SpecText | None = None
    source: Source | None = None


class Credential(SpecModel):
    """A constructor argument that authenticates; keyed by its Python name."""

    environment: Variable
    summary: SpecText
    secret: bool = True


class Setting(SpecModel):
    """A constructor argument that is no secret, such as a tenant id in every path; keyed by its Python name."""

    environment: Variable
    wire: SpecText = Field(description="Placeholder of the path.")
    field: FieldSpec


class ServerSpec(SpecModel):
    """Where the vendor listens."""

    base_url: BaseUrl | None = Field(
        default=None,
        description="Absent: each installation has its own, and the client must be told.",
    )
    environment: Variable
    summary: SpecText | None = None


class RetrySpec(SpecModel):
    """What may be tried again beside the rules that hold for all vendors."""

    waf_statuses: list[Annotated[int, Field(ge=400, le=599)]] = Field(
        default_factory=list,
        description="403 or 418 when a firewall in front of the vendor answers so at random.",
    )


class ClockSpec(SpecModel):
    """How the vendor says that a timestamp is too old or too new."""

    codes: list[SpecText] = Field(default_factory=list)
    statuses: list[int] = Field(default_factory=list, description="HTTP statuses that may mean it.")
    tolerance: int = Field(
        default=300, description="Seconds that the stand-in server accepts; vendors state none."
    )
    note: SpecText | None = None


class SharedSpec(SpecModel):
    """What a platform and a provider may both define."""

    auth: Annotated[Md5SignSpec | AuthV2Spec, Field(discriminator="scheme")] | None = None
    headers: dict[SpecText, SpecText] = Field(
        default_factory=dict, description="Sent with every request."
    )
    envelopes: dict[PythonName, EnvelopeSpec] = Field(default_factory=dict)
    paging: dict[PythonName, PagingSpec] = Field(default_factory=dict)
    errors: dict[PythonName, Codes] = Field(default_factory=dict, description="Families of codes.")
    code_groups: dict[PythonName, CodeGroup] = Field(
        default_factory=dict, description="Codes that several pages list alike, by name."
    )
    retry: RetrySpec | None = None
    clock: ClockSpec | None = None
    enums: dict[ClassName, EnumSpec] = Field(default_factory=dict)
    types: dict[ClassName, TypeSpec] = Field(default_factory=dict)
    field_groups: FieldGroups = Field(default_factory=dict)
    notes: list[SpecText] = Field(default_factory=list)
    sources: list[Source] = Field(default_factory=list)


class PlatformSpec(SharedSpec):
    """A platform that several brands sell; its resource files describe endpoints once for all of them."""

    platform: PythonName
    title: SpecText
    summary: SpecText
    prefixes: dict[PythonName, SpecText] = Field(
        default_factory=dict, description="Path prefixes that brands replace: `{voice}` in `http:`."
    )


class ProviderSpec(SharedSpec):
    """A vendor, or one brand of a platform."""

    provider: PythonName
    platform: PythonName | None = Field(
        default=None, description="Folder of the platform that this brand sells."
    )
    title: SpecText
    summary: SpecText
    client: ClassName
    server: ServerSpec
    prefixes: dict[PythonName, SpecText] = Field(default_factory=dict)
    credentials: dict[PythonName, Credential]
    settings: dict[PythonName, Setting] = Field(default_factory=dict)
