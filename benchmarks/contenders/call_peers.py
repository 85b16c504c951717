"""One typed call with what the peers generate, and with openai-python's way of calling any endpoint."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

from benchmarks.api.answers import TASK_ID
from benchmarks.contenders.endpoint import PATH, Settings, body_of
from benchmarks.contenders.runs import AsyncOperation, Contender, Repeated, RepeatedAsync, Rows


def openapi_python_client(settings: Settings) -> Contender:
    """`sync` of the generated endpoint."""
    client, endpoint, body = _openapi_python_client(settings)

    def call() -> Rows:
        rows: Rows = endpoint.sync(client=client, body=body()).data.records
        return rows

    return Repeated(call, settings["rows"])


def openapi_python_client_async(settings: Settings) -> Contender:
    """`asyncio` of the generated endpoint."""

    async def prepared(opened: AsyncExitStack) -> AsyncOperation:
        client, endpoint, body = _openapi_python_client(settings)
        await opened.enter_async_context(client)

        async def call() -> Rows:
            rows: Rows = (await endpoint.asyncio(client=client, body=body())).data.records
            return rows

        return call

    return RepeatedAsync(prepared, settings["rows"])


def openapi_generator(settings: Settings) -> Contender:
    """The generated method, on urllib3."""
    package: Any = importlib.import_module("bench_og")
    api = package.PreviewApi(package.ApiClient(package.Configuration(host=settings["base_url"])))
    size: int = settings["rows"]

    def call() -> Rows:
        body = package.PreviewQueryTaskDetailRequest(
            current=1,
            size=size,
            params=package.PreviewQueryTaskDetailParams(task_id=TASK_ID),
        )
        rows: Rows = api.preview_query_task_detail(body).data.records
        return rows

    return Repeated(call, size)


def datamodel_code_generator(settings: Settings) -> Contender:
    """The generated method of the sync client, on httpx2."""
    package, body = _datamodel_code_generator(settings)
    client = package.Client(base_url=settings["base_url"])

    def call() -> Rows:
        rows: Rows = client.preview.preview_query_task_detail(body=body()).data.records
        return rows

    return Repeated(call, settings["rows"])


def datamodel_code_generator_async(settings: Settings) -> Contender:
    """The generated method of the async client, on httpx2."""

    async def prepared(opened: AsyncExitStack) -> AsyncOperation:
        package, body = _datamodel_code_generator(settings)
        client = await opened.enter_async_context(
            package.AsyncClient(base_url=settings["base_url"])
        )

        async def call() -> Rows:
            answer = await client.preview.preview_query_task_detail(body=body())
            rows: Rows = answer.data.records
            return rows

        return call

    return RepeatedAsync(prepared, settings["rows"])


def openai(settings: Settings) -> Contender:
    """`OpenAI.post` with a model of the answer, on httpx2."""
    library: Any = importlib.import_module("openai")
    answer_class = importlib.import_module("benchmarks.contenders.openai_models").answer_class()
    client = library.OpenAI(api_key="key", base_url=settings["base_url"])
    size: int = settings["rows"]

    def call() -> Rows:
        rows: Rows = client.post(PATH, cast_to=answer_class, body=body_of(size)).data.records
        return rows

    return Repeated(call, size)


def openai_async(settings: Settings) -> Contender:
    """`AsyncOpenAI.post` with a model of the answer, on httpx2."""
    size: int = settings["rows"]

    async def prepared(opened: AsyncExitStack) -> AsyncOperation:
        library: Any = importlib.import_module("openai")
        answer_class = importlib.import_module("benchmarks.contenders.openai_models").answer_class()
        client = await opened.enter_async_context(
            library.AsyncOpenAI(api_key="key", base_url=settings["base_url"])
        )

        async def call() -> Rows:
            answer = await client.post(PATH, cast_to=answer_class, body=body_of(size))
            rows: Rows = answer.data.records
            return rows

        return call

    return RepeatedAsync(prepared, size)


def _openapi_python_client(settings: Settings) -> tuple[Any, Any, Callable[[], Any]]:
    package: Any = importlib.import_module("bench_opc")
    models: Any = importlib.import_module("bench_opc.models")
    endpoint: Any = importlib.import_module("bench_opc.api.preview.preview_query_task_detail")
    size: int = settings["rows"]

    def body() -> Any:
        return models.PreviewQueryTaskDetailRequest(
            current=1, size=size, params=models.PreviewQueryTaskDetailParams(task_id=TASK_ID)
        )

    return package.Client(base_url=settings["base_url"]), endpoint, body


def _datamodel_code_generator(settings: Settings) -> tuple[Any, Callable[[], Any]]:
    package: Any = importlib.import_module("bench_dcg.client")
    models: Any = importlib.import_module("bench_dcg.models")
    size: int = settings["rows"]

    def body() -> Any:
        return models.PreviewQueryTaskDetailRequest(
            current=1, size=size, params=models.PreviewQueryTaskDetailParams(taskId=TASK_ID)
        )

    return package, body
