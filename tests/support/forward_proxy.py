"""A proxy on loopback that passes plain requests on, and remembers for whom."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx


@dataclass
class ForwardProxy:
    """A running proxy."""

    url: str
    asked_for: list[str] = field(default_factory=list[str])
    """The addresses of the requests that came, in their order."""


@contextmanager
def forward_proxy() -> Generator[ForwardProxy]:
    """Serve a proxy in a thread."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            proxy.asked_for.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name: self.headers[name] for name in self.headers if name != "Host"}
            answer = httpx.post(self.path, content=body, headers=headers, trust_env=False)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy = ForwardProxy(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
