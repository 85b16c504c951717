"""`dialspec generate`: regenerate, or check that the output is fresh."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialspec.cli.options import FOLDER, format_option, reported, specs_option
from dialspec.pipeline import Project, build, read
from dialspec.places import DEFAULT_OUT, DEFAULT_PACKAGE, DEFAULT_SPECS
from dialspec.publish import PublishError, check, publish, write_file
from dialspec.spec.schema import schema_text

if TYPE_CHECKING:
    from dialspec.api import Api
    from dialspec.publish import Drift


def _checked_package(_context: click.Context, _option: click.Parameter, name: str) -> str:
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
    with reported(output_format) as diagnostics:
        _, api = read(folder, diagnostics)
        files = _built(Project(folder, package, templates), api)
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
    click.echo(
        f"{out}: {len(publication.written)} written, {len(publication.removed)} removed, "
        f"{len(publication.unchanged)} unchanged",
        err=True,
    )


def _built(project: Project, api: Api) -> dict[str, str]:
    """Build; a mistake in a user's own template is told in one line, one in ours is a traceback."""
    from jinja2 import TemplateError

    from dialspec.formatting import FormattingError
    from dialspec.rendering.check import UnexpectedShape

    try:
        return build(project, api)
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
    path = specs / "schema.json"
    return not path.is_file() or path.read_text(encoding="utf-8") != schema_text()


def _write_schema(specs: Path) -> None:
    if _schema_is_stale(specs):
        write_file(specs / "schema.json", schema_text().encode())
