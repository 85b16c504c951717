"""Reads the arguments out of a request, and checks each against its documented type and range.

Unknown keys are passed over, as the vendors do. A value is refused (`InvalidRequestError`) when it has another JSON
type than documented: the simulator is strict where a vendor may be lenient, so that a client's mistake shows.
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
from dialspec.spec.language.kinds import Location

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


@dataclass(frozen=True, slots=True)
class _Slot:
    """A parameter with what reading it takes, worked out once."""

    name: str
    wire: str
    where: str
    required: bool
    location: Location
    field: Field


class ParameterReader:
    """Reads the arguments of one endpoint."""

    def __init__(self, provider: Provider, endpoint: Endpoint) -> None:
        self._types = TypeChecker(provider)
        self._bases = {enum.name: enum.base for enum in provider.enums}
        self._is_form = endpoint.body == "multipart"
        self._wrapper = endpoint.wrapper.reveal() if endpoint.wrapper is not None else None
        self._in_body: dict[tuple[str, ...], list[_Slot]] = {}
        self._in_text: list[_Slot] = []
        for parameter in endpoint.parameters:
            at = tuple(part for part in parameter.at.reveal().split(".") if part)
            if parameter.location is Location.BODY:
                self._in_body.setdefault(at, []).append(_slot(parameter, at))
            else:
                self._in_text.append(_slot(parameter, ()))
        paged_in_body = endpoint.paging is not None and endpoint.paging.location == "body"
        self._takes_body = bool(self._in_body) or paged_in_body
        self._needs_body = paged_in_body or any(
            slot.required for group in self._in_body.values() for slot in group
        )
        self._settings = {
            setting.field.wire.reveal(): setting.field for setting in provider.settings
        }

    def read(self, request: Request, path_values: Mapping[str, str]) -> Given:
        """Give what the request holds.

        Raises:
            InvalidRequestError: if a value is missing, has the wrong type or lies outside its range.
        """
        arguments: Arguments = {}
        for wire, segment in path_values.items():
            if wire in self._settings:
                field = self._settings[wire]
                self._types.check(
                    field.type, field.constraints, self._typed(field.type, segment), wire
                )
        body = self._body(request)
        for at, group in self._in_body.items():
            holder = _inside(body, at)
            for slot in group:
                value = holder.get(slot.wire)
                if self._is_form and isinstance(value, str):
                    value = self._from_text(slot.field, [value])
                self._take(arguments, slot, value)
        query: dict[str, list[str]] = {}
        if request.query:
            for name, text in request.query_pairs():
                query.setdefault(name, []).append(text)
        for slot in self._in_text:
            match slot.location:
                case Location.PATH:
                    texts = _one(path_values.get(slot.wire))
                case Location.HEADER:
                    texts = _one(request.header(slot.wire))
                case _:
                    texts = query.get(slot.wire)
            self._take(arguments, slot, self._from_text(slot.field, texts))
        return Given(arguments, body, {name: texts[-1] for name, texts in query.items()})

    def _take(self, arguments: Arguments, slot: _Slot, value: Json) -> None:
        if value is not None:
            field = slot.field
            self._types.check(field.type, field.constraints, value, slot.where)
            arguments[slot.name] = value
        elif slot.required:
            raise InvalidRequestError(f"{slot.where} is required")

    def _body(self, request: Request) -> Mapping[str, Json]:
        if not self._takes_body:
            return {}
        if self._is_form:
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


def _slot(parameter: Parameter, at: tuple[str, ...]) -> _Slot:
    field = parameter.field
    wire = field.wire.reveal()
    return _Slot(
        name=field.name,
        wire=wire,
        where=".".join((*at, wire)),
        required=field.required and not field.nullable,
        location=parameter.location,
        field=field,
    )


def _one(text: str | None) -> list[str] | None:
    return None if text is None else [text]


def _inside(body: Mapping[str, Json], at: tuple[str, ...]) -> Mapping[str, Json]:
    for key in at:
        inner = body.get(key)
        if not isinstance(inner, dict):
            return {}
        body = inner
    return body
