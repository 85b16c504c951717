"""Modules less what black has seen: lines that it lays out one by one, and has left alone before.

black takes a module apart into statements, and a bracket that ends with a comma into its items, one a line; each of
these it lays out without regard to its neighbours. Generated modules repeat them by the thousand: an option of every
method, the same field in many models, the call in the asynchronous twin of a method. An `Abridger` leaves out what
black has left alone before, at the same depth and in the same kind of bracket. If black leaves the rest alone it would
leave the whole alone, and it has less than half of it to read to find that out.

It knows the shapes of our templates. Of another module it may leave out so much that the rest is no Python any more;
then black reads the whole, as it does whenever it does not leave the rest alone. That the whole is Python is not told
by the rest: `dialspec.rendering.check` reads all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_OPENING: Final = ("(", "[", "{")
_CLOSING: Final = (")", "]", "}")
_QUOTES: Final = '"""'
# The empty lines around these depend on what stands beside them.
_KEPT_STATEMENTS: Final = ("@", "#", _QUOTES, "def ", "async ", "class ", "from ", "import ", "if ")
# Behind this, parameters are given by their names. It is laid out in one way only.
_KEYWORDS_FOLLOW: Final = "*,"


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
    """An open bracket that holds its items one a line.

    `indent` is how far the line that opens it is indented, and `kind` what makes a difference to its items. It needs
    some of them to stay what it is: a tuple of one is written otherwise. What was left out can be put back, each at its
    place among the lines kept.
    """

    indent: int
    kind: str
    needed: int
    may_hold_keyword_mark: bool
    kept: int = 0
    keyword_mark: str = ""
    """The mark, until a parameter behind it is kept; then nothing."""
    left_out: list[tuple[int, list[str]]] = field(default_factory=list)


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
        bracket = self._brackets[-1] if self._brackets else None
        if bracket is None:
            is_repeatable = self._is_repeatable_statement(at, text, indent)
        else:
            is_repeatable = indent == bracket.indent + 4 and self._lines[end - 1].endswith(",")
            if is_repeatable and text == _KEYWORDS_FOLLOW and bracket.may_hold_keyword_mark:
                bracket.keyword_mark, bracket.may_hold_keyword_mark = line, False
                return end
        if is_repeatable and self._is_known("" if bracket is None else bracket.kind, at, end):
            if bracket is not None:
                bracket.left_out.append((len(self._kept), self._lines[at:end]))
            return end
        if text.startswith(_QUOTES):
            self._kept += self._lines[at:end]
            return end
        self._keep(line, text, indent, is_item=is_repeatable and bracket is not None)
        return at + 1

    def _is_known(self, kind: str, at: int, end: int) -> bool:
        known = "\n".join([kind, *self._lines[at:end]])
        if known in self._seen or known in self._new:
            return True
        self._new.add(known)
        return False

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
                is_whole = line.startswith(margin) and line[indent:].rstrip(",") in _CLOSING
                return end + 1 if is_whole else at + 1
        return at + 1

    def _is_repeatable_statement(self, at: int, text: str, indent: int) -> bool:
        """Whether a statement may stand elsewhere too, and may be left out there."""
        if not indent or text.startswith(_KEPT_STATEMENTS) or text.endswith(":"):
            return False
        before = self._lines[at - 1].lstrip(" ")
        if text.startswith("return "):
            return before.endswith(_QUOTES)
        is_beside_another = len(self._lines[at - 1]) - len(before) == indent
        return is_beside_another and before != "" and not before.endswith((_QUOTES, ":"))

    def _keep(self, line: str, text: str, indent: int, *, is_item: bool) -> None:
        if self._brackets:
            bracket = self._brackets[-1]
            if indent == bracket.indent and text.startswith(_CLOSING):
                self._put_back(self._brackets.pop())
            elif is_item:
                if bracket.keyword_mark:
                    self._kept.append(bracket.keyword_mark)
                    bracket.keyword_mark = ""
                bracket.kept += 1
        self._kept.append(line)
        if text.endswith(_OPENING):
            self._brackets.append(_bracket(text, indent, len(self._brackets)))

    def _put_back(self, bracket: _Bracket) -> None:
        """Put back as many of the items left out as the bracket needs."""
        added = 0
        for at, lines in bracket.left_out[: max(0, bracket.needed - bracket.kept)]:
            self._kept[at + added : at + added] = lines
            added += len(lines)


def _bracket(text: str, indent: int, depth: int) -> _Bracket:
    """The bracket that a line opens."""
    before, opening = text[:-1], text[-1]
    is_definition = before.startswith(("def ", "async def "))
    is_import = before.startswith("from ")
    follows_a_name = before[-1:].isalnum() or before[-1:] in ("_", "]", ")")
    is_list = opening == "[" and not follows_a_name
    needs_one = opening == "{" or is_list or is_import or (opening == "(" and follows_a_name)
    kind = f"{opening}{depth}{'def' if is_definition else ''}{'from' if is_import else ''}"
    return _Bracket(indent, f"{kind}{needs_one}", 1 if needs_one else 2, is_definition)
