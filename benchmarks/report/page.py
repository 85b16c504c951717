"""`docs/benchmarks.md`: the goals and their figures, a table and a plot for each group, and how all was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from benchmarks.measuring.rounds import AT_LEAST_ROUNDS
from benchmarks.report.plots import amount, ordered, plot
from benchmarks.report.reach import Line, reach
from benchmarks.results import Group, Kind, Results, Row, Section
from benchmarks.sections.every import SECTIONS

BUSY: Final = 0.1
"""Share of the processors' time that others may take before figures are called provisional."""

_KINDS: Final = {Kind.OURS: "ours", Kind.PEER: "peer", Kind.FLOOR: "floor"}
_SHOWN: Final = (
    ("dialspec", ("httpx", "pydantic", "black", "ruamel.yaml", "Jinja2", "uvicorn")),
    ("dialspec", ("aiohttp", "httpx-aiohttp", "msgspec", "urllib3")),
    ("peers", ("openapi-python-client", "ruff", "datamodel-code-generator", "httpx2")),
    ("peers", ("openapi-generator-cli",)),
    ("openai", ("openai",)),
    ("sniffio", ("sniffio",)),
)
_INTRODUCTION: Final = """\
# Benchmarks

How fast dialspec and what it generates are, side by side with other generators, other clients, and floors: less work
than any typed client has to do. `make bench` measures all of it anew and writes this page.
"""
_HOW: Final = """\
## How it was measured

- The same API for all: five endpoints after NIO's own pages, three paged lists with 24 to 32 columns, a plain POST and
  a GET with a path parameter, five enums; repeated under distinct names to 5, 100 and 1,000 endpoints. It is described
  once, and written as specs for us and as one OpenAPI document for the peers.
- {rounds} rounds or more, interleaved: every contender has its turn in each round, and each round begins with another
  one. What takes less than a second gets three times as many. Tables show the median with the quartiles; a ratio is
  taken within a round, and the median of these ratios is shown.
- Each contender runs in a process of its own. Peers, openai-python and ours have environments of their own, with one
  version of everything, pinned in `constraints.txt` and `benchmarks/constraints.txt`. Peers are called in the fastest
  way that their documentation names; the tables say how.
- The vendor that calls go to is a process of its own on loopback, an asyncio protocol on a bare socket, the same for
  all. Whoever started a server stops it.
- Seconds are those of a clock, CPU seconds those of the process with its children, memory is the peak of the process
  tree. Bytecode is compiled beforehand.
- Before and after each section, the machine is watched for two seconds in which nothing of ours runs.
"""
_NOT_SAID: Final = """\
## What it does not say

- No vendor was called. On a real network a call takes tens or hundreds of milliseconds, and what a client adds to that
  is lost in it; the figures matter for long harvests, for busy servers and for tests.
- Seconds on other machines. Ratios travel better, but not perfectly: they shift with the Python version, with the
  number of processors and with whatever else is installed (see the rows with sniffio).
- Whether peers do the same work. Ours signs each request, checks parameters, judges envelopes and retries, and its
  generator writes documentation too; openapi-generator writes documentation and tests; others write neither.
- Anything about the quality of what is generated.
- The floors are no rivals: `json.loads` gives no types, msgspec no unknown fields, `http.client` no timeouts per phase.
"""


def page(results: Results, reasons: Mapping[str, str]) -> str:
    """Write the page; `reasons` says, by goal, why one can't be reached."""
    parts = [_INTRODUCTION, *_where(results), *_reach(results, reasons)]
    for section in SECTIONS:
        found = results.sections.get(section.name)
        if found is not None:
            parts += [f"## {section.title}\n", f"{section.about}\n"]
            parts += _groups(found)
    parts += [_HOW.format(rounds=AT_LEAST_ROUNDS), _NOT_SAID, _versions(results)]
    return "\n".join(parts)


def plots(results: Results) -> dict[str, str]:
    """Draw every group: file name -> SVG."""
    return {
        _file_name(group): plot(group)
        for section in SECTIONS
        if section.name in results.sections
        for group in results.sections[section.name].groups
    }


