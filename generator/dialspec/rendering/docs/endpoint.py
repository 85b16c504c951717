"""The page of one endpoint.

In: the endpoint, resolved. Out: an `EndpointPage`, every piece of which is rendered; the template only sets headings
and puts the pieces in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dialspec.api import Endpoint, ObjectRef, Paging, Provider
from dialspec.rendering.docs.blocks import Table, join, link_to, listing, sentences, table
from dialspec.rendering.docs.paths import ERRORS_PAGE, PAGING_PAGE, RETRIES_PAGE, endpoint_page
from dialspec.rendering.docs.pieces import (
    EnumSection,
    ExampleSection,
    Status,
    TypeSection,
    codes_table,
    deviations_table,
    enum_sections,
    enums_by_field,
    example_sections,
    header,
    source_lines,
    status_of,
    type_sections,
)
from dialspec.rendering.docs.sample_values import sample_arguments
from dialspec.rendering.docs.samples import SampleWriter
from dialspec.rendering.docs.types import (
    labels_cell,
    meaning_cell,
    range_cell,
    required_cell,
    type_cell,
    type_code,
)
from dialspec.rendering.docs.wire import curl_command, is_signable, wire_request
from dialspec.rendering.text import (
    Rendered,
    fence,
    literal,
    markdown_code,
    markdown_text,
    number,
    rendered_join,
)
from dialspec.signing_samples import sample_credentials
from dialspec.spec.language.kinds import Effect, Location

_EFFECTS: Final[Mapping[Effect, Rendered]] = {
    Effect.READ: literal("**read**: it changes nothing, and is tried again when that may help"),
    Effect.IDEMPOTENT: literal(
        "**idempotent**: sending it twice does what sending it once does, so it is tried again like a read"
    ),
    Effect.UNSAFE: literal(
        "**unsafe**: it is sent again only when the first try surely had no effect"
    ),
}
_PLACES: Final[Mapping[Location, Rendered]] = {
    Location.BODY: literal("body"),
    Location.PATH: literal("path"),
    Location.QUERY: literal("query"),
    Location.HEADER: literal("header"),
}


@dataclass(frozen=True, slots=True)
class EndpointPage:
    """Everything that the page of an endpoint shows."""

    header: Rendered
    title: Rendered
    summary: Rendered
    description: Rendered | None
    deprecated: Rendered | None
    status: Status | None
    facts: tuple[Rendered, ...]
    parameters: Table
    rules: tuple[Rendered, ...]
    paging: Table
    returns: Rendered
    response_summary: Rendered | None
    types: tuple[TypeSection, ...]
    enums: tuple[EnumSection, ...]
    codes: Table
    codes_note: Rendered
    sync_sample: Rendered
    async_sample: Rendered
    curl_sample: Rendered | None
    curl_note: Rendered
    deviations: Table
    limits: tuple[Rendered, ...]
    examples: tuple[ExampleSection, ...]
    notes: tuple[Rendered, ...]
    sources: tuple[Rendered, ...]


def endpoint_view(provider: Provider, endpoint: Endpoint, package: str) -> EndpointPage:
    """Describe an endpoint; `package` is the import path of the generated clients."""
    page = endpoint_page(provider, endpoint)
    arguments = sample_arguments(provider, endpoint)
    samples = SampleWriter(provider, package)
    response = endpoint.response
    types = [
        response.result_type,
        *(parameter.field.type for parameter in endpoint.parameters),
        ObjectRef(response.document),
    ]
    return EndpointPage(
        header=header(_spec_files(provider, endpoint), "docs/endpoint.md.jinja"),
        title=markdown_code(f"{provider.name}.{endpoint.full_name}"),
        summary=markdown_text(endpoint.summary),
        description=markdown_text(endpoint.description) if endpoint.description else None,
        deprecated=markdown_text(endpoint.deprecated) if endpoint.deprecated else None,
        status=status_of(endpoint.status, map(markdown_text, endpoint.missing)),
        facts=tuple(_facts(provider, endpoint, page)),
        parameters=_parameters(provider, endpoint),
        rules=tuple(_rules(endpoint)),
        paging=_paging(endpoint.paging),
        returns=_returns(endpoint, page),
        response_summary=markdown_text(response.summary) if response.summary else None,
        types=type_sections(provider, types),
        enums=enum_sections(provider, types),
        codes=codes_table(endpoint.codes),
        codes_note=_codes_note(endpoint, page),
        sync_sample=fence("python", samples.sync_sample(endpoint, arguments)),
        async_sample=fence("python", samples.async_sample(endpoint, arguments)),
        curl_sample=(
            fence("bash", curl_command(wire_request(provider, endpoint, arguments)))
            if is_signable(provider, endpoint)
            else None
        ),
        curl_note=_curl_note(provider, endpoint),
        deviations=deviations_table(endpoint.deviations),
        limits=tuple(_limits(endpoint)),
        examples=example_sections(endpoint.examples),
        notes=tuple(map(markdown_text, endpoint.notes)),
        sources=source_lines([endpoint.source] if endpoint.source else ()),
    )


def _spec_files(provider: Provider, endpoint: Endpoint) -> set[str]:
    """The files that say something about this endpoint: its own, and what the provider says of all."""
    shared = {
        file for file in provider.files if file.endswith(("/provider.yaml", "/platform.yaml"))
    }
    return shared | {endpoint.origin.file}


def _facts(provider: Provider, endpoint: Endpoint, page: str) -> Iterator[Rendered]:
    address = [markdown_code(endpoint.method), markdown_code(endpoint.path)]
    yield join(literal("**HTTP:** "), rendered_join(" ", address))
    effect = join(literal("**Effect:** "), _EFFECTS[endpoint.effect])
    reason = markdown_text(endpoint.effect_reason) if endpoint.effect_reason else None
    retries = link_to(literal("retries"), RETRIES_PAGE, on=page)
    yield sentences([join(effect, literal(" ("), retries, literal(").")), reason])
    if endpoint.paging is not None:
        paging = link_to(markdown_text(endpoint.paging.name), PAGING_PAGE, on=page)
        yield join(literal("**Paging:** "), paging)
    envelope = endpoint.response.envelope
    if envelope.code:
        codes = rendered_join(" or ", map(markdown_code, envelope.code))
        success = rendered_join(" or ", map(markdown_code, envelope.success))
        absent = literal(", or absent") if envelope.optional else literal("")
        yield join(literal("**Success:** "), codes, literal(" is "), success, absent)
    if endpoint.aliases:
        names = (markdown_code(f"{provider.name}.{one}.{two}") for one, two in endpoint.aliases)
        yield join(literal("**Also called:** "), listing(names))


def _parameters(provider: Provider, endpoint: Endpoint) -> Table:
    enums = enums_by_field(provider, (parameter.field for parameter in endpoint.parameters))
    return table(
        (
            "Parameter",
            "On the wire",
            "In",
            "Type",
            "Required",
            "Range",
            "Meaning",
            "As the vendor prints it",
        ),
        (
            (
                markdown_code(parameter.name),
                markdown_code(parameter.wire),
                sentences(
                    [
                        _PLACES[parameter.location],
                        markdown_code(parameter.at) if parameter.at else None,
                    ]
                ),
                type_cell(parameter.field.type),
                required_cell(parameter.field, enums),
                range_cell(parameter.field.constraints),
                meaning_cell(parameter.field, is_sent=True),
                labels_cell(parameter.field.labels),
            )
            for parameter in endpoint.parameters
        ),
    )


def _rules(endpoint: Endpoint) -> Iterator[Rendered]:
    rules = endpoint.rules
    for span in rules.spans:
        yield join(
            markdown_code(span.begin),
            literal(" and "),
            markdown_code(span.end),
            literal(" lie at most "),
            number(span.days),
            literal(" days apart."),
        )
    for group in rules.together:
        yield join(literal("All or none of: "), listing(map(markdown_code, group)), literal("."))
    for group in rules.at_least_one:
        yield join(literal("At least one of: "), listing(map(markdown_code, group)), literal("."))
    for group in rules.exclusive:
        yield join(literal("At most one of: "), listing(map(markdown_code, group)), literal("."))


def _paging(paging: Paging | None) -> Table:
    """Describe the paging arguments of the method beside what they become on the wire."""
    if paging is None:
        return table(("Argument",), ())
    place = literal("query") if paging.location == "query" else literal("body")
    least, most = number(paging.minimum_size), paging.maximum_size
    sizes = (
        join(literal("at least "), least)
        if most is None
        else join(least, literal("–"), number(most))
    )
    start_range = join(literal("from "), number(paging.first))
    if paging.maximum_number is not None:
        start_range = join(start_range, literal(" to "), number(paging.maximum_number))
    return table(
        ("Argument", "On the wire", "In", "Range", "Default", "As the vendor prints it"),
        (
            (
                markdown_code("start"),
                markdown_code(paging.start),
                place,
                start_range,
                number(paging.first),
                labels_cell(paging.labels.get(paging.start, {})),
            ),
            (
                markdown_code("size"),
                markdown_code(paging.size),
                place,
                sizes,
                number(paging.default_size),
                labels_cell(paging.labels.get(paging.size, {})),
            ),
        ),
    )


def _returns(endpoint: Endpoint, page: str) -> Rendered:
    result = type_code(endpoint.response.result_type)
    if endpoint.paging is None:
        given = f"{result} | None" if endpoint.response.nullable else result
        return join(
            markdown_code(given), literal("; the async method gives the same when awaited.")
        )
    return sentences(
        [
            join(
                markdown_code(f"Pager[{result}]"),
                literal(" or "),
                markdown_code(f"AsyncPager[{result}]"),
                literal(": iterate over it for the records of all pages, or take one page of it."),
            ),
            join(literal("See "), link_to(literal("paging"), PAGING_PAGE, on=page), literal(".")),
        ]
    )


def _codes_note(endpoint: Endpoint, page: str) -> Rendered:
    errors = link_to(literal("the errors page"), ERRORS_PAGE, on=page)
    start = (
        literal("Any other code raises")
        if endpoint.codes
        else literal(
            "The pages that were read list no codes for this call. A code that is not success raises"
        )
    )
    known = (
        [literal("the exception that the provider's table gives it, else")]
        if endpoint.family is not None
        else []
    )
    return sentences(
        [
            start,
            *known,
            join(markdown_code("UnknownCodeError"), literal(", with code and text kept;")),
            join(literal("see "), errors, literal(".")),
        ]
    )


def _curl_note(provider: Provider, endpoint: Endpoint) -> Rendered:
    if not is_signable(provider, endpoint):
        return literal(
            "There is no sample of the request on the wire: the signature covers the body, and a multipart body has "
            "another boundary each time."
        )
    credentials = sample_credentials(provider.auth)
    return join(
        literal("Signed with the sample key "),
        markdown_code(credentials.key),
        literal(" and secret "),
        markdown_code(credentials.secret),
        literal(" for the time "),
        markdown_code(credentials.timestamp),
        literal(": it shows the form, and is too old to be accepted."),
    )


def _limits(endpoint: Endpoint) -> Iterator[Rendered]:
    limits = endpoint.limits
    if limits.concurrency is not None:
        yield join(
            literal("At most "),
            number(limits.concurrency),
            literal(" calls at once; the client keeps to it."),
        )
    if limits.interval is not None:
        yield join(
            literal("At least "),
            number(limits.interval),
            literal(" s between two calls; the client keeps to it."),
        )
    yield from map(markdown_text, limits.notes)
