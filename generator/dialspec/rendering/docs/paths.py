"""Where each generated page is: paths from the root of the generated docs, made of checked names only."""

from __future__ import annotations

from typing import Final

from dialspec.api import Endpoint, Provider, Push

PROVIDERS_PAGE: Final = "providers.md"
ERRORS_PAGE: Final = "reference/errors.md"
RETRIES_PAGE: Final = "reference/retries.md"
PAGING_PAGE: Final = "reference/paging.md"
COMPLETENESS_PAGE: Final = "reference/completeness.md"
DIAGNOSTICS_PAGE: Final = "reference/diagnostics.md"
LANGUAGE_PAGE: Final = "reference/spec-language.md"
FAULTS_PAGE: Final = "reference/simulated-faults.md"


def provider_page(provider: Provider) -> str:
    """The overview of a provider."""
    return f"{provider.name}/index.md"


def index_page(provider: Provider) -> str:
    """The index from wire paths to methods."""
    return f"{provider.name}/api.md"


def enums_page(provider: Provider) -> str:
    """All enums of a provider."""
    return f"{provider.name}/enums.md"


def endpoint_page(provider: Provider, endpoint: Endpoint) -> str:
    """The page of an endpoint; the clients name it, without its suffix, in their exceptions."""
    return f"{provider.name}/{endpoint.resource}/{endpoint.name}.md"


def push_page(provider: Provider, push: Push) -> str:
    """The page of a push."""
    return f"{provider.name}/{push.resource}/push_{push.name}.md"
