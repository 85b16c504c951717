"""One call by hand: the floors, and the reference that everybody would write."""

from __future__ import annotations

import http.client
import importlib
import json
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from benchmarks.contenders.endpoint import PATH, Settings, body_of, rows_of
from benchmarks.contenders.runs import AsyncOperation, Contender, Repeated, RepeatedAsync, Rows

_JSON: Final = {"Content-Type": "application/json"}


def http_client(settings: Settings) -> Contender:
    """The standard library's `http.client` on one connection."""
    base_url: str = settings["base_url"]
    target = urlsplit(base_url)
    connection = http.client.HTTPConnection(target.hostname or "", target.port)
    path, rows = target.path + PATH, settings["rows"]

    def call() -> Rows:
        connection.request("POST", path, json.dumps(body_of(rows)).encode(), _JSON)
        return rows_of(json.loads(connection.getresponse().read()))

    return Repeated(call, rows)


def httpx_transport(settings: Settings) -> Contender:
    """`httpx.HTTPTransport` with a request that was built once."""
    transport = httpx.HTTPTransport()
    request = _ready_request(settings)

    def call() -> Rows:
        response = transport.handle_request(request)
        try:
            return rows_of(json.loads(response.read()))
        finally:
            response.close()

    return Repeated(call, settings["rows"])


def httpx_send(settings: Settings) -> Contender:
    """`httpx.Client.send` with a request that was built once."""
    client = httpx.Client()
    request = _ready_request(settings)
    return Repeated(lambda: rows_of(json.loads(client.send(request).content)), settings["rows"])


def httpx_post(settings: Settings) -> Contender:
    """`httpx.Client.post` and `json.loads`: the reference."""
    client = httpx.Client()
    url, rows = settings["base_url"] + PATH, settings["rows"]
    return Repeated(lambda: rows_of(json.loads(client.post(url, json=body_of(rows)).content)), rows)


def urllib3_request(settings: Settings) -> Contender:
    """`urllib3.PoolManager.request` and `json.loads`."""
    urllib3: Any = importlib.import_module("urllib3")
    pool = urllib3.PoolManager()
    url, rows = settings["base_url"] + PATH, settings["rows"]
    return Repeated(
        lambda: rows_of(json.loads(pool.request("POST", url, json=body_of(rows)).data)), rows
    )


def httpx_transport_async(settings: Settings) -> Contender:
    """`httpx.AsyncHTTPTransport` with a request that was built once."""

    async def prepared(opened: AsyncExitStack) -> AsyncOperation:
        transport = await opened.enter_async_context(httpx.AsyncHTTPTransport())
        request = _ready_request(settings)

        async def call() -> Rows:
            response = await transport.handle_async_request(request)
            try:
                return rows_of(json.loads(await response.aread()))
            finally:
                await response.aclose()

        return call

    return RepeatedAsync(prepared, settings["rows"])


def httpx_post_async(settings: Settings) -> Contender:
    """`httpx.AsyncClient.post` and `json.loads`: the reference."""
    return _posting(settings, httpx.AsyncClient)


def httpx_over_aiohttp(settings: Settings) -> Contender:
    """`post` of an httpx client that stands on aiohttp, by the bridge httpx-aiohttp."""
    bridge: Any = importlib.import_module("httpx_aiohttp")
    return _posting(settings, bridge.HttpxAiohttpClient)


def _posting(settings: Settings, client_class: Callable[[], httpx.AsyncClient]) -> Contender:
    url, rows = settings["base_url"] + PATH, settings["rows"]

    async def prepared(opened: AsyncExitStack) -> AsyncOperation:
        client = await opened.enter_async_context(client_class())

        async def call() -> Rows:
            return rows_of(json.loads((await client.post(url, json=body_of(rows))).content))

        return call

    return RepeatedAsync(prepared, rows)


def aiohttp_post(settings: Settings) -> Contender:
    """`aiohttp.ClientSession.post` and `json.loads`."""
    aiohttp: Any = importlib.import_module("aiohttp")
    url, rows = settings["base_url"] + PATH, settings["rows"]

    async def prepared(opened: AsyncExitStack) -> AsyncOperation:
        session = await opened.enter_async_context(aiohttp.ClientSession())

        async def call() -> Rows:
            async with session.post(url, json=body_of(rows)) as response:
                return rows_of(json.loads(await response.read()))

        return call

    return RepeatedAsync(prepared, rows)


def _ready_request(settings: Settings) -> httpx.Request:
    return httpx.Request("POST", settings["base_url"] + PATH, json=body_of(settings["rows"]))
