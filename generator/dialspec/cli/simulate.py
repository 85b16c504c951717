"""`dialspec simulate`: the simulator for people; tests use `dialspec.simulator.serve`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dialspec.cli.options import package_option, reported, specs_option
from dialspec.pipeline import read
from dialspec.places import as_shown, specs_to_read

if TYPE_CHECKING:
    from dialspec.simulator import Simulator


@click.command("simulate")
@specs_option
@package_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=0,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
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
    metavar="NAME[:RATE[:AMOUNT]]",
    help="Play a fault, such as http_500:0.05, slow:0.1:2 (seconds) or clock_skew:-600.",
)
@click.option(
    "--push",
    "push_url",
    metavar="URL",
    help="Send the documented pushes there instead of serving; {provider}, {resource} and {push} are filled in.",
)
@click.option(
    "--only",
    "push_names",
    multiple=True,
    metavar="NAME",
    help="With --push: send only this push, such as nio.agents.ringing.",
)
@click.option(
    "--times",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="With --push: how often each is sent.",
)
@click.option("--list-faults", is_flag=True, help="List all faults and exit.")
def command(
    specs: Path | None,
    package: str,
    host: str,
    port: int,
    records: int,
    seed: int,
    examples: bool,
    faults: tuple[str, ...],
    push_url: str | None,
    push_names: tuple[str, ...],
    times: int,
    list_faults: bool,
) -> None:
    """Serve all endpoints of all providers on the simulator, and print ready-made credentials.

    It checks signatures, timestamps and parameters as the vendors' pages describe, pages over invented records, and
    answers the vendors' own errors. No account is needed, and no telephone rings.

    With --push it posts what the vendors would push, to try a receiver; exit status 1 says that one was not taken.
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
        folder = specs_to_read(specs)
        _, api = read(folder, diagnostics, as_shown(folder))
    try:
        chosen = Faults.parse(faults, seed=seed)
    except FaultError as error:
        raise click.BadParameter(str(error), param_hint="--fault") from None
    if records < 0:
        raise click.BadParameter("must not be negative", param_hint="--records")
    if push_url is not None:
        _push(Simulator(api, seed=seed), push_url, push_names, times)
        return
    try:
        simulator = Simulator(api, seed=seed, records=records, faults=chosen, examples=examples)
        run(simulator, host, port, click.echo, package)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from None


def _push(simulator: Simulator, url: str, names: tuple[str, ...], times: int) -> None:
    from dialspec.simulator.push_sending import (
        PushError,
        checked_address,
        chosen_pushes,
        send_pushes,
    )

    try:
        pushes = chosen_pushes(simulator.api, names)
        address = checked_address(url)
    except PushError as error:
        raise click.ClickException(str(error)) from None
    refused = 0
    for delivery in send_pushes(simulator, pushes, address, times):
        refused += delivery.problem is not None
        told = delivery.problem or f"HTTP {delivery.status}"
        if delivery.problem is not None and delivery.repeats is not None:
            told += f"; the vendor's page says of repeats: {delivery.repeats}"
        click.echo(f"{delivery.name}  {told}")
    if refused:
        raise click.exceptions.Exit(1)
