"""Generating clients for 5, 100 and 1,000 endpoints.

Every run is a process of its own that begins without output. Ours is measured three times: from nothing, with an empty
cache; with nothing changed; and with one spec file changed since the last run. The parts of it that nobody can leave
out, reading the YAML and formatting with black, stand beside it as floors.
"""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.generators import (
    DCG_CLIENT,
    DCG_CLIENT_BLACK,
    DCG_MODELS,
    DCG_MODELS_BLACK,
    OPENAPI_GENERATOR,
    OPENAPI_PYTHON_CLIENT,
    OPENAPI_PYTHON_CLIENT_BARE,
    OURS,
    SPECS,
    Generator,
)
from benchmarks.measuring.commands import Ran, run
from benchmarks.measuring.groups import Entry, measured_group
from benchmarks.measuring.plan import Plan
from benchmarks.measuring.rounds import Figures
from benchmarks.places import BUILD, DIALSPEC, program
from benchmarks.preparation import write_api
from benchmarks.results import Group, Kind

NAME: Final = "generation"
TITLE: Final = "Generation"
FROM_NOTHING: Final = "dialspec, from nothing"
NOTHING_CHANGED: Final = "dialspec, nothing changed"
ONE_CHANGED: Final = "dialspec, one spec file changed"
PEER: Final = OPENAPI_PYTHON_CLIENT.name
SIZES: Final = (5, 100, 1000)
_SMALLER_PEERS: Final = (
    OPENAPI_PYTHON_CLIENT_BARE,
    DCG_MODELS,
    DCG_MODELS_BLACK,
    DCG_CLIENT,
    DCG_CLIENT_BLACK,
    OPENAPI_GENERATOR,
)
_PEERS: Final = {
    5: (OPENAPI_PYTHON_CLIENT, *_SMALLER_PEERS),
    100: (OPENAPI_PYTHON_CLIENT, *_SMALLER_PEERS),
    # The others would take longer than all the rest of the run.
    1000: (OPENAPI_PYTHON_CLIENT,),
}
_SIZES_WITH_FLOORS: Final = (5, 100)
_YAML: Final = """
import pathlib, sys
from ruamel.yaml import YAML
for path in pathlib.Path(sys.argv[1]).rglob('*.yaml'):
    YAML(typ='safe', pure=True).load(path.read_bytes())
"""
_BLACK: Final = """
import pathlib, sys
import black
mode = black.Mode(line_length=100, target_versions={black.TargetVersion.PY311})
for path in pathlib.Path(sys.argv[1]).rglob('*.py'):
    black.format_str(path.read_text(), mode=mode)
"""


def measure(plan: Plan) -> Iterator[Group]:
    """Measure one size after the other."""
    for endpoints in SIZES:
        yield _group(plan, endpoints)


def group_name(endpoints: int) -> str:
    """The name of the group of one size."""
    return f"endpoints_{endpoints}"


def _group(plan: Plan, endpoints: int) -> Group:
    api = write_api(endpoints)
    folder = BUILD / "generated" / str(endpoints)
    if folder.exists():
        shutil.rmtree(folder)
    peers = _PEERS[endpoints]
    entries = [*_ours(api, folder)]
    if endpoints in _SIZES_WITH_FLOORS:
        entries += _floors(api, folder)
    entries += [
        Entry(
            each.name,
            Kind.PEER,
            each.options,
            partial(_generated, each, api, folder / _identifier(each.name)),
        )
        for each in peers
        if not each.missing
    ]
    return measured_group(
        group_name(endpoints),
        f"Generating {endpoints:,} endpoints",
        unit="s",
        higher_is_better=False,
        reference=PEER,
        entries=entries,
        rounds=plan.rounds,
        report=plan.report,
        left_out={each.name: each.missing for each in peers if each.missing},
    )


def _ours(api: Path, folder: Path) -> Iterator[Entry]:
    """Our three contenders, each with folders of its own, in the state in which it begins."""
    warm, changing = folder / "warm", folder / "changing"
    changing_api = folder / "changing_api"
    OURS.run(api, warm / "out", cache=warm / "cache")
    shutil.copytree(api, changing_api)
    shutil.copytree(warm, changing)
    _warm(changing_api, changing)
    yield Entry(
        FROM_NOTHING,
        Kind.OURS,
        "black included, caches empty",
        partial(_cold, api, folder / "cold"),
    )
    yield Entry(
        NOTHING_CHANGED,
        Kind.OURS,
        "dialspec generate once more",
        partial(_warm, api, warm),
    )
    numbers = itertools.count(1)
    yield Entry(
        ONE_CHANGED,
        Kind.OURS,
        "another word in the summary of one column",
        lambda: _changed(changing_api, changing, next(numbers)),
    )


def _floors(api: Path, folder: Path) -> Iterator[Entry]:
    out = folder / "warm" / "out"
    for name, how, script, argument in (
        ("ruamel.yaml alone", "our specs, YAML(typ='safe', pure=True)", _YAML, api / SPECS),
        ("black alone", "our output, format_str in one process", _BLACK, out),
    ):
        command: list[str | Path] = [program(DIALSPEC, "python"), "-c", script, argument]
        yield Entry(name, Kind.FLOOR, how, partial(_ran, command, folder))


def _cold(api: Path, folder: Path) -> Figures:
    if folder.exists():
        shutil.rmtree(folder)
    return _figures(OURS.run(api, folder / "out", cache=folder / "cache"))


def _warm(api: Path, folder: Path) -> Figures:
    return _figures(OURS.run(api, folder / "out", fresh=False, cache=folder / "cache"))


def _changed(api: Path, folder: Path, number: int) -> Figures:
    spec = api / SPECS / "bench" / "preview.yaml"
    before = "Id of this row"
    text = spec.read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if before in each)
    spec.write_text(
        text.replace(line, line[: line.index(before)] + f'{before}, edition {number}."}}'),
        encoding="utf-8",
    )
    return _figures(OURS.run(api, folder / "out", fresh=False, cache=folder / "cache"))


def _generated(generator: Generator, api: Path, out: Path) -> Figures:
    return _figures(generator.run(api, out))


def _identifier(name: str) -> str:
    """Make a name that a package may have."""
    return re.sub(r"\W+", "_", name)


def _ran(command: list[str | Path], folder: Path) -> Figures:
    return _figures(run(command, cwd=folder))


def _figures(ran: Ran) -> Figures:
    return Figures(ran.seconds, ran.cpu_seconds, ran.peak_bytes)
