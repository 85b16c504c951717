"""`dialspec generate`: regenerate, or check that the output is fresh."""

from __future__ import annotations

import gc
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dialspec.cache.memory import Memory
from dialspec.cli.options import (
    EXISTING_FOLDER,
    FOLDER,
    format_option,
    package_option,
    reported,
    specs_option,
)
from dialspec.places import DEFAULT_OUT, DEFAULT_SPECS, as_shown
from dialspec.publish import PublishError, check, publish, writing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dialspec.pipeline import Project
    from dialspec.publish import Drift

_GARBAGE: Final = (100_000, 20, 100)


def _check_places(specs: Path, out: Path, package: str) -> None:
    """Refuse folders of which one would be read as part of the other, or written into it."""
    read, written = specs.resolve(), out.resolve()
    if written.is_relative_to(read):
        raise click.BadParameter(
            f"{out} lies in the folder of the specs, {specs}, where it would be read as specs: choose another folder",
            param_hint="--out",
        )
    for name in ("docs", package.split(".")[0]):
        if read.is_relative_to(written / name):
            raise click.BadParameter(
                f"the specs, {specs}, lie in {out / name}, which is generated: choose another folder",
                param_hint="--out",
            )


@click.command("generate")
@specs_option
@click.option(
    "--out", type=FOLDER, default=DEFAULT_OUT, show_default=True, help="Folder of the output."
)
@package_option
@click.option(
    "--templates",
    type=EXISTING_FOLDER,
    help="Folder of templates that override blocks of ours.",
)
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
    _check_places(folder, out, package)
    memory = Memory(folder, package, templates)
    may_skip = not force and output_format == "text"
    unchanged = memory.unchanged_files(out) if may_skip else None
    if unchanged is not None:
        if not (only_check or show_diff):
            _conclude(out, 0, 0, unchanged)
        return
    from dialspec.pipeline import Project

    files = _generated(Project(folder, package, templates), memory, out, output_format)
    try:
        if only_check or show_diff:
            drift = check(files, out)
            stale = _schema_is_stale(folder)
            _show(drift, stale, folder)
            if only_check and (drift or stale):
                raise SystemExit(1)
            return
        with _schema_written(folder):
            publication = publish(files, out, force=frozenset(force))
    except PublishError as error:
        click.echo(f"dialspec: {error}", err=True)
        raise SystemExit(3) from None
    _conclude(out, len(publication.written), len(publication.removed), len(publication.unchanged))


def _conclude(out: Path, written: int, removed: int, unchanged: int) -> None:
    click.echo(f"{out}: {written} written, {removed} removed, {unchanged} unchanged", err=True)


def _generated(
    project: Project, memory: Memory, out: Path, output_format: str
) -> Mapping[str, str]:
    """Generate all files in memory; a mistake in a user's own template is told in one line, one in ours is a traceback."""
    from jinja2 import TemplateError

    from dialspec.formatting import FormattingError
    from dialspec.pipeline import read, rebuild
    from dialspec.rendering.check import UnexpectedShape
    from dialspec.rendering.environment import OverrideError

    # Nearly all that a run makes it needs to its end: looking for garbage often would find none.
    gc.set_threshold(*_GARBAGE)
    with reported(output_format) as diagnostics:
        # The loaded files are let go at once: they take more memory than what is resolved from them.
        api = read(project.specs, diagnostics, as_shown(project.specs))[1]
        try:
            built = rebuild(project, api, memory.parts(out))
        except OverrideError as error:
            click.echo(f"dialspec: {error}", err=True)
            raise SystemExit(1) from None
        except (TemplateError, FormattingError, UnexpectedShape) as error:
            if project.overrides is None:
                raise
            click.echo(f"dialspec: {project.overrides}: {error}", err=True)
            raise SystemExit(1) from None
    if not diagnostics:
        memory.remember(built)
    return built.files


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
    return not path.is_file() or path.read_bytes() != schema_text().encode()


def _schema_written(specs: Path) -> AbstractContextManager[None]:
    """Write the schema if it is stale; nothing else is to be written if it cannot be."""
    if not _schema_is_stale(specs):
        return nullcontext()
    from dialspec.spec.schema import schema_text

    return writing(specs / "schema.json", schema_text().encode())
