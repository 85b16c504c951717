"""Pages that look over all providers: the list of them, paging, and how complete each is."""

from __future__ import annotations

from dialspec.api import Api, Endpoint, Provider, Push
from dialspec.rendering.docs.blocks import join, link_to, listing, table
from dialspec.rendering.docs.paging_table import paging_table
from dialspec.rendering.docs.paths import (
    COMPLETENESS_PAGE,
    PAGING_PAGE,
    PROVIDERS_PAGE,
    endpoint_page,
    provider_page,
    push_page,
)
from dialspec.rendering.docs.pieces import ALL_FILES, header
from dialspec.rendering.docs.reference import ReferencePage, Section, filled
from dialspec.rendering.text import (
    Rendered,
    literal,
    markdown_cell,
    markdown_code,
    markdown_text,
    number,
    rendered_join,
)
from dialspec.text import SpecText


def providers_view(api: Api) -> ReferencePage:
    """List the providers."""
    return ReferencePage(
        header=header(ALL_FILES, "docs/reference.md.jinja"),
        title=literal("All providers"),
        introduction=(
            literal("Each provider is a package of its own, with a sync and an async client."),
        ),
        sections=(
            Section(
                title=literal("Packages"),
                table=table(
                    ("Provider", "Client", "Endpoints", "Summary"),
                    (
                        (
                            link_to(
                                markdown_text(one.title), provider_page(one), on=PROVIDERS_PAGE
                            ),
                            markdown_code(one.client_class),
                            number(len(list(one.endpoints()))),
                            markdown_cell(one.summary),
                        )
                        for one in api.providers
                    ),
                ),
            ),
        ),
    )


def paging_view(api: Api) -> ReferencePage:
    """Compare the paging styles, and name the endpoints that use them."""
    return ReferencePage(
        header=header(ALL_FILES, "docs/reference.md.jinja"),
        title=literal("Paging"),
        introduction=(
            literal(
                "A paged method gives a pager. Iterating over it fetches pages as it goes and gives every record "
                "once and in order; `.pages()` gives the pages themselves. `size=`, `start=`, `max_items=`, "
                "`prefetch=` and `resume=` are the same for every style."
            ),
        ),
        sections=tuple(
            _paging_section(provider) for provider in api.providers if provider.paging_styles
        ),
    )


def _paging_section(provider: Provider) -> Section:
    users = (
        join(
            link_to(markdown_code(one.full_name), endpoint_page(provider, one), on=PAGING_PAGE),
            literal(" ("),
            markdown_code(one.paging.name),
            literal(")"),
        )
        for one in provider.endpoints()
        if one.paging is not None
    )
    return Section(
        title=markdown_text(provider.title),
        paragraphs=(join(literal("Used by "), listing(users), literal(".")),),
        table=paging_table(provider.paging_styles),
    )


def completeness_view(api: Api) -> ReferencePage:
    """Say of each endpoint how much of it is known."""
    return ReferencePage(
        header=header(ALL_FILES, "docs/reference.md.jinja"),
        title=literal("Completeness"),
        introduction=(
            literal(
                "Nothing is guessed: what the pages that were read do not say is left out, and listed here. "
                "Deviations are places where a page contradicts itself or another; each endpoint's page tells "
                "them and what the client does."
            ),
        ),
        sections=filled(
            *(_completeness_section(provider) for provider in api.providers),
            *(_left_out_section(provider) for provider in api.providers),
        ),
    )


def _completeness_section(provider: Provider) -> Section:
    endpoints = list(provider.endpoints())
    complete = sum(one.status == "complete" for one in endpoints)
    return Section(
        title=markdown_text(provider.title),
        paragraphs=(
            join(
                number(complete),
                literal(" of "),
                number(len(endpoints)),
                literal(" endpoints are complete."),
            ),
        ),
        table=table(
            ("Endpoint or push", "Path", "Status", "Missing", "Deviations"),
            (
                *(_row(one, endpoint_page(provider, one), one.path) for one in endpoints),
                *(
                    _row(push, push_page(provider, push), SpecText("push"))
                    for resource in provider.resources
                    for push in resource.pushes
                ),
            ),
        ),
    )


def _row(one: Endpoint | Push, page: str, path: SpecText) -> tuple[Rendered, ...]:
    return (
        link_to(markdown_code(one.full_name), page, on=COMPLETENESS_PAGE),
        markdown_code(path),
        markdown_text(one.status),
        _missing(one.missing),
        number(len(one.deviations)),
    )


def _missing(missing: tuple[SpecText, ...]) -> Rendered:
    return rendered_join(" ", map(markdown_cell, missing))


def _left_out_section(provider: Provider) -> Section:
    """List the endpoints that are known of and not described, with the reason."""
    return Section(
        title=join(markdown_text(provider.title), literal(": left out")),
        table=table(
            ("Endpoint", "HTTP", "What it does", "Why it is left out", "What is known"),
            (
                (
                    markdown_code(f"{resource.name}.{one.name}"),
                    markdown_code(one.http),
                    markdown_cell(one.summary),
                    markdown_cell(one.reason),
                    markdown_cell(one.known),
                )
                for resource in provider.resources
                for one in resource.left_out
            ),
        ),
    )
