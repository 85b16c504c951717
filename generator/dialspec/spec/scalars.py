"""What a plain YAML scalar means: the core schema of YAML 1.2, with what would lose something refused.

So `yes`, `on` and `2026-11-21` are texts, `0o17` and `0x1F` whole numbers. A number with leading zeros, one with more
digits than are kept exactly, and infinities are not numbers here: `Unclear` says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isinf
from typing import Final, TypeAlias

ScalarValue: TypeAlias = str | int | float | bool | None

LONGEST_NUMBER: Final = 40

_WORDS: Final[dict[str, bool | None]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_LOOKS_LIKE_NUMBER: Final = re.compile(r"[-+]?[.0-9]", re.ASCII)
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OCTAL: Final = re.compile(r"0o[0-7]+", re.ASCII)
_HEXADECIMAL: Final = re.compile(r"0x[0-9A-Fa-f]+", re.ASCII)
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_SPECIAL_FLOAT: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", re.ASCII)
_LEADING_ZERO: Final = re.compile(r"[-+]?0[0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A scalar that looks like a number but cannot be kept as one; `reason` completes "this number …"."""

    reason: str


def plain_value(text: str) -> ScalarValue | Unclear:
    """Give the value of a plain (unquoted) scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if _LOOKS_LIKE_NUMBER.match(text) is None:
        return text
    if _SPECIAL_FLOAT.fullmatch(text):
        return Unclear("is infinite or not a number")
    if _DECIMAL.fullmatch(text):
        return _unclear(text) or int(text)
    if _FLOAT.fullmatch(text):
        return _unclear(text) or _finite(float(text))
    if _OCTAL.fullmatch(text):
        return _unclear(text) or int(text, 8)
    if _HEXADECIMAL.fullmatch(text):
        return _unclear(text) or int(text, 16)
    return text


def _unclear(text: str) -> Unclear | None:
    if len(text) > LONGEST_NUMBER:
        return Unclear("is too long to be kept exactly")
    if _LEADING_ZERO.match(text):
        return Unclear("would lose its leading zeros")
    return None


def _finite(value: float) -> float | Unclear:
    return Unclear("is too large") if isinf(value) else value
