"""The whole flow: specs -> loaded -> resolved -> rendered -> formatted, in memory.

Nothing is written here; `dialspec.publish` does that with what `build` gives. Same specs and templates, same bytes.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from dialspec.places import DEFAULT_PACKAGE, as_shown, our_specs, our_templates
from dialspec.resolve import resolve
from dialspec.spec.loader import load

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from pathlib import Path, PurePosixPath

    from jinja2 import Environment

    from dialspec.api import Api
    from dialspec.diagnostics.diagnostic import Diagnostics
    from dialspec.formatting import Formatter
    from dialspec.rendering.parts import Part
    from dialspec.spec.loaded import LoadedSpecs


@dataclass(frozen=True, slots=True)
class Project:
    """What to generate: specs, the name of the package, and a folder of templates that override blocks of ours."""

    specs: Path
    package: str = DEFAULT_PACKAGE
    overrides: Path | None = None


class Earlier(Protocol):
    """What earlier runs left behind."""

    def key_of(self, part: Part) -> str:
        """A name for a part and all that its files depend on."""
        ...

    def files_of(self, key: str) -> Mapping[str, str] | None:
        """The files that a part of this key gave, by path; None if there was none or they are not there any more."""
        ...


@dataclass(slots=True)
class Built:
    """Everything generated: path below the output folder -> text; and the paths that each part gave, by its key."""

    files: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)


def read(
    specs: Path, diagnostics: Diagnostics, shown: PurePosixPath | None = None
) -> tuple[LoadedSpecs, Api]:
    """Load and resolve a folder of specs, which messages call `shown`, or else by its bare name.

    Raises:
        SpecErrors: something is wrong; `diagnostics` has all of it.
    """
    loaded = load(specs, diagnostics, shown=shown)
    return loaded, resolve(loaded, diagnostics)


def api_of(specs: Path | None = None) -> Api:
    """Read a folder of specs at once; without one, the specs that come with dialspec.

    Raises:
        SpecErrors: something is wrong; its text names the first of all problems.
    """
    from dialspec.diagnostics.diagnostic import Diagnostics

    folder = our_specs() if specs is None else specs
    return read(folder, Diagnostics(), as_shown(folder))[1]


def build(project: Project, api: Api) -> dict[str, str]:
    """Render and format everything generated: path below the output folder -> text.

    Raises:
        FormattingError, UnexpectedShape, OverrideError: as `rebuild` does.
    """
    return rebuild(project, api, None).files


def rebuild(project: Project, api: Api, earlier: Earlier | None) -> Built:
    """Render and format everything generated, but for parts whose files an earlier run made from just the same.

    What is checked is what will be written, so that not even a damaged cache of formatted text gets past.

    Raises:
        FormattingError: a rendered module is no Python.
        UnexpectedShape: a rendered module holds a statement that our templates do not make.
        OverrideError: a mistake in one of the templates that override ours.
    """
    from dialspec.formatting import Formatter
    from dialspec.rendering.check import check_module
    from dialspec.rendering.environment import environment

    templates = environment(our_templates(), project.overrides)
    check = partial(check_module, own_templates=project.overrides is not None)
    with _mistakes_placed(templates, project.overrides), Formatter(check=check) as formatter:
        built = _render(api, templates, project.package, formatter, earlier)
        built.files.update(formatter.finish())
    return built


@contextmanager
def _mistakes_placed(templates: Environment, overrides: Path | None) -> Generator[None]:
    """Look through a user's own templates first; then tell what fails in one of them with its place."""
    if overrides is None:
        yield
        return
    from dialspec.rendering.overrides import check_overrides, mistake_in

    check_overrides(templates, our_templates(), overrides)
    try:
        yield
    except Exception as error:
        mistake = mistake_in(overrides, error)
        if mistake is None:
            raise
        raise mistake from error


def _render(
    api: Api,
    templates: Environment,
    package: str,
    formatter: Formatter,
    earlier: Earlier | None,
) -> Built:
    """Render all files; modules go to the formatter, which may work on them meanwhile."""
    from dialspec.rendering.client.files import package_files, part_files, provider_files
    from dialspec.rendering.docs.files import overview_pages, part_pages
    from dialspec.rendering.parts import parts_of

    built = Built()
    changed: list[tuple[Part, list[str]]] = []

    def take(files: Iterator[tuple[str, str]]) -> list[str]:
        paths: list[str] = []
        for path, text in files:
            paths.append(path)
            _take(path, text, built.files, formatter)
        return paths

    take(package_files(api, templates, package))
    for provider in api.providers:
        take(provider_files(provider, templates, package))
        for part in parts_of(provider):
            key = "" if earlier is None else earlier.key_of(part)
            known = None if earlier is None else earlier.files_of(key)
            if known is None:
                paths = take(part_files(part, templates, package))
                changed.append((part, paths))
            else:
                paths = list(known)
                built.files.update(known)
            built.parts[key] = paths
    take(overview_pages(api, templates))
    for part, paths in changed:
        paths += take(part_pages(part, templates, package))
    return built


def _take(path: str, text: str, files: dict[str, str], formatter: Formatter) -> None:
    from dialspec.rendering.check import check_markdown

    if path.endswith(".py"):
        formatter.add(path, text)
        return
    if path.endswith(".md"):
        check_markdown(path, text)
    files[path] = text
