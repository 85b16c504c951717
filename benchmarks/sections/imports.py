"""What a program waits for before its first call: imports, the first client, the first request.

Each sample is a fresh process that looks at the clock after Python itself has started, and again when it is done.
A request counts as prepared when the process asks the system for a connection, which then is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.measuring.commands import run
from benchmarks.measuring.contestants import NO_JAVA
from benchmarks.measuring.groups import Entry, measured_group
from benchmarks.measuring.plan import Plan
from benchmarks.measuring.rounds import Figures
from benchmarks.places import BUILD, DIALSPEC, OPENAI, PEERS, program
from benchmarks.preparation import LARGE, SMALL, clients_of, has_openapi_generator
from benchmarks.results import Group, Kind

NAME: Final = "imports"
TITLE: Final = "Imports and the first call"
HTTPX_PYDANTIC: Final = "import httpx, pydantic"
OURS: Final = "import dialspec_clients.nio"
FIRST_CALL: Final = "dialspec"
FIRST_CALL_HTTPS: Final = "dialspec, https"
ALL_MODULES: Final = "dialspec, all modules"
ALL_MODULES_BUILT: Final = "dialspec, all modules and preload()"
DCG_ALL_MODULES: Final = "datamodel-code-generator, all modules"

_TIMED: Final = """
import sys, time
program = compile(sys.argv[1], "program", "exec")
started = time.perf_counter()
exec(program, {"__name__": "program"})
print(time.perf_counter() - started)
"""
_TO_FIRST_CONNECTION: Final = """
import os, sys, time
program = compile(sys.argv[1], "program", "exec")
def hook(event, arguments):
    if event == "socket.connect":
        print(time.perf_counter() - started, flush=True)
        os._exit(0)
sys.addaudithook(hook)
started = time.perf_counter()
exec(program, {"__name__": "program"})
print(time.perf_counter() - started)
"""
_EVERY_MODULE: Final = """
import importlib, pkgutil
package = importlib.import_module({package!r})
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
"""
_OUR_FIRST_CALL: Final = """
from bench_clients.bench import Bench
bench = Bench(api_key="key", api_secret="secret", base_url="{base_url}", max_retries=0)
bench.preview.query_task_detail(task_id=123).items
"""
_OUR_FIRST_REQUEST: Final = """
from bench_clients.bench import Bench
class Nobody:
    def send(self, request, **options):
        raise SystemExit
bench = Bench(api_key="key", api_secret="secret", base_url="{base_url}", http_client=Nobody())
try:
    bench.preview.query_task_detail(task_id=123).items
except SystemExit:
    pass
