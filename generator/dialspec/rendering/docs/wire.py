"""The same call on the wire: the request of a sample, signed, as a curl command.

In: an endpoint and its sample values. Out: a shell command whose signature was really computed, for the sample
credentials and the sample time of `signing_samples`. It shows the form; a vendor refuses it for its age.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from dialspec.api import Endpoint, JsonText, Md5Sign, Parameter, Provider, Scalar, ScalarKind
from dialspec.rendering.docs.sample_times import WireValue
from dialspec.rendering.docs.sample_values import made_up
from dialspec.rendering.docs.samples import Arguments
from dialspec.rendering.text import shell_word
from dialspec.signing_samples import (
    SampleCredentials,
    SampleRequest,
    sample_credentials,
    signature_headers,
)
from dialspec.spec.language.kinds import Location

EXAMPLE_HOST: Final = "https://vendor.example.com:28443"
"""Stands for the server of an installation, where a vendor has no public host."""


@dataclass(frozen=True, slots=True)
class WireRequest:
    """A signed request as it travels. `files` are the parts of a multipart body: field -> file name."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: str | None
    form: tuple[tuple[str, str, bool], ...]
    """Parts of a multipart body: name, value, and whether the value is the name of a file."""


def wire_request(
    provider: Provider,
    endpoint: Endpoint,
    arguments: Arguments,
    credentials: SampleCredentials | None = None,
) -> WireRequest:
    """Put a sample's values where they travel, and sign the whole."""
    placed = {location: _at(arguments, location) for location in Location}
    query = _query(endpoint, placed[Location.QUERY])
    base = urlsplit(provider.base_url or EXAMPLE_HOST)
    path = base.path.rstrip("/") + _path(provider, endpoint, placed[Location.PATH])
    body = _body(endpoint, placed[Location.BODY]) if endpoint.body == "json" else None
    headers = {
        name.reveal(): value.reveal()
        for name, value in provider.headers.items()
        if endpoint.body != "multipart" or name.reveal().lower() != "content-type"
    }
    headers |= {
        parameter.wire.reveal(): _text(value) for parameter, value in placed[Location.HEADER]
    }
    implied = {"Host": base.netloc}
    if body is not None:
        implied["Content-Length"] = str(len(body.encode()))
    request = SampleRequest(
        endpoint.method, path, query, headers | implied, b"" if body is None else body.encode()
    )
    signed = signature_headers(
        provider.auth, request, credentials or sample_credentials(provider.auth)
    )
    address = f"{base.scheme}://{base.netloc}{path}"
    if query:
        address += f"?{urlencode(query, quote_via=quote)}"
    form = _form(placed[Location.BODY]) if endpoint.body == "multipart" else ()
    return WireRequest(endpoint.method, address, headers | signed, body, form)


def is_signable(provider: Provider, endpoint: Endpoint) -> bool:
    """Tell whether a signature can be printed: one over a multipart body changes with its boundary."""
    return endpoint.body != "multipart" or isinstance(provider.auth, Md5Sign)


def curl_command(request: WireRequest) -> str:
    """Write a request as a curl command, one option a line."""
    lines = [f"curl --request {request.method} {shell_word(request.url)}"]
    lines += [f"--header {shell_word(f'{name}: {text}')}" for name, text in request.headers.items()]
    if request.body is not None:
        lines.append(f"--data-raw {shell_word(request.body)}")
    for name, text, is_file in request.form:
        part = f"{name}=@{text}" if is_file else f"{name}={text}"
        option = "--form" if is_file else "--form-string"
        lines.append(f"{option} {shell_word(part)}")
    return " \\\n  ".join(lines)


def fresh_command(provider: Provider, endpoint: Endpoint, arguments: Arguments) -> str | None:
    """Write a request that a shell signs itself with the present time; None if that takes more than a hash."""
    auth = provider.auth
    if not isinstance(auth, Md5Sign):
        return None
    variables = {one.name: one.environment for one in provider.credentials}
    key, secret = variables[auth.key], variables[auth.secret]
    request = wire_request(provider, endpoint, arguments)
    own = {
        auth.key_header.reveal(): f'"${key}"',
        auth.timestamp_header.reveal(): '"$timestamp"',
        auth.signature_header.reveal(): '"$sign"',
    }
    headers = {
        name: (
            f"{shell_word(f'{name}: ')}{own[name]}"
            if name in own
            else shell_word(f"{name}: {text}")
        )
        for name, text in request.headers.items()
    }
    lines = [f"curl --request {request.method} {shell_word(request.url)}"]
    lines += [f"--header {header}" for header in headers.values()]
    if request.body is not None:
        lines.append(f"--data-raw {shell_word(request.body)}")
    return (
        "timestamp=$(date +%s)\n"
        f'sign=$(printf %s "${key}${secret}$timestamp" | md5sum | cut -c1-32)\n'
        + " \\\n  ".join(lines)
    )


def _at(arguments: Arguments, location: Location) -> Arguments:
    return tuple((one, value) for one, value in arguments if one.location is location)


def _path(provider: Provider, endpoint: Endpoint, placed: Arguments) -> str:
    path = endpoint.path.reveal()
    values = {parameter.wire.reveal(): value for parameter, value in placed}
    for setting in provider.settings:
        values.setdefault(setting.field.wire.reveal(), made_up(provider, setting.field))
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", quote(_text(value), safe=""))
    return path


def _query(endpoint: Endpoint, placed: Arguments) -> tuple[tuple[str, str], ...]:
    pairs = [(parameter.wire.reveal(), _text(value)) for parameter, value in placed]
    paging = endpoint.paging
    if paging is not None and paging.location == "query":
        pairs += [
            (paging.start.reveal(), str(paging.first)),
            (paging.size.reveal(), str(paging.default_size)),
        ]
    return tuple(pairs)


def _body(endpoint: Endpoint, placed: Arguments) -> str:
    """Write the JSON body: paging at the root, each field at the root or in its wrapper object."""
    document: dict[str, WireValue] = {}
    paging = endpoint.paging
    if paging is not None and paging.location == "body":
        document[paging.start.reveal()] = paging.first
        document[paging.size.reveal()] = paging.default_size
    wrappers: dict[str, dict[str, WireValue]] = {}
    if endpoint.wrapper is not None:
        wrappers[endpoint.wrapper.reveal()] = {}
    for parameter, value in placed:
        wire = _encoded(parameter, value)
        place = parameter.at.reveal()
        if place:
            wrappers.setdefault(place, {})[parameter.wire.reveal()] = wire
        else:
            document[parameter.wire.reveal()] = wire
    document.update(wrappers)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _encoded(parameter: Parameter, value: WireValue) -> WireValue:
    if isinstance(parameter.field.type, JsonText):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def _form(placed: Arguments) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (parameter.wire.reveal(), _text(_encoded(parameter, value)), _is_file(parameter))
        for parameter, value in placed
    )


def _is_file(parameter: Parameter) -> bool:
    kind = parameter.field.type
    return isinstance(kind, Scalar) and kind.kind is ScalarKind.FILE


def _text(value: WireValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
