"""`dialspec simulate`: a stand-in vendor for people; tests use `dialspec.simulator.serve`."""

from __future__ import annotations

from pathlib import Path

import click

from dialspec.cli.options import reported, specs_option
from dialspec.pipeline import read
from dialspec.places import specs_to_read


@click.command("simulate")
@specs_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=0, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option("--records", default=250, show_default=True, help="Rows of each paged endpoint.")
@click.option("--seed", default=1, show_default=True, help="What the invented data depends on.")
@click.option(
    "--examples",
    is_flag=True,
    help="Answer what the vendors' pages print, where they print a whole answer.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME[:RATE]",
    help="Play a fault, such as http_500:0.05.",
)
@click.option("--list-faults", is_flag=True, help="List all faults and exit.")
def command(
    specs: Path | None,
    host: str,
    port: int,
    records: int,
    seed: int,
    examples: bool,
    faults: tuple[str, ...],
    list_faults: bool,
) -> None:
    """Serve all endpoints of all providers on a stand-in vendor, and print ready-made credentials.

    It checks signatures, timestamps and parameters as the vendors' pages describe, pages over invented records, and
    answers the vendors' own errors. No account is needed, and no telephone rings.
    """
    try:
        from dialspec.simulator import FAULTS, FaultError, Faults, Simulator, run
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"the simulator needs {missing.name}; install it with: pip install 'dialspec[simulator]'"
        ) from None
    if list_faults:
        for name, kind in FAULTS.items():
            click.echo(f"{name:22} {kind.summary}")
        return
    with reported() as diagnostics:
        _, api = read(specs_to_read(specs), diagnostics)
    try:
        chosen = Faults.parse(faults, seed=seed)
    except FaultError as error:
        raise click.BadParameter(str(error), param_hint="--fault") from None
    if records < 0:
        raise click.BadParameter("must not be negative", param_hint="--records")
    try:
        simulator = Simulator(api, seed=seed, records=records, faults=chosen, examples=examples)
        run(simulator, host, port, click.echo)
    except OSError as error:
        raise click.ClickException(f"can not listen on {host}:{port}: {error.strerror}") from None
