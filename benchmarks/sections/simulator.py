"""The simulator, against a plain ASGI application that answers the same bytes on the same uvicorn.

The load comes from a process of its own over four connections. The simulator checks signature, timestamp and
parameters of each request, and makes the rows up.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Final, NamedTuple

from benchmarks.api.answers import TASK_ID
from benchmarks.contenders.endpoint import PATH
from benchmarks.contenders.load import answer_to
from benchmarks.generators import SPECS
from benchmarks.measuring.groups import Entry, measured_group
from benchmarks.measuring.plan import Plan
from benchmarks.measuring.rounds import Figures
from benchmarks.measuring.workers import Process, Worker
from benchmarks.places import BUILD, DIALSPEC, program
from benchmarks.preparation import SMALL, write_api
from benchmarks.results import Group, Kind

NAME: Final = "simulator"
TITLE: Final = "Simulator"
PLAIN: Final = "plain ASGI"
SIMULATOR: Final = "dialspec simulate"
_STOP_SECONDS: Final = 10.0
_EXPORT: Final = re.compile(r"^export BENCH_(\w+)=(\S+)$", re.MULTILINE)


class Asked(NamedTuple):
    """One request."""

    name: str
    title: str
    method: str
    path: str
    body: str


ASKED: Final = (
    Asked("read", "one object", "GET", f"/v3/cc/preview/tasks/{TASK_ID}", ""),
    *(
        Asked(
            f"rows_{rows}",
            f"a page of {rows} {'row' if rows == 1 else 'rows'}",
            "POST",
            PATH,
            json.dumps({"current": 1, "size": rows, "params": {"taskId": TASK_ID}}),
        )
        for rows in (1, 100)
    ),
)


def measure(plan: Plan) -> Iterator[Group]:
    """Measure three kinds of requests."""
    with _simulator() as (base_url, credentials):
        port, _, prefix = base_url.removeprefix("http://127.0.0.1:").partition("/")
        for asked in ASKED:
            settings: dict[str, object] = {
                "port": int(port),
                "method": asked.method,
                "path": f"/{prefix}{asked.path}" if prefix else asked.path,
                "body": asked.body,
                **credentials,
            }
            yield _group(plan, asked, settings)


def _group(plan: Plan, asked: Asked, settings: Mapping[str, object]) -> Group:
    answer = BUILD / "simulator" / asked.name
    answer.parent.mkdir(parents=True, exist_ok=True)
    answer.write_bytes(asyncio.run(answer_to(settings)))
    with ExitStack() as stack:
        plain = stack.enter_context(Process(DIALSPEC, "benchmarks.servers.plain_asgi", str(answer)))
        entries: list[Entry] = []
        for name, kind, how, port in (
            (PLAIN, Kind.FLOOR, "answers the same bytes, checks nothing", plain.greeting["port"]),
            (SIMULATOR, Kind.OURS, "as started from the command line", settings["port"]),
        ):
            load = stack.enter_context(Worker(DIALSPEC, "load:load", {**settings, "port": port}))
            load.measured(seconds=0.1)
            entries.append(Entry(name, kind, how, partial(_answers, load, plan.seconds)))
        return measured_group(
            asked.name,
            f"Simulator, {asked.title}",
            unit="requests/s",
            higher_is_better=True,
            reference=PLAIN,
            entries=entries,
            rounds=plan.quick_rounds,
            report=plan.report,
        )


def _answers(load: Worker, seconds: float) -> Figures:
    """Leave out what the load itself needed."""
    return Figures(load.measured(seconds=seconds).value)


@contextmanager
def _simulator() -> Generator[tuple[str, dict[str, str]]]:
    """Start the simulator; give its base URL and credentials."""
    specs = write_api(SMALL) / SPECS
    process = subprocess.Popen(
        [
            str(program(DIALSPEC, "dialspec")),
            *("simulate", "--specs", str(specs), "--port", "0"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        announced: dict[str, str] = {}
        for line in process.stdout:
            announced |= {found[1].lower(): found[2] for found in _EXPORT.finditer(line)}
            if len(announced) == 3:
                break
        yield announced.pop("base_url"), announced
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
