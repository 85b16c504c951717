"""`dialspec docs build` and `dialspec docs serve`: the site of the documentation."""

from __future__ import annotations

from pathlib import Path

import click

from dialspec.cli.options import FOLDER
from dialspec.docsite.build import build_site
from dialspec.docsite.pages import SiteError, Sources
from dialspec.docsite.preview import serve_site

_EXAMPLES = """\
\b
Examples:
  dialspec docs build                          write the site into ./site
  dialspec docs build --out public             write it elsewhere
  dialspec docs serve                          preview at http://127.0.0.1:8000
  dialspec docs serve --address 127.0.0.1:9000
"""


def _checked_title(_context: click.Context, _option: click.Parameter, title: str) -> str:
    """The site generator prints the name of a site as HTML, here escaped and there not."""
    if set(title) & set('<>"'):
        raise click.BadParameter("the name of a site cannot hold <, > or double quotes")
    return title


@click.group("docs", epilog=_EXAMPLES)
@click.option(
    "--docs",
    "written",
    type=FOLDER,
    default=Path("docs"),
    show_default=True,
    help="Folder of the hand-written pages; need not exist.",
)
@click.option(
    "--generated",
    type=FOLDER,
    default=Path("generated/docs"),
    show_default=True,
    help="Folder of the generated pages.",
)
@click.option(
    "--title",
    default="dialspec",
    show_default=True,
    callback=_checked_title,
    help="Name of the site.",
)
@click.pass_context
def command(ctx: click.Context, written: Path, generated: Path, title: str) -> None:
    """Build or serve the site of the documentation."""
    ctx.obj = (Sources(written, generated), title)


@command.command("build")
@click.option(
    "--out", type=FOLDER, default=Path("site"), show_default=True, help="Folder of the site."
)
@click.pass_obj
def build(given: tuple[Sources, str], out: Path) -> None:
    """Write the site as static files; any warning fails the build."""
    sources, title = given
    try:
        pages = build_site(sources, out, title)
    except SiteError as error:
        click.echo(f"dialspec: {error}", err=True)
        raise SystemExit(1) from None
    click.echo(f"{out}: {pages} pages", err=True)


@command.command("serve")
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where to listen.",
)
@click.pass_obj
def serve(given: tuple[Sources, str], address: str) -> None:
    """Serve the site and reload it as pages change, until interrupted with Ctrl-C."""
    sources, title = given
    try:
        serve_site(sources, address, title, report=lambda line: click.echo(line, err=True))
    except SiteError as error:
        click.echo(f"dialspec: {error}", err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        return
