"""Options that several commands share, and the reporting of diagnostics.

What reports is imported when there is something to report on: a command with nothing to do should not wait for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from dialspec.places import DEFAULT_PACKAGE

if TYPE_CHECKING:
    from dialspec.diagnostics.diagnostic import Diagnostics

Function = TypeVar("Function", bound=Callable[..., Any])
FORMATS: Final = ("text", "json", "github", "sarif")
"""Those of `dialspec.diagnostics.formats`."""
FOLDER: Final = click.Path(file_okay=False, path_type=Path)
EXISTING_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


def specs_option(function: Function) -> Function:
    """`--specs FOLDER`."""
    return click.option(
        "--specs",
        type=FOLDER,
        help="Folder of specs; by default ./specs, else those that come with dialspec.",
    )(function)


def _checked_package(_context: click.Context, _option: click.Parameter, name: str) -> str:
    if name == DEFAULT_PACKAGE:
        return name
    from dialspec.rendering.package_names import package_name

    try:
        return package_name(name)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def package_option(function: Function) -> Function:
    """`--package NAME`."""
    return click.option(
        "--package",
        default=DEFAULT_PACKAGE,
        show_default=True,
        callback=_checked_package,
        help="Name of the client package.",
    )(function)


def format_option(function: Function) -> Function:
    """`--format`, of diagnostics."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="Form of the diagnostics.",
    )(function)


@contextmanager
def reported(output_format: str = "text") -> Generator[Diagnostics]:
    """Collect diagnostics, print them at the end, and exit with 1 if one is an error.

    Text goes to standard error, the machine-readable forms to standard output.
    """
    from dialspec.diagnostics.diagnostic import Diagnostics, SpecErrors
    from dialspec.diagnostics.formats import render_diagnostics

    diagnostics = Diagnostics()
    stopped = False
    try:
        yield diagnostics
    except SpecErrors:
        stopped = True
    is_text = output_format == "text"
    stream = sys.stderr if is_text else sys.stdout
    text = render_diagnostics(diagnostics, output_format, stream)
    if text:
        click.echo(text, file=stream, nl=not text.endswith("\n"))
    if stopped or diagnostics.has_errors:
        raise SystemExit(1)
