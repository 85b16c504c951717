"""What holds for all endpoints of a vendor: server, signing, envelopes, paging styles, codes, retries."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dialspec.spec.language.evidence import Source
from dialspec.spec.language.fields import Fields, FieldSpec
from dialspec.spec.language.kinds import ErrorKind
from dialspec.spec.language.notation import BaseUrl, Labels, Path, SpecModel, Variable
from dialspec.text import PythonName, SpecText


class ErrorCode(SpecModel):
    """What a code of the vendor means."""

    name: PythonName
    kind: Annotated[ErrorKind, Field(strict=False)]
    label: Labels
    advice: SpecText | None = Field(default=None, description="What a client should do.")
    transient: bool = Field(default=False, description="Worth another try.")
    refused: bool = Field(
        default=False,
        description="Proves that nothing happened at the vendor; so not where one entry of a list may be meant.",
    )


Codes = dict[SpecText, ErrorCode]


class CodeGroup(SpecModel):
    """Codes that several pages list alike, by the name with which the `include:` of `errors:` takes them over."""

    codes: list[SpecText] = Field(
        default_factory=list, description="Codes of the family that the pages list."
    )
    own: Codes = Field(
        default_factory=dict, description="Codes that have this meaning on these pages only."
    )


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
        default=300, description="Seconds that the simulator accepts; vendors state none."
    )
    note: SpecText | None = None
