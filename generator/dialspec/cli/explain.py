"""`dialspec explain`: what a diagnostic code means."""

from __future__ import annotations

import click

from dialspec.diagnostics import explain


@click.command("explain")
@click.argument("code")
def command(code: str) -> None:
    """Say what the diagnostic CODE means, with an example that shows it and the same example mended."""
    try:
        click.echo(explain(code.upper()))
    except KeyError:
        raise click.BadParameter(f"there is no diagnostic code {code}") from None
