"""A list of 1,000 pages from a vendor that takes 20 ms for each: ten requests at once against one at a time.

Every page has 100 rows. The value is pages a second, so that a shorter list does for one request at a time, of which
nothing accumulates; all ten-at-once harvests go through the whole list.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Final

from benchmarks.measuring.contestants import Contestant, worker_of
from benchmarks.measuring.groups import Entry, measured_group
from benchmarks.measuring.plan import Plan
from benchmarks.measuring.workers import Process
from benchmarks.places import DIALSPEC, PEERS
from benchmarks.results import Group, Kind

NAME: Final = "harvest"
TITLE: Final = "Harvest"
GROUP: Final = "pages_1000"
OURS: Final = "dialspec"
OURS_ASYNC: Final = "dialspec, async"
PAGES: Final = 1000
PAGES_ONE_AT_A_TIME: Final = 200
AT_ONCE: Final = 10
DELAY: Final = 20
"""Milliseconds."""
WARM_UP_PAGES: Final = 20

HARVESTERS: Final = (
    Contestant(
        "httpx, threads",
        Kind.FLOOR,
        DIALSPEC,
        "harvesters:httpx_threads",
        "Client.post, json.loads; a pool of 10 threads",
    ),
    Contestant(
        "httpx, tasks",
        Kind.FLOOR,
        DIALSPEC,
        "harvesters:httpx_tasks",
        "AsyncClient.post, json.loads; 10 tasks",
    ),
    Contestant(
        "openapi-python-client",
        Kind.PEER,
        PEERS,
        "harvesters:openapi_python_client_tasks",
        "asyncio(); 10 tasks",
    ),
    Contestant(
        "openapi-generator",
        Kind.PEER,
        PEERS,
        "harvesters:openapi_generator_threads",
        "the method; a pool of 10 threads",
    ),
    Contestant(OURS, Kind.OURS, DIALSPEC, "harvesters:ours", "for row in …(prefetch=10)"),
    Contestant(
        OURS_ASYNC,
        Kind.OURS,
        DIALSPEC,
        "harvesters:ours_async",
        "async for row in …(prefetch=10)",
    ),
)


def measure(plan: Plan) -> Iterator[Group]:
    """Measure each harvester, and compare it with itself."""
    left_out: dict[str, str] = {}
    with ExitStack() as stack:
        vendor = stack.enter_context(Process(DIALSPEC, "benchmarks.servers.vendor"))
        settings = {"root": f"http://127.0.0.1:{int(vendor.greeting['port'])}"}
        entries: list[Entry] = []
        for each in HARVESTERS:
            if each.missing:
                left_out[each.name] = each.missing
                continue
            for name, how, pages, at_once in (
                (one_at_a_time(each.name), "", PAGES_ONE_AT_A_TIME, 1),
                (each.name, each.how, PAGES, AT_ONCE),
            ):
                worker = stack.enter_context(worker_of(each, settings))
                worker.measured(pages=WARM_UP_PAGES, at_once=at_once, delay=0)
                measure = partial(worker.measured, pages=pages, at_once=at_once, delay=DELAY)
                entries.append(
                    Entry(name, each.kind, how, measure, against=one_at_a_time(each.name))
                )
        yield measured_group(
            GROUP,
            "Harvest of 1,000 pages, 20 ms each, ten at once",
            unit="pages/s",
            higher_is_better=True,
            reference=one_at_a_time(HARVESTERS[0].name),
            compared="ratio to itself, one at a time",
            entries=entries,
            rounds=plan.rounds,
            report=plan.report,
            left_out=left_out,
        )


def one_at_a_time(name: str) -> str:
    """The name of a harvester's row without concurrency."""
    return f"{name}, one at a time"
