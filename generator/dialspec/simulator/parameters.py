"""Reads the arguments out of a request, and checks each against its documented type and range.

Unknown keys are passed over, as the vendors do. A value is refused (`InvalidRequestError`) when it has another JSON type
than documented: the stand-in is strict where a vendor may be lenient, so that a client's mistake shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from dialspec.api import (
    Endpoint,
    EnumRef,
    Field,
    ListOf,
    MapOf,
    ObjectRef,
    Parameter,
    Provider,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.simulator.checks import TypeChecker
from dialspec.simulator.messages import InvalidRequestError, Request
from dialspec.simulator.multipart import read_form
from dialspec.simulator.wire import Json, loads
from dialspec.spec.model import Location

Arguments: TypeAlias = dict[str, Json]
"""Values by Python name; what was not sent, or sent as null, is absent."""

_INTEGER: Final = re.compile(r"[+-]?\d{1,19}")
_NUMBER: Final = re.compile(r"[+-]?\d{1,19}(?:\.\d{1,19})?")
_NUMERIC: Final = frozenset({ScalarKind.INTEGER, ScalarKind.NUMBER, ScalarKind.DECIMAL})


@dataclass(frozen=True, slots=True)
class Given:
    """What a request holds: checked arguments, and body and query by wire name for the paging fields."""

    arguments: Arguments
    body: Mapping[str, Json]
    query: Mapping[str, Json]


class ParameterReader:
    """Reads the arguments of one endpoint."""

    def __init__(self, provider: Provider, endpoint: Endpoint) -> None:
        self._types = TypeChecker(provider)
        self._bases = {enum.name: enum.base for enum in provider.enums}
        self._endpoint = endpoint
        self._wrapper = endpoint.wrapper.reveal() if endpoint.wrapper is not None else None
        self._plan = [
            (parameter, tuple(part for part in parameter.at.reveal().split(".") if part))
            for parameter in endpoint.parameters
        ]
        in_body = [item for item in endpoint.parameters if item.location is Location.BODY]
        paged_in_body = endpoint.paging is not None and endpoint.paging.location == "body"
        self._takes_body = bool(in_body) or paged_in_body
        self._needs_body = paged_in_body or any(item.field.required for item in in_body)
        self._settings = [setting.field for setting in provider.settings]

    def read(self, request: Request, path_values: Mapping[str, str]) -> Given:
        """Give what the request holds.

        Raises:
            InvalidRequestError: if a value is missing, has the wrong type or lies outside its range.
        """
        body = self._body(request)
        query: dict[str, list[str]] = {}
        for name, text in request.query_pairs():
            query.setdefault(name, []).append(text)
        for field in self._settings:
            segment = path_values.get(field.wire.reveal())
            if segment is not None:
                self._check_text(field, segment)
        arguments: Arguments = {}
        for parameter, at in self._plan:
            wire = parameter.wire.reveal()
            value: Json
            match parameter.location:
                case Location.BODY:
                    value = _inside(body, at).get(wire)
                    if self._endpoint.body == "multipart" and isinstance(value, str):
                        value = self._from_text(parameter.field, [value])
                case Location.QUERY:
                    value = self._from_text(parameter.field, query.get(wire))
                case Location.PATH:
                    given = path_values.get(wire)
                    value = self._from_text(parameter.field, None if given is None else [given])
                case Location.HEADER:
                    header = request.header(wire)
                    value = self._from_text(parameter.field, None if header is None else [header])
            self._take(arguments, parameter, value, ".".join((*at, wire)))
        return Given(arguments, body, {name: texts[-1] for name, texts in query.items()})

    def _take(self, arguments: Arguments, parameter: Parameter, value: Json, where: str) -> None:
        if value is None:
            if parameter.field.required and not parameter.field.nullable:
                raise InvalidRequestError(f"{where} is required")
            return
        self._types.check(parameter.field.type, parameter.field.constraints, value, where)
        arguments[parameter.name] = value

    def _body(self, request: Request) -> Mapping[str, Json]:
        if not self._takes_body:
            return {}
        if self._endpoint.body == "multipart":
            return read_form(request)
        if not request.body and not self._needs_body:
            return {}
        try:
            body = loads(request.body)
        except ValueError as error:
            raise InvalidRequestError(f"the body is no JSON: {error}") from None
        if not isinstance(body, dict):
            raise InvalidRequestError("the body must be a JSON object")
        if self._wrapper is not None and not isinstance(body.get(self._wrapper), dict):
            raise InvalidRequestError(f"{self._wrapper} must be an object")
        return body

    def _from_text(self, field: Field, values: list[str] | None) -> Json:
        """Turn text of a path, query, header or form into the value that JSON would hold."""
        if values is None:
            return None
        if isinstance(field.type, ListOf):
            item = field.type.item
            parts = values if len(values) > 1 else values[0].split(",")
            return [self._typed(item, part) for part in parts if part]
        return self._typed(field.type, values[-1])

    def _typed(self, type_: Type, text: str) -> Json:
        if isinstance(type_, EnumRef) and self._bases[type_.name] == "integer":
            return int(text) if _INTEGER.fullmatch(text) else text
        if isinstance(type_, Scalar):
            if type_.kind in _NUMERIC and _NUMBER.fullmatch(text):
                return int(text) if _INTEGER.fullmatch(text) else float(text)
            if type_.kind is ScalarKind.BOOLEAN and text.lower() in {"true", "false"}:
                return text.lower() == "true"
            return text
        if isinstance(type_, ObjectRef | MapOf):
            try:
                return loads(text.encode())
            except ValueError:
                return text
        return text

    def _check_text(self, field: Field, text: str) -> None:
        value = self._typed(field.type, text)
        self._types.check(field.type, field.constraints, value, field.wire.reveal())


def _inside(body: Mapping[str, Json], at: tuple[str, ...]) -> Mapping[str, Json]:
    for key in at:
        inner = body.get(key)
        if not isinstance(inner, dict):
            return {}
        body = inner
    return body
