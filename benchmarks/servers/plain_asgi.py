"""The floor of the simulator: an ASGI application that reads a request and answers the same bytes, on the same uvicorn.

Run as a module with the file that holds the answer, it prints its port as a line of JSON, and ends when its standard
input does.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import uvicorn

Message = MutableMapping[str, Any]


class Application:
    """Answers every request with the same JSON."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._headers = [
            (b"content-type", b"application/json;charset=UTF-8"),
            (b"content-length", str(len(answer)).encode()),
        ]

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Handle one request."""
        del scope
        while (await receive()).get("more_body", False):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._answer})


def main() -> None:
    """Serve until standard input ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1024)
        print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
        threading.Thread(target=_end_with_input, daemon=True).start()
        config = uvicorn.Config(
            Application(Path(sys.argv[1]).read_bytes()),
            http="h11",
            interface="asgi3",
            proxy_headers=False,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            date_header=False,
            server_header=False,
        )
        uvicorn.Server(config).run([listener])


def _end_with_input() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
