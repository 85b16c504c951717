"""The resolved API: what all specs together say, settled and frozen.

`dialspec.resolve` makes it; the renderer, the docs, the simulator, the linter and the coverage report read it,
and nothing reads YAML a second way. Inheritance is applied, names are checked and unique, types are objects rather
than expressions, and every endpoint knows its envelope, paging, codes and rules.

Human text stays `SpecText`; names that become code are `PythonName`, `ClassName` or `ConstantName`. Wire names are
`SpecText` too, because a vendor may call a field anything.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from dialspec.spec.language.kinds import Effect, ErrorKind, Location, Sensitivity, TimeFormat
from dialspec.text import ClassName, ConstantName, PythonName, SpecText

Labels: TypeAlias = Mapping[str, SpecText]
Value: TypeAlias = bool | int | float | SpecText | None
"""A scalar from a spec: a default, an enum's wire value, the value of a condition."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the specs a thing was written: for diagnostics, and for the first line of generated files."""

    file: str
    path: tuple[str | int, ...]


class ScalarKind(StrEnum):
    """The scalar types of the language."""

    INTEGER = "integer"
    NUMBER = "number"
    DECIMAL = "decimal"
    STRING = "string"
    BOOLEAN = "boolean"
    DATETIME = "datetime"
    DATE = "date"
    TIME = "time"
    BINARY = "binary"
    FILE = "file"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar, with the wire form of times. `zone` is none, utc or an offset like +08:00."""

    kind: ScalarKind
    format: TimeFormat | None = None
    zone: str = "none"


@dataclass(frozen=True, slots=True)
class EnumRef:
    """A reference to an enum of the same provider."""

    name: ClassName


@dataclass(frozen=True, slots=True)
class ObjectRef:
    """A reference to an object type of the same provider."""

    name: ClassName


@dataclass(frozen=True, slots=True)
class ListOf:
    """A JSON array of one type; with `lone`, an answer may also hold one item without the array around it."""

    item: Type
    lone: bool = False


@dataclass(frozen=True, slots=True)
class MapOf:
    """A JSON object with free keys and values of one type."""

    value: Type


@dataclass(frozen=True, slots=True)
class JsonText:
    """A value sent or answered as JSON text inside a string."""

    inner: Type


Type: TypeAlias = Scalar | EnumRef | ObjectRef | ListOf | MapOf | JsonText


@dataclass(frozen=True, slots=True)
class Constraints:
    """Documented ranges. Lengths are in characters, items in elements, times are `HH:mm`; None: not documented."""

    minimum: int | float | None = None
    maximum: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    pattern: SpecText | None = None
    earliest: str | None = None
    latest: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, name) is not None for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Condition:
    """The other field of the same object, and its values that make a field required; none: whenever it is given."""

    parameter: PythonName
    wire: SpecText
    equals: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: of an object type, a request, or the root of an answer."""

    name: PythonName
    wire: SpecText
    type: Type
    summary: SpecText | None
    labels: Labels
    required: bool
    nullable: bool
    documented: bool
    constraints: Constraints
    default: Value
    unit: SpecText | None
    sensitive: Sensitivity | None
    deprecated: SpecText | None
    example: object
    origin: Origin
    required_when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A request field: a keyword argument of the generated method.

    `location` says where it travels; `at` names the wrapper object of the body that holds it, "" being the root.
    """

    field: Field
    location: Location
    at: SpecText
    filters: tuple[str, ...]
    """Path of wire names from a row to the value that this parameter filters; empty: it filters nothing we know."""
    match: Literal["equals", "any_of", "from", "to", "contains"]

    @property
    def name(self) -> PythonName:
        """The keyword of the generated method."""
        return self.field.name

    @property
    def wire(self) -> SpecText:
        """The vendor's name."""
        return self.field.wire

    @property
    def required_when(self) -> tuple[Condition, ...]:
        """What makes it required although it is optional."""
        return self.field.required_when


@dataclass(frozen=True, slots=True)
class Member:
    """One value of an enum."""

    name: ConstantName
    value: int | SpecText
    labels: Labels
    summary: SpecText | None
    deprecated: SpecText | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Enum:
    """An open enum; `module` is where it is generated: a resource's name, or `shared`."""

    name: ClassName
    base: Literal["integer", "string"]
    summary: SpecText | None
    members: tuple[Member, ...]
    partial: SpecText | None
    module: PythonName
    origin: Origin


@dataclass(frozen=True, slots=True)
class ObjectType:
    """An object type. `role` tells rows and nested answers from objects that a caller builds."""

    name: ClassName
    summary: SpecText | None
    fields: tuple[Field, ...]
    key: tuple[PythonName, ...]
    partial: SpecText | None
    role: Literal["answer", "request", "both"]
    module: PythonName
    origin: Origin


