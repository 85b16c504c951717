"""The measured API as an OpenAPI document, for peers.

OpenAPI 3.0, which all of them read without reservations; every object has a name, since generators invent worse ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from benchmarks.api.description import Endpoint, Enum, Field, ObjectType, Resource, Shape
from benchmarks.api.replicas import class_case

Json = Mapping[str, object]

TITLE: Final = "Bench"
_LIST: Final = re.compile(r"list\[(.+)\]")
_PLAIN: Final = frozenset({"integer", "string", "number", "boolean"})


def openapi_document(resources: Iterable[Resource]) -> Json:
    """Describe all resources in one document."""
    schemas: dict[str, Json] = {}
    paths: dict[str, Json] = {}
    for resource in resources:
        schemas |= {each.name: _enum(each) for each in resource.enums}
        schemas |= {each.name: _object(each) for each in resource.types}
        for endpoint in resource.endpoints:
            schemas |= _bodies(resource, endpoint)
            paths[endpoint.path] = _path(resource, endpoint)
    return {
        "openapi": "3.0.3",
        "info": {"title": TITLE, "version": "1.0.0"},
        "servers": [{"url": "https://api.vendor.example"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def schema_of(type_expression: str) -> Json:
    """Write one type expression as a schema."""
    inner = _LIST.fullmatch(type_expression)
    if inner is not None:
        return {"type": "array", "items": schema_of(inner[1])}
    if type_expression == "datetime":
        return {"type": "string"}
    if type_expression in _PLAIN:
        return {"type": type_expression}
    return {"$ref": f"#/components/schemas/{type_expression}"}


def stem_of(resource: Resource, endpoint: Endpoint) -> str:
    """Begin the names of an endpoint's own objects: `PreviewQueryTaskDetail`."""
    return class_case(f"{resource.name}_{endpoint.name}")


def _enum(enum: Enum) -> Json:
    return {
        "type": "integer",
        "description": enum.summary,
        "enum": [value for value, _, _ in enum.members],
        "x-enum-varnames": [name.upper() for _, name, _ in enum.members],
        "x-enum-descriptions": [label for _, _, label in enum.members],
    }


def _object(type_: ObjectType) -> Json:
    return _properties(type_.fields, type_.summary, of_answer=True)


def _properties(fields: Iterable[Field], summary: str, *, of_answer: bool) -> Json:
    fields = tuple(fields)
    required = [each.wire for each in fields if each.required]
    return {
        "type": "object",
        "description": summary,
        "properties": {each.wire: _property(each, of_answer=of_answer) for each in fields},
        **({"required": required} if required else {}),
    }


def _property(field: Field, *, of_answer: bool) -> Json:
    schema = schema_of(field.type)
    if "$ref" in schema:
        return schema
    nullable: Json = {"nullable": True} if of_answer and field.nullable else {}
    return {**schema, "description": field.summary, **nullable}


def _bodies(resource: Resource, endpoint: Endpoint) -> dict[str, Json]:
    stem = stem_of(resource, endpoint)
    found: dict[str, Json] = {}
    data: Json = schema_of(endpoint.answer)
    if endpoint.shape is Shape.PAGED:
        found[f"{stem}Params"] = _properties(endpoint.request, "Filters.", of_answer=False)
        found[f"{stem}Request"] = {
            "type": "object",
            "properties": {
                "current": {"type": "integer", "description": "Number of the page."},
                "size": {"type": "integer", "description": "Rows per page."},
                "params": schema_of(f"{stem}Params"),
            },
            "required": ["current", "size", "params"],
        }
        found[f"{stem}Page"] = {
            "type": "object",
            "description": "One page of rows.",
            "properties": {
                "total": {"type": "integer", "description": "Rows that match."},
                "size": {"type": "integer", "description": "Rows per page."},
                "current": {"type": "integer", "description": "Number of this page."},
                "pages": {"type": "integer", "description": "Number of pages."},
                "searchCount": {"type": "boolean", "description": "Whether rows were counted."},
                "records": schema_of(f"list[{endpoint.answer}]"),
            },
        }
        data = schema_of(f"{stem}Page")
    elif endpoint.shape is Shape.PLAIN:
        found[f"{stem}Request"] = _properties(endpoint.request, "The request.", of_answer=False)
    found[f"{stem}Response"] = {
        "type": "object",
        "description": "An answer, as the vendor sends it.",
        "properties": {
            "status": {"type": "integer", "description": "Result code; 0 is success."},
            "reason": {"type": "string", "description": "What went wrong, in words."},
            "data": data,
        },
    }
    return found


def _path(resource: Resource, endpoint: Endpoint) -> Json:
    stem = stem_of(resource, endpoint)
    operation: dict[str, object] = {
        "operationId": f"{resource.name}_{endpoint.name}",
        "tags": [resource.name],
        "summary": endpoint.summary,
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {"application/json": {"schema": schema_of(f"{stem}Response")}},
            }
        },
    }
    if endpoint.shape is Shape.READ:
        operation["parameters"] = [
            {
                "name": each.wire,
                "in": "path",
                "required": True,
                "description": each.summary,
                "schema": schema_of(each.type),
            }
            for each in endpoint.request
        ]
        return {"get": operation}
    operation["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": schema_of(f"{stem}Request")}},
    }
    return {"post": operation}
