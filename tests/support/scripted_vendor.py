"""A vendor on loopback that answers what a test tells it to, and keeps what it received.

Real sockets, so that resets, truncated bodies and silence are what the client will meet outside. Answers are
given one per request, in order; the last one is given again for all requests after it.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("loopback_tls.pem")
"""What a vendor on TLS shows; whoever is to trust it has to be told so."""


@dataclass(frozen=True)
class Received:
    """One request as it arrived."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> object:
        """Return the body, parsed."""
        parsed: object = json.loads(self.body)
        return parsed


@dataclass(frozen=True)
class Answer:
    """What is sent back, and what becomes of the connection."""

    data: bytes = b""
    then: str = "keep"  # keep | close | reset | hang
    trickle: float = 0.0
    """Seconds between single bytes."""


def answer(
    document: object = None,
    *,
    status: int = 200,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    then: str = "keep",
    trickle: float = 0.0,
) -> Answer:
    """Return an HTTP answer with a JSON document, or with the bytes of `body`."""
    content = json.dumps(document).encode() if body is None else body
    lines = {
        "Content-Type": "application/json",
        "Content-Length": str(len(content)),
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return Answer(
        f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode("latin-1") + content, then, trickle
    )


def dated(document: object, moment: float, *, status: int = 200) -> Answer:
    """Return an answer whose `Date` header says `moment`."""
    return answer(document, status=status, headers={"Date": formatdate(moment, usegmt=True)})


RESET = Answer(then="reset")
"""The connection is reset as soon as the request has arrived."""
HANG = Answer(then="hang")
"""Nothing is ever answered."""


@dataclass
class ScriptedVendor:
    """The server; made by the fixture `vendor`."""

    answers: list[Answer] = field(default_factory=list[Answer])
    received: list[Received] = field(default_factory=list[Received])
    connections: int = 0
    is_encrypted: bool = False

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._released = threading.Event()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if self.is_encrypted:
            self._tls.load_cert_chain(CERTIFICATE)
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http{'s' if self.is_encrypted else ''}://127.0.0.1:{self.port}"

    def says(self, *answers: Answer) -> None:
        """Set the answers to the next requests."""
        self.answers = list(answers)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with self._lock:
                    self.connections += 1
                    self._open.add(connection)
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, accepted: socket.socket) -> None:
        with contextlib.suppress(OSError), accepted, self._ready(accepted) as connection:
            for request in _requests(connection):
                with self._lock:
                    self.received.append(request)
                    reply = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                if reply.trickle:
                    for byte in reply.data:
                        connection.sendall(bytes((byte,)))
                        if self._released.wait(reply.trickle):
                            return
                else:
                    connection.sendall(reply.data)
                if reply.then == "reset":
                    connection.setsockopt(
                        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                    )
                if reply.then == "hang":
                    self._released.wait(30)
                if reply.then != "keep":
                    return

    def _ready(self, accepted: socket.socket) -> socket.socket:
        return self._tls.wrap_socket(accepted, server_side=True) if self.is_encrypted else accepted

    def wait_until_left(self) -> None:
        """Wait until no connection is served any more."""
        for thread in self._threads:
            thread.join(5)

    def close(self) -> None:
        """Stop at once; connections are cut."""
        self._released.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._acceptor.join(5)
        self.wait_until_left()


def _requests(connection: socket.socket) -> Iterator[Received]:
    buffer = b""
    while True:
        while b"\r\n\r\n" not in buffer:
            piece = connection.recv(65536)
            if not piece:
                return
            buffer += piece
        head, _, buffer = buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        length = int(headers.get("content-length", "0"))
        while len(buffer) < length:
            piece = connection.recv(65536)
            if not piece:
                return
            buffer += piece
        method, target, _ = first.split(" ")
        yield Received(method, target, headers, buffer[:length])
        buffer = buffer[length:]


@contextlib.contextmanager
def scripted_vendor(*, is_encrypted: bool = False) -> Generator[ScriptedVendor]:
    """Run a scripted vendor."""
    vendor = ScriptedVendor(is_encrypted=is_encrypted)
    try:
        yield vendor
    finally:
        vendor.close()
