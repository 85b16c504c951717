"""A simulator that also keeps the requests themselves, and what is to be expected of them.

`expected_request` is written from the resolved spec alone: what a page says of a parameter's place, against what came
over the line. No code of the clients has a part in it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, quote

from dialspec.api import Endpoint, JsonText, Parameter, Provider
from dialspec.simulator import Simulator
from dialspec.simulator.asgi import Message, Receive, Scope, Send
from dialspec.simulator.messages import Request
from dialspec.spec.language.kinds import Location
from generated_arguments import GeneratedCall
from generated_values import as_list


class RecordingSimulator(Simulator):
    """A simulator that keeps every request in `requests`, until it is told to forget them."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.requests: list[Request] = []

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, and keep what came over it."""
        chunks: list[bytes] = []

        async def recorded() -> Message:
            message = await receive()
            chunks.append(message.get("body", b""))
            if message["type"] == "http.request" and not message.get("more_body", False):
                self.requests.append(_request(scope, b"".join(chunks)))
            return message

        await super().app(scope, recorded, send)

    def reset(self) -> None:
        """Forget everything."""
        super().reset()
        self.requests.clear()


def _request(scope: Scope, body: bytes) -> Request:
    raw_path: bytes = scope["raw_path"]
    return Request(
        method=scope["method"],
        path=scope["path"],
        target=raw_path.decode(),
        query=scope["query_string"].decode(),
        headers={name.decode(): value.decode() for name, value in scope["headers"]},
        body=body,
    )


@dataclass
class Arrival:
    """What a request holds of its endpoint's parameters, by place."""

    method: str
    path: str
    query: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: Any = None


def arrival(provider: Provider, endpoint: Endpoint, request: Request) -> Arrival:
    """Read a request that has arrived."""
    named = {
        parameter.wire.reveal().lower()
        for parameter in endpoint.parameters
        if parameter.location is Location.HEADER
    }
    body: Any = None
    if endpoint.body == "multipart":
        body = _form(request)
    elif request.body:
        body = json.loads(request.body)
    return Arrival(
        request.method,
        request.target.removeprefix(f"/{provider.name}"),
        sorted(parse_qsl(request.query, keep_blank_values=True)),
        {name: value for name, value in request.headers.items() if name in named},
        body,
    )


def _form(request: Request) -> dict[str, str]:
    """Read a multipart form: texts and the contents of files, by name."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    found: dict[str, str] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + request.body).iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found[str(part.get_param("name", header="content-disposition"))] = content.decode()
    return found


def expected_arrival(endpoint: Endpoint, call: GeneratedCall, settings: dict[str, Any]) -> Arrival:
    """What is to arrive of a call; `settings` are those of the client, by wire name."""
    segments = dict(settings)
    expected = Arrival(endpoint.method, "")
    body: dict[str, Any] = {}
    paging = endpoint.paging
    if paging is not None:
        page = {
            paging.size.reveal(): call.page.get("size", paging.default_size),
            paging.start.reveal(): call.page.get("start", paging.first),
        }
        if paging.location == "body":
            body |= page
        else:
            expected.query += [(name, str(value)) for name, value in page.items()]
    if endpoint.wrapper is not None:
        body.setdefault(endpoint.wrapper.reveal(), {})
    for parameter in endpoint.parameters:
        if parameter.name in call.wire:
            _place(parameter, call.wire[parameter.name], expected, body, segments)
    expected.path = endpoint.path.reveal()
    for name, value in segments.items():
        expected.path = expected.path.replace(f"{{{name}}}", quote(_as_text(value), safe=""))
    expected.body = body if endpoint.body != "none" else None
    expected.query.sort()
    return expected


def _place(
    parameter: Parameter,
    value: Any,
    expected: Arrival,
    body: dict[str, Any],
    segments: dict[str, Any],
) -> None:
    wire = parameter.wire.reveal()
    match parameter.location:
        case Location.PATH:
            segments[wire] = value
        case Location.QUERY:
            expected.query += [(wire, _as_text(each)) for each in as_list(value)]
        case Location.HEADER:
            expected.headers[wire.lower()] = _as_text(value)
        case _:
            holder = body
            for part in parameter.at.reveal().split("."):
                holder = holder.setdefault(part, {}) if part else holder
            holder[wire] = _written(parameter, value)


def _written(parameter: Parameter, value: Any) -> Any:
    kind = parameter.field.type
    if isinstance(kind, JsonText) and value is not None:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
