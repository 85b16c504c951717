"""The root command, and the table of subcommands."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

_COMMANDS: Final = {
    "coverage": "Compare vendors' pages with the specs.",
    "docs": "Build or serve the site of the documentation.",
    "explain": "Say what a diagnostic code means.",
    "generate": "Regenerate clients and docs from specs.",
    "lint": "Check specs, and show every problem with its place.",
    "simulate": "Serve all endpoints on the simulator.",
}

_EXAMPLES: Final = """
\b
Examples:
  dialspec lint                       check ./specs
  dialspec generate                   regenerate ./generated from ./specs
  dialspec generate --check           fail if ./generated is not up to date
  dialspec simulate                   the simulator, on a free port
  dialspec coverage page.html         what a vendor's page has and the specs lack
  dialspec explain DS304              what a diagnostic code means
"""


class LazyGroup(click.Group):
    """A group whose commands are modules of `dialspec.cli`, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"dialspec.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


def _print_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    del parameter
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"dialspec {version('dialspec')}")
        ctx.exit()


@click.group(
    cls=LazyGroup, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and exit.",
)
def root() -> None:
    """Typed Python clients for vendors of outbound calling, generated from hand-written YAML."""
