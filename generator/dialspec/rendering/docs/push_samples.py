"""Sample programs that receive a push: an endpoint in Starlette, and the same in FastAPI."""

from __future__ import annotations

from dialspec.api import ObjectRef, Provider, Push
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.docs.samples import shown_fields
from dialspec.rendering.layout import WIDTH
from dialspec.rendering.text import identifier, python_string


def starlette_sample(provider: Provider, push: Push, package: str) -> str:
    """A Starlette application with one route."""
    return f"""\
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

{_own_imports(provider, push, package)}


async def receive(request: Request) -> Response:
{_body(provider, push)}


route = Route({_path(provider, push)}, receive, methods=["POST"])
app = Starlette(routes=[route])
"""


def fastapi_sample(provider: Provider, push: Push, package: str) -> str:
    """A FastAPI application with one path operation."""
    return f"""\
from fastapi import FastAPI, Request, Response

{_own_imports(provider, push, package)}

app = FastAPI()


@app.post({_path(provider, push)})
async def receive(request: Request) -> Response:
{_body(provider, push)}
"""


def _own_imports(provider: Provider, push: Push, package: str) -> str:
    clients, runtime = Imports(), Imports()
    clients.add_checked(f"{package}.{identifier(provider.name)}", push.function)
    runtime.runtime("DecodeError")
    return f"{clients.statements()}\n{runtime.statements()}"


def _path(provider: Provider, push: Push) -> str:
    parts = (provider.name, push.resource, push.name)
    return python_string("/pushes/" + "/".join(identifier(part) for part in parts))


def _body(provider: Provider, push: Push) -> str:
    assert isinstance(push.event, ObjectRef)  # noqa: S101  # what resolving lets through
    variable = "events" if push.is_list else "event"
    lines = [
        "    try:",
        f"        {variable} = {identifier(push.function)}(await request.body())",
        "    except DecodeError as error:",
        "        return Response(str(error), status_code=400)",
    ]
    shown = f"print({shown_fields(provider, 'event', push.event)})"
    lines += ["    for event in events:", f"        {shown}"] if push.is_list else [f"    {shown}"]
    lines.append(f"    return {_answer(push)}")
    return "\n".join(lines)


def _answer(push: Push) -> str:
    if push.answer_body is None:
        return "Response()"
    text = python_string(push.answer_body)
    call = f'Response({text}, media_type="application/json")'
    if len(f"    return {call}") <= WIDTH:
        return call
    return f'Response(\n        {text},\n        media_type="application/json",\n    )'
