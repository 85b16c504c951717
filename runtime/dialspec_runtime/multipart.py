"""Bodies with files in them, streamed.

In: named texts and files. Out: a body that knows its exact length before it is sent, and that can be read
again for another try. A file that has changed its length in between is refused while it is sent.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Final

from .nested_codecs import FilePart

CHUNK: Final = 64 * 1024


class MultipartBody:
    """A `multipart/form-data` body; each iteration reads it from the start."""

    __slots__ = ("_boundary", "_parts", "length")

    def __init__(
        self, texts: Sequence[tuple[str, str]], files: Sequence[tuple[str, FilePart]]
    ) -> None:
        self._boundary = secrets.token_hex(16)
        self._parts: list[tuple[bytes, FilePart | bytes]] = [
            (self._head(name), text.encode()) for name, text in texts
        ]
        self._parts += [(self._head(name, part.filename), part) for name, part in files]
        self.length = sum(
            len(head) + (len(content) if isinstance(content, bytes) else content.length) + 2
            for head, content in self._parts
        ) + len(self._tail)

    @property
    def content_type(self) -> str:
        """The value of the `Content-Type` header."""
        return f"multipart/form-data; boundary={self._boundary}"

    def __repr__(self) -> str:
        return f"<MultipartBody, {self.length} bytes>"

    def __iter__(self) -> Iterator[bytes]:
        for head, content in self._parts:
            yield head
            if isinstance(content, bytes):
                yield content
            else:
                yield from _chunks(content)
            yield b"\r\n"
        yield self._tail

    def read(self) -> bytes:
        """Return the whole body, for schemes that sign it."""
        return b"".join(self)

    @property
    def _tail(self) -> bytes:
        return f"--{self._boundary}--\r\n".encode()

    def _head(self, name: str, filename: str | None = None) -> bytes:
        disposition = f'form-data; name="{_quoted(name)}"'
        kind = ""
        if filename is not None:
            disposition += f'; filename="{_quoted(filename)}"'
            kind = "Content-Type: application/octet-stream\r\n"
        return f"--{self._boundary}\r\nContent-Disposition: {disposition}\r\n{kind}\r\n".encode()


def _quoted(text: str) -> str:
    # As browsers do: the three characters that would end the value or the line.
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _chunks(part: FilePart) -> Iterator[bytes]:
    with ExitStack() as stack:
        stream = part.stream
        if stream is None:
            assert part.path is not None  # noqa: S101  # a part has one or the other
            stream = stack.enter_context(part.path.open("rb"))
        stream.seek(part.start)
        left = part.length
        while left:
            chunk = stream.read(min(CHUNK, left))
            if not chunk:
                raise ChangedFileError(f"{part.filename} has become shorter while it was sent")
            left -= len(chunk)
            yield chunk


class ChangedFileError(Exception):
    """A file that is not as long as it was when the call was made."""
