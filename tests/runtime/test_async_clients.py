"""The async client: the same behaviour, and nothing left behind when a task is cancelled."""

from __future__ import annotations

import asyncio
import gc
import os
import warnings
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import httpx
import pytest

from dialspec_runtime import (
    ConfigurationError,
    ConnectionLost,
    HttpStatusError,
    InvalidArgument,
    RequestTimeout,
    ResponseTooLarge,
    Timeouts,
)
from sample_client import AsyncSample, FakeTime
from scripted_vendor import HANG, RESET, ScriptedVendor, answer, dated

OK = answer({"status": 0, "data": {"keyId": 7}})
PAGE = answer({"status": 0, "data": {"total": 1, "records": [{"keyId": 1}]}})


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run a test; whatever is left behind is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        asyncio.run(main, debug=True)
        gc.collect()


def test_calls_and_pages(vendor: ScriptedVendor) -> None:
    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            assert (await client.calls.get(call_id="7")).key_id == 7
            vendor.says(PAGE)
            page = await client.calls.list(task_id=1)
            assert [call.key_id for call in page.items] == [1]
            assert [call.key_id async for call in client.calls.list(task_id=1)] == [1]

    run(main())
    assert vendor.connections == 1


def test_retries_are_decided_like_those_of_the_sync_client(vendor: ScriptedVendor) -> None:
    time = FakeTime()

    async def main() -> None:
        async with AsyncSample(vendor.url, time=time) as client:
            vendor.says(RESET, answer({}, status=503), OK)
            assert (await client.calls.get(call_id="7")).key_id == 7
            vendor.says(RESET)
            with pytest.raises(ConnectionLost) as caught:
                await client.calls.start()
            assert caught.value.attempts == 1

    run(main())
    assert time.slept == [0.5, 1.0]
    assert len(vendor.received) == 4


def test_a_refused_timestamp_is_mended_once(vendor: ScriptedVendor) -> None:
    time = FakeTime()

    async def main() -> None:
        async with AsyncSample(vendor.url, time=time) as client:
            vendor.says(dated({"status": -16}, time.now - 3600), OK)
            await asyncio.gather(client.calls.get(call_id="7"))
            await client.calls.get(call_id="8")
            assert client.clock_offset == -3599.5

    run(main())
    assert len(vendor.received) == 3
    assert time.slept == []


def test_arguments_are_checked_when_the_method_is_called(vendor: ScriptedVendor) -> None:
    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            with pytest.raises(InvalidArgument, match="task_id=0"):
                client.calls.list(task_id=0)
            with pytest.raises(InvalidArgument, match="size"):
                client.calls.list(task_id=1, size=1000)

    run(main())
    assert vendor.received == []


def test_a_silent_vendor_is_a_timeout(vendor: ScriptedVendor) -> None:
    vendor.says(HANG)

    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            with pytest.raises(RequestTimeout):
                await client.calls.get(call_id="7", timeout=Timeouts(read=0.05), max_retries=0)

    run(main())


def test_cancelling_leaves_no_half_used_connection(vendor: ScriptedVendor) -> None:
    vendor.says(HANG, OK)

    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            task = asyncio.create_task(client.calls.get(call_id="7"))
            while not vendor.received:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await client.calls.get(call_id="7")).key_id == 7
        assert len(asyncio.all_tasks()) == 1

    run(main())
    assert vendor.connections == 2


@pytest.mark.parametrize("after", [0.0, 0.001, 0.01, 0.03, 0.05])
def test_cancelling_at_any_moment_leaves_a_client_that_works(
    vendor: ScriptedVendor, after: float
) -> None:
    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            vendor.says(answer({"status": 0, "data": {"keyId": 7}}, trickle=0.001))
            tasks = [asyncio.create_task(client.calls.get(call_id="7")) for _ in range(5)]
            await asyncio.sleep(after)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            vendor.says(OK)
            assert (await client.calls.get(call_id="7")).key_id == 7

    run(main())


def test_many_tasks_share_a_client(vendor: ScriptedVendor) -> None:
    vendor.says(OK)

    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            calls = await asyncio.gather(*(client.calls.get(call_id=str(n)) for n in range(300)))
            assert {call.key_id for call in calls} == {7}

    asyncio.run(main())
    assert len(vendor.received) == 300
    assert vendor.connections < 300


