"""`dialspec generate`: regenerate, or check that the output is fresh."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dialspec.cache.runs import Generated, Inputs, Runs
from dialspec.cli.options import FOLDER, format_option, reported, specs_option
from dialspec.places import DEFAULT_OUT, DEFAULT_PACKAGE, DEFAULT_SPECS
from dialspec.publish import PublishError, check, digest, holds, publish, write_file

if TYPE_CHECKING:
    from dialspec.api import Api
    from dialspec.cache.parts import EarlierParts
    from dialspec.pipeline import Built, Project
    from dialspec.publish import Drift


_GARBAGE: Final = (100_000, 20, 100)


def _checked_package(_context: click.Context, _option: click.Parameter, name: str) -> str:
    if name == DEFAULT_PACKAGE:
        return name
    from dialspec.rendering.text import module_path

    try:
        return module_path(name)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command("generate")
@specs_option
@click.option(
    "--out", type=FOLDER, default=DEFAULT_OUT, show_default=True, help="Folder of the output."
)
@click.option(
    "--package",
    default=DEFAULT_PACKAGE,
    show_default=True,
    callback=_checked_package,
    help="Name of the client package.",
)
@click.option("--templates", type=FOLDER, help="Folder of templates that override blocks of ours.")
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit 1 if something would change."
)
@click.option("--diff", "show_diff", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--force",
    multiple=True,
    metavar="PATH",
    help="Overwrite this file though it was edited by hand.",
)
@format_option
def command(
    specs: Path | None,
    out: Path,
    package: str,
    templates: Path | None,
    only_check: bool,
    show_diff: bool,
    force: tuple[str, ...],
    output_format: str,
) -> None:
    """Regenerate clients and docs from specs.

    Everything is made in memory first; then only what changed is written, all or nothing. Files that were edited by
    hand are never overwritten silently, and files that are not ours are never touched.
    """
    folder = specs or DEFAULT_SPECS
    settings = (package, "" if templates is None else str(templates.resolve()))
    runs, inputs = Runs.of_user(), Inputs.of(folder, settings, templates)
    earlier = runs.generated(folder, settings)
    if (
        earlier is not None
        and earlier.inputs == inputs
        and not force
        and output_format == "text"
        and _stands(earlier, folder, out)
    ):
        if not (only_check or show_diff):
            _conclude(out, 0, 0, len(earlier.files))
        return
    from dialspec.cache.parts import EarlierParts
    from dialspec.pipeline import Project, read

    # Nearly all that a run makes it needs to its end: looking for garbage often would find none.
    gc.set_threshold(*_GARBAGE)
    with reported(output_format) as diagnostics:
        # The loaded files are let go at once: they take more memory than what is resolved from them.
        api = read(folder, diagnostics)[1]
        parts = None if inputs is None else EarlierParts(inputs.tool, out, earlier)
        built = _built(Project(folder, package, templates), api, parts)
    files = built.files
    if inputs is not None and not diagnostics and inputs == Inputs.of(folder, settings, templates):
        runs.remember_generated(folder, settings, _run(inputs, built))
    try:
        if only_check or show_diff:
            drift = check(files, out)
            stale = _schema_is_stale(folder)
            _show(drift, stale, folder)
            if only_check and (drift or stale):
                raise SystemExit(1)
            return
        publication = publish(files, out, force=frozenset(force))
        _write_schema(folder)
    except PublishError as error:
        click.echo(f"dialspec: {error}", err=True)
        raise SystemExit(3) from None
    _conclude(out, len(publication.written), len(publication.removed), len(publication.unchanged))


def _stands(run: Generated, specs: Path, out: Path) -> bool:
    """Whether all that an earlier run made is there, so that making it again would change nothing."""
    try:
        schema = (specs / "schema.json").read_bytes()
    except OSError:
        return False
    return digest(schema) == run.schema and holds(out, run.files)


def _run(inputs: Inputs, built: Built) -> Generated:
    from dialspec.spec.schema import schema_text

    hashes = {
        path: digest(text.encode("utf-8", "surrogatepass")) for path, text in built.files.items()
    }
    return Generated(inputs, hashes, digest(schema_text().encode()), built.parts)


def _conclude(out: Path, written: int, removed: int, unchanged: int) -> None:
    click.echo(f"{out}: {written} written, {removed} removed, {unchanged} unchanged", err=True)


def _built(project: Project, api: Api, earlier: EarlierParts | None) -> Built:
    """Build; a mistake in a user's own template is told in one line, one in ours is a traceback."""
    from jinja2 import TemplateError

    from dialspec.formatting import FormattingError
    from dialspec.pipeline import rebuild
    from dialspec.rendering.check import UnexpectedShape

    try:
        return rebuild(project, api, earlier)
    except (TemplateError, FormattingError, UnexpectedShape) as error:
        if project.overrides is None:
            raise
        click.echo(f"dialspec: {project.overrides}: {error}", err=True)
        raise SystemExit(1) from None


def _show(drift: Drift, schema_is_stale: bool, specs: Path) -> None:
    if drift.diff:
        click.echo(drift.diff, nl=False)
    for title, paths in (
        ("missing", drift.missing),
        ("changed", drift.changed),
        ("surplus", drift.surplus),
    ):
        for path in paths:
            click.echo(f"{title}: {path}", err=True)
    if schema_is_stale:
        click.echo(f"changed: {specs / 'schema.json'}", err=True)
    if drift or schema_is_stale:
        click.echo("run `dialspec generate` and commit what it writes", err=True)


def _schema_is_stale(specs: Path) -> bool:
    from dialspec.spec.schema import schema_text

    path = specs / "schema.json"
    return not path.is_file() or path.read_text(encoding="utf-8") != schema_text()


def _write_schema(specs: Path) -> None:
    from dialspec.spec.schema import schema_text

    if _schema_is_stale(specs):
        write_file(specs / "schema.json", schema_text().encode())
