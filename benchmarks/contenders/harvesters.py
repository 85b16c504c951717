"""Who harvests: hand-written httpx, the peers' clients in the same loops, and ours with its own `prefetch`."""

from __future__ import annotations

import importlib
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import httpx

from benchmarks.api.answers import ROWS_PER_PAGE, TASK_ID
from benchmarks.contenders.call_ours import client_of
from benchmarks.contenders.endpoint import PATH, Settings, body_of, rows_of
from benchmarks.contenders.harvest import (
    AsyncHarvester,
    SyncHarvester,
    with_tasks,
    with_threads,
)
from benchmarks.contenders.runs import Contender, Rows


def httpx_threads(settings: Settings) -> Contender:
    """`httpx.Client.post` and `json.loads` in a pool of threads."""

    def harvest(base_url: str, pages: int, at_once: int) -> Iterator[object]:
        with httpx.Client() as client:

            def fetch(number: int) -> Rows:
                return rows_of(
                    json.loads(
                        client.post(base_url + PATH, json=body_of(ROWS_PER_PAGE, number)).content
                    )
                )

            yield from with_threads(fetch, pages, at_once)

    return SyncHarvester(settings["root"], harvest)


def httpx_tasks(settings: Settings) -> Contender:
    """`httpx.AsyncClient.post` and `json.loads` in tasks."""

    async def harvest(base_url: str, pages: int, at_once: int) -> AsyncIterator[object]:
        async with httpx.AsyncClient() as client:

            async def fetch(number: int) -> Rows:
                response = await client.post(base_url + PATH, json=body_of(ROWS_PER_PAGE, number))
                return rows_of(json.loads(response.content))

            async for row in with_tasks(fetch, pages, at_once):
                yield row

    return AsyncHarvester(settings["root"], harvest)


def openapi_python_client_tasks(settings: Settings) -> Contender:
    """`asyncio` of the generated endpoint, in tasks."""
    package: Any = importlib.import_module("bench_opc")
    models: Any = importlib.import_module("bench_opc.models")
    endpoint: Any = importlib.import_module("bench_opc.api.preview.preview_query_task_detail")

    async def harvest(base_url: str, pages: int, at_once: int) -> AsyncIterator[object]:
        async with package.Client(base_url=base_url) as client:

            async def fetch(number: int) -> Rows:
                body = models.PreviewQueryTaskDetailRequest(
                    current=number,
                    size=ROWS_PER_PAGE,
                    params=models.PreviewQueryTaskDetailParams(task_id=TASK_ID),
                )
                rows: Rows = (await endpoint.asyncio(client=client, body=body)).data.records
                return rows

            async for row in with_tasks(fetch, pages, at_once):
                yield row

    return AsyncHarvester(settings["root"], harvest)


def openapi_generator_threads(settings: Settings) -> Contender:
    """The generated method in a pool of threads; the pool of connections is as large."""
    package: Any = importlib.import_module("bench_og")

    def harvest(base_url: str, pages: int, at_once: int) -> Iterator[object]:
        configuration = package.Configuration(host=base_url)
        configuration.connection_pool_maxsize = at_once
        api = package.PreviewApi(package.ApiClient(configuration))

        def fetch(number: int) -> Rows:
            body = package.PreviewQueryTaskDetailRequest(
                current=number,
                size=ROWS_PER_PAGE,
                params=package.PreviewQueryTaskDetailParams(task_id=TASK_ID),
            )
            rows: Rows = api.preview_query_task_detail(body).data.records
            return rows

        yield from with_threads(fetch, pages, at_once)

    return SyncHarvester(settings["root"], harvest)


def ours(settings: Settings) -> Contender:
    """A `for` loop over the records, with `prefetch`."""

    def harvest(base_url: str, pages: int, at_once: int) -> Iterable[object]:
        del pages
        with client_of({"base_url": base_url}) as client:
            yield from client.preview.query_task_detail(
                task_id=TASK_ID, size=ROWS_PER_PAGE, prefetch=_prefetch(at_once)
            )

    return SyncHarvester(settings["root"], harvest)


def ours_async(settings: Settings) -> Contender:
    """An `async for` loop over the records, with `prefetch`."""

    async def harvest(base_url: str, pages: int, at_once: int) -> AsyncIterator[object]:
        del pages
        async with client_of({"base_url": base_url}, is_async=True) as client:
            async for row in client.preview.query_task_detail(
                task_id=TASK_ID, size=ROWS_PER_PAGE, prefetch=_prefetch(at_once)
            ):
                yield row

    return AsyncHarvester(settings["root"], harvest)


def _prefetch(at_once: int) -> int:
    return at_once if at_once > 1 else 0
