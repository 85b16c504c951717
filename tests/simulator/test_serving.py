"""The simulator on a real port: faults of the connection, and the text for people."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from dialspec.api import Api
from dialspec.simulator import Simulator, describe, serve
from dialspec.simulator.server import ServerStartError
from hand_made_caller import JSON_TYPE, Caller, md5_headers

Calling = Callable[..., Caller]
Post = Callable[..., httpx.Response]
SPECS = Path(__file__).with_name("specs")
QUERY = {"current": 1, "size": 100, "params": {"taskId": 1}}
CREATE = {"called": ["447700900123"], "seatId": 7}


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


@pytest.fixture
def post(http: httpx.Client) -> Post:
    """Call acme over the network, signed."""

    def send(
        caller: Caller, root: str, path: str = "/calls/query", body: object = QUERY
    ) -> httpx.Response:
        headers = md5_headers(caller.simulator.credentials("acme"), caller.at)
        url = caller.simulator.base_url("acme", root) + path
        return http.post(url, headers={**headers, "Content-Type": JSON_TYPE}, json=body)

    return send


def test_it_serves_on_a_free_port_of_loopback(post: Post, caller: Caller) -> None:
    with serve(caller.simulator) as root:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", root)
        answer = post(caller, root)
    assert len(answer.json()["data"]["records"]) == 100
    assert answer.headers["date"] == "Fri, 15 Jan 2027 08:00:00 GMT"
    assert "server" not in answer.headers


def test_two_simulators_run_side_by_side(post: Post, calling: Calling) -> None:
    first, second = calling(), calling()
    with serve(first.simulator) as one, serve(second.simulator) as two:
        assert one != two
        post(first, one)
        assert second.simulator.received.total == 0


def test_the_port_is_free_again_afterwards(caller: Caller) -> None:
    with serve(caller.simulator) as root:
        port = int(root.rsplit(":", 1)[1])
    with serve(caller.simulator, port=port) as again:
        assert again == root


def test_a_taken_port_is_refused_at_once(caller: Caller) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"), serve(caller.simulator, port=port):
            pass


def test_many_requests_share_one_connection_without_waiting(caller: Caller) -> None:
    # Were Nagle's delay on, each of these would take 40 ms.
    headers = md5_headers(caller.simulator.credentials("acme"), caller.at)
    with serve(caller.simulator) as root, httpx.Client(headers=headers) as http:
        url = caller.simulator.base_url("acme", root) + "/calls/query"
        took: list[float] = []
        for _ in range(20):
            began = time.perf_counter()
            assert http.post(url, json=QUERY).status_code == 200
            took.append(time.perf_counter() - began)
    assert min(took) < 0.03


@pytest.mark.parametrize(("fault", "done"), [("reset_before", 0), ("reset_after", 1)])
def test_a_reset_breaks_the_connection(post: Post, calling: Calling, fault: str, done: int) -> None:
    caller = calling(fault)
    with serve(caller.simulator) as root, pytest.raises(httpx.ReadError):
        post(caller, root, "/calls/create", CREATE)
    assert caller.simulator.received.done["acme.calls.create"] == done


def test_a_truncated_body_ends_the_connection(post: Post, calling: Calling) -> None:
    caller = calling("truncate")
    with (
        serve(caller.simulator) as root,
        pytest.raises(httpx.RemoteProtocolError, match="complete message body"),
    ):
        post(caller, root)


def test_after_a_broken_connection_the_next_one_works(post: Post, calling: Calling) -> None:
    caller = calling("reset:0.4", "truncate:0.2", seed=4)
    outcomes: set[str] = set()
    with serve(caller.simulator) as root:
        for _ in range(30):
            try:
                outcomes.add(str(post(caller, root).status_code))
            except httpx.TransportError as error:
                outcomes.add(type(error).__name__)
    assert outcomes == {"200", "ReadError", "RemoteProtocolError"}


def test_chunked_and_gzip_travel_as_such(post: Post, calling: Calling) -> None:
    caller = calling("chunked", "gzip")
    with serve(caller.simulator) as root:
        answer = post(caller, root)
    assert answer.headers["transfer-encoding"] == "chunked"
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.json()["data"]["records"]) == 100


def test_a_body_may_come_in_many_pieces(caller: Caller) -> None:
    headers = md5_headers(caller.simulator.credentials("acme"), caller.at)
    text = b'{"current": 1, "size": 1, "params": {"taskId": 1}, "padding": "' + b"x" * 300_000
    with serve(caller.simulator) as root, httpx.Client() as http:
        url = caller.simulator.base_url("acme", root) + "/calls/query"
        headers["Content-Type"] = JSON_TYPE
        answer = http.post(url, headers=headers, content=iter([text, b'"}']))
    assert answer.json()["status"] == 0


def test_a_client_that_hangs_up_while_waiting_does_no_harm(calling: Calling) -> None:
    caller = calling("slow:1:0.3")
    headers = md5_headers(caller.simulator.credentials("acme"), caller.at)
    with serve(caller.simulator) as root, httpx.Client(timeout=0.1) as http:
        url = caller.simulator.base_url("acme", root) + "/calls/query"
        with contextlib.suppress(httpx.TimeoutException):
            http.post(url, headers=headers, json=QUERY)
        time.sleep(0.4)
    assert caller.simulator.received.done["acme.calls.query"] == 1


def test_the_text_for_people_sets_every_variable(made_up: Api) -> None:
    simulator = Simulator(made_up)
    text = describe(simulator, "http://127.0.0.1:8765")
    acme, borealis = simulator.credentials("acme"), simulator.credentials("borealis")
    assert {line for line in text.splitlines() if line.startswith("export ")} == {
        "export ACME_BASE_URL=http://127.0.0.1:8765/acme",
        f"export ACME_API_KEY={acme['api_key']}",
        f"export ACME_API_SECRET={acme['api_secret']}",
        "export BOREALIS_BASE_URL=http://127.0.0.1:8765/borealis",
        f"export BOREALIS_ACCESS_KEY={borealis['access_key']}",
        f"export BOREALIS_SECRET_KEY={borealis['secret_key']}",
        "export BOREALIS_VDN_ID=3",
    }


def test_the_python_snippet_is_python(made_up: Api) -> None:
    simulator = Simulator(made_up)
    text = describe(simulator, "http://127.0.0.1:8765")
    snippet = text.split("# Python\n")[1].split("\n\n")[0]
    compile(snippet, "snippet", "exec")
    assert "from dialspec_clients.acme import Acme" in snippet
    assert "base_url='http://127.0.0.1:8765/acme'" in snippet


def test_the_snippet_imports_all_clients_from_the_package_at_hand(made_up: Api) -> None:
    text = describe(Simulator(made_up), "http://127.0.0.1:8765", "acme.clients")
    snippet = text.split("# Python\n")[1]
    compile(snippet, "snippet", "exec")
    assert "from acme.clients.acme import Acme\n" in snippet
    assert "from acme.clients.borealis import Borealis\n" in snippet
    assert "borealis = Borealis.from_env()" in snippet
    assert "dialspec_clients" not in text


RUN = """
import sys
from pathlib import Path
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read
from dialspec.simulator import Simulator, run
simulator = Simulator(read(Path(sys.argv[1]), Diagnostics())[1])
run(simulator, host=sys.argv[2], port=0, announce=lambda text: print(text, flush=True))
print("ended in order", flush=True)
"""


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")])
def test_it_runs_until_interrupted_and_ends_without_a_traceback(host: str, shown: str) -> None:
    if host == "::1":
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((host, 0))
            except OSError:
                pytest.skip("this machine has no IPv6 loopback")
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", RUN, str(SPECS), host],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"http://\S+", first)
        assert found is not None
        assert shown in found[0]
        answer = httpx.get(f"{found[0]}/_simulator/received")
        assert answer.json()["total"] == 0
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert output.rstrip().endswith("ended in order")
    assert "Traceback" not in errors


def test_a_server_that_does_not_start_says_so(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends_at_once(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        """Return without having started."""

    monkeypatch.setattr(uvicorn.Server, "run", ends_at_once)
    with pytest.raises(ServerStartError), serve(caller.simulator):
        pass
