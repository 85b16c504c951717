"""The generated docs: from the resolved API to Markdown pages.

In: the `Api` and the Jinja environment. Out: path below the output folder -> text, all under `docs/`. The pages link
to each other only, so that they read as well in a repository browser as on a site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from dialspec.places import DEFAULT_PACKAGE
from dialspec.rendering.docs.endpoint import endpoint_view
from dialspec.rendering.docs.errors_page import errors_view
from dialspec.rendering.docs.index import enums_view, index_view
from dialspec.rendering.docs.paths import (
    COMPLETENESS_PAGE,
    DIAGNOSTICS_PAGE,
    ERRORS_PAGE,
    FAULTS_PAGE,
    LANGUAGE_PAGE,
    PAGING_PAGE,
    PROVIDERS_PAGE,
    RETRIES_PAGE,
    endpoint_page,
    enums_page,
    index_page,
    provider_page,
    push_page,
)
from dialspec.rendering.docs.provider import provider_view
from dialspec.rendering.docs.push import push_view
from dialspec.rendering.docs.retries_page import retries_view
from dialspec.rendering.docs.survey import completeness_view, paging_view, providers_view
from dialspec.rendering.docs.tool_pages import diagnostics_view, language_view, simulator_view
from dialspec.rendering.parts import parts_of

if TYPE_CHECKING:
    from jinja2 import Environment

    from dialspec.api import Api, Provider
    from dialspec.rendering.parts import Part

ROOT: Final = "docs"


def render_docs(
    api: Api, environment: Environment, package: str = DEFAULT_PACKAGE
) -> dict[str, str]:
    """Render every page; `package` is the import path of the clients that the samples use."""
    pages = dict(overview_pages(api, environment))
    for provider in api.providers:
        for part in parts_of(provider):
            pages.update(part_pages(part, environment, package))
    return pages


def overview_pages(api: Api, environment: Environment) -> Iterator[tuple[str, str]]:
    """Give path and text of the pages that are about all providers, or about one as a whole."""
    for page in _reference_pages(api):
        yield _rendered(environment, page)
    for provider in api.providers:
        for page in _provider_pages(provider):
            yield _rendered(environment, page)


def part_pages(part: Part, environment: Environment, package: str) -> Iterator[tuple[str, str]]:
    """Give path and text of the pages of a part: one for each endpoint, and one for each push."""
    provider = part.provider
    for endpoint in provider.endpoints():
        view = endpoint_view(provider, endpoint, package)
        yield _rendered(environment, (endpoint_page(provider, endpoint), "endpoint", view))
    for resource in provider.resources:
        for push in resource.pushes:
            told = push_view(provider, push, package)
            yield _rendered(environment, (push_page(provider, push), "push", told))


Page = tuple[str, str, object]
"""Its path below `docs/`, its template, its view."""


def _reference_pages(api: Api) -> Iterator[Page]:
    views = {
        PROVIDERS_PAGE: providers_view(api),
        ERRORS_PAGE: errors_view(api),
        RETRIES_PAGE: retries_view(api),
        PAGING_PAGE: paging_view(api),
        COMPLETENESS_PAGE: completeness_view(api),
        DIAGNOSTICS_PAGE: diagnostics_view(),
        LANGUAGE_PAGE: language_view(),
        FAULTS_PAGE: simulator_view(),
    }
    for path, view in views.items():
        yield path, "reference", view


def _provider_pages(provider: Provider) -> Iterator[Page]:
    yield provider_page(provider), "provider", provider_view(provider)
    yield index_page(provider), "api", index_view(provider)
    if provider.enums:
        yield enums_page(provider), "enums", enums_view(provider)


def _rendered(environment: Environment, page: Page) -> tuple[str, str]:
    path, template, view = page
    text = environment.get_template(f"docs/{template}.md.jinja").render(page=view)
    return f"{ROOT}/{path}", tidy(text)


_BLOCK: Final = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
_GAP: Final = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """Leave one empty line where templates left several, but not inside a block of code; end with one newline."""
    parts: list[str] = []
    position = 0
    for block in _BLOCK.finditer(text):
        parts += [_GAP.sub("\n\n", text[position : block.start()]), block[0]]
        position = block.end()
    parts.append(_GAP.sub("\n\n", text[position:]))
    return "".join(parts).strip("\n") + "\n"
