"""What the specs say of one endpoint or push, in the shape in which pages are compared with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dialspec.api import Endpoint, EnumRef, JsonText, ListOf, MapOf, ObjectRef, Scalar, ScalarKind
from dialspec.coverage.families import Family, specified_families
from dialspec.spec.language.kinds import Location
from dialspec.text import SpecText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialspec.api import Auth, Deviation, Example, Field, Provider, Push, Type
    from dialspec.coverage.facts import Part

_TRUTH: Final = frozenset({"true", "false", "0", "1"})


@dataclass(frozen=True, slots=True)
class SpecifiedField:
    """A field at its path of wire names.

    `required` is None where a page may say either, as for the page number, which the client always sends.
    """

    path: tuple[str, ...]
    families: frozenset[Family]
    items: frozenset[Family]
    type_name: str
    required: bool | None
    conditional: bool
    documented: bool
    expected: bool
    """A page that describes the part has a row for it; path parameters may stand in the address alone."""
    values: frozenset[str] | None
    """The values of an enum; None: any."""


@dataclass(frozen=True, slots=True)
class Record:
    """A deviation, or an entry of `missing`, that explains differences: its place, and all its words."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Specified:
    """An endpoint or a push of the specs."""

    name: str
    """`provider.resource.method`."""
    method: str
    paths: tuple[str, ...]
    """The path, and others that a deviation records for it; none for a push."""
    is_push: bool
    status: str
    request: tuple[SpecifiedField, ...]
    """Of a push: its payload."""
    response: tuple[SpecifiedField, ...]
    spellings: frozenset[str]
    """Names that the answer may use at its root: all spellings of code and message, and the keys of a push's answer."""
    headers: frozenset[str]
    codes: frozenset[str]
    success: frozenset[str]
    examples: tuple[str, ...]
    """As printed; of a push, also the words about the answer to it."""
    records: tuple[Record, ...]
    missing: tuple[str, ...]
    pages: tuple[str, ...]
    """Addresses of the pages that it was read on."""

    @property
    def path(self) -> str:
        """The path; empty for a push, and for a list of codes."""
        return next(iter(self.paths), "")

    def fields(self, part: Part) -> tuple[SpecifiedField, ...]:
        """The fields of one part."""
        return self.request if part == "request" else self.response


def specified(provider: Provider, given: Endpoint | Push, resource: str) -> Specified:
    """Give what the specs say of an endpoint or a push of a provider."""
    name = f"{provider.name}.{resource}.{given.name}"
    if isinstance(given, Endpoint):
        return _endpoint(provider, given, name)
    answer = given.answer.reveal() if given.answer is not None else ""
    answer_body = given.answer_body.reveal() if given.answer_body is not None else ""
    return Specified(
        name=name,
        method="POST",
        paths=(),
        is_push=True,
        status=given.status,
        request=tuple(_inside(provider, given.payload, tuple(given.at), ())),
        response=(),
        spellings=frozenset(re.findall(r"\w+", answer)),
        headers=frozenset(provider_headers(provider)),
        codes=frozenset(),
        success=frozenset(),
        examples=(*_example_texts(given.examples), answer, answer_body),
        records=tuple(map(_record, given.deviations)),
        missing=tuple(text.reveal() for text in given.missing),
        pages=_pages(given),
    )


def _endpoint(provider: Provider, endpoint: Endpoint, name: str) -> Specified:
    envelope = endpoint.response.envelope
    keys = (
        *envelope.code,
        *envelope.message,
        *((envelope.data,) if envelope.data is not None else ()),
    )
    document = ObjectRef(endpoint.response.document)
    return Specified(
        name=name,
        method=endpoint.method,
        paths=(endpoint.path.reveal(), *_recorded_paths(endpoint.deviations)),
        is_push=False,
        status=endpoint.status,
        request=tuple(_request(provider, endpoint)),
        response=tuple(_inside(provider, document, (), ())),
        spellings=frozenset(key.reveal() for key in keys),
        headers=frozenset(
            (
                *provider_headers(provider),
                *(
                    p.wire.reveal().lower()
                    for p in endpoint.parameters
                    if p.location is Location.HEADER
                ),
            )
        ),
        codes=frozenset(code.text.reveal() for code in endpoint.codes),
        success=frozenset(code.reveal() for code in envelope.success),
        examples=tuple(_example_texts(endpoint.examples)),
        records=tuple(map(_record, endpoint.deviations)),
        missing=tuple(text.reveal() for text in endpoint.missing),
        pages=_pages(endpoint),
    )