def test_files_are_streamed(vendor: ScriptedVendor, tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_bytes(b"13800138000\n" * 20_000)

    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            await client.calls.upload(file=path)

    run(main())
    assert vendor.received[0].body.count(b"13800138000") == 20_000
    assert vendor.received[0].headers["content-length"] == str(len(vendor.received[0].body))


def test_too_large_answers_are_refused(vendor: ScriptedVendor) -> None:
    vendor.says(answer(body=b" " * 5000))

    async def main() -> None:
        async with AsyncSample(vendor.url, max_response_bytes=500) as client:
            with pytest.raises(ResponseTooLarge):
                await client.calls.get(call_id="7")

    run(main())


def test_a_users_own_client_is_used_and_not_closed(vendor: ScriptedVendor) -> None:
    async def read(response: httpx.Response) -> None:
        await response.aread()

    async def main() -> None:
        async with httpx.AsyncClient(follow_redirects=True) as own:
            async with AsyncSample(vendor.url, http_client=own) as client:
                assert (await client.calls.get(call_id="7")).key_id == 7
            assert not own.is_closed
            async with AsyncSample(vendor.url, http_client=own) as client:
                vendor.says(answer({}, status=307, headers={"Location": vendor.url}), OK)
                with pytest.raises(HttpStatusError):
                    await client.calls.start()
            own.event_hooks = {"response": [read]}
            async with AsyncSample(vendor.url, http_client=own) as client:
                assert (await client.calls.get(call_id="7")).key_id == 7
            async with AsyncSample(vendor.url, http_client=own, max_response_bytes=5) as client:
                with pytest.raises(ResponseTooLarge):
                    await client.calls.get(call_id="7")

    run(main())


def test_a_users_own_client_may_not_sign_too(vendor: ScriptedVendor) -> None:
    own = httpx.AsyncClient(auth=httpx.DigestAuth("user", "pass"))
    with pytest.raises(ConfigurationError, match="http_client has auth="):
        AsyncSample(vendor.url, http_client=own)


def test_a_closed_client_refuses_calls(vendor: ScriptedVendor) -> None:
    async def main() -> None:
        client = AsyncSample(vendor.url)
        await client.aclose()
        with pytest.raises(ConfigurationError, match="closed"):
            await client.calls.get(call_id="7")

    run(main())


def test_a_client_belongs_to_one_event_loop(vendor: ScriptedVendor) -> None:
    client = AsyncSample(vendor.url)

    async def first() -> None:
        await client.calls.get(call_id="7")

    async def second() -> None:
        with pytest.raises(ConfigurationError, match="another event loop"):
            await client.calls.get(call_id="7")

    async def closed_elsewhere() -> None:
        with pytest.raises(ConfigurationError, match="another event loop"):
            await client.aclose()

    with asyncio.Runner() as one:
        one.run(first())
        asyncio.run(second())
        asyncio.run(closed_elsewhere())
        one.run(first())
        one.run(client.aclose())
    asyncio.run(client.aclose())


def test_a_client_that_is_closed_between_two_tries_sends_nothing_more(
    vendor: ScriptedVendor,
) -> None:
    vendor.says(answer({}, status=500), answer({"status": 0, "data": {"keyId": 7}}))

    async def main() -> None:
        client = AsyncSample(vendor.url)
        call = asyncio.create_task(client.calls.get(call_id="7"))
        while not vendor.received:
            await asyncio.sleep(0.001)
        await client.aclose()
        with pytest.raises(ConfigurationError, match="closed"):
            await call

    run(main())
    assert len(vendor.received) == 1


def test_a_users_own_client_may_serve_in_many_event_loops() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"status": 0, "data": {"keyId": 9}})

    own = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    client = AsyncSample("https://api.example.com", http_client=own)
    for _ in range(2):
        assert asyncio.run(client.calls.get(call_id="7")).key_id == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_is_told_to_make_a_new_client(vendor: ScriptedVendor) -> None:
    client = AsyncSample(vendor.url)
    child = os.fork()
    if child == 0:  # pragma: no cover  # measured in the parent only
        status = 1
        try:
            asyncio.run(client.calls.get(call_id="7"))
        except ConfigurationError as error:
            status = 0 if "forked" in error.message else 2
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert vendor.received == []


def test_after_a_fork_a_new_client_is_asked_for(
    vendor: ScriptedVendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            parent = os.getpid()
            await client.calls.get(call_id="7")
            with monkeypatch.context() as forked:
                forked.setattr(os, "getpid", lambda: parent + 1)
                with pytest.raises(ConfigurationError, match="this process was forked"):
                    await client.calls.get(call_id="7")

    run(main())


def test_raw_answers(vendor: ScriptedVendor) -> None:
    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            raw = await client.raw_calls.get(call_id="7")
            assert raw.status_code == 200
            assert raw.parse().key_id == 7
            vendor.says(PAGE)
            page = await client.raw_calls.list(task_id=1, size=5)
            assert [call.key_id for call in page.parse().items] == [1]
            vendor.says(RESET)
            with pytest.raises(ConnectionLost):
                await client.raw_calls.get(call_id="7")

    run(main())
    assert len(vendor.received) == 3
