"""The goals that were set beforehand, and what the results say of each.

A line holds if the median of its rounds meets the goal, without rounding in its favour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.contenders.harvest import GROWTH
from benchmarks.report.plots import amount
from benchmarks.results import Group, Results, Row, Spread
from benchmarks.sections import calls, decode, generation, harvest, imports, simulator, startup

FLAT_MIB: Final = 2.0
"""Growth that counts as flat while 900 pages, 55 MiB of JSON, pass through."""


@dataclass(frozen=True, slots=True)
class Line:
    """One goal and its figure."""

    name: str
    """Also the name of the file that says why it can't be reached."""
    goal: str
    measured: str
    holds: bool


@dataclass(frozen=True, slots=True)
class _Goal:
    name: str
    goal: str
    figure: Callable[[Results], Spread | float | None]
    limit: float
    at_least: bool
    unit: str = "x"

    def line(self, results: Results) -> Line | None:
        """Compare with the limit; None where it was not measured."""
        figure = self.figure(results)
        if figure is None:
            return None
        value = figure.median if isinstance(figure, Spread) else figure
        holds = value >= self.limit if self.at_least else value <= self.limit
        return Line(self.name, self.goal, _shown(figure, self.unit), holds)


def reach(results: Results) -> Iterator[Line]:
    """Judge every goal that was measured."""
    for goal in GOALS:
        line = goal.line(results)
        if line is not None:
            yield line


def _shown(figure: Spread | float, unit: str) -> str:
    if isinstance(figure, Spread):
        return f"{amount(figure.median)}{unit} ({amount(figure.lower)}–{amount(figure.upper)})"
    return f"{amount(figure)}{unit}"


def compared(group: Group | None, name: str, other: str) -> Spread | None:
    """The ratio of two rows, round by round; None where one was not measured."""
    if group is None:
        return None
    rows = {row.name: row for row in group.rows}
    if name not in rows or other not in rows:
        return None
    pairs = zip(rows[name].samples, rows[other].samples, strict=True)
    return Spread.of([ours / theirs for ours, theirs in pairs])


def _ratio(section: str, group: str, name: str, other: str) -> Callable[[Results], Spread | None]:
    return lambda results: compared(results.group(section, group), name, other)


def _row(results: Results, section: str, group: str, name: str) -> Row | None:
    found = results.group(section, group)
    return next((row for row in found.rows if row.name == name), None) if found else None


def _generated(name: str) -> Callable[[Results], Spread | None]:
    return _ratio(generation.NAME, generation.group_name(1000), name, generation.PEER)


def _most_memory(results: Results) -> float | None:
    rows = [
        _row(results, generation.NAME, generation.group_name(1000), name)
        for name in (generation.FROM_NOTHING, generation.NOTHING_CHANGED, generation.ONE_CHANGED)
    ]
    peaks = [row.peak_mib for row in rows if row is not None and row.peak_mib is not None]
    return max(peaks) if peaks else None


def _growth_of_cost(results: Results) -> float | None:
    """Cost of an endpoint among 1,000, over that of one among 100."""
    few, many = (
        _row(results, generation.NAME, generation.group_name(size), generation.FROM_NOTHING)
        for size in (100, 1000)
    )
    if few is None or many is None:
        return None
    return (many.value.median / 1000) / (few.value.median / 100)


def _start(command: str) -> Callable[[Results], Spread | None]:
    return _ratio(startup.NAME, "commands", command, startup.REFERENCE)


def _import_of_ours(results: Results) -> Spread | None:
    row = _row(results, imports.NAME, "import", imports.OURS)
    return None if row is None else row.value


def _call(mode: str, rows: int, name: str) -> Callable[[Results], Spread | None]:
    return _ratio(calls.NAME, f"{mode}_{rows}", name, calls.POST)


def _decoded(other: str) -> Callable[[Results], Spread | None]:
    return _ratio(decode.NAME, decode.GROUP, decode.OURS, other)


def _harvested(name: str) -> Callable[[Results], Spread | None]:
    return _ratio(harvest.NAME, harvest.GROUP, name, harvest.one_at_a_time(name))


def _growth(name: str) -> Callable[[Results], float | None]:
    def growth(results: Results) -> float | None:
        row = _row(results, harvest.NAME, harvest.GROUP, name)
        return None if row is None else row.facts.get(GROWTH)

    return growth


def _simulated(asked: str) -> Callable[[Results], Spread | None]:
    return _ratio(simulator.NAME, asked, simulator.SIMULATOR, simulator.PLAIN)


