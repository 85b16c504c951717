"""One signed, typed call with the generated client: first page, as objects."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx

from benchmarks.api.answers import TASK_ID
from benchmarks.contenders.endpoint import Settings
from benchmarks.contenders.runs import AsyncOperation, Contender, Repeated, RepeatedAsync, Rows


def client_of(settings: Settings, *, is_async: bool = False, **options: object) -> Any:
    """Make the generated client; it is generated for each run, so that no checker knows its types."""
    package: Any = importlib.import_module("bench_clients.bench")
    client_class = package.AsyncBench if is_async else package.Bench
    return client_class(
        api_key="key", api_secret="secret", base_url=settings["base_url"], **options
    )


def plain(settings: Settings) -> Contender:
    """With the client's own connections."""
    return _sync(settings, client_of(settings))


def own_http_client(settings: Settings) -> Contender:
    """With an `httpx.Client` of the user's own."""
    return _sync(settings, client_of(settings, http_client=httpx.Client()))


def plain_async(settings: Settings) -> Contender:
    """With the client's own connections."""
    return _async(settings, lambda: None)


def own_http_client_async(settings: Settings) -> Contender:
    """With an `httpx.AsyncClient` of the user's own."""
    return _async(settings, httpx.AsyncClient)


def over_aiohttp(settings: Settings) -> Contender:
    """With an httpx client that stands on aiohttp, by the bridge httpx-aiohttp."""
    bridge: Any = importlib.import_module("httpx_aiohttp")
    return _async(settings, bridge.HttpxAiohttpClient)


def _sync(settings: Settings, client: Any) -> Contender:
    rows: int = settings["rows"]

    def call() -> Rows:
        items: Rows = client.preview.query_task_detail(task_id=TASK_ID, size=rows).items
        return items

    return Repeated(call, rows)


def _async(settings: Settings, http_client: Callable[[], httpx.AsyncClient | None]) -> Contender:
    rows: int = settings["rows"]

    async def prepared(opened: AsyncExitStack) -> AsyncOperation:
        own = http_client()
        if own is not None:
            await opened.enter_async_context(own)
        client = await opened.enter_async_context(
            client_of(settings, is_async=True, http_client=own)
        )

        async def call() -> Rows:
            page = await client.preview.query_task_detail(task_id=TASK_ID, size=rows)
            items: Rows = page.items
            return items

        return call

    return RepeatedAsync(prepared, rows)