@dataclass(frozen=True, slots=True)
class Code:
    """A documented code. `text` is the code as the vendor prints it."""

    text: SpecText
    name: PythonName
    kind: ErrorKind
    labels: Labels
    advice: SpecText | None
    transient: bool
    refused: bool
    own: bool
    """True when this page alone gives the code this meaning."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """How an answer says whether it succeeded: root keys in the order they are tried, codes compared as text."""

    name: PythonName
    code: tuple[SpecText, ...]
    message: tuple[SpecText, ...]
    success: tuple[SpecText, ...]
    data: SpecText | None
    summary: SpecText | None
    optional: bool = False
    """An answer that holds none of the code keys is a success."""


@dataclass(frozen=True, slots=True)
class Paging:
    """How an endpoint is walked. Paths are wire names from the root of the answer."""

    name: PythonName
    style: Literal["page_number", "offset"]
    location: Literal["body", "query"]
    start: SpecText
    """Wire name of the page number or of the row offset."""
    size: SpecText
    first: int
    minimum_size: int
    maximum_size: int | None
    default_size: int
    maximum_number: int | None
    wrapper: SpecText | None
    """Object of the body that holds the filters."""
    items: tuple[str, ...]
    total: tuple[str, ...] | None
    pages: tuple[str, ...] | None
    current: tuple[str, ...] | None
    labels: Mapping[SpecText, Labels]
    summary: SpecText | None


@dataclass(frozen=True, slots=True)
class Response:
    """A successful answer: the whole document as a generated type, and where in it the result lies."""

    document: ClassName
    """Name of the object type of the whole document (in the provider's `types`)."""
    envelope: Envelope
    result: tuple[str, ...]
    """Wire path of what a plain call returns, or of the rows of a paged one; empty: the document itself."""
    result_type: Type
    summary: SpecText | None
    nullable: bool = False
    """A successful answer may hold null at `result`; the call then gives None."""


@dataclass(frozen=True, slots=True)
class Span:
    """Two parameters that may lie at most `days` apart."""

    begin: PythonName
    end: PythonName
    days: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules between parameters; each group holds Python names."""

    spans: tuple[Span, ...] = ()
    together: tuple[tuple[PythonName, ...], ...] = ()
    at_least_one: tuple[tuple[PythonName, ...], ...] = ()
    exclusive: tuple[tuple[PythonName, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Documented limits: `concurrency` calls at once, `interval` seconds between two."""

    concurrency: int | None = None
    interval: float | None = None
    notes: tuple[SpecText, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts were read."""

    page: SpecText
    retrieved: datetime.date | None
    also: tuple[SpecText, ...]
    note: SpecText | None
    about: SpecText | None = None
    """Whose facts these are, where sources of a brand and of its platform stand side by side."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """Where a page contradicts itself or another, and how the client handles it."""

    at: SpecText
    documented: SpecText
    observed: SpecText
    handled: SpecText
    origin: Origin


@dataclass(frozen=True, slots=True)
class Example:
    """A documented example; texts are JSON as printed by the vendor, and may be invalid.

    `target` is the path with its query, where the printed request has no body. `cut` says where the copy that was
    read ends, if it ends before the text does; `shortened`, what a copy that is JSON nevertheless leaves out.
    """

    title: SpecText | None
    request: SpecText | None
    response: SpecText | None
    invalid: SpecText | None
    note: SpecText | None
    target: SpecText | None = None
    cut: SpecText | None = None
    shortened: SpecText | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint of one provider."""

    name: PythonName
    resource: PythonName
    summary: SpecText
    description: SpecText | None
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: SpecText
    """With `{name}` placeholders filled from path parameters and settings, by wire name."""
    effect: Effect
    effect_reason: SpecText | None
    source: Source | None
    status: Literal["complete", "partial", "inferred"]
    missing: tuple[SpecText, ...]
    deprecated: SpecText | None
    aliases: tuple[tuple[PythonName, PythonName], ...]
    body: Literal["json", "multipart", "none"]
    wrapper: SpecText | None
    parameters: tuple[Parameter, ...]
    rules: Rules
    paging: Paging | None
    response: Response
    family: PythonName | None
    """The family of codes that an undocumented code of this endpoint is looked up in."""
    codes: tuple[Code, ...]
    """The codes that the endpoint's own page documents."""
    limits: Limits
    deviations: tuple[Deviation, ...]
    examples: tuple[Example, ...]
    notes: tuple[SpecText, ...]
    origin: Origin

    @property
    def full_name(self) -> str:
        """`resource.method`, as users write it."""
        return f"{self.resource}.{self.name}"


@dataclass(frozen=True, slots=True)
class Push:
    """A payload that the vendor sends to the customer."""

    name: PythonName
    resource: PythonName
    summary: SpecText
    description: SpecText | None
    source: Source | None
    status: Literal["complete", "partial", "inferred"]
    missing: tuple[SpecText, ...]
    payload: Type
    """An object type, or a list of one."""
    at: tuple[str, ...]
    """Path of wire names from the root of the body to the payload; empty: the body is the payload."""
    answer: SpecText | None
    answer_body: SpecText | None
    """Body of the answer that the vendor expects; None for none in particular."""
    repeats: SpecText | None
    deviations: tuple[Deviation, ...]
    examples: tuple[Example, ...]
    notes: tuple[SpecText, ...]
    origin: Origin

    @property
    def full_name(self) -> str:
        """`resource.push`."""
        return f"{self.resource}.{self.name}"

    @property
    def function(self) -> PythonName:
        """The generated function that reads it."""
        return PythonName(f"parse_{self.resource}_{self.name}")

    @property
    def is_list(self) -> bool:
        """Whether it holds several events."""
        return isinstance(self.payload, ListOf)

    @property
    def event(self) -> Type:
        """The type of one event."""
        return self.payload.item if isinstance(self.payload, ListOf) else self.payload


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An endpoint that is known of but not generated: `http` is as much of method and path as is known."""

    name: PythonName
    http: SpecText
    summary: SpecText
    reason: SpecText
    known: SpecText | None
    source: Source | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Resource:
    """A group of endpoints: one attribute of the client, one generated module."""

    name: PythonName
    class_name: ClassName
    title: SpecText
    summary: SpecText
    endpoints: tuple[Endpoint, ...]
    pushes: tuple[Push, ...]
    origin: Origin
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Md5Sign:
    """Sign = MD5(key + secret + epoch seconds), in three headers. `key` and `secret` name credentials."""

    key: PythonName
    secret: PythonName
    key_header: SpecText
    timestamp_header: SpecText
    signature_header: SpecText
    summary: SpecText | None
    protects: SpecText | None
    scheme: Literal["md5_sign"] = "md5_sign"


@dataclass(frozen=True, slots=True)
class AuthV2:
    """HMAC-SHA256 over a canonical request, in the Authorization header."""

    key: PythonName
    secret: PythonName
    signed_headers: tuple[SpecText, ...]
    key_form: Literal["hex", "raw"]
    signature_form: Literal["hex", "base64"]
    payload_separator: Literal["line", "blank_line"]
    summary: SpecText | None
    protects: SpecText | None
    scheme: Literal["auth_v2"] = "auth_v2"


Auth: TypeAlias = Md5Sign | AuthV2


@dataclass(frozen=True, slots=True)
class Credential:
    """A constructor argument that authenticates."""

    name: PythonName
    environment: str
    summary: SpecText
    secret: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """A constructor argument that fills a placeholder of every path."""

    environment: str
    field: Field


@dataclass(frozen=True, slots=True)
class Provider:
    """A vendor or brand: one generated package with its client."""

    name: PythonName
    platform: PythonName | None
    title: SpecText
    summary: SpecText
    client_class: ClassName
    base_url: str | None
    base_url_environment: str
    server_summary: SpecText | None
    auth: Auth
    headers: Mapping[SpecText, SpecText]
    credentials: tuple[Credential, ...]
    settings: tuple[Setting, ...]
    envelopes: tuple[Envelope, ...]
    paging_styles: tuple[Paging, ...]
    families: Mapping[PythonName, tuple[Code, ...]]
    waf_statuses: tuple[int, ...]
    clock_codes: tuple[SpecText, ...]
    clock_statuses: tuple[int, ...]
    clock_tolerance: int
    enums: tuple[Enum, ...]
    types: tuple[ObjectType, ...]
    """All object types, the documents and page objects of endpoints included."""
    resources: tuple[Resource, ...]
    notes: tuple[SpecText, ...]
    sources: tuple[Source, ...]
    files: tuple[str, ...]
    """Spec files that this provider depends on, relative to the specs folder."""

    def endpoints(self) -> Iterator[Endpoint]:
        """Every endpoint, resource by resource."""
        for resource in self.resources:
            yield from resource.endpoints

    def enum(self, name: ClassName) -> Enum:
        """The enum of this name."""
        return next(enum for enum in self.enums if enum.name == name)

    def object_type(self, name: ClassName) -> ObjectType:
        """The object type of this name."""
        return next(item for item in self.types if item.name == name)


@dataclass(frozen=True, slots=True)
class Api:
    """All providers, sorted by name."""

    providers: tuple[Provider, ...] = field(default=())

    def provider(self, name: str) -> Provider:
        """The provider of this name; KeyError if there is none."""
        for provider in self.providers:
            if provider.name == name:
                return provider
        raise KeyError(name)