def _call_goals() -> Iterator[_Goal]:
    for mode, limit in (("sync", 1.2), ("async", 1.3)):
        for rows, least in ((1, limit), (100, 1.0)):
            said = f"{rows} {'row' if rows == 1 else 'rows'}"
            yield _Goal(
                f"call_{mode}_{rows}",
                f"One signed, typed {mode} call, {said}: at least {least} of {calls.POST}",
                _call(mode, rows, calls.OURS),
                least,
                at_least=True,
            )
            yield _Goal(
                f"call_{mode}_{rows}_own_client",
                f"The same {mode} call with a user's own http_client, {said}: at least 0.92",
                _call(mode, rows, calls.OWN_CLIENT),
                0.92,
                at_least=True,
            )


GOALS: Final = (
    _Goal(
        "generate_from_nothing",
        f"Generate 1,000 endpoints from nothing, black included: at most 1.0 of {generation.PEER} "
        "with its ruff hooks",
        _generated(generation.FROM_NOTHING),
        1.0,
        at_least=False,
    ),
    _Goal(
        "generate_nothing_changed",
        f"Generate 1,000 endpoints with nothing changed: at most 0.1 of {generation.PEER}",
        _generated(generation.NOTHING_CHANGED),
        0.1,
        at_least=False,
    ),
    _Goal(
        "generate_one_changed",
        f"Generate 1,000 endpoints with one spec file changed: at most 0.2 of {generation.PEER}",
        _generated(generation.ONE_CHANGED),
        0.2,
        at_least=False,
    ),
    _Goal(
        "generate_memory",
        "Peak memory of generating 1,000 endpoints, all processes together: at most 300 MiB",
        _most_memory,
        300,
        at_least=False,
        unit=" MiB",
    ),
    _Goal(
        "generate_cost_per_endpoint",
        "Cost of an endpoint among 1,000, over that of one among 100: at most 1.2",
        _growth_of_cost,
        1.2,
        at_least=False,
    ),
    *(
        _Goal(
            f"start_{command.split()[1].strip('-')}",
            f"`{command}` on this project's specs: at most 1.5 of `{startup.REFERENCE}`",
            _start(command),
            1.5,
            at_least=False,
        )
        for command in (startup.HELP, startup.LINT, startup.CHECK)
    ),
    _Goal(
        "import_provider",
        f"`{imports.OURS}`: at most 15 ms over bare Python",
        _import_of_ours,
        15,
        at_least=False,
        unit=" ms",
    ),
    _Goal(
        "first_call",
        "First client built and first call prepared, without TLS: at most 1.15 of "
        f"`{imports.HTTPX_PYDANTIC}`",
        _ratio(imports.NAME, "first_call", imports.FIRST_CALL, imports.HTTPX_PYDANTIC),
        1.15,
        at_least=False,
    ),
    _Goal(
        "all_modules",
        "All modules of 100 endpoints: at most 1.5 of datamodel-code-generator's client",
        _ratio(imports.NAME, "all_modules", imports.ALL_MODULES, imports.DCG_ALL_MODULES),
        1.5,
        at_least=False,
    ),
    _Goal(
        "decode_pydantic",
        f"Decode: at least 0.95 of {decode.HAND_WRITTEN}",
        _decoded(decode.HAND_WRITTEN),
        0.95,
        at_least=True,
    ),
    _Goal(
        "decode_openapi_python_client",
        f"Decode: at least 2.5 of {decode.OPENAPI_PYTHON_CLIENT}",
        _decoded(decode.OPENAPI_PYTHON_CLIENT),
        2.5,
        at_least=True,
    ),
    _Goal(
        "decode_openai",
        f"Decode: at least 1.7 of {decode.OPENAI_CONSTRUCT}",
        _decoded(decode.OPENAI_CONSTRUCT),
        1.7,
        at_least=True,
    ),
    *_call_goals(),
    _Goal(
        "harvest_sync",
        "Harvest with prefetch=10: at least 9.0 of one at a time",
        _harvested(harvest.OURS),
        9.0,
        at_least=True,
    ),
    _Goal(
        "harvest_async",
        "Async harvest with prefetch=10: at least 9.0 of one at a time",
        _harvested(harvest.OURS_ASYNC),
        9.0,
        at_least=True,
    ),
    _Goal(
        "harvest_memory_sync",
        f"Memory of a harvest flat from page 100 to 1,000: at most {FLAT_MIB:.0f} MiB more",
        _growth(harvest.OURS),
        FLAT_MIB,
        at_least=False,
        unit=" MiB",
    ),
    _Goal(
        "harvest_memory_async",
        f"Memory of an async harvest flat from page 100 to 1,000: at most {FLAT_MIB:.0f} MiB more",
        _growth(harvest.OURS_ASYNC),
        FLAT_MIB,
        at_least=False,
        unit=" MiB",
    ),
    *(
        _Goal(
            f"simulator_{asked.name}",
            f"Simulator, {asked.title}: at least 0.5 of a plain ASGI application on the same server",
            _simulated(asked.name),
            0.5,
            at_least=True,
        )
        for asked in simulator.ASKED
    ),
)
