"""The Python samples of an endpoint's page: a program that runs as it stands, sync and async.

In: an endpoint and the values of `sample_values`. Out: source text, in the shape that black gives it. A sample
reads its credentials from the environment, so that the same text runs against a vendor and against the simulator.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Final, LiteralString

from dialspec.api import (
    Endpoint,
    EnumRef,
    Field,
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
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.docs.sample_times import WireValue, parse_time
from dialspec.rendering.layout import Call, DictDisplay, Display, Expression, lay_out
from dialspec.rendering.text import (
    Notation,
    Rendered,
    identifier,
    keyword_argument,
    literal,
    number,
    python_string,
    python_value,
    rendered_join,
)
from dialspec.text import ClassName, PythonName

Arguments = tuple[tuple[Parameter, WireValue], ...]
_SHOWN_FIELDS: Final = 3


def _made(client: ClassName, endpoint: Endpoint) -> str:
    """The call that makes a client, with the consent that an inferred endpoint needs."""
    consent = "allow_inferred=True" if endpoint.status == "inferred" else ""
    return f"{identifier(client)}.from_env({consent})"


class SampleWriter:
    """Writes the samples of one provider's endpoints; `package` holds the generated clients."""

    def __init__(self, provider: Provider, package: str) -> None:
        self._provider = provider
        self._module = f"{package}.{provider.name}"

    def sync_sample(self, endpoint: Endpoint, arguments: Arguments) -> str:
        """A program that uses the sync client."""
        client = self._provider.client_class
        values = _Values(self._provider, self._module, client)
        body = self._body(endpoint, arguments, values, indent=4, is_async=False)
        opening = f"with {_made(client, endpoint)} as {identifier(self._provider.name)}:"
        return f"{values.imports()}\n\n{opening}\n{body}\n"

    def async_sample(self, endpoint: Endpoint, arguments: Arguments) -> str:
        """A program that uses the async client."""
        client = ClassName(f"Async{self._provider.client_class}")
        values = _Values(self._provider, self._module, client)
        body = self._body(endpoint, arguments, values, indent=8, is_async=True)
        opening = f"async with {_made(client, endpoint)} as {identifier(self._provider.name)}:"
        return (
            f"{values.imports('import asyncio')}\n\n\n"
            f"async def main() -> None:\n    {opening}\n{body}\n\n\n"
            f"asyncio.run(main())\n"
        )

    def _body(
        self,
        endpoint: Endpoint,
        arguments: Arguments,
        values: _Values,
        *,
        indent: int,
        is_async: bool,
    ) -> str:
        margin = " " * indent
        method = rendered_join(
            ".",
            [identifier(name) for name in (self._provider.name, endpoint.resource, endpoint.name)],
        )
        call = Call(
            method,
            [
                (identifier(parameter.name), values.expression(parameter.field.type, value))
                for parameter, value in arguments
            ],
        )
        result = endpoint.response.result_type
        if endpoint.paging is not None:
            opening = f"{margin}{'async ' if is_async else ''}for row in "
            loop = lay_out(call, column=len(opening), indent=indent, room=1)
            return f"{opening}{loop}:\n{margin}    print({shown_fields(self._provider, 'row', result)})"
        opening = f"{margin}answer = {'await ' if is_async else ''}"
        statement = lay_out(call, column=len(opening), indent=indent)
        shown = (
            "answer"
            if endpoint.response.nullable
            else shown_fields(self._provider, "answer", result)
        )
        return f"{opening}{statement}\n{margin}print({shown})"


def shown_fields(provider: Provider, variable: str, kind: Type) -> str:
    """Choose a few telling fields to print; a value that is no object is printed whole."""
    if not isinstance(kind, ObjectRef):
        return variable
    answer = provider.object_type(kind.name)
    by_name = {field.name: field for field in answer.fields}
    chosen = [by_name[name] for name in answer.key if name in by_name]
    for wanted in (EnumRef, Scalar):
        chosen += [
            field
            for field in answer.fields
            if isinstance(field.type, wanted) and field not in chosen and field.documented
        ]
    names = [f"{variable}.{identifier(field.name)}" for field in _unmasked(chosen)]
    return ", ".join(names[:_SHOWN_FIELDS]) or variable


def _unmasked(fields: Iterable[Field]) -> Iterable[Field]:
    return (field for field in fields if field.sensitive is None)


