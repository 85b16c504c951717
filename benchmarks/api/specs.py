"""The measured API as specs of ours: one provider, and a file for each resource.

Said is what the OpenAPI document says, and beside it what a spec has to say: the source of each endpoint, what may be
sent again, the codes that a page lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from benchmarks.api.description import Endpoint, Enum, Field, ObjectType, Resource, Shape

_INDENT: Final = "  "

PROVIDER: Final = """\
# yaml-language-server: $schema=../schema.json
provider: bench
title: Bench
summary: A vendor made up for measuring, after NIO.
client: Bench

server:
  base_url: https://api.vendor.example
  environment: BENCH_BASE_URL

credentials:
  api_key: {environment: BENCH_API_KEY, summary: API key of the account., secret: false}
  api_secret: {environment: BENCH_API_SECRET, summary: API secret that goes with the key.}

auth:
  scheme: md5_sign
  key: api_key
  secret: api_secret
  key_header: Api-Key
  timestamp_header: Timestamp
  signature_header: Sign
  summary: MD5 of key, secret and epoch seconds.
  protects: Neither path nor body.

headers:
  Content-Type: application/json;charset=UTF-8

envelopes:
  status_reason:
    summary: The result stands beside the payload.
    code: [status, code]
    message: [reason, msg]
    success: ["0"]
    data: data
    fields:
      status: {type: string, summary: Result code; 0 is success.}
      reason: {type: string, summary: "What went wrong, in words."}
      data: {type: json, summary: What was asked for.}

paging:
  page_number:
    style: page_number
    summary: Pages are counted from 1.
    wrapper: params
    number: current
    size: size
    first: 1
    minimum_size: 1
    maximum_size: 100
    default_size: 100
    items: data.records
    total: data.total
    pages: data.pages
    current: data.current
    fields:
      total: {type: integer, summary: Rows that match.}
      size: {type: integer, summary: Rows per page.}
      current: {type: integer, summary: Number of this page.}
      pages: {type: integer, summary: Number of pages.}
      records: {type: "list[json]", summary: The rows.}
      searchCount: {type: boolean, summary: Whether rows were counted.}

clock:
  codes: ["-16"]

errors:
  default:
    "-1":
      name: authentication_failed
      kind: authentication
      label: {en: Authentication error}
      advice: Check the API key and secret.
      refused: true
    "-16":
      name: timestamp_expired
      kind: clock
      label: {en: Timestamp expired}
      advice: Sign again with the present time.
      refused: true
    "-18":
      name: platform_error
      kind: server
      label: {en: Platform error}
      advice: Try again after a pause.
      transient: true
    "-22":
      name: invalid_parameter
      kind: invalid_parameter
      label: {en: Parameter exception}
      advice: Correct the request.
      refused: true
"""


def spec_files(resources: Iterable[Resource]) -> dict[str, str]:
    """Write all specs: path below the folder of specs -> text."""
    files = {"bench/provider.yaml": PROVIDER}
    for resource in resources:
        files[f"bench/{resource.name}.yaml"] = "\n".join([*_resource(resource), ""])
    return files


def _resource(resource: Resource) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../schema.json"
    yield f"resource: {resource.name}"
    yield f"title: {resource.name.replace('_', ' ').capitalize()}"
    yield f"summary: {resource.summary}"
    yield from ("", "enums:")
    for enum in resource.enums:
        yield from _indented(_enum(enum))
    yield from ("", "types:")
    for type_ in resource.types:
        yield from _indented(_type(type_))
    yield from ("", "endpoints:")
    for endpoint in resource.endpoints:
        yield from _indented(_endpoint(endpoint))


def _enum(enum: Enum) -> Iterator[str]:
    yield f"{enum.name}:"
    yield from (f"{_INDENT}base: integer", f"{_INDENT}summary: {enum.summary}")
    yield f"{_INDENT}members:"
    for value, name, label in enum.members:
        yield f'{_INDENT * 2}{value}: {{name: {name}, label: {{en: "{label}"}}}}'


def _type(type_: ObjectType) -> Iterator[str]:
    yield f"{type_.name}:"
    yield f'{_INDENT}summary: "{type_.summary}"'
    yield f"{_INDENT}key: [{type_.key}]"
    yield f"{_INDENT}fields:"
    yield from _indented(_indented(map(_field, type_.fields)))


def _field(field: Field) -> str:
    said = [f'type: "{field.type}"' if "[" in field.type else f"type: {field.type}"]
    if field.wire[-1].isdigit():
        said.append(f"name: {field.wire}")
    if field.required:
        said.append("required: true")
    if field.type == "datetime":
        said.append("format: yyyy-MM-dd HH:mm:ss, zone: none")
    if field.sensitive:
        said.append(f"sensitive: {field.sensitive}")
    return f'{field.wire}: {{{", ".join(said)}, summary: "{field.summary}"}}'


def _endpoint(endpoint: Endpoint) -> Iterator[str]:
    method = "GET" if endpoint.shape is Shape.READ else "POST"
    yield f"{endpoint.name}:"
    yield f"{_INDENT}summary: {endpoint.summary}"
    yield f"{_INDENT}http: {method} {endpoint.path}"
    yield f"{_INDENT}effect: {'unsafe' if endpoint.changes else 'read'}"
    if endpoint.shape is Shape.PAGED:
        yield f"{_INDENT}effect_reason: A POST that only lists."
    page = endpoint.path.replace("{", "").replace("}", "")
    yield f"{_INDENT}source: {{page: https://docs.vendor.example{page}, retrieved: 2026-11-21}}"
    if endpoint.shape is Shape.PAGED:
        yield f"{_INDENT}paging: page_number"
    yield f"{_INDENT}request:"
    yield from _indented(_indented(map(_field, endpoint.request)))
    result = "record" if endpoint.shape is Shape.PAGED else "type"
    yield f"{_INDENT}response: {{envelope: status_reason, {result}: {endpoint.answer}}}"
    yield f'{_INDENT}errors: {{codes: ["-1", "-16", "-18", "-22"]}}'


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"{_INDENT}{line}" for line in lines)
