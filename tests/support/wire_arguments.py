"""The arguments that make a client send a given request: wire values turned back into Python ones."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, date, datetime, time, tzinfo
from importlib import import_module
from typing import Any

from dialspec.api import (
    Endpoint,
    JsonText,
    ListOf,
    MapOf,
    ObjectRef,
    Parameter,
    Provider,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.lint.conformance import Conformance
from dialspec.lint.subject import Vendor
from dialspec.rendering.docs.sample_values import made_up, sample_arguments
from dialspec.spec.language.kinds import Location, TimeFormat


def python_value(provider: Provider, type_: Type, wire: Any) -> Any:
    """The Python value that is written as `wire`."""
    if wire is None:
        return None
    match type_:
        case ListOf(item):
            return [python_value(provider, item, each) for each in wire]
        case MapOf(value):
            return {key: python_value(provider, value, each) for key, each in wire.items()}
        case ObjectRef(name):
            fields = {field.wire.reveal(): field for field in provider.object_type(name).fields}
            return getattr(import_module(f"dialspec_clients.{provider.name}"), name)(
                **{
                    fields[key].name: python_value(provider, fields[key].type, each)
                    for key, each in wire.items()
                }
            )
        case JsonText(inner):
            given = json.loads(wire) if isinstance(wire, str) else wire
            return python_value(provider, inner, given)
        case Scalar():
            return _scalar(type_, wire)
        case _:
            return wire


def documented_zone(scalar: Scalar) -> tzinfo | None:
    """The zone in which a vendor reads times that name none; None if it does not say."""
    if scalar.zone == "none":
        return None
    return datetime.strptime(scalar.zone.replace("utc", "+00:00"), "%z").tzinfo


def _scalar(scalar: Scalar, wire: Any) -> Any:
    match scalar.kind, scalar.format:
        case ScalarKind.DATE, _:
            return date.fromisoformat(wire)
        case ScalarKind.TIME, _:
            return time.fromisoformat(wire)
        case ScalarKind.BINARY, _:
            return b64decode(wire, validate=True)
        case ScalarKind.FILE, _:
            return wire.encode()
        case ScalarKind.DATETIME, TimeFormat.EPOCH_MS:
            return datetime.fromtimestamp(wire / 1000, UTC)
        case ScalarKind.DATETIME, TimeFormat.EPOCH_S:
            return datetime.fromtimestamp(wire, UTC)
        case ScalarKind.DATETIME, _:
            moment = datetime.fromisoformat(wire)
            zone = documented_zone(scalar)
            return moment if zone is None or moment.tzinfo else moment.replace(tzinfo=zone)
        case _:
            return wire


def sample_call(provider: Provider, endpoint: Endpoint) -> dict[str, Any]:
    """The arguments of the sample that the docs show: as few as a call needs."""
    return {
        parameter.name: python_value(provider, parameter.field.type, wire)
        for parameter, wire in sample_arguments(provider, endpoint)
    }


class DocumentedCall:
    """The arguments of a documented request.

    What the page prints against its own table, which the spec records as a deviation, cannot be sent; another value
    stands for it, and `replaced` names the parameter.
    """

    def __init__(self, provider: Provider, endpoint: Endpoint, document: Any) -> None:
        self.arguments: dict[str, Any] = {}
        self.replaced: list[Parameter] = []
        self._conformance = Conformance(_vendor(provider))
        for parameter in endpoint.parameters:
            wire = _found(document, parameter)
            if wire is _MISSING and not parameter.field.required:
                continue
            if wire is _MISSING or not self._fits(parameter, wire):
                wire = made_up(provider, parameter.field)
                self.replaced.append(parameter)
            self.arguments[parameter.name] = python_value(provider, parameter.field.type, wire)
        if endpoint.paging is not None:
            for wire, name in ((endpoint.paging.size, "size"), (endpoint.paging.start, "start")):
                if wire.reveal() in document:
                    self.arguments[name] = document[wire.reveal()]

    def _fits(self, parameter: Parameter, wire: Any) -> bool:
        return wire is None or not list(self._conformance.of_field(wire, parameter.field))

    def without_replaced(self, body: Any) -> Any:
        """A body without the parameters that were replaced."""
        left = json.loads(json.dumps(body))
        for parameter in self.replaced:
            holder = left.get(parameter.at.reveal(), {}) if parameter.at.reveal() else left
            holder.pop(parameter.wire.reveal(), None)
        return left


def _vendor(provider: Provider) -> Vendor:
    nowhere: Any = None
    return Vendor(
        provider,
        nowhere,
        None,
        {item.name: item for item in provider.types},
        {item.name: item for item in provider.enums},
    )


_MISSING = object()


def _found(document: Any, parameter: Parameter) -> Any:
    holder = document
    if parameter.location is Location.BODY and parameter.at:
        holder = document.get(parameter.at.reveal(), {})
    return holder.get(parameter.wire.reveal(), _MISSING)
