"""A user's program that uses all of one provider: every public name, method, parameter and field.

In: the resolved spec. Out: the source of a module for type checkers. Each result and each field is held to its exact
type by `assert_type`, so that neither `Any` nor a wider type passes. The types are worked out here once more: the
generator's own annotations are what is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module

from dialspec.api import (
    Endpoint,
    EnumRef,
    Field,
    JsonText,
    ListOf,
    MapOf,
    ObjectRef,
    ObjectType,
    Provider,
    Scalar,
    ScalarKind,
    Type,
)

_HEAD = '''\
"""Uses every public name of {package}."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import assert_type

from dialspec_runtime import AsyncPage, AsyncPager, Page, Pager, RawResponse, Timeouts

from {package} import (
{names}
)

STANDARD = (UTC, date, datetime, time, Decimal, Path, AsyncPage, AsyncPager, Page, Pager, RawResponse, Timeouts)
NAMES: tuple[object, ...] = (
{names}
)
'''
_ANSWERED = {
    ScalarKind.INTEGER: "int",
    ScalarKind.NUMBER: "float",
    ScalarKind.DECIMAL: "Decimal",
    ScalarKind.STRING: "str",
    ScalarKind.BOOLEAN: "bool",
    ScalarKind.DATETIME: "datetime",
    ScalarKind.DATE: "date",
    ScalarKind.TIME: "time",
    ScalarKind.BINARY: "bytes",
    ScalarKind.JSON: "object",
    ScalarKind.FILE: "str",
}
_GIVEN = {
    ScalarKind.INTEGER: ("1", "2"),
    ScalarKind.NUMBER: ("0.5", "1"),
    ScalarKind.DECIMAL: ('Decimal("0.5")', 'Decimal("1")'),
    ScalarKind.STRING: ('"text"', '""'),
    ScalarKind.BOOLEAN: ("True", "False"),
    ScalarKind.DATETIME: ("datetime(2024, 6, 1, tzinfo=UTC)", "datetime(2024, 6, 1)"),
    ScalarKind.DATE: ("date(2024, 6, 1)", "date(2024, 6, 2)"),
    ScalarKind.TIME: ("time(9, 30)", "time(10)"),
    ScalarKind.BINARY: ('b"content"', 'Path("content")'),
    ScalarKind.JSON: ('{"any": ["value", 1, None]}', '"text"'),
    ScalarKind.FILE: ('Path("numbers.xlsx")', 'b"content"'),
}
_OPTIONS = (
    'timeout=Timeouts(read=2.0), deadline=30.0, max_retries=0, extra_headers={"X-Trace": "1"}',
    "timeout=None, deadline=None, max_retries=1, extra_headers=None",
)
_PAGES = ("size=10, start=1, max_items=5, prefetch=2, resume=None", "size=1, max_items=None")


def sample_program(provider: Provider, package: str = "dialspec_clients") -> str:
    """Write the program."""
    module = f"{package}.{provider.name}"
    names: Sequence[str] = import_module(module).__all__
    listed = "\n".join(f"    {name}," for name in sorted(names))
    parts = [_HEAD.format(package=module, names=listed)]
    parts += [_fields(provider, item) for item in provider.types if item.name in names]
    for endpoint in provider.endpoints():
        for resource, method in ((endpoint.resource, endpoint.name), *endpoint.aliases):
            parts += _calls(provider, endpoint, resource, method)
    return "\n\n".join(parts)


def _calls(provider: Provider, endpoint: Endpoint, resource: str, method: str) -> Iterator[str]:
    """The four ways to call a method: sync and async, plain and raw."""
    client = provider.client_class
    name = f"{resource}_{method}"
    result = _result(endpoint)
    is_paged = endpoint.paging is not None
    plain = f"Pager[{result}]" if is_paged else result
    raw = f"Page[{result}]" if is_paged else result
    first, second = (_arguments(provider, endpoint, spelling) for spelling in (0, 1))
    yield (
        f"def {name}(client: {client}) -> None:\n"
        f"    assert_type(client.{resource}.{method}({first}), {plain})\n"
        f"    raw = client.with_raw_response.{resource}.{method}({second})\n"
        f"    assert_type(raw, RawResponse[{raw}])\n"
        f"    assert_type(raw.parse(), {raw})"
    )
    call = f"client.{resource}.{method}({second})"
    yield (
        f"async def async_{name}(client: Async{client}) -> None:\n"
        + (
            f"    assert_type({call}, AsyncPager[{result}])\n"
            f"    assert_type(await {call}, AsyncPage[{result}])\n"
            if is_paged
            else f"    assert_type(await {call}, {result})\n"
        )
        + f"    raw = await client.with_raw_response.{resource}.{method}({first})\n"
        f"    assert_type(raw, RawResponse[{'Async' if is_paged else ''}{raw}])"
    )


def _result(endpoint: Endpoint) -> str:
    result = _answered(endpoint.response.result_type)
    return f"{result} | None" if endpoint.response.nullable else result


def _answered(kind: Type) -> str:
    match kind:
        case ListOf(item):
            return f"list[{_answered(item)}]"
        case MapOf(value):
            return f"dict[str, {_answered(value)}]"
        case JsonText(inner):
            return _answered(inner)
        case EnumRef(name) | ObjectRef(name):
            return name
        case Scalar():
            return _ANSWERED[kind.kind]


def _fields(provider: Provider, item: ObjectType) -> str:
    """A function that makes an object, if callers make it, and looks at each of its fields."""
    lines = [f"def of_{item.name}(given: {item.name}) -> None:", "    assert given"]
    if item.role == "request":
        lines += [f"    {_object(provider, item, spelling)}" for spelling in (0, 1)]
    for field in item.fields:
        is_certain = item.role == "request" and field.required and not field.nullable
        text = _answered(field.type) if is_certain else f"{_answered(field.type)} | None"
        lines.append(f"    assert_type(given.{field.name}, {text})")
    return "\n".join(lines)


def _arguments(provider: Provider, endpoint: Endpoint, spelling: int) -> str:
    given = [
        f"{parameter.name}={_given(provider, parameter.field, parameter.field.type, spelling)}"
        for parameter in endpoint.parameters
    ]
    pages = [_PAGES[spelling]] if endpoint.paging is not None else []
    return ", ".join([*given, *pages, _OPTIONS[spelling]])


def _given(
    provider: Provider, field: Field, kind: Type, spelling: int, *, inside: bool = False
) -> str:
    """An expression for a value that is sent, in one of two spellings."""
    if field.nullable and spelling and kind is field.type:
        return "None"
    match kind:
        case ListOf(item):
            inner = _given(provider, field, item, spelling, inside=inside)
            return f"[{inner}]" if inside or spelling else f"({inner},)"
        case MapOf(value):
            return f'{{"key": {_given(provider, field, value, spelling, inside=inside)}}}'
        case JsonText(inner_kind):
            return _given(provider, field, inner_kind, spelling, inside=inside)
        case EnumRef(name):
            member = provider.enum(name).members[0]
            if inside or not spelling:
                return f"{name}.{member.name}"
            return repr(member.value if isinstance(member.value, int) else member.value.reveal())
        case ObjectRef(name):
            return _object(provider, provider.object_type(name), spelling)
        case Scalar():
            # Models hold bytes; a path is what the signature of a method allows.
            is_content = inside and kind.kind is ScalarKind.BINARY
            return _GIVEN[kind.kind][0 if is_content else spelling]


def _object(provider: Provider, item: ObjectType, spelling: int) -> str:
    fields = [
        f"{field.name}={_given(provider, field, field.type, spelling, inside=True)}"
        for field in item.fields
        if field.required or not spelling
    ]
    return f"{item.name}({', '.join(fields)})"
