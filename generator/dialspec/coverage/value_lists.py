"""Enumerated values in a vendor's prose: text of a table cell in, the listed values out.

Read are lists such as `1-Call in progress, 5 not called`, `0 no; 1 yes`, `MANUAL; AUTO` and `1 / 5 / 7`, also after a
word and a colon or inside parentheses. Ranges (`1-100`), lengths and counts with their unit are not values. A list holds
values of one kind, numbers or words in capitals.
"""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = r"-?\d{1,5}(?:\+\d{1,5})?"
_WORD: Final = r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*"
_ITEM: Final = re.compile(
    rf"""(?P<quote>["'“]?)(?P<value>{_NUMBER}|{_WORD})["'”]?
    (?: $
      | \s*[:：=.、)）]\s*(?P<label>\D.*)?$
      | \s*[-–—]+\s*(?P<dashed>[^\d\s].*)?$
      | \s+(?P<spaced>[^\d\s].*)$
      | (?P<joined>[^\x00-\x7f].*)$
    )""",
    re.VERBOSE | re.DOTALL,
)
_PREFIX: Final = re.compile(
    rf"(?!{_NUMBER}\b)[^;；,，:：]*?[:：]\s*(?=[\"'“]?(?:{_NUMBER}|[A-Z]{{2}}[A-Z0-9_]*)\b)"
)
_LEADING_WORDS: Final = re.compile(r"(?!-?\d)\D*?(?=\b\d{1,3}\s*[-:=]\s*[^\W\d])")
_PARENTHESES: Final = re.compile(r"[(（]([^()（）]*)[)）]")
_OPEN_END: Final = re.compile(r"\b(?:else|others?|see|as in|cut here)\b|…", re.IGNORECASE)
_LONGEST: Final = 4000
"""Characters of a cell; far above what lists of values need."""
_BEFORE_NEXT: Final = re.compile(r"(?<=[^\W\d])\s+(?=\d{1,2}\s*(?:[-:]\s*[^\W\d]|$))")
"""Between two items whose comma is missing."""


def listed_values(text: str) -> tuple[str, ...]:
    """Give the values that `text` lists, in order; empty if it lists fewer than two."""
    text = text[:_LONGEST]
    return _from(_PARENTHESES.sub(" ", text)) or next(
        (values for inner in _PARENTHESES.findall(text) if (values := _from(inner))), ()
    )


def is_open(text: str) -> bool:
    """Tell whether `text` says that there are values which it does not list."""
    return _OPEN_END.search(text) is not None


def _from(text: str) -> tuple[str, ...]:
    text = text.strip().rstrip(".。")
    stripped = (
        _PREFIX.sub("", text, count=1) if _ITEM.match(text) is None or _PREFIX.match(text) else text
    )
    for candidate in dict.fromkeys((stripped, _LEADING_WORDS.sub("", text, count=1))):
        for separators in (r"[;；\n]", r"[,，、]", r"\s/\s"):
            values = _values(re.split(separators, candidate))
            if len(values) > 1:
                return values
    # A sentence may come first: `each round works on the last; 0 all; 1 failed`.
    _, _, rest = text.partition(";")
    return _values(rest.split(";")) if len(_values(rest.split(";"))) > 1 else ()


def _values(pieces: list[str]) -> tuple[str, ...]:
    """The values of the pieces, if the first is one; what is not a value ends no list, for labels hold commas."""
    values: list[str] = []
    for index, piece in enumerate(part for whole in pieces for part in _BEFORE_NEXT.split(whole)):
        found = _ITEM.fullmatch(piece.strip())
        if found is None and index == 0:
            return ()
        if found is None:
            continue
        value = found["value"]
        if not values or (_is_number(value) == _is_number(values[0]) and value not in values):
            values.append(value)
    return tuple(values)


def _is_number(value: str) -> bool:
    return value[0] in "-0123456789"