"""
_HTTPX_FIRST_CALL: Final = """
import httpx, pydantic
httpx.Client().post("{base_url}/v3/cc/preview/queryTaskDetail", json={{"current": 1}})
"""
_OPC_FIRST_CALL: Final = """
from bench_opc import Client
from bench_opc.api.preview import preview_query_task_detail
from bench_opc.models import PreviewQueryTaskDetailParams, PreviewQueryTaskDetailRequest
preview_query_task_detail.sync(
    client=Client(base_url="{base_url}"),
    body=PreviewQueryTaskDetailRequest(
        current=1, size=100, params=PreviewQueryTaskDetailParams(task_id=123)
    ),
)
"""
_OG_FIRST_CALL: Final = """
import bench_og as og
og.PreviewApi(og.ApiClient(og.Configuration(host="{base_url}"))).preview_query_task_detail(
    og.PreviewQueryTaskDetailRequest(
        current=1, size=100, params=og.PreviewQueryTaskDetailParams(task_id=123)
    )
)
"""
_DCG_FIRST_CALL: Final = """
from bench_dcg.client import Client
from bench_dcg.models import PreviewQueryTaskDetailParams, PreviewQueryTaskDetailRequest
Client(base_url="{base_url}").preview.preview_query_task_detail(
    body=PreviewQueryTaskDetailRequest(
        current=1, size=100, params=PreviewQueryTaskDetailParams(taskId=123)
    )
)
"""
_OPENAI_FIRST_CALL: Final = """
from openai import BaseModel, OpenAI
OpenAI(api_key="key", base_url="{base_url}", max_retries=0).post("/v1", cast_to=BaseModel)
"""
_HTTP: Final = "http://127.0.0.1:9"
_HTTPS: Final = "https://127.0.0.1:9"


class Program(NamedTuple):
    """One contender: what it runs, where."""

    name: str
    kind: Kind
    environment: str
    text: str
    how: str = ""


IMPORTS: Final = (
    Program(HTTPX_PYDANTIC, Kind.FLOOR, DIALSPEC, HTTPX_PYDANTIC),
    Program(OURS, Kind.OURS, DIALSPEC, OURS, "the client of this project's specs"),
    Program("openapi-python-client", Kind.PEER, PEERS, "import bench_opc", "the generated package"),
    Program("openapi-generator", Kind.PEER, PEERS, "import bench_og", "the generated package"),
    Program(
        "datamodel-code-generator",
        Kind.PEER,
        PEERS,
        "import bench_dcg.client",
        "the generated package",
    ),
    Program("openai", Kind.PEER, OPENAI, "import openai", "as installed"),
)
FIRST_CALLS: Final = (
    Program(HTTPX_PYDANTIC, Kind.FLOOR, DIALSPEC, HTTPX_PYDANTIC, "imports only"),
    Program(
        "httpx", Kind.FLOOR, DIALSPEC, _HTTPX_FIRST_CALL.format(base_url=_HTTP), "Client().post(…)"
    ),
    Program(
        "httpx, https",
        Kind.FLOOR,
        DIALSPEC,
        _HTTPX_FIRST_CALL.format(base_url=_HTTPS),
        "the same; loads the certificates that it trusts",
    ),
    Program(
        FIRST_CALL,
        Kind.OURS,
        DIALSPEC,
        _OUR_FIRST_CALL.format(base_url=_HTTP),
        "signed; 100 endpoints",
    ),
    Program(
        "dialspec, before any connection",
        Kind.OURS,
        DIALSPEC,
        _OUR_FIRST_REQUEST.format(base_url=_HTTP),
        "the signed request in the hands of an http_client that does nothing",
    ),
    Program(
        FIRST_CALL_HTTPS,
        Kind.OURS,
        DIALSPEC,
        _OUR_FIRST_CALL.format(base_url=_HTTPS),
        "the same; loads the certificates that it trusts",
    ),
    Program(
        "openapi-python-client",
        Kind.PEER,
        PEERS,
        _OPC_FIRST_CALL.format(base_url=_HTTP),
        "100 endpoints",
    ),
    Program(
        "openapi-generator",
        Kind.PEER,
        PEERS,
        _OG_FIRST_CALL.format(base_url=_HTTP),
        "100 endpoints",
    ),
    Program(
        "datamodel-code-generator",
        Kind.PEER,
        PEERS,
        _DCG_FIRST_CALL.format(base_url=_HTTP),
        "100 endpoints",
    ),
    Program("openai", Kind.PEER, OPENAI, _OPENAI_FIRST_CALL.format(base_url=_HTTP), "post(…)"),
)
EVERYTHING: Final = (
    Program(HTTPX_PYDANTIC, Kind.FLOOR, DIALSPEC, HTTPX_PYDANTIC),
    Program(
        ALL_MODULES,
        Kind.OURS,
        DIALSPEC,
        _EVERY_MODULE.format(package="bench_clients"),
        "models are declared, and built on first use",
    ),
    Program(
        ALL_MODULES_BUILT,
        Kind.OURS,
        DIALSPEC,
        _EVERY_MODULE.format(package="bench_clients")
        + "from bench_clients.bench import preload\npreload()",
        "every model is built",
    ),
    Program(
        "dialspec_clients, all modules",
        Kind.OURS,
        DIALSPEC,
        _EVERY_MODULE.format(package="dialspec_clients"),
        "the clients of this project's specs",
    ),
    Program(
        DCG_ALL_MODULES,
        Kind.PEER,
        PEERS,
        _EVERY_MODULE.format(package="bench_dcg"),
        "every model is built",
    ),
    Program(
        "openapi-python-client, all modules",
        Kind.PEER,
        PEERS,
        _EVERY_MODULE.format(package="bench_opc"),
    ),
    Program(
        "openapi-generator, all modules",
        Kind.PEER,
        PEERS,
        _EVERY_MODULE.format(package="bench_og"),
        "every model is built",
    ),
)


def measure(plan: Plan) -> Iterator[Group]:
    """Measure imports, first calls, and whole packages."""
    yield _group(plan, "import", "Import of a client", _TIMED, IMPORTS, SMALL, HTTPX_PYDANTIC)
    yield _group(
        plan,
        "first_call",
        "First client built and first call prepared",
        _TO_FIRST_CONNECTION,
        FIRST_CALLS,
        LARGE,
        HTTPX_PYDANTIC,
    )
    yield _group(
        plan,
        "all_modules",
        "Import of all modules, 100 endpoints",
        _TIMED,
        EVERYTHING,
        LARGE,
        DCG_ALL_MODULES,
    )


def _group(
    plan: Plan,
    name: str,
    title: str,
    timing: str,
    programs: Sequence[Program],
    endpoints: int,
    reference: str,
) -> Group:
    present = [each for each in programs if _is_present(each)]
    entries = [
        Entry(each.name, each.kind, each.how, partial(_ran, timing, each, clients_of(endpoints)))
        for each in present
    ]
    for entry in entries:
        entry.measure()  # bytecode is there, as on everybody's second run
    return measured_group(
        name,
        title,
        unit="ms",
        higher_is_better=False,
        reference=reference,
        entries=entries,
        rounds=plan.quick_rounds,
        report=plan.report,
        left_out={each.name: NO_JAVA for each in programs if not _is_present(each)},
    )


def _is_present(each: Program) -> bool:
    return not each.name.startswith("openapi-generator") or has_openapi_generator()


def _ran(timing: str, each: Program, clients: Path) -> Figures:
    environment = os.environ | {"PYTHONPATH": str(clients), "PYTHONWARNINGS": "ignore"}
    ran = run(
        [program(each.environment, "python"), "-c", timing, each.text],
        cwd=BUILD,
        environment=environment,
    )
    return Figures(float(ran.output.split()[-1]) * 1000, None, ran.peak_bytes)
