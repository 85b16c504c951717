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
from dialspec.rendering.docs.paths import (
    endpoint_page,
    enums_page,
    index_page,
    provider_page,
)
from dialspec.rendering.docs.provider import enums_view, index_view, provider_view

if TYPE_CHECKING:
    from jinja2 import Environment

    from dialspec.api import Api, Provider

ROOT: Final = "docs"


def render_docs(
    api: Api, environment: Environment, package: str = DEFAULT_PACKAGE
) -> dict[str, str]:
    """Render every page; `package` is the import path of the clients that the samples use."""
    return {
        f"{ROOT}/{path}": _render(environment, template, view)
        for provider in api.providers
        for path, template, view in _provider_pages(provider, package)
    }


def _provider_pages(provider: Provider, package: str) -> Iterator[tuple[str, str, object]]:
    yield provider_page(provider), "provider", provider_view(provider)
    yield index_page(provider), "api", index_view(provider)
    if provider.enums:
        yield enums_page(provider), "enums", enums_view(provider)
    for endpoint in provider.endpoints():
        view = endpoint_view(provider, endpoint, package)
        yield endpoint_page(provider, endpoint), "endpoint", view


def _render(environment: Environment, template: str, page: object) -> str:
    return tidy(environment.get_template(f"docs/{template}.md.jinja").render(page=page))


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