def _file_name(group: Group) -> str:
    return f"{group.name}.svg"


def _where(results: Results) -> Iterator[str]:
    machine = results.machine
    days = sorted({section.measured for section in results.sections.values()})
    measured = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    minutes = sum(section.minutes for section in results.sections.values())
    yield (
        f"Measured on {measured}: {machine.processor}, {machine.cores} cores, {machine.memory_gib:.0f} GiB, "
        f"{machine.system}, Python {machine.python}; {minutes:.0f} minutes.\n"
    )
    busy = [title for title, section in _titled(results) if section.busy > BUSY]
    if busy:
        yield (
            "**Provisional.** Others used the machine while these sections were measured: "
            f"{', '.join(busy)}. Ratios within a round suffer less than seconds, but they suffer.\n"
        )


def _titled(results: Results) -> Iterator[tuple[str, Section]]:
    for section in SECTIONS:
        if section.name in results.sections:
            yield section.title, results.sections[section.name]


def _reach(results: Results, reasons: Mapping[str, str]) -> Iterator[str]:
    lines = list(reach(results))
    if not lines:
        return
    held = sum(line.holds for line in lines)
    yield "## Goals\n"
    yield f"{held} of {len(lines)} hold, by the median of the rounds; quartiles in brackets.\n"
    yield "| Goal | Measured | Holds |\n|---|---|---|"
    yield from (_judged(line) for line in lines)
    yield ""
    if any(line.name.startswith("harvest") for line in lines):
        yield "That records come in order and once is checked in every harvest: one that fails ends the run.\n"
    missed = [line for line in lines if not line.holds]
    for line in missed:
        if line.name in reasons:
            yield f"### Why not: {line.goal}\n"
            yield f"{reasons[line.name].strip()}\n"
    unexplained = [line for line in missed if line.name not in reasons]
    if unexplained:
        yield "### Not explained yet\n"
        yield from (f"- {line.goal}" for line in unexplained)
        yield ""


def _judged(line: Line) -> str:
    return f"| {line.goal} | {line.measured} | {'yes' if line.holds else '**no**'} |"


def _groups(section: Section) -> Iterator[str]:
    for group in section.groups:
        yield f"### {group.title}\n"
        yield f"![{group.title}, {group.unit}](benchmarks/{_file_name(group)})\n"
        yield from _table(group)
        for name, why in group.left_out.items():
            yield f"Without {name}: {why}.\n"


def _table(group: Group) -> Iterator[str]:
    has_cpu = any(row.cpu_seconds is not None for row in group.rows) and group.unit == "s"
    has_memory = any(row.peak_mib is not None for row in group.rows)
    compared = group.compared or f"ratio to {group.reference}"
    heads = ["", "is", f"{group.unit} (quartiles)", compared]
    heads += ["CPU s"] if has_cpu else []
    heads += ["peak MiB"] if has_memory else []
    facts = list(dict.fromkeys(name for row in group.rows for name in row.facts))
    heads += [*facts, "how"]
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in ordered(group):
        cells = [_name(row), _KINDS[row.kind], _value(row), amount(row.ratio.median)]
        cells += [_optional(row.cpu_seconds)] if has_cpu else []
        cells += [_optional(row.peak_mib)] if has_memory else []
        cells += [_optional(row.facts.get(name)) for name in facts]
        cells += [row.how]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _name(row: Row) -> str:
    return f"**{row.name}**" if row.kind is Kind.OURS else row.name


def _value(row: Row) -> str:
    spread = row.value
    return f"{amount(spread.median)} ({amount(spread.lower)}–{amount(spread.upper)})"


def _optional(value: float | None) -> str:
    return "" if value is None else amount(value)


def _versions(results: Results) -> str:
    found: dict[str, str] = {}
    for environment, names in _SHOWN:
        installed = results.versions.get(environment, {})
        found |= {name: installed[name] for name in names if name in installed}
    rows = (f"| {name} | {version} |" for name, version in found.items())
    return "\n".join(["## Versions\n", "| Package | Version |", "|---|---|", *rows, ""])
