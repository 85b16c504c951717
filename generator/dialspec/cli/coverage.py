"""`dialspec coverage`: what vendors' pages document, compared with the specs."""

from __future__ import annotations

from pathlib import Path

import click

from dialspec.cli.options import reported, specs_option
from dialspec.coverage import PageError, survey
from dialspec.coverage.report import as_json, as_text
from dialspec.pipeline import read
from dialspec.places import as_shown, specs_to_read

_EXAMPLES = """\
\b
Examples:
  dialspec coverage page.html                  a saved page of a vendor
  dialspec coverage facts                      every page below a folder
  dialspec coverage page.txt --endpoint nio.preview_tasks.list
  dialspec coverage facts --format json > coverage.json
"""


@click.command("coverage", epilog=_EXAMPLES)
@click.argument(
    "pages", metavar="PAGE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@specs_option
@click.option(
    "--endpoint",
    metavar="NAME",
    help="Compare with this endpoint or push, such as nio.preview_tasks.list, whatever address the page prints.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option("--brief", is_flag=True, help="Leave out, of the text, what the specs record.")
def command(
    pages: tuple[Path, ...],
    specs: Path | None,
    endpoint: str | None,
    output_format: str,
    brief: bool,
) -> None:
    """Compare vendors' pages with the specs, and show what is missing, different or extra.

    A PAGE is a text, Markdown or HTML file, or a folder of them. The endpoint is found by the method and the address that
    the page prints. Exit status 1 says that something documented is neither in the specs nor recorded there as missing.
    """
    with reported() as diagnostics:
        folder = specs_to_read(specs)
        _, api = read(folder, diagnostics, as_shown(folder))
    try:
        found = survey(api, pages, endpoint)
    except PageError as error:
        raise click.UsageError(str(error)) from None
    click.echo(as_json(found) if output_format == "json" else as_text(found, brief=brief), nl=False)
    if not found.is_complete:
        raise SystemExit(1)
