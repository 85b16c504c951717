"""Connections: kept between calls, never shared by two, closed when they are of no more use."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import httpcore
import httpx
import pytest

from dialspec_runtime import ConnectionFailed, ConnectionLost, RequestTimeout, Timeouts
from dialspec_runtime._async_network import LONGEST_GATHERED, GatheringStream
from dialspec_runtime.keepalive import KEEPALIVE_SECONDS, KeptConnections
from sample_client import AsyncSample, FakeTime, Sample
from scripted_vendor import CERTIFICATE, HANG, RESET, ScriptedVendor, answer, scripted_vendor

CALL = {"status": 0, "data": {"keyId": 7}}
OK = answer(CALL)


@pytest.fixture
def encrypted() -> Iterator[ScriptedVendor]:
    """A vendor on TLS whose certificate nobody has to trust."""
    with scripted_vendor(is_encrypted=True) as running:
        running.says(OK)
        yield running


@pytest.fixture
def trusted(encrypted: ScriptedVendor, monkeypatch: pytest.MonkeyPatch) -> ScriptedVendor:
    """The same, trusted by way of the environment."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    return encrypted


def unused_address() -> str:
    """An address of this machine at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"


# What is kept.


def test_calls_one_after_the_other_share_a_connection(vendor: ScriptedVendor) -> None:
    with Sample(vendor.url) as client:
        for _ in range(5):
            client.calls.get(call_id="7")

    async def main() -> None:
        async with AsyncSample(vendor.url) as other:
            for _ in range(5):
                await other.calls.get(call_id="7")

    asyncio.run(main())
    assert len(vendor.received) == 10
    assert vendor.connections == 2


def test_two_calls_are_never_on_one_connection(vendor: ScriptedVendor) -> None:
    vendor.says(answer(CALL, trickle=0.0005))

    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            await asyncio.gather(*(client.calls.get(call_id="7") for _ in range(4)))

    asyncio.run(main())
    assert vendor.connections == 4


def test_a_connection_that_the_vendor_closes_after_an_answer_is_not_kept(
    vendor: ScriptedVendor,
) -> None:
    vendor.says(answer(CALL, headers={"Connection": "close"}, then="close"))
    with Sample(vendor.url) as client:
        client.calls.start()
        client.calls.start()  # unsafe: a fault would not be tried again
    assert vendor.connections == 2


def test_a_connection_that_the_vendor_has_closed_meanwhile_costs_no_fault(
    vendor: ScriptedVendor,
) -> None:
    vendor.says(answer(CALL, then="close"))
    with Sample(vendor.url) as client:
        client.calls.start()
        vendor.wait_until_left()
        client.calls.start()

    async def main() -> None:
        async with AsyncSample(vendor.url) as other:
            await other.calls.start()
            await asyncio.to_thread(vendor.wait_until_left)
            await asyncio.sleep(0.01)  # lets the event loop hear of it
            await other.calls.start()

    asyncio.run(main())
    assert vendor.connections == len(vendor.received) == 4


@dataclass(eq=False)
class Line:
    """A connection as it is kept."""

    idle: bool = True

    def is_idle(self) -> bool:
        return self.idle


def kept_lines(*lines: Line) -> KeptConnections[Line]:
    """Connections that calls have used, the last one last."""
    kept: KeptConnections[Line] = KeptConnections()
    for line in lines:
        kept.add(line)
    for second, line in enumerate(lines):
        kept.put_back(line, float(second))
    return kept


def test_the_connection_used_last_is_taken_first() -> None:
    older, newer = Line(), Line()
    kept = kept_lines(older, newer)
    assert kept.take() is newer
    assert kept.take() is older
    assert kept.take() is None


def test_a_connection_in_the_middle_of_an_answer_is_not_kept() -> None:
    busy = Line(idle=False)
    kept = kept_lines()
    kept.add(busy)
    assert kept.put_back(busy, 0.0) is False
    assert kept.take() is None


def test_connections_that_grew_old_are_closed_the_oldest_first() -> None:
    lines = [Line(), Line(), Line(), Line()]
    kept = kept_lines(*lines)
    now = KEEPALIVE_SECONDS + 1.5  # the first two were put back longer ago than that
    assert [kept.take_expired(now) for _ in range(3)] == [lines[0], lines[1], None]
    assert set(kept.close()) == set(lines[2:])


def test_closing_gives_the_connections_in_use_too_and_keeps_no_more() -> None:
    used, idle = Line(), Line()
    kept = kept_lines(idle, used)
    assert kept.take() is used
    assert set(kept.close()) == {used, idle}
    assert kept.put_back(used, 2.0) is False
    assert kept.take() is None
    assert kept.close() == []


def test_closing_an_async_client_ends_its_calls(vendor: ScriptedVendor) -> None:
    vendor.says(HANG)

    async def main() -> None:
        client = AsyncSample(vendor.url, max_retries=0)
        call = asyncio.create_task(client.calls.get(call_id="7"))
        while not vendor.received:
            await asyncio.sleep(0.01)
        await client.aclose()
        with pytest.raises(ConnectionLost):
            await call

    asyncio.run(main())


def test_a_connection_in_use_when_the_client_is_closed_is_closed_after_its_answer(
    vendor: ScriptedVendor,
) -> None:
    vendor.says(answer(CALL, trickle=0.001))
    client = Sample(vendor.url, max_retries=0)
    outcome: list[object] = []

    def call() -> None:
        try:
            outcome.append(client.calls.get(call_id="7").key_id)
        except ConnectionLost as lost:  # the answer was cut off by closing
            outcome.append(lost)

    thread = threading.Thread(target=call)
    thread.start()
    while not vendor.received:
        thread.join(0.01)
    client.close()
    thread.join()
    vendor.wait_until_left()
    assert len(outcome) == 1


# How a request leaves.


class Wire(httpcore.AsyncNetworkStream):
    """A connection that notes what is done to it."""

    def __init__(self, *, is_broken: bool = False) -> None:
        self.done: list[str] = []
        self.is_broken = is_broken

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.done.append(f"write {len(buffer)} within {timeout}")
        if self.is_broken:
            raise httpcore.WriteError("broken pipe")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.done.append(f"read within {timeout}")
        return b"answer"

    async def aclose(self) -> None:
        self.done.append("close")


def test_head_and_body_of_an_async_request_leave_in_one_piece() -> None:
    wire = Wire()

    async def main() -> None:
        stream = GatheringStream(wire)
        await stream.write(b"head", 5)
        await stream.write(b"body", 6)
        assert await stream.read(100, 7) == b"answer"
        assert await stream.read(100, 8) == b"answer"

    asyncio.run(main())
    assert wire.done == ["write 8 within 6", "read within 7", "read within 8"]


def test_a_long_body_is_not_held_in_memory() -> None:
    wire = Wire()

    async def main() -> None:
        stream = GatheringStream(wire)
        for _ in range(10):
            await stream.write(b"x" * 20_000, None)
        await stream.aclose()

    asyncio.run(main())
    assert wire.done == ["write 80000 within None", "write 80000 within None", "close"]


def test_an_answer_that_came_before_the_request_was_read_is_read() -> None:
    wire = Wire(is_broken=True)

    async def main() -> None:
        stream = GatheringStream(wire)
        await stream.write(b"head", 5)
        assert await stream.read(100, 7) == b"answer"
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"x" * LONGEST_GATHERED, 5)

    asyncio.run(main())
    assert wire.done[0] == "write 4 within 5"


# TLS.


def test_calls_over_tls_share_a_connection(trusted: ScriptedVendor) -> None:
    with Sample(trusted.url) as client:
        assert client.calls.get(call_id="7").key_id == 7
        assert client.calls.get(call_id="7").key_id == 7

    async def main() -> None:
        async with AsyncSample(trusted.url) as other:
            assert (await other.calls.get(call_id="7")).key_id == 7
            assert (await other.calls.get(call_id="7")).key_id == 7

    asyncio.run(main())
    assert len(trusted.received) == 4
    assert trusted.connections == 2


def test_a_certificate_that_nobody_vouches_for_is_refused(
    encrypted: ScriptedVendor, time: FakeTime
) -> None:
    with (
        Sample(encrypted.url, time=time) as client,
        pytest.raises(ConnectionFailed, match="certificate verify failed") as caught,
    ):
        client.calls.start()
    assert caught.value.is_retry_safe
    assert isinstance(caught.value.__cause__, httpx.ConnectError)

    async def main() -> None:
        async with AsyncSample(encrypted.url, time=time) as other:
            with pytest.raises(ConnectionFailed, match="certificate verify failed"):
                await other.calls.start()

    asyncio.run(main())
    assert encrypted.received == []


# What breaks is told in the terms of httpx, whoever sends.


@pytest.mark.parametrize("is_own", [False, True])
def test_the_causes_of_faults_are_exceptions_of_httpx(
    vendor: ScriptedVendor, time: FakeTime, is_own: bool
) -> None:
    with httpx.Client() as http:
        own = http if is_own else None
        with (
            Sample(unused_address(), time=time, http_client=own, max_retries=0) as client,
            pytest.raises(ConnectionFailed, match=r"ConnectError: .*refused") as refused,
        ):
            client.calls.get(call_id="7")
        assert isinstance(refused.value.__cause__, httpx.ConnectError)
        vendor.says(RESET)
        with Sample(vendor.url, time=time, http_client=own, max_retries=0) as client:
            with pytest.raises(ConnectionLost, match=r"ReadError: .*reset by peer") as lost:
                client.calls.get(call_id="7")
            assert isinstance(lost.value.__cause__, httpx.ReadError)
            vendor.says(HANG)
            with pytest.raises(RequestTimeout, match="ReadTimeout: timed out") as late:
                client.calls.get(call_id="7", timeout=Timeouts(read=0.05))
            assert isinstance(late.value.__cause__, httpx.ReadTimeout)
