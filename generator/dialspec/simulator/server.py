"""Runs the simulator on uvicorn: for tests in a thread, for people until Ctrl-C."""

from __future__ import annotations

import contextlib
import shlex
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from dialspec.api import Provider
from dialspec.places import DEFAULT_PACKAGE
from dialspec.simulator.app import Simulator
from dialspec.simulator.sending import TRANSPORT_STATE

_START_SECONDS: Final = 10.0
_STOP_SECONDS: Final = 5


class _OpenProtocol(H11Protocol):
    """uvicorn's own protocol, which also shows the application its connection, so that faults can break it."""

    def connection_made(self, transport: object) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self.app_state = {**self.app_state, TRANSPORT_STATE: transport}


class ServerStartError(RuntimeError):
    """The server did not come up: mostly because its port is taken."""


@contextlib.contextmanager
def serve(simulator: Simulator, port: int = 0) -> Generator[str]:
    """Serve on loopback from a thread of its own, and give the root URL; port 0 takes a free one."""
    with _listening("127.0.0.1", port) as listener:
        server = _server(simulator)
        thread = threading.Thread(
            target=server.run, args=([listener],), name="dialspec-simulator", daemon=True
        )
        thread.start()
        try:
            _wait(lambda: server.started or not thread.is_alive())
            if not server.started:
                raise ServerStartError("the simulator did not start")
            yield _url(listener)
        finally:
            server.should_exit = True
            thread.join(_STOP_SECONDS)


def run(
    simulator: Simulator,
    host: str = "127.0.0.1",
    port: int = 8765,
    announce: Callable[[str], None] = print,
    package: str = DEFAULT_PACKAGE,
) -> None:
    """Serve until Ctrl-C; `announce` gets the text that says how to use it with the clients in `package`.

    Raises:
        OSError: if the port is taken or the address is not this machine's.
    """
    with _listening(host, port) as listener:
        announce(describe(simulator, _url(listener), package))
        # uvicorn raises the interrupt again once it has shut down in order.
        with contextlib.suppress(KeyboardInterrupt):
            _server(simulator).run([listener])


def describe(simulator: Simulator, root: str, package: str = DEFAULT_PACKAGE) -> str:
    """Give the text for people: the URL, shell lines that set all credentials, and a Python snippet.

    The snippet spells out how to make the first client; the others take what the shell lines have set.
    """
    lines = [f"The simulator is at {root}  (Ctrl-C ends it)", ""]
    for provider in simulator.api.providers:
        variables = simulator.environment(provider.name, root)
        exports = [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
        lines += [f"# {provider.name}", *exports, ""]
    for provider in simulator.api.providers[:1]:
        lines += ["# Python", *_snippet(simulator, provider, root, package)]
    for provider in simulator.api.providers[1:]:
        lines += ["", *_from_environment(provider, package)]
    lines += ["", f"# What it received: curl {root}/_simulator/received"]
    return "\n".join(lines)


def _snippet(simulator: Simulator, provider: Provider, root: str, package: str) -> Iterator[str]:
    yield f"from {package}.{provider.name} import {provider.client_class}"
    yield f"client = {provider.client_class}("
    yield f"    base_url={simulator.base_url(provider.name, root)!r},"
    for name, value in simulator.credentials(provider.name).items():
        yield f"    {name}={value!r},"
    yield ")"


def _from_environment(provider: Provider, package: str) -> Iterator[str]:
    yield f"from {package}.{provider.name} import {provider.client_class}"
    yield f"{provider.name} = {provider.client_class}.from_env()  # what is exported above"


def _server(simulator: Simulator) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            simulator.app,
            http=_OpenProtocol,
            interface="asgi3",
            proxy_headers=False,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            # The Date header tells the simulated clock, not this machine's.
            date_header=False,
            server_header=False,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
    )


@contextlib.contextmanager
def _listening(host: str, port: int) -> Generator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns off Nagle's delay only where the protocol is named; socket.create_server does not name it, and
    # each answer would then wait 40 ms for an acknowledgement.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
        yield listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _wait(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not ready() and time.monotonic() < deadline:
        time.sleep(0.005)
