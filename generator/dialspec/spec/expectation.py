"""What the models expect at a place, in words for messages."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from dialspec.diagnostics import quoted
from dialspec.spec.language.documents import PlatformSpec, ProviderSpec, ResourceSpec
from dialspec.spec.language.endpoints import (
    EndpointErrors,
    EndpointSpec,
    Inherit,
    LeftOutSpec,
    LimitsSpec,
    PagingUse,
    PushSpec,
    ResponseSpec,
    RulesSpec,
    SpanRule,
)
from dialspec.spec.language.evidence import Deviation, ExampleSpec, Source
from dialspec.spec.language.fields import EnumMember, EnumSpec, FieldSpec, RequiredWhen, TypeSpec
from dialspec.spec.language.notation import SpecModel
from dialspec.spec.language.protocol import (
    AuthV2Spec,
    ClockSpec,
    CodeGroup,
    Credential,
    EnvelopeSpec,
    ErrorCode,
    Md5SignSpec,
    PagingSpec,
    RetrySpec,
    ServerSpec,
    Setting,
)
from dialspec.spec.structure import alternatives, bare
from dialspec.text import ClassName, ConstantName, PythonName, SpecText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOUNS: Final[Mapping[type[SpecModel], str]] = {
    AuthV2Spec: "an auth_v2 signature",
    ClockSpec: "clock rules",
    CodeGroup: "a group of codes",
    Credential: "a credential",
    Deviation: "a deviation",
    EndpointErrors: "the errors of an endpoint",
    EndpointSpec: "an endpoint",
    EnumMember: "an enum member",
    EnumSpec: "an enum",
    EnvelopeSpec: "an envelope",
    ErrorCode: "an error code",
    ExampleSpec: "an example",
    FieldSpec: "a field",
    Inherit: "an inherited endpoint",
    LeftOutSpec: "something left out",
    LimitsSpec: "limits",
    Md5SignSpec: "an md5_sign signature",
    PagingSpec: "a paging style",
    PagingUse: "the use of a paging style",
    PlatformSpec: "platform.yaml",
    ProviderSpec: "provider.yaml",
    PushSpec: "a push",
    RequiredWhen: "a condition",
    ResourceSpec: "a resource file",
    ResponseSpec: "a response",
    RetrySpec: "retry rules",
    RulesSpec: "rules",
    ServerSpec: "a server",
    Setting: "a setting",
    Source: "a source",
    SpanRule: "a span",
    TypeSpec: "a type",
}

_WORDS: Final[Mapping[Any, str]] = {
    SpecText: "a text",
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "`true` or `false`",
    datetime.date: "a date such as `2026-11-21`",
    PythonName: PythonName.described,
    ClassName: ClassName.described,
    ConstantName: ConstantName.described,
    Any: "a value",
}


def noun_of(model: type[SpecModel]) -> str:
    """Give the word for what a model describes: "an endpoint"."""
    return NOUNS.get(model, f"`{model.__name__}`")


def described(annotation: Any) -> str:
    """Say what an annotation expects: "a text or a whole number"."""
    members = alternatives(annotation)
    if {bare(member) for member in members} >= {int, float}:
        members = tuple(member for member in members if bare(member) is not int)
    words = dict.fromkeys(map(_described_one, members))
    return any_of(list(words))


def choices(annotation: Any) -> list[object]:
    """Give the values that an enum or `Literal` allows; empty for anything else."""
    found: list[object] = []
    for member in map(bare, alternatives(annotation)):
        if get_origin(member) is Literal:
            found += get_args(member)
        elif isinstance(member, type) and issubclass(member, Enum):
            found += [choice.value for choice in member]
    return found


def any_of(words: Sequence[str]) -> str:
    """Join words to "a, b or c"."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _described_one(annotation: Any) -> str:
    if get_origin(annotation) is Annotated:
        for metadata in get_args(annotation)[1:]:
            if isinstance(metadata, FieldInfo) and metadata.description:
                return metadata.description
    found = bare(annotation)
    if found in _WORDS:
        return _WORDS[found]
    if possible := choices(found):
        return any_of([quoted(value) for value in possible])
    origin = get_origin(found)
    if origin is list:
        return "a list"
    if origin is dict:
        return "a mapping"
    return f"{noun_of(found)} (a mapping)"
