"""Class names: within the package of a provider, one name is one class.

Enums, types, answers, resources and the client are classes that modules of the package import from each other. One
that had the name of another, or of something that generated modules import, would win over it without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.api import Origin
from dialspec.resolve.names import check_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialspec.api import ObjectType, Resource
    from dialspec.resolve.context import Context
    from dialspec.text import ClassName

    Claim = tuple[str, Origin, str]
    """A name, where it comes from, and what has it."""

_IMPORTED: Final = """
Annotated AsyncClient AsyncHttpClient AsyncPager AsyncResource AtLeastOne AuthV2 Base64 Base64Data BinaryInput Boolean
ClassVar ClockTime DateOnly DateTime Decimal DecimalNumber Documented DocumentedCode Effect EnumOf Envelope
EpochMilliseconds EpochSeconds ErrorKind Exclusive Field FileInput Final HttpClient InZone Integer IsoDateTime Json
JsonEncoded JsonText LazyClass Limits ListOf ListOrOne LocalDate LocalDateTime MapOf Mapping MappingProxyType Md5Sign
Number ObjectOf Offset OpenIntEnum OpenStrEnum Operation PROVIDER PageNumber Pager Parameter Position ProviderInfo
Push Record RequestObject RequiredWhen RequiredWith Rule Self Sensitivity Sequence Span String SyncClient SyncResource
TimeOfDay Timeouts UNSET Unset Upload UtcDateTime
"""
RESERVED_CLASSES: Final = frozenset(_IMPORTED.split())
"""What generated modules import, or call their own constants."""


def check_class_names(
    context: Context, resources: Iterable[Resource], answers: Iterable[ObjectType]
) -> None:
    """Report each name that is taken, and each that two classes have, with both places."""
    chosen = list(_chosen(context))
    for name, origin, what in chosen:
        check_name(context, name, origin, RESERVED_CLASSES, what)
    seen: dict[str, Claim] = {}
    for claim in (*chosen, *_made(context, resources, answers)):
        first = seen.setdefault(claim[0], claim)
        if first is not claim:
            _report(context, first, claim)


def _chosen(context: Context) -> Iterator[tuple[ClassName, Origin, str]]:
    """The names that specs give."""
    yield context.spec.client, _client_origin(context), "the client"
    for name, enum in context.enums.items():
        yield name, enum.origin, "an enum"
    for name, type_ in context.types.items():
        yield name, type_.origin, "a type"


def _made(
    context: Context, resources: Iterable[Resource], answers: Iterable[ObjectType]
) -> Iterator[Claim]:
    """The names that follow from those."""
    client, origin = context.spec.client, _client_origin(context)
    yield f"Async{client}", origin, "the asynchronous client"
    for prefix in ("", "Async"):
        yield f"{prefix}{client}WithRawResponse", origin, "the client in raw mode"
    for resource in resources:
        for prefix in ("", "Async"):
            for ending in ("Resource", "WithRawResponse"):
                yield f"{prefix}{resource.class_name}{ending}", resource.origin, "a resource"
    for answer in answers:
        yield answer.name, answer.origin, "an answer"


def _client_origin(context: Context) -> Origin:
    return Origin(str(context.provider.file.path), ("client",))


def _report(context: Context, first: Claim, second: Claim) -> None:
    name, origin, what = first
    _, other, other_what = second
    context.diagnostics.report(
        "DS302",
        context.position(origin),
        f"{name} is the name of {what} and of {other_what}",
        hint="choose another name",
        related=[(context.position(other), f"{other_what} of this name")],
    )
