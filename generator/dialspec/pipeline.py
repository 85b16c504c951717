"""The whole flow: specs -> loaded -> resolved -> rendered -> formatted, in memory.

Nothing is written here; `dialspec.publish` does that with what `build` gives. Same specs and templates, same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialspec.places import DEFAULT_PACKAGE, our_templates
from dialspec.resolve import resolve
from dialspec.spec.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from dialspec.api import Api
    from dialspec.diagnostics.diagnostic import Diagnostics
    from dialspec.spec.loaded import LoadedSpecs


@dataclass(frozen=True, slots=True)
class Project:
    """What to generate: specs, the name of the package, and a folder of templates that override blocks of ours."""

    specs: Path
    package: str = DEFAULT_PACKAGE
    overrides: Path | None = None


def read(specs: Path, diagnostics: Diagnostics) -> tuple[LoadedSpecs, Api]:
    """Load and resolve a folder of specs.

    Raises:
        SpecErrors: something is wrong; `diagnostics` has all of it.
    """
    loaded = load(specs, diagnostics)
    return loaded, resolve(loaded, diagnostics)


def build(project: Project, api: Api) -> dict[str, str]:
    """Render and format everything generated: path below the output folder -> text.

    What is checked is what will be written, so that not even a damaged cache of formatted text gets past.

    Raises:
        FormattingError: a rendered module is no Python.
        UnexpectedShape: a rendered module holds a statement that our templates do not make.
    """
    from dialspec.formatting import format_modules
    from dialspec.rendering.check import check_markdown, check_module
    from dialspec.rendering.client.files import render_clients
    from dialspec.rendering.docs import render_docs
    from dialspec.rendering.environment import environment

    templates = environment(our_templates(), project.overrides)
    clients = render_clients(api, templates, project.package)
    modules = {path: text for path, text in clients.items() if path.endswith(".py")}
    pages = render_docs(api, templates, project.package)
    formatted = format_modules(modules)
    for path, text in formatted.items():
        check_module(path, text, own_templates=project.overrides is not None)
    for path, text in pages.items():
        check_markdown(path, text)
    return {**clients, **formatted, **pages}
