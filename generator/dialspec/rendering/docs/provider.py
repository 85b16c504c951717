"""The overview of a provider: its client, resources, signing, envelopes, codes, paging, times and limits.

In: a resolved provider. Out: a `ProviderPage`, every piece of which is rendered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialspec.api import (
    Auth,
    Envelope,
    Md5Sign,
    Provider,
    Resource,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.rendering.docs.blocks import Table, join, link_to, listing, sentences, table
from dialspec.rendering.docs.index import standing
from dialspec.rendering.docs.paging_table import paging_table
from dialspec.rendering.docs.paths import (
    endpoint_page,
    enums_page,
    index_page,
    provider_page,
    push_page,
)
from dialspec.rendering.docs.pieces import (
    codes_table,
    header,
    source_lines,
)
from dialspec.rendering.docs.sample_values import sample_arguments
from dialspec.rendering.docs.types import TIME_FORMS, range_cell, type_cell, zone_text
from dialspec.rendering.docs.wire import curl_command, fresh_command, wire_request
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
from dialspec.signing_samples import sample_credentials
from dialspec.spec.language.kinds import TimeFormat


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
class SigningSample:
    """A signed request in the shell."""

    introduction: Rendered
    command: Rendered


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
    signing_samples: tuple[SigningSample, ...]
    envelopes: Table
    families: tuple[FamilySection, ...]
    paging: Table
    times: Table
    limits: Table
    notes: tuple[Rendered, ...]
    sources: tuple[Rendered, ...]


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
        signing_samples=tuple(_signing_samples(provider)),
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


def _signing(auth: Auth) -> Iterator[Rendered]:
    if auth.summary is not None:
        yield markdown_text(auth.summary)
    if isinstance(auth, Md5Sign):
        yield join(
            markdown_code(auth.signature_header),
            literal(" holds the signature, "),
            markdown_code(auth.timestamp_header),
            literal(" the time in epoch seconds that it was made for, and "),
            markdown_code(auth.key_header),
            literal(" the key."),
        )
    else:
        yield join(
            literal("The header "),
            markdown_code("Authorization"),
            literal(" holds "),
            markdown_code("auth-v2/{access key}/{timestamp}/{signed headers}/{signature}"),
            literal("; signed are "),
            listing(map(markdown_code, auth.signed_headers)),
            literal(". The derived key is used as "),
            markdown_code(auth.key_form),
            literal(" and the signature is written as "),
            markdown_code(auth.signature_form),
            literal("."),
        )
    if auth.protects is not None:
        yield join(literal("What it covers: "), markdown_text(auth.protects))


def _signing_samples(provider: Provider) -> Iterator[SigningSample]:
    endpoint = next(provider.endpoints(), None)
    if endpoint is None:
        return
    arguments = sample_arguments(provider, endpoint)
    credentials = sample_credentials(provider.auth)
    yield SigningSample(
        join(
            literal("Signed with the sample key "),
            markdown_code(credentials.key),
            literal(" and secret "),
            markdown_code(credentials.secret),
            literal(" for the time "),
            markdown_code(credentials.timestamp),
            literal("; too old to be accepted:"),
        ),
        fence("bash", curl_command(wire_request(provider, endpoint, arguments))),
    )
    fresh = fresh_command(provider, endpoint, arguments)
    if fresh is not None:
        yield SigningSample(
            literal("Signed with your own key and the present time, in a shell:"),
            fence("bash", fresh),
        )


def _envelopes(envelopes: tuple[Envelope, ...]) -> Table:
    return table(
        ("Envelope", "Code", "Success", "Text", "Payload", "Remarks"),
        (
            (
                markdown_code(one.name),
                rendered_join(" or ", map(markdown_code, one.code)),
                _success(one),
                rendered_join(" or ", map(markdown_code, one.message)),
                markdown_code(one.data) if one.data else literal(""),
                markdown_cell(one.summary),
            )
            for one in envelopes
        ),
    )


def _success(envelope: Envelope) -> Rendered:
    codes = [markdown_code(code) for code in envelope.success]
    return rendered_join(" or ", [*codes, *([literal("no code")] if envelope.optional else [])])


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
