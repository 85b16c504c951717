"""`python -m benchmarks`: measure, keep the results, and write the page. `make bench` runs it."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from typing import Final

from benchmarks.measuring.machine import others_share, this_machine, versions_in
from benchmarks.measuring.plan import Plan
from benchmarks.measuring.rounds import AT_LEAST_ROUNDS
from benchmarks.places import ALL_ENVIRONMENTS, BUILD, RESULTS, ROOT
from benchmarks.preparation import compile_ours, make_clients
from benchmarks.report.published import differences, publish
from benchmarks.results import Group, Results, Section, read_results, write_results
from benchmarks.sections import every

_SO_FAR: Final = BUILD / "results.json"
_NAMES: Final = [section.name for section in every.SECTIONS]


def main() -> None:
    """Do what the command line says."""
    arguments = _arguments()
    if arguments.check:
        stale = differences()
        if stale:
            sys.exit(
                f"not what the results make: {', '.join(stale)}; run `python -m benchmarks --page`"
            )
    elif arguments.page:
        publish()
    else:
        _measure(arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only",
        action="append",
        choices=_NAMES,
        help="measure this section, and leave the kept results of the others alone; may be repeated",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=AT_LEAST_ROUNDS,
        metavar="N",
        help="rounds of what takes seconds; what takes less gets three times as many",
    )
    parser.add_argument(
        "--seconds", type=float, default=0.25, help="how long one turn of a repeated operation is"
    )
    parser.add_argument("--page", action="store_true", help="only write the page from the results")
    parser.add_argument(
        "--check", action="store_true", help="only fail if the page is not what the results make"
    )
    return parser.parse_args()


def _measure(arguments: argparse.Namespace) -> None:
    started = time.monotonic()

    def report(line: str) -> None:
        passed = time.monotonic() - started
        print(f"[{passed // 60:3.0f}:{passed % 60:02.0f}] {line}", flush=True)

    plan = Plan(arguments.rounds, arguments.seconds, report)
    chosen = [
        section
        for section in every.SECTIONS
        if arguments.only is None or section.name in arguments.only
    ]
    BUILD.mkdir(parents=True, exist_ok=True)
    compile_ours()
    for endpoints in sorted({size for section in chosen for size in section.clients}):
        make_clients(endpoints, report)
    results = Results(
        machine=this_machine(),
        versions={name: versions_in(name) for name in ALL_ENVIRONMENTS},
        sections={},
    )
    for section in chosen:
        results.sections[section.name] = _section(section, plan)
        write_results(results, _SO_FAR)  # so that a run that fails late has not been for nothing
    _keep(results, plan, is_whole=arguments.only is None)


def _section(section: every.Section, plan: Plan) -> Section:
    plan.report(f"--- {section.title}")
    before = others_share()
    started = time.monotonic()
    groups: list[Group] = list(section.measure(plan))
    minutes = (time.monotonic() - started) / 60
    return Section(
        measured=datetime.now(UTC).date().isoformat(),
        minutes=round(minutes, 1),
        busy=max(before, others_share()),
        groups=groups,
    )


def _keep(results: Results, plan: Plan, *, is_whole: bool) -> None:
    """Keep results: beside the others' if only a part was measured, and elsewhere if rounds were too few."""
    if plan.rounds < AT_LEAST_ROUNDS:
        where = _SO_FAR.relative_to(ROOT)
        plan.report(f"fewer than {AT_LEAST_ROUNDS} rounds: kept in {where}, not published")
        return
    if not is_whole and RESULTS.is_file():
        results = _merged(read_results(RESULTS), results)
    write_results(results, RESULTS)
    publish()
    plan.report("results and page are written")


def _merged(kept: Results, fresh: Results) -> Results:
    if (kept.machine, kept.versions) != (fresh.machine, fresh.versions):
        sys.exit("the kept results are of another machine or of other versions: measure everything")
    return Results(
        machine=fresh.machine,
        versions=fresh.versions,
        sections={
            name: section
            for name in _NAMES
            if (section := fresh.sections.get(name) or kept.sections.get(name)) is not None
        },
    )


if __name__ == "__main__":
    main()