def _recorded_paths(deviations: Iterable[Deviation]) -> Iterator[str]:
    """The paths that a deviation at the path names: copies of one page disagree about prefixes."""
    for deviation in deviations:
        if deviation.at.reveal() == "path":
            words = f"{deviation.documented.reveal()} {deviation.observed.reveal()}"
            yield from re.findall(r"(?<!\S)/[\w{}/-]*[\w}]", words)


def _request(provider: Provider, endpoint: Endpoint) -> Iterator[SpecifiedField]:
    for setting in provider.settings:
        if f"{{{setting.field.wire.reveal()}}}" in endpoint.path.reveal():
            yield _field(provider, setting.field, (), expected=False)
    rules = endpoint.rules
    ruled = {
        name for group in (*rules.together, *rules.at_least_one, *rules.exclusive) for name in group
    }
    if endpoint.paging is not None:
        for wire in (endpoint.paging.start, endpoint.paging.size):
            yield SpecifiedField(
                (wire.reveal(),), frozenset({Family.INTEGER}), frozenset(), "integer", None, False, True, True, None
            )  # fmt: skip
    if endpoint.wrapper is not None and endpoint.wrapper:
        yield SpecifiedField(
            (endpoint.wrapper.reveal(),), frozenset({Family.OBJECT}), frozenset(), "object", None, False, True, True, None
        )  # fmt: skip
    for parameter in endpoint.parameters:
        at = tuple(filter(None, (parameter.at.reveal(),)))
        own = _field(
            provider,
            parameter.field,
            at,
            conditional=parameter.name in ruled,
            expected=parameter.location is not Location.PATH,
        )
        yield own
        yield from _inside(provider, parameter.field.type, own.path, ())


def _inside(
    provider: Provider, given: Type, at: tuple[str, ...], seen: tuple[str, ...]
) -> Iterator[SpecifiedField]:
    """The fields of the objects that a type holds, level by level of their nesting."""
    inner = _item(given)
    if not isinstance(inner, ObjectRef) or inner.name in seen:
        return
    fields = provider.object_type(inner.name).fields
    for item in fields:
        yield _field(provider, item, at)
    for item in fields:
        yield from _inside(provider, item.type, (*at, item.wire.reveal()), (*seen, inner.name))


def _field(
    provider: Provider,
    given: Field,
    at: tuple[str, ...],
    *,
    conditional: bool = False,
    expected: bool = True,
) -> SpecifiedField:
    families, items = specified_families(provider, given.type)
    return SpecifiedField(
        path=(*at, given.wire.reveal()),
        families=families,
        items=items,
        type_name=_type_name(given.type),
        required=given.required,
        conditional=conditional or bool(given.required_when),
        documented=given.documented,
        expected=expected,
        values=_values(provider, given.type),
    )


def _item(given: Type) -> Type:
    while isinstance(given, ListOf | MapOf | JsonText):
        given = (
            given.item
            if isinstance(given, ListOf)
            else given.value if isinstance(given, MapOf) else given.inner
        )
    return given


def _type_name(given: Type) -> str:
    if isinstance(given, Scalar):
        return given.kind.value
    if isinstance(given, EnumRef | ObjectRef):
        return str(given.name)
    if isinstance(given, ListOf):
        return f"list[{_type_name(given.item)}]"
    return f"map[{_type_name(given.value)}]" if isinstance(given, MapOf) else "JSON text"


def _values(provider: Provider, given: Type) -> frozenset[str] | None:
    inner = _item(given)
    if isinstance(inner, EnumRef):
        members = provider.enum(inner.name).members
        return frozenset(
            m.value.reveal() if isinstance(m.value, SpecText) else str(m.value) for m in members
        )
    return _TRUTH if inner == Scalar(ScalarKind.BOOLEAN) else None


def provider_headers(provider: Provider) -> Iterator[str]:
    """The headers that the client sends by itself, in lower case."""
    yield from (name.reveal().lower() for name in provider.headers)
    yield from _signed(provider.auth)
    yield from ("content-type", "authorization", "host", "content-length")


def _signed(auth: Auth) -> Iterator[str]:
    if auth.scheme == "md5_sign":
        for header in (auth.key_header, auth.timestamp_header, auth.signature_header):
            yield header.reveal().lower()
    else:
        yield from (header.reveal().lower() for header in auth.signed_headers)


def _example_texts(examples: Iterable[Example]) -> Iterator[str]:
    for example in examples:
        for text in (example.request, example.response):
            if text is not None:
                yield text.reveal()


def _record(deviation: Deviation) -> Record:
    words = (deviation.documented, deviation.observed, deviation.handled)
    return Record(deviation.at.reveal(), " ".join(text.reveal() for text in words))


def _pages(given: Endpoint | Push) -> tuple[str, ...]:
    if given.source is None:
        return ()
    return tuple(text.reveal() for text in (given.source.page, *given.source.also))
