"""The index of a provider's API, from wire paths to methods, and the page of all its enums."""

from __future__ import annotations

from dataclasses import dataclass

from dialspec.api import Endpoint, Provider, Push
from dialspec.rendering.docs.blocks import Table, join, link_to, listing, table
from dialspec.rendering.docs.paths import endpoint_page, index_page, push_page
from dialspec.rendering.docs.pieces import EnumSection, enum_section, header
from dialspec.rendering.docs.types import type_code
from dialspec.rendering.text import Rendered, literal, markdown_cell, markdown_code, markdown_text


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
    if endpoint.response.nullable and endpoint.paging is None:
        result = f"{result} | None"
    return markdown_code(f"Pager[{result}]" if endpoint.paging is not None else result)


def enums_view(provider: Provider) -> EnumsPage:
    """Show every enum."""
    return EnumsPage(
        header=header(provider.files, "docs/enums.md.jinja"),
        title=join(markdown_text(provider.title), literal(": enums")),
        enums=tuple(map(enum_section, provider.enums)),
    )


def standing(item: Endpoint | Push) -> Rendered:
    """Name what is not complete, inferred or deprecated; nothing otherwise."""
    parts = [] if item.status == "complete" else [markdown_text(item.status)]
    if isinstance(item, Endpoint) and item.deprecated is not None:
        parts.append(literal("deprecated"))
    return listing(parts)
