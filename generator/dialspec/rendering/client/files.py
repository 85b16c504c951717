"""All files of the client packages: path below the output folder -> source text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialspec.rendering.client.client import client_module
from dialspec.rendering.client.codes import codes_module
from dialspec.rendering.client.enums import enum_modules
from dialspec.rendering.client.header import header
from dialspec.rendering.client.models import model_modules
from dialspec.rendering.client.package import package_module
from dialspec.rendering.client.pushes import pushes_module
from dialspec.rendering.client.resources import resource_module
from dialspec.rendering.text import Rendered, docstring, identifier, literal, module_path

if TYPE_CHECKING:
    from jinja2 import Environment

    from dialspec.api import Api, Provider


@dataclass(frozen=True, slots=True)
class _Heading:
    """A module that holds nothing but its docstring."""

    header: Rendered
    docstring: Rendered


def render_clients(api: Api, environment: Environment, package: str) -> dict[str, str]:
    """Render every client package below the package `package`."""
    return dict(client_files(api, environment, package))


def client_files(api: Api, environment: Environment, package: str) -> Iterator[tuple[str, str]]:
    """Give path and text of each file of the client packages, one after the other."""
    folder = module_path(package).replace(".", "/")
    yield f"{folder}/__init__.py", _heading(environment, api)
    yield f"{folder}/py.typed", ""
    for provider in api.providers:
        for path, text in _provider_files(provider, environment):
            yield f"{folder}/{identifier(provider.name)}/{path}", text


def _heading(environment: Environment, api: Api) -> str:
    heading = _Heading(
        header(file for provider in api.providers for file in provider.files),
        docstring([literal("Typed clients for vendors of outbound calling, one package each.")], 0),
    )
    return _render(environment, "subpackage", heading)


def _provider_files(provider: Provider, environment: Environment) -> Iterator[tuple[str, str]]:
    yield "__init__.py", _render(environment, "package", package_module(provider))
    yield "client.py", _render(environment, "client", client_module(provider))
    yield "errors.py", _render(environment, "errors", codes_module(provider))
    for folder, said in _SUBPACKAGES.items():
        heading = _Heading(header(provider.files), docstring([(said, provider.title)], 0))
        yield f"{folder}/__init__.py", _render(environment, "subpackage", heading)
    for enums in enum_modules(provider):
        yield f"enums/{identifier(enums.name)}.py", _render(environment, "enums", enums)
    for models in model_modules(provider):
        yield f"models/{identifier(models.name)}.py", _render(environment, "models", models)
    if any(resource.pushes for resource in provider.resources):
        yield "pushes.py", _render(environment, "pushes", pushes_module(provider))
    for resource in provider.resources:
        module = resource_module(provider, resource)
        yield f"resources/{identifier(resource.name)}.py", _render(environment, "resource", module)


_SUBPACKAGES = {
    "enums": literal("Enums of"),
    "models": literal("Models of"),
    "resources": literal("Resources of"),
}


def _render(environment: Environment, template: str, module: object) -> str:
    text = environment.get_template(f"client/{template}.py.jinja").render(module=module)
    return text.rstrip("\n") + "\n"
