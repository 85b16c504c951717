"""One request as it was received, and one answer before it is sent: no server behind either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

JSON_TYPE: Final = "application/json;charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Request:
    """A request with its whole body. `target` is the path as sent, percent-encoded, mount prefix included."""

    method: str
    path: str
    target: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str | None:
        """Give a header by name, whatever its case."""
        return self.headers.get(name.lower())

    def query_pairs(self) -> list[tuple[str, str]]:
        """Give the query's names and values, decoded, in order."""
        return parse_qsl(self.query, keep_blank_values=True)

    def media_type(self) -> str:
        """Give the content type without its parameters, in lower case; "" if there is none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()


@dataclass(slots=True)
class Answer:
    """What goes back: status, body, and what the record of received requests should say about it."""

    status: int
    body: bytes
    code: str | None = None
    """The vendor's code in the body, as text."""
    reason: str | None = None
    """Why the request was refused, in words: for people, sent in a header of its own."""
    done: bool = False
    """Whether the vendor would have carried the call out."""
    content_type: str = JSON_TYPE
    headers: list[tuple[str, str]] = field(default_factory=list)


def text_page(status: int, reason: str) -> Answer:
    """Give a page of plain text, for what no vendor documents."""
    return Answer(
        status, f"{reason}\n".encode(), reason=reason, content_type="text/plain; charset=utf-8"
    )


class InvalidRequestError(ValueError):
    """The request breaks a documented rule; the text says which."""
