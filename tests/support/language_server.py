"""A language server as an editor runs it, asked for what it would complete."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SERVER = Path(sys.executable).with_name("basedpyright-langserver")
_CONFIGURATION = "workspace/configuration"


class LanguageServer:
    """A running server, for one document."""

    def __init__(self, process: subprocess.Popen[bytes], document: Path) -> None:
        self._process = process
        self._document = document.as_uri()
        self._asked = 0

    def completions(self, line: int, column: int) -> set[str]:
        """The public names that are offered at a place, counted from 0."""
        place = {"line": line, "character": column}
        document = {"uri": self._document}
        answer = self.ask("textDocument/completion", textDocument=document, position=place)
        labels: list[str] = [item["label"] for item in answer["items"]]
        return {label for label in labels if not label.startswith("_")}

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a request, and answer what the server asks in the meantime."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if "method" in message and "id" in message:
                # It asks for settings, of which there are none, and tells of what it has registered.
                asks = message["method"] == _CONFIGURATION
                nothing: list[None] = [None] * len(message["params"]["items"]) if asks else []
                self._send({"id": message["id"], "result": nothing or None})
            elif message.get("id") == self._asked:
                return message["result"]

    def tell(self, method: str, **parameters: Any) -> None:
        """Send a message that is not answered."""
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        stream.flush()

    def _receive(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(stream.read(length))
        return message


@contextmanager
def language_server(folder: Path, source: str) -> Generator[LanguageServer]:
    """Run a server in a folder of its own, with one document open."""
    settings = {"venvPath": str(Path(sys.prefix).parent), "venv": Path(sys.prefix).name}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    document = folder / "program.py"
    document.write_text(source, encoding="utf-8")
    with subprocess.Popen(
        [_SERVER, "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            server = LanguageServer(process, document)
            opened = [{"uri": folder.as_uri(), "name": "program"}]
            server.ask(
                "initialize",
                processId=None,
                rootUri=folder.as_uri(),
                workspaceFolders=opened,
                capabilities={},
            )
            server.tell("initialized")
            server.tell(
                "textDocument/didOpen",
                textDocument={
                    "uri": document.as_uri(),
                    "languageId": "python",
                    "version": 1,
                    "text": source,
                },
            )
            yield server
        finally:
            process.kill()
