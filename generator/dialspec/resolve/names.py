"""Python names: derived from wire names, checked against what is taken, and unique.

A name that is taken is an error that says so, never a silent number at its end: the author gives `name:`.
"""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel

from dialspec.file_names import reason_against_file_name
from dialspec.text import ConstantName, PythonName, words

if TYPE_CHECKING:
    from dialspec.api import Origin
    from dialspec.resolve.context import Context

RESERVED_PARAMETERS: Final = frozenset(
    {
        "self",
        "start",
        "size",
        "max_items",
        "prefetch",
        "resume",
        "timeout",
        "deadline",
        "max_retries",
        "extra_headers",
    }
)
"""Keywords that every generated method, or every paged one, has already."""

RESERVED_FIELDS: Final = frozenset(
    name for name in (*dir(BaseModel), "wire", "is_unknown") if not name.startswith("_")
)
"""Attributes of pydantic's and our own base classes."""

RESERVED_RESOURCES: Final = frozenset(
    {
        "close",
        "aclose",
        "from_env",
        "with_options",
        "with_raw_response",
        "base_url",
        "timezone",
        "preload",
        "shared",
        "client",
        "errors",
        "raw",
        "pushes",
        "enums",
    }
)
"""Attributes of every generated client, and modules of every generated package."""

RESERVED_MEMBERS: Final = frozenset({"NAME", "VALUE", "LABEL", "LABELS", "IS_UNKNOWN"})

_BUILTINS: Final = frozenset(name for name in dir(builtins) if not name.startswith("_"))
_TYPES_IN_ANNOTATIONS: Final = frozenset({"bool", "bytes", "dict", "float", "int", "str", "object"})
"""Builtins that generated annotations use: a field of this name would hide them."""

Key = TypeVar("Key", bound=Hashable)


def reason_against(name: str, reserved: frozenset[str]) -> str | None:
    """Why `name` cannot be used in generated code, or None."""
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        return "is a Python keyword"
    if name in _TYPES_IN_ANNOTATIONS:
        return "hides a Python type that the generated code uses"
    if name in reserved:
        return "is taken by the generated code's base"
    return None


@lru_cache(maxsize=8192)
def derived_name(wire: str) -> PythonName | None:
    """The snake_case name of a wire name, or None if it gives none."""
    try:
        return PythonName("_".join(words(wire)))
    except ValueError:
        return None


def derived_member(name: str) -> ConstantName:
    """The UPPER_CASE name of an enum member."""
    return ConstantName(name.upper())


def check_name(
    context: Context, name: PythonName, origin: Origin, reserved: frozenset[str], what: str
) -> None:
    """Report `name` if Python or the generated code's base has it already."""
    reason = reason_against(name, reserved)
    if reason is not None:
        context.report(
            "DS310",
            context.position(origin),
            f"{name} {reason}, so it cannot be the name of {what}",
            "give another with `name:`" if what != "a resource" else "choose another name",
        )


def check_file_name(context: Context, name: PythonName, origin: Origin, what: str) -> None:
    """Report a name of which no file or folder can be made on every system."""
    reason = reason_against_file_name(name)
    if reason is not None:
        context.report(
            "DS310",
            context.position(origin),
            f"{name} cannot be the name of {what}, nor of its files: {reason}",
            "choose another name",
        )


def check_unique(
    context: Context, named: Iterable[tuple[Key, Origin]], what: str, remedy: str
) -> None:
    """Report each name that occurs twice, naming both places."""
    seen: dict[Key, Origin] = {}
    for name, origin in named:
        first = seen.setdefault(name, origin)
        if first is not origin:
            context.diagnostics.report(
                "DS311",
                context.position(origin),
                f"{what} {name} occurs twice",
                hint=remedy,
                related=[(context.position(first), "the other one")],
            )
