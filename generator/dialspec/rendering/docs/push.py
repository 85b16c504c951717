"""The page of one push: a payload that the vendor sends to an address of the customer's."""

from __future__ import annotations

from dataclasses import dataclass

from dialspec.api import Provider, Push
from dialspec.rendering.docs.blocks import Table, join
from dialspec.rendering.docs.pieces import (
    EnumSection,
    ExampleSection,
    Status,
    TypeSection,
    deviations_table,
    enum_sections,
    example_sections,
    header,
    source_lines,
    status_of,
    type_sections,
)
from dialspec.rendering.docs.push_samples import fastapi_sample, starlette_sample
from dialspec.rendering.docs.types import type_code
from dialspec.rendering.text import Rendered, fence, literal, markdown_code, markdown_text


@dataclass(frozen=True, slots=True)
class PushPage:
    """Everything that the page of a push shows."""

    header: Rendered
    title: Rendered
    summary: Rendered
    description: Rendered | None
    status: Status | None
    payload: Rendered
    function: Rendered
    starlette: Rendered
    fastapi: Rendered
    answer: Rendered | None
    answer_body: Rendered | None
    repeats: Rendered | None
    types: tuple[TypeSection, ...]
    enums: tuple[EnumSection, ...]
    deviations: Table
    examples: tuple[ExampleSection, ...]
    notes: tuple[Rendered, ...]
    sources: tuple[Rendered, ...]


def push_view(provider: Provider, push: Push, package: str) -> PushPage:
    """Describe a push; `package` holds the generated clients."""
    place = ".".join(push.at)
    payload = markdown_code(type_code(push.payload))
    return PushPage(
        header=header([push.origin.file], "docs/push.md.jinja"),
        title=markdown_code(f"{provider.name}.{push.resource}.{push.name}"),
        summary=markdown_text(push.summary),
        description=markdown_text(push.description) if push.description else None,
        status=status_of(push.status, map(markdown_text, push.missing)),
        payload=join(payload, literal(" under "), markdown_code(place)) if place else payload,
        function=markdown_code(push.function),
        starlette=fence("python", starlette_sample(provider, push, package)),
        fastapi=fence("python", fastapi_sample(provider, push, package)),
        answer=markdown_text(push.answer) if push.answer else None,
        answer_body=markdown_code(push.answer_body) if push.answer_body else None,
        repeats=markdown_text(push.repeats) if push.repeats else None,
        types=type_sections(provider, [push.payload]),
        enums=enum_sections(provider, [push.payload]),
        deviations=deviations_table(push.deviations),
        examples=example_sections(push.examples),
        notes=tuple(map(markdown_text, push.notes)),
        sources=source_lines([push.source] if push.source else ()),
    )
