"""The everyday part of YAML, read in one pass over its lines.

In: the text of one file. Out: its plain data, the same that `dialspec.spec.parsed_yaml` gives; or None if the text holds
anything beyond the everyday part, or anything wrong. This reader never judges: what it does not know, down to an
unusual space, it leaves to the full reader, which has the places and the messages. It is some thirty times as fast,
because it looks at lines where a parser of all YAML looks at characters.

Everyday is: block mappings and lists; `{…}` and `[…]` on one line, or on several that end with a comma; plain and
quoted texts on one line without backslash; texts after `|`, `|-`, `>` and `>-`; anchors behind a key, and their
aliases; comments. Not everyday are tags, documents, escapes, texts that go on in the next line, and empty values
inside of brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dialspec.spec.everyday_values import KEY, UnusualError, key, value_on_line

if TYPE_CHECKING:
    from dialspec.spec.source import Limits
    from dialspec.spec.yaml import Data

_BEYOND: Final = re.compile(
    "[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ENTRY: Final = re.compile(rf'({KEY}|"[^"\\]*"):(?: +(.*))?$')
_ANCHOR: Final = re.compile(r"&([A-Za-z0-9_-]+) *(?: (.*))?$")
_ALIAS: Final = re.compile(r"\*([A-Za-z0-9_-]+) *$")


def read_everyday(text: str, limits: Limits) -> dict[str | int, Data] | None:
    """Give the data of a text that is everyday YAML; None if it is not, or could be beyond the limits."""
    aliases = text.count("*") if "&" in text else 0
    most_nodes = 1 + 2 * text.count(":") + text.count("-") + text.count("[") + text.count(",")
    if (
        most_nodes * (aliases + 1) > limits.nodes
        or len(text) * (aliases + 1) > limits.characters
        or not text.endswith("\n")
        or _BEYOND.search(text) is not None
    ):
        return None
    try:
        return _Lines(text, limits.depth).document()
    except UnusualError:
        return None


class _Lines:
    """The lines of a text, and where reading stands: at a line with something in it, its indentation taken off."""

    def __init__(self, text: str, deepest: int) -> None:
        self._lines = text.split("\n")
        self._deepest = deepest
        self._anchored: dict[str, Data] = {}
        self._is_in_anchored = False
        self._at = -1
        self._indent = 0
        self._content = ""
        self._advance()

    def document(self) -> dict[str | int, Data]:
        """Read all of it, which must be one mapping at the left margin."""
        if self._indent != 0:
            raise UnusualError
        return self._mapping(0, depth=0)

    def _advance(self) -> None:
        """Go to the next line that holds more than a comment; behind the last one the indentation is -1."""
        for at in range(self._at + 1, len(self._lines)):
            line = self._lines[at]
            content = line.lstrip(" ")
            if content and content[0] != "#":
                self._at, self._indent, self._content = at, len(line) - len(content), content
                return
        self._at, self._indent, self._content = len(self._lines), -1, ""

    def _mapping(self, indent: int, depth: int) -> dict[str | int, Data]:
        if depth == self._deepest:
            raise UnusualError
        data: dict[str | int, Data] = {}
        while self._indent == indent:
            entry = _ENTRY.match(self._content)
            if entry is None:
                raise UnusualError
            written, given = entry.groups()
            name = key(written)
            if name in data:
                raise UnusualError
            data[name] = self._value(given or "", indent, depth + 1)
        if self._indent > indent:
            raise UnusualError
        return data

    def _sequence(self, indent: int, depth: int) -> list[Data]:
        if depth == self._deepest:
            raise UnusualError
        data: list[Data] = []
        while self._indent == indent and self._content.startswith("- "):
            given = self._content[2:].lstrip(" ")
            if _ENTRY.match(given) is None:
                data.append(self._text_or_brackets(given, indent, depth + 1))
                continue
            # A mapping that begins beside the dash: its keys line up with the first one.
            self._indent += len(self._content) - len(given)
            self._content = given
            data.append(self._mapping(self._indent, depth + 1))
        if self._indent > indent:
            raise UnusualError
        return data

    def _value(self, given: str, indent: int, depth: int) -> Data:
        """Read what stands behind a key, `given`, or below it."""
        start = given[:1]
        if start == "&" and (anchor := _ANCHOR.match(given)) is not None:
            return self._marked(anchor[1], anchor[2] or "", indent, depth)
        if start == "*" and (alias := _ALIAS.match(given)) is not None:
            return self._repeated(alias[1])
        if start not in ("", "#"):
            return self._text_or_brackets(given, indent, depth)
        self._advance()
        if self._indent >= indent and self._content.startswith("- "):
            return self._sequence(self._indent, depth)
        return self._mapping(self._indent, depth) if self._indent > indent else None

    def _marked(self, name: str, given: str, indent: int, depth: int) -> Data:
        """Read a value that an anchor marks; with aliases in it, it could grow beyond the limits."""
        if self._is_in_anchored or _ANCHOR.match(given) or _ALIAS.match(given):
            raise UnusualError
        self._is_in_anchored = True
        self._anchored[name] = self._value(given, indent, depth)
        self._is_in_anchored = False
        return self._anchored[name]

    def _repeated(self, name: str) -> Data:
        if self._is_in_anchored or name not in self._anchored:
            raise UnusualError
        self._advance()
        return self._anchored[name]

    def _text_or_brackets(self, given: str, indent: int, depth: int) -> Data:
        start = given[:1]
        if start in ("|", ">"):
            return self._block(given, indent)
        if start in ("{", "["):
            given = self._with_lines_after_commas(given, indent)
        value = value_on_line(given, self._deepest - depth)
        self._advance()
        return value

    def _with_lines_after_commas(self, given: str, indent: int) -> str:
        parts = [given.rstrip(" ")]
        while parts[-1].endswith(",") and self._at + 1 < len(self._lines):
            line = self._lines[self._at + 1]
            content = line.strip(" ")
            if len(line) - len(line.lstrip(" ")) <= indent or content[:1] in ("", "#"):
                raise UnusualError
            parts.append(content)
            self._at += 1
        return " ".join(parts)

    def _block(self, header: str, indent: int) -> str:
        """Read the text below `|` or `>`, whose lines all begin at the same column."""
        if header not in ("|", "|-", ">", ">-"):
            raise UnusualError
        start = self._at + 1
        first = self._lines[start]
        margin = len(first) - len(first.lstrip(" "))
        if margin <= indent or len(first) == margin:
            raise UnusualError
        end = start
        while end < len(self._lines) and not self._lines[end][:margin].strip(" "):
            end += 1
        taken = [line[margin:] for line in self._lines[start:end]]
        while taken and not taken[-1]:
            taken.pop()
        if header[0] == ">" and any(not line or line[0] == " " for line in taken):
            raise UnusualError
        self._at += len(taken)
        self._advance()
        text = (" " if header[0] == ">" else "\n").join(taken)
        return text if header.endswith("-") else f"{text}\n"
