"""`dialspec lint`: every problem of the specs at once."""

from __future__ import annotations

from pathlib import Path

import click

from dialspec.cli.options import format_option, reported, specs_option
from dialspec.lint import lint
from dialspec.pipeline import read
from dialspec.places import specs_to_read


@click.command("lint")
@specs_option
@format_option
def command(specs: Path | None, output_format: str) -> None:
    """Check specs, and show every problem with its place; exit 1 if one is an error."""
    folder = specs_to_read(specs)
    with reported(output_format) as diagnostics:
        loaded, api = read(folder, diagnostics)
        lint(api, loaded, diagnostics)
    if output_format == "text":
        endpoints = sum(1 for provider in api.providers for _ in provider.endpoints())
        click.echo(f"{folder}: {len(api.providers)} providers, {endpoints} endpoints", err=True)
