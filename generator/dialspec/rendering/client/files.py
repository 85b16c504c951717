"""All files of the client packages: path below the output folder -> source text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialspec.rendering.client.client import client_module
from dialspec.rendering.client.codes import codes_module
from dialspec.rendering.client.enums import enum_module
from dialspec.rendering.client.header import header
from dialspec.rendering.client.models import model_module
from dialspec.rendering.client.package import package_module
from dialspec.rendering.client.pushes import pushes_module
from dialspec.rendering.client.resources import resource_module
from dialspec.rendering.parts import parts_of
from dialspec.rendering.text import Rendered, docstring, identifier, literal, module_path

if TYPE_CHECKING:
    from jinja2 import Environment

    from dialspec.api import Api, Provider
    from dialspec.rendering.parts import Part


@dataclass(frozen=True, slots=True)
class _Heading:
    """A module that holds nothing but its docstring."""

    header: Rendered
    docstring: Rendered


def render_clients(api: Api, environment: Environment, package: str) -> dict[str, str]:
    """Render every client package below the package `package`."""
    files = dict(package_files(api, environment, package))
    for provider in api.providers:
        files.update(provider_files(provider, environment, package))
        for part in parts_of(provider):
            files.update(part_files(part, environment, package))
    return files


def package_files(api: Api, environment: Environment, package: str) -> Iterator[tuple[str, str]]:
    """Give path and text of what the packages of all providers have in common."""
    folder = module_path(package).replace(".", "/")
    heading = _Heading(
        header(file for provider in api.providers for file in provider.files),
        docstring([literal("Typed clients for vendors of outbound calling, one package each.")], 0),
    )
    yield f"{folder}/__init__.py", _render(environment, "subpackage", heading)
    yield f"{folder}/py.typed", ""


def provider_files(
    provider: Provider, environment: Environment, package: str
) -> Iterator[tuple[str, str]]:
    """Give path and text of the modules that are about a provider as a whole."""
    folder = _folder(provider, package)
    yield f"{folder}/__init__.py", _render(environment, "package", package_module(provider))
    yield f"{folder}/client.py", _render(environment, "client", client_module(provider))
    yield f"{folder}/errors.py", _render(environment, "errors", codes_module(provider))
    for name, said in _SUBPACKAGES.items():
        heading = _Heading(header(provider.files), docstring([(said, provider.title)], 0))
        yield f"{folder}/{name}/__init__.py", _render(environment, "subpackage", heading)
    if any(resource.pushes for resource in provider.resources):
        yield f"{folder}/pushes.py", _render(environment, "pushes", pushes_module(provider))


def part_files(part: Part, environment: Environment, package: str) -> Iterator[tuple[str, str]]:
    """Give path and text of the modules of a part."""
    folder, name = _folder(part.provider, package), identifier(part.name)
    enums = enum_module(part.provider, part.name)
    if enums is not None:
        yield f"{folder}/enums/{name}.py", _render(environment, "enums", enums)
    models = model_module(part.provider, part.name)
    if models is not None:
        yield f"{folder}/models/{name}.py", _render(environment, "models", models)
    if part.resource is not None:
        module = resource_module(part.provider, part.resource)
        yield f"{folder}/resources/{name}.py", _render(environment, "resource", module)


def _folder(provider: Provider, package: str) -> str:
    return f"{module_path(package).replace('.', '/')}/{identifier(provider.name)}"


_SUBPACKAGES = {
    "enums": literal("Enums of"),
    "models": literal("Models of"),
    "resources": literal("Resources of"),
}


def _render(environment: Environment, template: str, module: object) -> str:
    text = environment.get_template(f"client/{template}.py.jinja").render(module=module)
    return text.rstrip("\n") + "\n"
