"""An async client over aiohttp: the extra `dialspec[aiohttp]` keeps every promise that the default way keeps."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Awaitable, Callable

import aiohttp
import httpx
import pytest
from httpx_aiohttp import HttpxAiohttpClient

from dialspec_runtime import (
    ConnectionFailed,
    ConnectionLost,
    DialspecError,
    RequestTimeout,
    ResponseTooLarge,
    Timeouts,
)
from dialspec_runtime.faults import FaultKind, fault_of
from sample_client import API_SECRET, AsyncSample, FakeTime
from scripted_vendor import HANG, RESET, Answer, ScriptedVendor, answer

CALL = {"status": 0, "data": {"keyId": 7}}
OK = answer(CALL)
LOST = {
    "reset": RESET,
    "closed without an answer": Answer(then="close"),
    "cut off": Answer(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"status":', then="close"),
    "no HTTP": Answer(b"hello\r\n\r\n", then="close"),
}


def over_aiohttp(
    url: str, use: Callable[[AsyncSample], Awaitable[None]], *, max_response_bytes: int = 1_000_000
) -> None:
    """Use a client that stands on aiohttp."""

    async def main() -> None:
        async with HttpxAiohttpClient() as own:
            client = AsyncSample(
                url, time=FakeTime(), http_client=own, max_response_bytes=max_response_bytes
            )
            async with client:
                await use(client)

    asyncio.run(main())


def test_calls_and_pages_share_a_connection(vendor: ScriptedVendor) -> None:
    async def use(client: AsyncSample) -> None:
        vendor.says(OK)
        assert (await client.calls.get(call_id="7")).key_id == 7
        assert (await client.calls.start()).key_id == 7
        vendor.says(answer({"status": 0, "data": {"total": 1, "records": [{"keyId": 1}]}}))
        assert [call.key_id async for call in client.calls.list(task_id=1)] == [1]

    over_aiohttp(vendor.url, use)
    assert vendor.connections == 1


def test_requests_look_like_those_of_the_default_way(vendor: ScriptedVendor) -> None:
    async def use(client: AsyncSample) -> None:
        await client.calls.get(call_id="7")
        await client.calls.start()
        await client.calls.upload(file=b"13800138000\n" * 20_000)

    async def default() -> None:
        async with AsyncSample(vendor.url, time=FakeTime()) as client:
            await use(client)

    over_aiohttp(vendor.url, use)
    asyncio.run(default())
    bridged, plain = vendor.received[:3], vendor.received[3:]
    for one, other in zip(bridged, plain, strict=True):
        assert (one.method, one.target) == (other.method, other.target)
        assert set(one.headers) == set(other.headers)
        assert len(one.body) == len(other.body)


def test_compressed_answers_are_unfolded_within_the_limit(vendor: ScriptedVendor) -> None:
    body = b'{"status":0,"data":{"keyId":8}}'
    vendor.says(answer(body=gzip.compress(body), headers={"Content-Encoding": "gzip"}))

    async def use(client: AsyncSample) -> None:
        assert (await client.calls.get(call_id="7")).key_id == 8

    async def refuse(client: AsyncSample) -> None:
        with pytest.raises(ResponseTooLarge):
            await client.calls.get(call_id="7")

    over_aiohttp(vendor.url, use)
    over_aiohttp(vendor.url, refuse, max_response_bytes=len(body) - 1)


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
def test_an_unsafe_call_whose_connection_broke_is_sent_once(
    vendor: ScriptedVendor, fault: Answer
) -> None:
    vendor.says(fault)

    async def use(client: AsyncSample) -> None:
        with pytest.raises(ConnectionLost) as caught:
            await client.calls.start()
        assert caught.value.attempts == 1
        assert not caught.value.is_retry_safe
        assert API_SECRET not in repr(caught.value)

    over_aiohttp(vendor.url, use)
    assert len(vendor.received) == 1


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
def test_a_read_whose_connection_broke_is_sent_again(vendor: ScriptedVendor, fault: Answer) -> None:
    vendor.says(fault, OK)

    async def use(client: AsyncSample) -> None:
        assert (await client.calls.get(call_id="number-7")).key_id == 7

    over_aiohttp(vendor.url, use)
    assert len(vendor.received) == 2


def test_what_was_surely_not_sent_is_sent_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]

    async def use(client: AsyncSample) -> None:
        with pytest.raises(ConnectionFailed, match="no connection could be made") as caught:
            await client.calls.start()
        assert caught.value.attempts == 3
        assert caught.value.is_retry_safe

    over_aiohttp(f"http://127.0.0.1:{port}", use)


def test_a_silent_vendor_is_a_timeout_and_no_second_call(vendor: ScriptedVendor) -> None:
    vendor.says(HANG)

    async def use(client: AsyncSample) -> None:
        client = client.with_options(timeout=Timeouts(read=0.05))
        with pytest.raises(RequestTimeout, match="waiting for the answer") as caught:
            await client.calls.start()
        assert caught.value.attempts == 1

    over_aiohttp(vendor.url, use)


def test_no_address_of_a_call_gets_into_what_is_printed(vendor: ScriptedVendor) -> None:
    vendor.says(LOST["no HTTP"])

    async def use(client: AsyncSample) -> None:
        with pytest.raises(DialspecError) as caught:
            await client.calls.get(call_id="zhang-san", max_retries=0)
        assert "zhang-san" not in repr(caught.value)
        assert "zhang-san" not in repr(caught.value.__cause__)

    over_aiohttp(vendor.url, use)


def test_an_exception_of_the_program_itself_is_let_through(vendor: ScriptedVendor) -> None:
    async def stumble(_request: httpx.Request) -> None:
        raise LookupError("the program's own")

    async def main() -> None:
        async with HttpxAiohttpClient(event_hooks={"request": [stumble]}) as own:
            client = AsyncSample(vendor.url, http_client=own)
            with pytest.raises(LookupError, match="the program's own"):
                await client.calls.get(call_id="7")

    asyncio.run(main())


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (aiohttp.ServerDisconnectedError(), FaultKind.LOST),
        (aiohttp.ClientOSError(104, "reset"), FaultKind.LOST),
        (aiohttp.ClientPayloadError("cut"), FaultKind.LOST),
        (aiohttp.ClientConnectionResetError("closing"), FaultKind.LOST),
        (aiohttp.ConnectionTimeoutError("late"), FaultKind.CONNECT_TIMEOUT),
        (aiohttp.SocketTimeoutError("late"), FaultKind.READ_TIMEOUT),
    ],
)
def test_what_aiohttp_raised_counts_and_not_what_a_bridge_made_of_it(
    raised: Exception, kind: FaultKind
) -> None:
    made = httpx.ConnectTimeout("told so by a bridge")
    made.__cause__ = raised
    assert fault_of(made).kind is kind
    assert fault_of(raised).kind is kind
