"""Values of everyday YAML that end with their line: plain and quoted texts, `{…}` and `[…]`.

`dialspec.spec.everyday_yaml` says what everyday is; whatever is not, or wrong, raises `UnusualError`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dialspec.spec.scalars import Unclear, plain_value

if TYPE_CHECKING:
    from dialspec.spec.yaml import Data

KEY: Final = r"(?:[A-Za-z0-9_][A-Za-z0-9_.+/-]*|-[0-9]+)"
# What a plain text may begin with: no sign that YAML gives a meaning to.
_START: Final = r"(?:[\w(./+~$<=^;\\]|[^\x00-\x7f]|-(?=[\w.]))"
_COMMENT: Final = r"(?: +#.*)?$"

_BEGINS_PLAIN: Final = re.compile(_START)
_PLAIN: Final = re.compile(rf"({_START}(?:[^:#]|:(?! |$)|(?<! )#)*?) *{_COMMENT}")
_DOUBLE_QUOTED: Final = re.compile(rf'"([^"\\]*)" *{_COMMENT}')
_SINGLE_QUOTED: Final = re.compile(rf"'([^']*)' *{_COMMENT}")
_FLOW_KEY: Final = re.compile(rf'({KEY}|"[^"\\]*"): +')
_FLOW_TEXT: Final = rf"{_START}[^,:#\[\]{{}}]*(?::(?=[\w/])[^,:#\[\]{{}}]*)*"
_FLOW_PLAIN: Final = re.compile(_FLOW_TEXT)
# `key: value` with a text for a value, and what follows it.
_FLOW_ENTRY: Final = re.compile(
    rf"""({KEY}|"[^"\\]*"): +(?:({_FLOW_TEXT})|"([^"\\]*)"|'([^']*)') *([,}}]) *"""
)
_FLOW_QUOTED: Final = re.compile(r"""(?:"([^"\\]*)"|'([^']*)')""")
_FLOW_NEXT: Final = re.compile(r" *([,\]}])")
_SPACES: Final = re.compile(r" *")
_END: Final = re.compile(_COMMENT)


class UnusualError(Exception):
    """Something that only the full reader of YAML knows about."""


@lru_cache(maxsize=4096)
def key(written: str) -> str | int:
    """Give the key of a mapping."""
    if written[0] == '"':
        return written[1:-1]
    value = plain_value(written)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnusualError
    return value


def value_on_line(given: str, room: int) -> Data:
    """Give the value of the rest of a line; `room` is how deep brackets may lie in each other."""
    start = given[:1]
    if start in ("{", "["):
        value, end = _flow(given, 0, room)
        if _END.match(given, end) is None:
            raise UnusualError
        return value
    if start in ('"', "'"):
        return _found(_DOUBLE_QUOTED if start == '"' else _SINGLE_QUOTED, given)[1]
    if "#" not in given and ":" not in given:
        _found(_BEGINS_PLAIN, given)
        return _plain(given.rstrip(" "))
    return _plain(_found(_PLAIN, given)[1])


def _plain(text: str) -> Data:
    value = plain_value(text)
    if isinstance(value, Unclear):
        raise UnusualError
    return value


def _flow(text: str, at: int, room: int) -> tuple[Data, int]:
    """Read the value that begins at `at`, within brackets or with its own; give it and the place behind it."""
    opening = text[at : at + 1]
    if opening in ("{", "["):
        if not room:
            raise UnusualError
        at = _found(_SPACES, text, at + 1).end()
        return (_flow_mapping if opening == "{" else _flow_sequence)(text, at, room - 1)
    if opening in ('"', "'"):
        quoted = _found(_FLOW_QUOTED, text, at)
        return quoted[1] or quoted[2] or "", quoted.end()
    plain = _found(_FLOW_PLAIN, text, at)[0].rstrip(" ")
    return _plain(plain), at + len(plain)


def _flow_mapping(text: str, at: int, room: int) -> tuple[Data, int]:
    data: dict[str | int, Data] = {}
    closing = text[at : at + 1]
    while closing != "}":
        entry = _FLOW_ENTRY.match(text, at)
        written = entry or _found(_FLOW_KEY, text, at)
        name = key(written[1])
        if name in data:
            raise UnusualError
        if entry is None:
            data[name], at = _flow(text, written.end(), room)
            closing, at = _separator(text, at, "}")
        else:
            _, plain, double_quoted, single_quoted, closing = entry.groups()
            if plain is None:
                data[name] = double_quoted or single_quoted or ""
            else:
                data[name] = _plain(plain.rstrip(" "))
            at = entry.end() if closing == "," else entry.end(5)
    return data, at if data else at + 1


def _flow_sequence(text: str, at: int, room: int) -> tuple[Data, int]:
    data: list[Data] = []
    closing = text[at : at + 1]
    while closing != "]":
        value, at = _flow(text, at, room)
        data.append(value)
        closing, at = _separator(text, at, "]")
    return data, at if data else at + 1


def _separator(text: str, at: int, closing: str) -> tuple[str, int]:
    """Read a `,` or the closing bracket; give it and the place of the next value, or the one behind the bracket."""
    found = _found(_FLOW_NEXT, text, at)
    if found[1] == ",":
        return ",", _found(_SPACES, text, found.end()).end()
    if found[1] != closing:
        raise UnusualError
    return closing, found.end()


def _found(pattern: re.Pattern[str], text: str, at: int = 0) -> re.Match[str]:
    found = pattern.match(text, at)
    if found is None:
        raise UnusualError
    return found
