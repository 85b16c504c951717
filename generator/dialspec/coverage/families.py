"""Type families: what a vendor's word for a type and a type of the specs have in common.

Vendors write `Int`, `Integer` and `Long` for one thing, and `List`, `JSONArray` and `Array` for another, so types are
compared by family. An empty set of families means that nothing is said, and nothing can differ.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from dialspec.api import EnumRef, JsonText, ListOf, Scalar, ScalarKind
from dialspec.spec.language.kinds import TimeFormat

if TYPE_CHECKING:
    from dialspec.api import Provider, Type


class Family(StrEnum):
    """What values of a type look like."""

    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    LIST = "list"
    OBJECT = "object"
    TIME = "time"
    FILE = "file"


_WORDS: Final = {
    **dict.fromkeys(("int", "integer", "long", "short", "bigint", "int32", "int64"), Family.INTEGER),
    **dict.fromkeys(("double", "float", "number", "decimal", "bigdecimal"), Family.NUMBER),
    **dict.fromkeys(("string", "sring", "str", "text", "varchar", "char"), Family.STRING),
    **dict.fromkeys(("boolean", "bool"), Family.BOOLEAN),
    **dict.fromkeys(("list", "array", "jsonarray", "set"), Family.LIST),
    **dict.fromkeys(("object", "jsonobject", "map", "json"), Family.OBJECT),
    **dict.fromkeys(("datetime", "localdatetime", "timestamp", "date", "time", "localtime"), Family.TIME),
    **dict.fromkeys(("file", "multipartfile", "binary"), Family.FILE),
}  # fmt: skip
_WORD: Final = re.compile(r"[A-Za-z]+\d*")
_REMARK: Final = re.compile(r"\([^()]*\)|（[^（）]*）")
_ITEM: Final = re.compile(r"(?:list|array|set)\s*[<\[]\s*(\w+)\s*[>\]]|(\w+)\[\]", re.IGNORECASE)

_SCALARS: Final = {
    ScalarKind.INTEGER: frozenset({Family.INTEGER}),
    ScalarKind.NUMBER: frozenset({Family.NUMBER, Family.INTEGER}),
    ScalarKind.DECIMAL: frozenset({Family.NUMBER, Family.INTEGER, Family.STRING}),
    ScalarKind.STRING: frozenset({Family.STRING}),
    ScalarKind.BOOLEAN: frozenset({Family.BOOLEAN}),
    ScalarKind.DATE: frozenset({Family.TIME, Family.STRING}),
    ScalarKind.TIME: frozenset({Family.TIME, Family.STRING}),
    ScalarKind.BINARY: frozenset({Family.FILE, Family.STRING}),
    ScalarKind.FILE: frozenset({Family.FILE}),
    ScalarKind.JSON: frozenset[Family](),
}
_EPOCHS: Final = frozenset({TimeFormat.EPOCH_MS, TimeFormat.EPOCH_S})


def documented_families(text: str) -> tuple[frozenset[Family], frozenset[Family]]:
    """Give the families that a vendor's type names, and those of the items of a list if it names them.

    Remarks in parentheses do not count; several words outside them are alternatives.
    """
    plain = _REMARK.sub(" ", text)
    items: frozenset[Family] = frozenset()
    found = _ITEM.search(plain)
    if found is not None:
        word = _WORDS.get((found[1] or found[2]).lower())
        items = frozenset({word} if word else ())
        plain = plain[: found.start()] + " list " + plain[found.end() :]
    else:
        plain = re.sub(r"<.*?>", " ", plain)
    families = {_WORDS[word.lower()] for word in _WORD.findall(plain) if word.lower() in _WORDS}
    return frozenset(families), items


def specified_families(
    provider: Provider, given: Type
) -> tuple[frozenset[Family], frozenset[Family]]:
    """Give the families that a page may use for a type of the specs, and those for the items of a list."""
    if isinstance(given, Scalar):
        if given.kind is ScalarKind.DATETIME:
            # Vendors print seconds since 1970 as numbers and as texts.
            epoch = {Family.INTEGER} if given.format in _EPOCHS else set[Family]()
            return frozenset({Family.TIME, Family.STRING, *epoch}), frozenset()
        return _SCALARS[given.kind], frozenset()
    if isinstance(given, EnumRef):
        base = provider.enum(given.name).base
        return frozenset({Family.INTEGER if base == "integer" else Family.STRING}), frozenset()
    if isinstance(given, ListOf):
        items = specified_families(provider, given.item)[0]
        return frozenset({Family.LIST}) | (items if given.lone else frozenset[Family]()), items
    if isinstance(given, JsonText):
        return frozenset({Family.STRING}), frozenset()
    return frozenset({Family.OBJECT}), frozenset()
