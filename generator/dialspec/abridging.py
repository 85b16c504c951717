"""Modules less what black has seen: lines that it lays out one by one, and has left alone before.

black takes a module apart into statements, and a bracket that ends with a comma into its items, one a line; each of
these it lays out without regard to its neighbours. Generated modules repeat them by the thousand: an option of every
method, the same field in many models, the call in the asynchronous twin of a method. An `Abridger` leaves out what
black has left alone before, at the same depth and in the same kind of bracket. If black leaves the rest alone it would
leave the whole alone, and it has less than half of it to read to find that out.

It knows the shapes of our templates. Of another module it may leave out so much that the rest is no Python any more;
then black reads the whole, as it does whenever it does not leave the rest alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_OPENING: Final = ("(", "[", "{")
_CLOSING: Final = (")", "]", "}")
_QUOTES: Final = '"""'
# The empty lines around these depend on what stands beside them.
_KEPT_STATEMENTS: Final = ("@", "#", _QUOTES, "def ", "async ", "class ", "from ", "import ", "if ")
# Without these, the other parameters of a definition mean something else.
_KEPT_ITEMS: Final = ("self,", "*,", "/,")


@dataclass(slots=True)
class Abridged:
    """What black has to look at of a module, and what it will have seen then."""

    text: str
    seen: set[str] = field(default_factory=set)


class Abridger:
    """Abridges modules, knowing what black left alone in those before."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def abridge(self, source: str) -> Abridged:
        """Give a module without what black has seen."""
        return _Passage(source.split("\n"), self._seen).abridged()

    def remember(self, abridged: Abridged) -> None:
        """Note that black left this alone."""
        self._seen |= abridged.seen


@dataclass(slots=True)
class _Bracket:
    """An open bracket that holds its items one a line: how far the line that opens it is indented, and its kind."""

    indent: int
    kind: str
    is_empty: bool = True


class _Passage:
    """One way through the lines of a module, keeping some."""

    def __init__(self, lines: list[str], seen: set[str]) -> None:
        self._lines = lines
        self._seen = seen
        self._new: set[str] = set()
        self._kept: list[str] = []
        self._brackets: list[_Bracket] = []

    def abridged(self) -> Abridged:
        """Go all the way."""
        at = 0
        while at < len(self._lines):
            at = self._pass(at)
        return Abridged("\n".join(self._kept), self._new)

    def _pass(self, at: int) -> int:
        """Keep or leave out what begins at a line; give the next line to look at."""
        line = self._lines[at]
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        end = self._end(at, text, indent)
        known = "\n".join([self._kind(), *self._lines[at:end]])
        if self._is_repeatable(at, end, text, indent):
            if known in self._seen or known in self._new:
                return end
            self._new.add(known)
        if text.startswith(_QUOTES):
            self._kept += self._lines[at:end]
            return end
        self._kept.append(line)
        self._follow_brackets(text, indent)
        return at + 1

    def _end(self, at: int, text: str, indent: int) -> int:
        """The line behind a docstring, behind a bracket with all its items, or behind a line that is neither."""
        if text.startswith(_QUOTES):
            end = at
            while not self._lines[end].endswith(_QUOTES) or (end == at and len(text) < 6):
                end += 1
                if end == len(self._lines):
                    return end
            return end + 1
        if not text.endswith(_OPENING):
            return at + 1
        margin = " " * indent
        for end in range(at + 1, len(self._lines)):
            line = self._lines[end]
            if not line.startswith(f"{margin} "):
                is_whole = line.startswith(margin) and line[indent:] in (
                    ")",
                    "]",
                    "}",
                    "),",
                    "],",
                    "},",
                )
                return end + 1 if is_whole else at + 1
        return at + 1

    def _kind(self) -> str:
        return self._brackets[-1].kind if self._brackets else ""

    def _is_repeatable(self, at: int, end: int, text: str, indent: int) -> bool:
        """Whether something stands here that may stand elsewhere too, and may be left out there."""
        before = self._lines[at - 1].lstrip(" ") if at else ""
        if not self._brackets:
            if not indent or text.startswith(_KEPT_STATEMENTS) or text.endswith(":"):
                return False
            if text.startswith("return "):
                return before.endswith(_QUOTES)
            is_beside_another = len(self._lines[at - 1]) - len(before) == indent
            return is_beside_another and before != "" and not before.endswith((_QUOTES, ":"))
        bracket = self._brackets[-1]
        is_item = indent == bracket.indent + 4 and self._lines[end - 1].endswith(",")
        after = self._lines[end].lstrip(" ") if end < len(self._lines) else ""
        is_between = not bracket.is_empty and not after.startswith(_CLOSING)
        return is_item and is_between and text not in _KEPT_ITEMS and before != "*,"

    def _follow_brackets(self, text: str, indent: int) -> None:
        if self._brackets:
            self._brackets[-1].is_empty = False
            if indent == self._brackets[-1].indent and text.startswith(_CLOSING):
                self._brackets.pop()
        if text.endswith(_OPENING):
            word = text.split(" ", 1)[0] if text.startswith(("def ", "async def ", "from ")) else ""
            self._brackets.append(_Bracket(indent, f"{word}{text[-1]}{len(self._brackets)}"))
