"""How long the command line takes to do next to nothing, on this project's own specs.

Whole processes, from start to end, against one that only imports the libraries that no generator of this kind can do
without.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.measuring.commands import run
from benchmarks.measuring.groups import Entry, measured_group
from benchmarks.measuring.plan import Plan
from benchmarks.measuring.rounds import Figures
from benchmarks.places import BUILD, DIALSPEC, PEERS, ROOT, program
from benchmarks.results import Group, Kind

NAME: Final = "startup"
TITLE: Final = "Start of the command line"
REFERENCE: Final = "import pydantic, ruamel.yaml, jinja2"
HELP: Final = "dialspec --help"
LINT: Final = "dialspec lint"
CHECK: Final = "dialspec generate --check"


def measure(plan: Plan) -> Iterator[Group]:
    """Measure our commands, and `--help` of the peers."""
    python = program(DIALSPEC, "python")
    dialspec = program(DIALSPEC, "dialspec")
    contenders: tuple[tuple[str, Kind, Sequence[str | Path]], ...] = (
        ("python -c pass", Kind.FLOOR, [python, "-c", "pass"]),
        (REFERENCE, Kind.FLOOR, [python, "-c", REFERENCE]),
        (HELP, Kind.OURS, [dialspec, "--help"]),
        (LINT, Kind.OURS, [dialspec, "lint"]),
        (CHECK, Kind.OURS, [dialspec, "generate", "--check"]),
        (
            "openapi-python-client --help",
            Kind.PEER,
            [program(PEERS, "openapi-python-client"), "--help"],
        ),
        ("datamodel-codegen --help", Kind.PEER, [program(PEERS, "datamodel-codegen"), "--help"]),
    )
    entries = [
        Entry(
            name,
            kind,
            "on this project's specs" if kind is Kind.OURS else "",
            partial(_ran, command),
        )
        for name, kind, command in contenders
    ]
    for entry in entries:
        entry.measure()  # bytecode and caches are there, as on everybody's second run
    yield measured_group(
        "commands",
        "From start to end of a command",
        unit="s",
        higher_is_better=False,
        reference=REFERENCE,
        entries=entries,
        rounds=plan.quick_rounds,
        report=plan.report,
    )


def _ran(command: Sequence[str | Path]) -> Figures:
    environment = os.environ | {"XDG_CACHE_HOME": str(BUILD / "cache" / "project")}
    ran = run(command, cwd=ROOT, environment=environment)
    return Figures(ran.seconds, ran.cpu_seconds, ran.peak_bytes)
