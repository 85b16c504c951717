"""The line of a file that a problem is in, with carets below the characters concerned.

Lines are cut around the place, characters that do not print are shown as escapes, and the width of Chinese
characters is counted, so that the carets stand where they should in a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from dialspec.diagnostics.quoting import escaped

_WIDEST: Final = 100
_BEFORE: Final = 40
_WORD: Final = re.compile(r""" "[^"]*" | '[^']*' | [^\s,:\[\]{}#]+ """, re.VERBOSE)


class Excerpt(NamedTuple):
    """A line as it is shown, and the line of carets that belongs below it."""

    line: str
    carets: str


def excerpt(text: str, line: int, column: int, end_column: int | None) -> Excerpt | None:
    """Give the excerpt for a place in `text`; None if the text has no such line or nothing on it."""
    source = _line_of(text, line)
    if source is None or not source.strip():
        return None
    first = min(column - 1, len(source))
    last = _end_of_word(source, first) if end_column is None else end_column - 1
    last = max(first + 1, min(last, len(source)))
    start = first - _BEFORE if first > _BEFORE and len(source) > _WIDEST else 0
    end = start + _WIDEST
    before = "…" if start else ""
    after = "…" if end < len(source) else ""
    lead = before + escaped(source[start:first])
    marked = escaped(source[first : min(last, end)])
    return Excerpt(
        line=f"{lead}{marked}{escaped(source[min(last, end) : end])}{after}",
        carets=" " * _width(lead) + "^" * max(1, _width(marked)),
    )


def _end_of_word(source: str, start: int) -> int:
    """Where the key or value that begins at `start` ends, for problems that only know where it begins."""
    found = _WORD.match(source, start)
    return start + 1 if found is None else found.end()


def _line_of(text: str, line: int) -> str | None:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if start == 0:
            return None
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


def _width(shown: str) -> int:
    """The number of terminal columns of a text."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (_is_wide(character)) for character in shown
    )


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}
