"""Second stage: from loaded specs to the resolved `Api`.

In: `LoadedSpecs`, whose every node knows its place. Out: `Api`, frozen and settled. Refused, each with its place:
what is named but not defined, names that collide or that Python, pydantic or the runtime already use, paging and
results that point nowhere, and a brand that inherits what its platform lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialspec.api import Api, Provider
from dialspec.resolve.context import Context
from dialspec.resolve.provider import resolve_provider

if TYPE_CHECKING:
    from dialspec.diagnostics.diagnostic import Diagnostics
    from dialspec.spec.loader import LoadedSpecs


def resolve(loaded: LoadedSpecs, diagnostics: Diagnostics) -> Api:
    """Settle all specs into one `Api`.

    Raises:
        SpecErrors: if anything is wrong; `diagnostics` then holds all that was found.
    """
    platforms = {platform.file.model.platform: platform for platform in loaded.platforms}
    providers: list[Provider] = []
    for provider in loaded.providers:
        if not loaded.is_complete(provider):
            continue  # What it lacks was refused and reported; all that refers to it would be noise.
        context = Context.of(provider, platforms, diagnostics)
        if context is not None:
            providers.append(resolve_provider(context))
    diagnostics.raise_for_errors()
    return Api(tuple(sorted(providers, key=lambda provider: provider.name)))
