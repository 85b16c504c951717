"""What an editor offers after `nio.` is resources and a few methods of the client; after `nio.agents.`, methods."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from catalogue import API
from dialspec.api import Provider, Resource
from language_server import language_server

OF_EVERY_CLIENT = {"from_env", "with_options", "with_raw_response", "clock_offset"}
PROVIDERS = [pytest.param(provider, id=provider.name) for provider in API.providers]
RESOURCES = [
    pytest.param(provider, resource, id=f"{provider.name}-{resource.name}")
    for provider in API.providers
    for resource in provider.resources
]


def offered(target: object) -> set[str]:
    """The public names of a class or an object."""
    return {name for name in dir(target) if not name.startswith("_")}


def resources(provider: Provider) -> set[str]:
    """The resources of a provider, under their older names too."""
    older = {name for endpoint in provider.endpoints() for name, _ in endpoint.aliases}
    return {str(resource.name) for resource in provider.resources if resource.endpoints} | older


def methods(resource: Resource) -> set[str]:
    """The methods of a resource, under their older names too."""
    older = {name for endpoint in resource.endpoints for _, name in endpoint.aliases}
    return {str(endpoint.name) for endpoint in resource.endpoints} | older


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_client_offers_its_resources_and_a_few_methods(provider: Provider) -> None:
    package = import_module(f"dialspec_clients.{provider.name}")
    sync = getattr(package, provider.client_class)
    awaited = getattr(package, f"Async{provider.client_class}")
    assert offered(sync) == resources(provider) | OF_EVERY_CLIENT | {"close"}
    assert offered(awaited) == resources(provider) | OF_EVERY_CLIENT | {"aclose"}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_client_in_raw_mode_offers_resources_only(provider: Provider) -> None:
    module = import_module(f"dialspec_clients.{provider.name}.client")
    for prefix in ("", "Async"):
        raw = getattr(module, f"{prefix}{provider.client_class}WithRawResponse")
        assert offered(raw) == resources(provider)


@pytest.mark.parametrize(("provider", "resource"), RESOURCES)
def test_a_resource_offers_methods_only(provider: Provider, resource: Resource) -> None:
    if not resource.endpoints:
        pytest.skip("a resource of pushes only has no methods")
    module = import_module(f"dialspec_clients.{provider.name}.resources.{resource.name}")
    for prefix in ("", "Async"):
        made: Any = getattr(module, f"{prefix}{resource.class_name}Resource")
        assert offered(made) == methods(resource)
        assert all(inspect.isfunction(getattr(made, name)) for name in methods(resource))
        raw = getattr(module, f"{prefix}{resource.class_name}WithRawResponse")(made(None))
        assert offered(raw) == methods(resource)
        assert all(inspect.ismethod(getattr(raw, name)) for name in methods(resource))


@pytest.mark.slow
def test_an_editor_completes_just_these(tmp_path: Path) -> None:
    lines: list[str] = []
    expected: dict[int, set[str]] = {}

    def complete(text: str, names: set[str]) -> None:
        expected[len(lines)] = names
        lines.append(text)

    for provider in API.providers:
        client, first = provider.client_class, provider.resources[0]
        lines.append(f"from dialspec_clients.{provider.name} import Async{client}, {client}")
        lines.append(f"def use_{provider.name}(sync: {client}, awaited: Async{client}) -> None:")
        complete("    sync.", resources(provider) | OF_EVERY_CLIENT | {"close"})
        complete("    awaited.", resources(provider) | OF_EVERY_CLIENT | {"aclose"})
        complete("    sync.with_raw_response.", resources(provider))
        complete(f"    sync.{first.name}.", methods(first))
        complete(f"    awaited.with_raw_response.{first.name}.", methods(first))
    with language_server(tmp_path, "\n".join(lines) + "\n") as server:
        for number, names in expected.items():
            assert server.completions(number, len(lines[number])) == names, lines[number]
