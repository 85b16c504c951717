"""Every documented push, as pages print it and as the simulator invents it, read by its generated function."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner, Result

from dialspec.api import Provider, Push
from dialspec.cli.simulate import command
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read
from dialspec.simulator import Simulator
from dialspec.simulator.wire import loads_as_printed
from dialspec_runtime import DecodeError, Record
from documented import completed, undocumented

ROOT = Path(__file__).resolve().parents[2]
_, API = read(ROOT / "specs", Diagnostics())
PUSHES = [
    pytest.param(provider, push, id=f"{provider.name}-{push.full_name}")
    for provider in API.providers
    for resource in provider.resources
    for push in resource.pushes
]


def parsed(provider: Provider, push: Push, body: bytes, *, strict: bool = False) -> list[Record]:
    """The events of a push."""
    package: Any = import_module(f"dialspec_clients.{provider.name}")
    found = getattr(package, push.function)(body, strict=strict)
    return list(found) if push.is_list else [found]


def model_of(provider: Provider, push: Push) -> type[Record]:
    model: type[Record] = getattr(
        import_module(f"dialspec_clients.{provider.name}"), str(getattr(push.event, "name", ""))
    )
    return model


@pytest.mark.parametrize(("provider", "push"), PUSHES)
def test_a_printed_push_is_read_whole(provider: Provider, push: Push) -> None:
    for example in push.examples:
        assert example.request is not None
        text = example.request.reveal()
        if example.invalid is not None:
            with pytest.raises(DecodeError, match="Invalid JSON"):
                parsed(provider, push, text.encode())
            continue
        printed: Any = loads_as_printed(completed(text) if example.cut is not None else text)
        events = parsed(provider, push, json.dumps(printed).encode())
        assert all(type(event) is model_of(provider, push) for event in events)
        assert [name for event in events for name in undocumented(event)] == []
        payload: Any = printed
        for key in push.at:
            payload = payload.get(key) if hasattr(payload, "get") else payload
        rows: list[dict[str, object]] = payload if push.is_list else [payload]
        for event, row in zip(events, rows, strict=True):
            assert event.wire().keys() == row.keys()


@pytest.mark.parametrize(("provider", "push"), PUSHES)
def test_an_invented_push_is_read_and_holds_nothing_undocumented(
    provider: Provider, push: Push
) -> None:
    simulator = Simulator(API)
    for ordinal in range(20):
        body = simulator.push_body(provider.name, push.full_name, ordinal)
        events = parsed(provider, push, body, strict=True)
        assert events
        assert all(type(event) is model_of(provider, push) for event in events)


@pytest.mark.parametrize(("provider", "push"), PUSHES)
def test_numbers_of_a_push_are_masked_when_printed(provider: Provider, push: Push) -> None:
    body = Simulator(API).push_body(provider.name, push.full_name)
    for event in parsed(provider, push, body):
        for name, sensitivity in type(event).__sensitive__.items():
            value = getattr(event, name)
            if sensitivity == "phone" and value:
                assert str(value) not in repr(event)


class Receiver:
    """A receiver of pushes on loopback, which answers with the statuses it is given."""

    def __init__(self) -> None:
        self.received: list[tuple[str, str, bytes]] = []
        self.status = 200

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message["body"]
            if not message.get("more_body"):
                break
        headers = dict(scope["headers"])
        self.received.append((scope["path"], headers[b"content-type"].decode(), body))
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def receiver() -> Iterator[tuple[Receiver, str]]:
    """A receiver and its address."""
    app = Receiver()
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="error", lifespan="off", loop="asyncio")
    )
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield app, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(5)


def simulate(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["--specs", str(ROOT / "specs"), *arguments])


def test_the_simulator_sends_every_push(receiver: tuple[Receiver, str]) -> None:
    app, url = receiver
    done = simulate("--push", f"{url}/{{provider}}/{{resource}}/{{push}}")
    assert done.exit_code == 0, done.output
    expected = [
        f"/{given.values[0].name}/{given.values[1].resource}/{given.values[1].name}"  # type: ignore[union-attr]  # as above
        for given in PUSHES
    ]
    assert [path for path, _, _ in app.received] == expected
    assert {kind for _, kind, _ in app.received} == {"application/json;charset=UTF-8"}
    assert done.output.count("HTTP 200") == len(PUSHES)


def test_the_simulator_sends_one_push_several_times(receiver: tuple[Receiver, str]) -> None:
    app, url = receiver
    done = simulate("--push", url, "--only", "nio.agents.ringing", "--times", "3")
    assert done.exit_code == 0
    assert len({body for _, _, body in app.received}) == 3


def test_a_push_that_is_not_taken_is_told_with_the_vendors_own_repeats(
    receiver: tuple[Receiver, str],
) -> None:
    app, url = receiver
    app.status = 503
    done = simulate("--push", url, "--only", "huawei_isales.call_results.report")
    assert done.exit_code == 1
    assert (
        "HTTP 503, where 200 is expected; the vendor's page says of repeats: Any other status"
        in (done.output)
    )
    assert len(app.received) == 1


def test_a_receiver_that_is_not_there_is_told() -> None:
    done = simulate("--push", "http://127.0.0.1:9/", "--only", "nio.agents.ringing")
    assert done.exit_code == 1
    assert "ConnectError" in done.output


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--push", "ftp://x"], "'ftp://x' is no address"),
        (["--push", "http://x/{name}"], "cannot be filled in"),
        (["--push", "http://x/{"], "cannot be filled in"),
        (["--push", "http://x", "--only", "nio.agents.ring"], "there is no push 'nio.agents.ring'"),
    ],
)
def test_a_wrong_address_or_name_is_a_plain_message(arguments: list[str], problem: str) -> None:
    done = simulate(*arguments)
    assert done.exit_code == 1
    assert problem in done.output
