"""`dialspec lint`: every problem of the specs at once."""

from __future__ import annotations

from pathlib import Path

import click

from dialspec.cache.runs import Inputs, Linted, Runs
from dialspec.cli.options import format_option, reported, specs_option
from dialspec.places import as_shown, specs_to_read


@click.command("lint")
@specs_option
@format_option
def command(specs: Path | None, output_format: str) -> None:
    """Check specs, and show every problem with its place; exit 1 if one is an error."""
    folder = specs_to_read(specs)
    runs, inputs = Runs.of_user(), Inputs.of(folder, ())
    earlier = runs.linted(folder)
    if earlier is not None and earlier.inputs == inputs and output_format == "text":
        _conclude(folder, earlier.providers, earlier.endpoints)
        return
    providers, endpoints, is_clean = _lint(folder, output_format)
    if output_format == "text":
        _conclude(folder, providers, endpoints)
    if is_clean and inputs is not None and inputs == Inputs.of(folder, ()):
        runs.remember_linted(folder, Linted(inputs, providers, endpoints))


def _lint(folder: Path, output_format: str) -> tuple[int, int, bool]:
    """Lint, and give the number of providers and endpoints, and whether there was nothing to say."""
    from dialspec.lint import lint
    from dialspec.pipeline import read

    with reported(output_format) as diagnostics:
        loaded, api = read(folder, diagnostics, as_shown(folder))
        lint(api, loaded, diagnostics)
    endpoints = sum(1 for provider in api.providers for _ in provider.endpoints())
    return len(api.providers), endpoints, not diagnostics


def _conclude(folder: Path, providers: int, endpoints: int) -> None:
    click.echo(f"{folder}: {providers} providers, {endpoints} endpoints", err=True)
