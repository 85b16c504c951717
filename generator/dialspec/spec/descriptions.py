"""What each key of the language means, for editors and messages.

A key whose meaning needs more than its name says has its description at the model. The rest is here: what a key means
wherever it occurs, and what it means in one model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.spec.language.documents import PlatformSpec, ProviderSpec, ResourceSpec, SharedSpec
from dialspec.spec.language.endpoints import (
    EndpointSpec,
    Inherit,
    PagingUse,
    PushSpec,
    RulesSpec,
    SpanRule,
)
from dialspec.spec.language.evidence import ExampleSpec
from dialspec.spec.language.fields import EnumMember, EnumSpec, FieldSpec, TypeSpec
from dialspec.spec.language.notation import SpecModel
from dialspec.spec.language.protocol import (
    AuthV2Spec,
    ClockSpec,
    Credential,
    EnvelopeSpec,
    ErrorCode,
    Md5SignSpec,
    PagingSpec,
    Setting,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVERYWHERE: Final[Mapping[str, str]] = {
    "deprecated": "Why it should no longer be used, and what to use instead.",
    "description": "More than the summary says, in Markdown.",
    "deviations": "Where the page contradicts itself or another, and how clients handle it.",
    "enums": "Enums by name; all files of a provider share them.",
    "examples": "Requests and answers as the vendor prints them.",
    "field_groups": "Fields that several requests or types share, by name.",
    "label": "The vendor's own words per language, as printed.",
    "maximum_number": "Highest page number allowed.",
    "maximum_size": "Most rows per page that the vendor allows.",
    "minimum_size": "Fewest rows per page that the vendor allows.",
    "missing": "What is known to be missing.",
    "note": "Anything else worth knowing.",
    "notes": "Remarks that appear in the docs.",
    "source": "The page that this was read from.",
    "status": "Whether all of the page is described: complete, partial, or inferred from other pages.",
    "summary": "What it is, in one plain English sentence.",
    "title": "Heading in the docs.",
    "types": "Object types by name; all files of a provider share them.",
}

_SIGNING: Final[Mapping[str, str]] = {
    "scheme": "Which signing scheme: md5_sign or auth_v2.",
    "key": "Name of the credential that identifies the caller.",
    "secret": "Name of the credential that signs.",
    "key_header": "Header that carries the key.",
    "timestamp_header": "Header that carries the time in seconds.",
    "signature_header": "Header that carries the signature.",
    "signed_headers": "Headers that the signature covers, in this order.",
    "key_form": "How the derived key enters the last step: as hex text, or as raw bytes.",
    "signature_form": "How the signature is written: hex or base64.",
    "payload_separator": "What stands before the hash of the body in the canonical request.",
    "protects": "What the signature covers, and what not.",
}

_IN_MODEL: Final[Mapping[type[SpecModel], Mapping[str, str]]] = {
    FieldSpec: {
        "required": "Whether a request must have it, or an answer always has it.",
        "minimum": "Smallest number allowed.",
        "maximum": "Largest number allowed.",
        "min_length": "Fewest characters allowed.",
        "max_length": "Most characters allowed.",
        "min_items": "Fewest items of a list allowed.",
        "max_items": "Most items of a list allowed.",
        "sensitive": "Why the value is masked in what we print: phone, secret or personal.",
    },
    EnumMember: {"name": "Name of the member in Python, in snake_case or UPPER_CASE."},
    EnumSpec: {
        "base": "Whether the values are whole numbers or texts on the wire.",
        "members": "The values, verbatim, with a name and labels for each.",
    },
    TypeSpec: {"fields": "The fields by wire name."},
    ErrorCode: {
        "name": "Name of the code in docs and exceptions.",
        "kind": "What kind of refusal it is; decides the exception.",
    },
    EnvelopeSpec: {"message": "Root keys of the vendor's text, in the order tried."},
    PagingSpec: {
        "style": "Whether pages are counted, or rows skipped.",
        "location": "Whether the paging fields travel in the body or in the query.",
        "total": "Where the number of all rows is.",
        "pages": "Where the number of pages is.",
        "current": "Where the number of this page is.",
    },
    PagingUse: {
        "use": "Name of the paging style.",
        "items": "Where the rows are, if elsewhere.",
        "total": "Where the number of all rows is, if elsewhere.",
        "default_size": "Rows per page that the client asks for here.",
    },
    SpanRule: {
        "begin": "Wire name of the earlier time.",
        "end": "Wire name of the later time.",
        "days": "How many days they may lie apart.",
    },
    RulesSpec: {
        "spans": "Pairs of times that may lie only so far apart.",
        "at_least_one": "One or more of each group must be given.",
    },
    ExampleSpec: {
        "request": "JSON text, or the name of a file in `examples/`.",
        "response": "JSON text, or the name of a file in `examples/`.",
    },
    Inherit: {"drop_request": "Request fields of the platform that the brand's page lacks."},
    EndpointSpec: {
        "http": "Method and path, with placeholders in braces.",
        "effect": "What a call does at the vendor; decides whether it may be sent again.",
        "paging": "The paging style, or `{use: style, …}` with what differs here.",
        "request": "The request fields by wire name.",
        "rules": "Rules between request fields.",
        "response": "What a successful answer holds.",
        "errors": "The codes that the page documents.",
        "limits": "Documented limits that the client keeps.",
    },
    PushSpec: {"platform": "Take the platform's push of this name."},
    ResourceSpec: {
        "resource": "Name of the attribute of the client; that of the file.",
        "endpoints": "Endpoints by method name.",
        "pushes": "What the vendor sends by itself, by name.",
    },
    Md5SignSpec: _SIGNING,
    AuthV2Spec: _SIGNING,
    Credential: {"secret": "Whether it must never be printed."},
    Setting: {"field": "Its type and limits."},
    ClockSpec: {"codes": "Codes that mean a timestamp too old or too new."},
    SharedSpec: {
        "auth": "How requests are signed.",
        "envelopes": "How answers say whether they succeeded, by name; the first is the default.",
        "paging": "Paging styles by name.",
        "retry": "What may be tried again beside the general rules.",
        "clock": "How the vendor says that a timestamp is refused.",
        "sources": "Pages that hold for the whole provider.",
    },
    PlatformSpec: {"platform": "Name of the platform; that of its folder."},
    ProviderSpec: {
        "provider": "Name of the provider; that of its folder and of the generated package.",
        "client": "Class of the client.",
        "server": "Where the vendor listens.",
        "prefixes": "Path prefixes of this brand, for placeholders of its platform.",
        "credentials": "Constructor arguments that authenticate, by name.",
        "settings": "Constructor arguments that are no secret, by name.",
    },
}


def description_of(model: type[SpecModel], key: str) -> str | None:
    """Say what a key of a model means; None for a key that nobody has described."""
    at_model = model.model_fields[key].description
    if at_model is not None:
        return at_model
    for owner in model.__mro__:
        found = _IN_MODEL.get(owner, {}).get(key)
        if found is not None:
            return found
    return _EVERYWHERE.get(key)
