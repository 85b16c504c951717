"""Reads a multipart form: texts by name, and for an uploaded file its name and size.

The standard library's mail parser does the work; content is not kept.
"""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP

from dialspec.simulator.messages import InvalidRequestError, Request
from dialspec.simulator.wire import Json


def read_form(request: Request) -> dict[str, Json]:
    """Give the fields of the form; a file is given as `name (size bytes)`.

    Raises:
        InvalidRequestError: if the body is no multipart form.
    """
    if request.media_type() != "multipart/form-data":
        raise InvalidRequestError("the content type must be multipart/form-data")
    head = f"Content-Type: {request.header('content-type')}\r\n\r\n".encode()
    form = BytesParser(policy=HTTP).parsebytes(head + request.body)
    if not form.is_multipart():
        raise InvalidRequestError("the form holds no parts")
    fields: dict[str, Json] = {}
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str):
            fields[name] = _value(part)
    return fields


def _value(part: Message) -> Json:
    content = part.get_payload(decode=True)
    payload = content if isinstance(content, bytes) else b""
    file_name = part.get_filename()
    if file_name is not None:
        return f"{file_name} ({len(payload)} bytes)"
    return payload.decode("utf-8", "replace")
