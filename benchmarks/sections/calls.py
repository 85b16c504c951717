"""One call on loopback: a list's first page with 1 and with 100 rows, sync and async.

The vendor is a process of its own that answers at once, the same for all. Each contender has one connection, which it
keeps, and makes one call after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

from benchmarks.measuring.contestants import Contestant, started
from benchmarks.measuring.groups import measured_group
from benchmarks.measuring.plan import Plan
from benchmarks.measuring.workers import Process
from benchmarks.places import DIALSPEC, OPENAI, PEERS, SNIFFIO
from benchmarks.results import Group, Kind

NAME: Final = "calls"
TITLE: Final = "One call"
POST: Final = "httpx post + json.loads"
OURS: Final = "dialspec"
OWN_CLIENT: Final = "dialspec, own http_client"
OVER_AIOHTTP: Final = "dialspec over aiohttp"
POST_WITH_SNIFFIO: Final = "httpx post + json.loads, sniffio"
OURS_WITH_SNIFFIO: Final = "dialspec, sniffio"
ROWS: Final = (1, 100)


SYNC: Final = (
    Contestant(
        "http.client", Kind.FLOOR, DIALSPEC, "call_floors:http_client", "one connection, json.loads"
    ),
    Contestant(
        "urllib3",
        Kind.FLOOR,
        DIALSPEC,
        "call_floors:urllib3_request",
        "PoolManager.request, json.loads",
    ),
    Contestant(
        "httpx transport alone",
        Kind.FLOOR,
        DIALSPEC,
        "call_floors:httpx_transport",
        "HTTPTransport.handle_request with a ready request, json.loads",
    ),
    Contestant(
        "httpx send",
        Kind.FLOOR,
        DIALSPEC,
        "call_floors:httpx_send",
        "Client.send with a ready request, json.loads",
    ),
    Contestant(
        POST, Kind.FLOOR, DIALSPEC, "call_floors:httpx_post", "Client.post(json=…), json.loads"
    ),
    Contestant(
        "openapi-python-client",
        Kind.PEER,
        PEERS,
        "call_peers:openapi_python_client",
        "sync(), on httpx",
    ),
    Contestant(
        "openapi-generator",
        Kind.PEER,
        PEERS,
        "call_peers:openapi_generator",
        "the method, on urllib3",
    ),
    Contestant(
        "datamodel-code-generator",
        Kind.PEER,
        PEERS,
        "call_peers:datamodel_code_generator",
        "the method of Client, on httpx2",
    ),
    Contestant(
        "openai", Kind.PEER, OPENAI, "call_peers:openai", "OpenAI.post(cast_to=…), on httpx2"
    ),
    Contestant(OURS, Kind.OURS, DIALSPEC, "call_ours:plain", "signed; own connections"),
    Contestant(
        OWN_CLIENT,
        Kind.OURS,
        DIALSPEC,
        "call_ours:own_http_client",
        "signed; http_client=httpx.Client()",
    ),
)
ASYNC: Final = (
    Contestant(
        "aiohttp",
        Kind.FLOOR,
        DIALSPEC,
        "call_floors:aiohttp_post",
        "ClientSession.post, json.loads",
    ),
    Contestant(
        "httpx transport alone",
        Kind.FLOOR,
        DIALSPEC,
        "call_floors:httpx_transport_async",
        "AsyncHTTPTransport with a ready request, json.loads",
    ),
    Contestant(
        "httpx over aiohttp",
        Kind.FLOOR,
        DIALSPEC,
        "call_floors:httpx_over_aiohttp",
        "HttpxAiohttpClient.post(json=…), json.loads",
    ),
    Contestant(
        POST,
        Kind.FLOOR,
        DIALSPEC,
        "call_floors:httpx_post_async",
        "AsyncClient.post(json=…), json.loads",
    ),
    Contestant(
        "openapi-python-client",
        Kind.PEER,
        PEERS,
        "call_peers:openapi_python_client_async",
        "asyncio(), on httpx",
    ),
    Contestant(
        "datamodel-code-generator",
        Kind.PEER,
        PEERS,
        "call_peers:datamodel_code_generator_async",
        "the method of AsyncClient, on httpx2",
    ),
    Contestant(
        "openai",
        Kind.PEER,
        OPENAI,
        "call_peers:openai_async",
        "AsyncOpenAI.post(cast_to=…), on httpx2",
    ),
    Contestant(OURS, Kind.OURS, DIALSPEC, "call_ours:plain_async", "signed; own connections"),
    Contestant(
        OWN_CLIENT,
        Kind.OURS,
        DIALSPEC,
        "call_ours:own_http_client_async",
        "signed; http_client=httpx.AsyncClient()",
    ),
    Contestant(
        POST_WITH_SNIFFIO,
        Kind.FLOOR,
        SNIFFIO,
        "call_floors:httpx_post_async",
        "the same, with sniffio installed",
    ),
    Contestant(
        OURS_WITH_SNIFFIO,
        Kind.OURS,
        SNIFFIO,
        "call_ours:plain_async",
        "signed; own connections, with sniffio installed",
    ),
    Contestant(
        OVER_AIOHTTP,
        Kind.OURS,
        DIALSPEC,
        "call_ours:over_aiohttp",
        "signed; http_client=httpx_aiohttp.HttpxAiohttpClient()",
    ),
)


def measure(plan: Plan) -> Iterator[Group]:
    """Measure sync and async calls."""
    with Process(DIALSPEC, "benchmarks.servers.vendor") as vendor:
        root = f"http://127.0.0.1:{int(vendor.greeting['port'])}"
        for mode, callers in (("sync", SYNC), ("async", ASYNC)):
            for rows in ROWS:
                yield _group(plan, root, mode, callers, rows)


def _group(plan: Plan, root: str, mode: str, callers: tuple[Contestant, ...], rows: int) -> Group:
    settings = {"base_url": f"{root}/rows/{rows}", "rows": rows}
    with ExitStack() as stack:
        entries, left_out = started(stack, callers, settings, seconds=plan.seconds)
        return measured_group(
            f"{mode}_{rows}",
            f"One call, {mode}, {rows} {'row' if rows == 1 else 'rows'}",
            unit="calls/s",
            higher_is_better=True,
            reference=POST,
            entries=entries,
            rounds=plan.quick_rounds,
            report=plan.report,
            left_out=left_out,
        )
