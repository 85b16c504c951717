"""The whole flow: specs -> loaded -> resolved -> rendered -> formatted, in memory.

Nothing is written here; `dialspec.publish` does that with what `build` gives. Same specs and templates, same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
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
    from dialspec.formatting import Formatter
    from dialspec.rendering.check import check_markdown, check_module
    from dialspec.rendering.client.files import client_files
    from dialspec.rendering.docs import render_docs
    from dialspec.rendering.environment import environment

    templates = environment(our_templates(), project.overrides)
    check = partial(check_module, own_templates=project.overrides is not None)
    with Formatter(check=check) as formatter:
        others: dict[str, str] = {}
        for path, text in client_files(api, templates, project.package):
            if path.endswith(".py"):
                formatter.add(path, text)
            else:
                others[path] = text
        # Meanwhile, other processes may format and check modules.
        pages = render_docs(api, templates, project.package)
        for path, text in pages.items():
            check_markdown(path, text)
        modules = formatter.finish()
    return {**others, **modules, **pages}
