"""The pages of a provider as a whole: overview, index of the API, enums, pushes.

In: a resolved provider. Out: page views, every piece of which is rendered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialspec.api import (
    Auth,
    Endpoint,
    Envelope,
    Md5Sign,
    Paging,
    Provider,
    Push,
    Resource,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.rendering.docs.blocks import Table, join, link_to, listing, sentences, table
from dialspec.rendering.docs.paths import (
    endpoint_page,
    enums_page,
    index_page,
    provider_page,
    push_page,
)
from dialspec.rendering.docs.pieces import (
    EnumSection,
    codes_table,
    enum_section,
    header,
    source_lines,
)
from dialspec.rendering.docs.sample_values import sample_arguments
from dialspec.rendering.docs.types import TIME_FORMS, range_cell, type_cell, type_code, zone_text
from dialspec.rendering.docs.wire import curl_command, wire_request
from dialspec.rendering.text import (
    Rendered,
    fence,
    literal,
    markdown_cell,
    markdown_code,
    markdown_text,
    number,
    rendered_join,
    url,
)
from dialspec.resolve.types import innermost
from dialspec.spec.model import TimeFormat


@dataclass(frozen=True, slots=True)
class ResourceSection:
    """A group of endpoints in the overview."""

    name: Rendered
    title: Rendered
    summary: Rendered
    endpoints: Table
    pushes: Table


@dataclass(frozen=True, slots=True)
class FamilySection:
    """A family of result codes."""

    name: Rendered
    codes: Table


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """Everything that the overview of a provider shows."""

    header: Rendered
    title: Rendered
    summary: Rendered
    client: Rendered
    async_client: Rendered
    server: tuple[Rendered, ...]
    arguments: Table
    resources: tuple[ResourceSection, ...]
    index: Rendered
    enums: Rendered | None
    signing: tuple[Rendered, ...]
    signing_sample: Rendered | None
    envelopes: Table
    families: tuple[FamilySection, ...]
    paging: Table
    times: Table
    limits: Table
    notes: tuple[Rendered, ...]
    sources: tuple[Rendered, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """From what the vendor calls a call to what the client calls it."""

    header: Rendered
    title: Rendered
    client: Rendered
    endpoints: Table
    aliases: Table
    pushes: Table


@dataclass(frozen=True, slots=True)
class EnumsPage:
    """All enums of a provider."""

    header: Rendered
    title: Rendered
    enums: tuple[EnumSection, ...]


def provider_view(provider: Provider) -> ProviderPage:
    """Describe a provider."""
    page = provider_page(provider)
    return ProviderPage(
        header=header(provider.files, "docs/provider.md.jinja"),
        title=markdown_text(provider.title),
        summary=markdown_text(provider.summary),
        client=markdown_code(provider.client_class),
        async_client=markdown_code(f"Async{provider.client_class}"),
        server=tuple(_server(provider)),
        arguments=_arguments(provider),
        resources=tuple(_resource(provider, one, page) for one in provider.resources),
        index=link_to(literal("Index of the API"), index_page(provider), on=page),
        enums=link_to(literal("Enums"), enums_page(provider), on=page) if provider.enums else None,
        signing=tuple(_signing(provider.auth)),
        signing_sample=_signing_sample(provider),
        envelopes=_envelopes(provider.envelopes),
        families=tuple(
            FamilySection(markdown_code(name), codes_table(codes))
            for name, codes in provider.families.items()
        ),
        paging=paging_table(provider.paging_styles),
        times=_times(provider),
        limits=_limits(provider, page),
        notes=tuple(map(markdown_text, provider.notes)),
        sources=source_lines(provider.sources),
    )


def _server(provider: Provider) -> Iterator[Rendered]:
    variable = markdown_code(provider.base_url_environment)
    if provider.base_url is None:
        yield join(
            literal("Each installation has its own address: give "),
            markdown_code("base_url"),
            literal(", or set "),
            variable,
            literal("."),
        )
    else:
        yield join(
            url(provider.base_url),
            literal(", unless "),
            markdown_code("base_url"),
            literal(" or "),
            variable,
            literal(" says otherwise."),
        )
    if provider.server_summary is not None:
        yield markdown_text(provider.server_summary)


def _arguments(provider: Provider) -> Table:
    rows = [
        (
            markdown_code(one.name),
            markdown_code(one.environment),
            literal("secret") if one.secret else literal("credential"),
            markdown_cell(one.summary),
        )
        for one in provider.credentials
    ]
    rows += [
        (
            markdown_code(one.field.name),
            markdown_code(one.environment),
            sentences([type_cell(one.field.type), range_cell(one.field.constraints)]),
            markdown_cell(one.field.summary),
        )
        for one in provider.settings
    ]
    return table(("Argument", "Variable", "Type", "Meaning"), rows)


def _resource(provider: Provider, resource: Resource, page: str) -> ResourceSection:
    return ResourceSection(
        name=markdown_code(f"{provider.name}.{resource.name}"),
        title=markdown_text(resource.title),
        summary=markdown_text(resource.summary),
        endpoints=table(
            ("Method", "What it does", "Effect", "Standing"),
            (
                (
                    link_to(markdown_code(one.name), endpoint_page(provider, one), on=page),
                    markdown_cell(one.summary),
                    markdown_text(one.effect.value),
                    standing(one),
                )
                for one in resource.endpoints
            ),
        ),
        pushes=table(
            ("Push", "What it tells", "Standing"),
            (
                (
                    link_to(markdown_code(one.name), push_page(provider, one), on=page),
                    markdown_cell(one.summary),
                    standing(one),
                )
                for one in resource.pushes
            ),
        ),
    )


def standing(item: Endpoint | Push) -> Rendered:
    """Name what is not complete, inferred or deprecated; nothing otherwise."""
    parts = [] if item.status == "complete" else [markdown_text(item.status)]
    if isinstance(item, Endpoint) and item.deprecated is not None:
        parts.append(literal("deprecated"))
    return listing(parts)


def _signing(auth: Auth) -> Iterator[Rendered]:
    if auth.summary is not None:
        yield markdown_text(auth.summary)
    if isinstance(auth, Md5Sign):
        yield join(
            markdown_code(auth.signature_header),
            literal(" is the MD5, in hexadecimal, of the API key, the secret and the value of "),
            markdown_code(auth.timestamp_header),
            literal(
                " (the time in epoch seconds), written one after the other. The key itself travels in "
            ),
            markdown_code(auth.key_header),
            literal("."),
        )
    else:
        yield join(
            literal("The header "),
            markdown_code("Authorization"),
            literal(" holds "),
            markdown_code("auth-v2/{access key}/{timestamp}/{signed headers}/{signature}"),
            literal(
                ": an HMAC-SHA256 of the canonical request, under a key derived from the secret key and "
                "everything before the signature."
            ),
        )
        yield join(
            literal("Signed headers: "),
            listing(map(markdown_code, auth.signed_headers)),
            literal(". The derived key is used as "),
            markdown_code(auth.key_form),
            literal(" and the signature is written as "),
            markdown_code(auth.signature_form),
            literal("."),
        )
    if auth.protects is not None:
        yield markdown_text(auth.protects)


def _signing_sample(provider: Provider) -> Rendered | None:
    endpoint = next(provider.endpoints(), None)
    if endpoint is None:
        return None
    arguments = sample_arguments(provider, endpoint)
    return fence("bash", curl_command(wire_request(provider, endpoint, arguments)))


def _envelopes(envelopes: tuple[Envelope, ...]) -> Table:
    return table(
        ("Envelope", "Code", "Success", "Text", "Payload", "Remarks"),
        (
            (
                markdown_code(one.name),
                rendered_join(" or ", map(markdown_code, one.code)),
                rendered_join(" or ", map(markdown_code, one.success)),
                rendered_join(" or ", map(markdown_code, one.message)),
                markdown_code(one.data) if one.data else literal(""),
                markdown_cell(one.summary),
            )
            for one in envelopes
        ),
    )


def paging_table(styles: tuple[Paging, ...]) -> Table:
    """Compare paging styles."""
    return table(
        (
            "Style",
            "Kind",
            "Start",
            "Size",
            "In",
            "Records per page",
            "Records at",
            "Total at",
            "Remarks",
        ),
        (
            (
                markdown_code(one.name),
                literal("page number") if one.style == "page_number" else literal("row offset"),
                markdown_code(one.start),
                markdown_code(one.size),
                literal("query") if one.location == "query" else literal("body"),
                _sizes(one),
                markdown_code(".".join(one.items)),
                markdown_code(".".join(one.total)) if one.total else literal("not told"),
                markdown_cell(one.summary),
            )
            for one in styles
        ),
    )


def _sizes(paging: Paging) -> Rendered:
    least = number(paging.minimum_size)
    if paging.maximum_size is None:
        return join(literal("at least "), least, literal(", no maximum documented"))
    return join(least, literal("–"), number(paging.maximum_size))


def _times(provider: Provider) -> Table:
    """Say in which forms this provider writes times, and where."""
    found: dict[tuple[TimeFormat, str], set[str]] = {}
    for place, kind in _places(provider):
        scalar = innermost(kind)
        if isinstance(scalar, Scalar) and scalar.kind is ScalarKind.DATETIME:
            form = scalar.format or TimeFormat.LOCAL
            zone = scalar.zone if form is TimeFormat.LOCAL else ""
            found.setdefault((form, zone), set()).add(place)
    return table(
        ("Form", "Zone", "Where"),
        (
            (
                TIME_FORMS[form],
                zone_text(zone) if zone else literal("part of the form"),
                listing(map(markdown_code, sorted(found[form, zone]))),
            )
            for form, zone in sorted(found)
        ),
    )


def _places(provider: Provider) -> Iterator[tuple[str, Type]]:
    for endpoint in provider.endpoints():
        for parameter in endpoint.parameters:
            yield f"{endpoint.full_name}({parameter.name})", parameter.field.type
    for item in provider.types:
        for field in item.fields:
            yield f"{item.name}.{field.name}", field.type


def _limits(provider: Provider, page: str) -> Table:
    return table(
        ("Call", "At once", "Seconds between", "Checked by the vendor only"),
        (
            (
                link_to(markdown_code(one.full_name), endpoint_page(provider, one), on=page),
                literal("") if one.limits.concurrency is None else number(one.limits.concurrency),
                literal("") if one.limits.interval is None else number(one.limits.interval),
                rendered_join(" ", map(markdown_cell, one.limits.notes)),
            )
            for one in provider.endpoints()
            if one.limits.concurrency is not None or one.limits.interval or one.limits.notes
        ),
    )


def index_view(provider: Provider) -> IndexPage:
    """List every call under its wire path."""
    page = index_page(provider)
    endpoints = sorted(provider.endpoints(), key=lambda one: (one.path.reveal(), one.method))
    return IndexPage(
        header=header(provider.files, "docs/api.md.jinja"),
        title=join(markdown_text(provider.title), literal(": index of the API")),
        client=markdown_code(provider.client_class),
        endpoints=table(
            ("HTTP", "Path", "Method", "Gives", "Effect", "Standing"),
            (
                (
                    markdown_code(one.method),
                    markdown_code(one.path),
                    link_to(markdown_code(one.full_name), endpoint_page(provider, one), on=page),
                    _gives(one),
                    markdown_text(one.effect.value),
                    standing(one),
                )
                for one in endpoints
            ),
        ),
        aliases=table(
            ("Older name", "Now"),
            (
                (
                    markdown_code(f"{resource}.{name}"),
                    link_to(markdown_code(one.full_name), endpoint_page(provider, one), on=page),
                )
                for one in endpoints
                for resource, name in one.aliases
            ),
        ),
        pushes=table(
            ("Push", "What it tells", "Standing"),
            (
                (
                    link_to(
                        markdown_code(f"{one.resource}.{one.name}"),
                        push_page(provider, one),
                        on=page,
                    ),
                    markdown_cell(one.summary),
                    standing(one),
                )
                for resource in provider.resources
                for one in resource.pushes
            ),
        ),
    )


def _gives(endpoint: Endpoint) -> Rendered:
    result = type_code(endpoint.response.result_type)
    return markdown_code(f"Pager[{result}]" if endpoint.paging is not None else result)


def enums_view(provider: Provider) -> EnumsPage:
    """Show every enum."""
    return EnumsPage(
        header=header(provider.files, "docs/enums.md.jinja"),
        title=join(markdown_text(provider.title), literal(": enums")),
        enums=tuple(map(enum_section, provider.enums)),
    )
