"""Spec text inside messages: escaped and cut, so that it can neither steer a terminal nor flood a screen."""

from __future__ import annotations

import json
import unicodedata
from typing import Final

from dialspec.text import SpecText

LONGEST_QUOTE: Final = 60

_SHORT_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Control, format (which holds the marks of writing direction), surrogate, private, unassigned, separators.
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def escaped(text: str) -> str:
    """Give `text` with every character that does not print replaced by a visible escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_escaped_character, text))


def _escaped_character(character: str) -> str:
    if unicodedata.category(character) not in _UNPRINTABLE:
        return character
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    number = ord(character)
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def cut(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Give `text` with at most `longest` characters, the last being … where some were left out."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def quoted(value: object, longest: int = LONGEST_QUOTE) -> str:
    """Give a value of a spec in the form in which messages show it: `` `text` ``, `` `12` ``, `` `true` ``."""
    if isinstance(value, SpecText):
        value = value.reveal()
    if isinstance(value, str):
        # Cut first: escaping a long text only to throw it away would cost for nothing.
        shown = escaped(cut(value, longest))
    elif value is None or isinstance(value, bool | int | float):
        shown = cut(json.dumps(value), longest)
    else:
        shown = escaped(cut(str(value), longest))
    return f"`{shown}`"