class _Values:
    """Wire values as Python expressions, noting the imports that they need."""

    def __init__(self, provider: Provider, module: str, client: ClassName) -> None:
        self._provider = provider
        self._module = module
        self._standard = Imports()
        self._clients = Imports()
        self._clients.add_checked(module, client)

    def imports(self, *first: LiteralString) -> str:
        """The import statements, those of the standard library in a paragraph of their own."""
        standard = [*first, *([self._standard.statements()] if self._standard else [])]
        return "\n\n".join(
            part for part in ("\n".join(standard), self._clients.statements()) if part
        )

    def expression(self, kind: Type, value: WireValue) -> Expression:
        """Write a wire value as a user of the client would."""
        match kind:
            case ListOf() if isinstance(value, list):
                items = [self.expression(kind.item, item) for item in value]
                return Display(literal("["), literal("]"), items)
            case MapOf() if isinstance(value, dict):
                return DictDisplay(
                    [
                        (python_string(key), self.expression(kind.value, one))
                        for key, one in value.items()
                    ]
                )
            case JsonText():
                return self.expression(kind.inner, value)
            case EnumRef():
                return self._member(kind, value)
            case ObjectRef() if isinstance(value, dict):
                return self._object(kind, value)
            case Scalar():
                return self._scalar(kind, value)
            case _:
                return _json(value)

    def _member(self, kind: EnumRef, value: WireValue) -> Expression:
        for member in self._provider.enum(kind.name).members:
            wire = member.value if isinstance(member.value, int) else member.value.reveal()
            if wire == value:
                self._clients.add_checked(self._module, kind.name)
                return rendered_join(".", [identifier(kind.name), identifier(member.name)])
        return _json(value)

    def _object(self, kind: ObjectRef, value: Mapping[str, WireValue]) -> Expression:
        self._clients.add_checked(self._module, kind.name)
        fields = {
            field.wire.reveal(): field for field in self._provider.object_type(kind.name).fields
        }
        return Call(
            identifier(kind.name),
            [
                (identifier(fields[wire].name), self.expression(fields[wire].type, one))
                for wire, one in value.items()
            ],
        )

    def _scalar(self, kind: Scalar, value: WireValue) -> Expression:
        match kind.kind:
            case ScalarKind.DATETIME | ScalarKind.DATE:
                moment = parse_time(kind, value)
                return _json(value) if moment is None else self._moment(kind, moment)
            case ScalarKind.TIME if isinstance(value, str):
                self._standard.add("datetime", "time")
                hour, minute = value.split(":")[:2]
                return Call(
                    literal("time"), [(None, number(int(hour))), (None, number(int(minute)))]
                )
            case ScalarKind.DECIMAL:
                self._standard.add("decimal", "Decimal")
                return Call(literal("Decimal"), [(None, python_string(str(value)))])
            case ScalarKind.BINARY:
                return Rendered('b"sample"', Notation.PYTHON)
            case ScalarKind.FILE if isinstance(value, str):
                self._standard.add("pathlib", "Path")
                return Call(literal("Path"), [(None, python_string(value))])
            case _:
                return _json(value)

    def _moment(self, kind: Scalar, moment: datetime.datetime) -> Expression:
        parts = [moment.year, moment.month, moment.day]
        if kind.kind is ScalarKind.DATE:
            self._standard.add("datetime", "date")
            return Call(literal("date"), [(None, number(part)) for part in parts])
        parts += [moment.hour, moment.minute]
        parts += [moment.second] if moment.second else []
        arguments: list[tuple[Rendered | None, Expression]] = [
            (None, number(part)) for part in parts
        ]
        self._standard.add("datetime", "datetime")
        offset = moment.utcoffset()
        if offset is None and kind.zone != "none":
            offset = _documented_offset(kind.zone)
        if offset is not None:
            arguments.append((literal("tzinfo"), self._zone(offset)))
        return Call(literal("datetime"), arguments)

    def _zone(self, offset: datetime.timedelta) -> Rendered:
        if not offset:
            self._standard.add("datetime", "UTC")
            return literal("UTC")
        self._standard.add("datetime", "timedelta", "timezone")
        minutes = offset // datetime.timedelta(minutes=1)
        hours, rest = divmod(minutes, 60)
        unit, count = (literal("hours"), hours) if not rest else (literal("minutes"), minutes)
        keyword = keyword_argument(PythonName(unit), number(count))
        return Rendered(f"timezone(timedelta({keyword}))", Notation.PYTHON)


def _documented_offset(zone: str) -> datetime.timedelta:
    if zone == "utc":
        return datetime.timedelta()
    sign = -1 if zone.startswith("-") else 1
    hours, minutes = zone[1:].split(":")
    return sign * datetime.timedelta(hours=int(hours), minutes=int(minutes))


def _json(value: WireValue) -> Expression:
    """Write a JSON value as the Python literal of the same meaning."""
    if isinstance(value, list):
        return Display(literal("["), literal("]"), [_json(item) for item in value])
    if isinstance(value, dict):
        return DictDisplay([(python_string(key), _json(item)) for key, item in value.items()])
    return python_value(value)
