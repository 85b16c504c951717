"""Docstrings: laid out by us, because no one else's wrapping is safe with text from a spec.

What a reader of `__doc__` sees is the text of `characters.displayed`, folded at spaces. Two words are changed because
tools act on them at the start of a line: `>>>` (doctest runs it) is shown as `> > >`, and `..` (Sphinx reads a
directive) as `. .`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from dialspec.rendering.text.characters import display_width, displayed
from dialspec.rendering.text.rendered import Notation, Rendered, raw
from dialspec.text import SpecText

_ACTIVE_WORDS: Final = {">>>": "> > >", "..": ". ."}
_MAYBE_ACTIVE: Final = re.compile("|".join(map(re.escape, _ACTIVE_WORDS)))
_QUOTES: Final = '"""'
_OPENING_QUOTE: Final = re.compile(r'^"')
_QUOTES_ANYWHERE: Final = re.compile(r'"{3,}')
_QUOTES_AT_AN_EDGE: Final = re.compile(r'"{2,}|^"|"$')
_NOTHING_SAID: Final = "Not described."

Piece: TypeAlias = SpecText | str


@dataclass(frozen=True, slots=True)
class Entries:
    """A titled list inside a docstring, as in `Args:`; each entry is a head and the pieces of its description."""

    title: Rendered
    entries: Sequence[tuple[Rendered, Sequence[Piece]]]


def docstring(
    blocks: Sequence[Piece | Sequence[Piece] | Entries], indent: int, width: int = 100
) -> Rendered:
    """A complete triple-quoted docstring whose first line is already indented by its place in the template.

    A block is a paragraph (one piece, or several that are joined with spaces) or a list of entries. Lines are folded
    at `width`, counting `indent`; a word longer than a line stays whole. Empty blocks are left out.
    """
    told = [(block, lines) for block in blocks if (lines := _lines(block, width - indent))]
    sections = [lines for _, lines in told]
    if not told or isinstance(told[0][0], Entries):
        sections.insert(0, [_NOTHING_SAID])
    body = _joined(sections)
    if len(body) == 1:
        head, space, last_word = body[0].rpartition(" ")
        if not space or display_width(body[0]) + len(_QUOTES) * 2 <= width - indent:
            return _on_one_line(body[0])
        body = [head, last_word]
    margin = " " * indent
    first = _OPENING_QUOTE.sub(r'\\"', _inert(body[0]))
    rest = [f"{margin}{_inert(line)}" if line else "" for line in body[1:]]
    text = "\n".join([f"{_QUOTES}{first}", *rest, f"{margin}{_QUOTES}"])
    return Rendered(text, Notation.PYTHON)


def _on_one_line(line: str) -> Rendered:
    """Black ends a text that ends with a quote with a space, and so do we."""
    text = _inert(line, _QUOTES_AT_AN_EDGE)
    padding = " " if text.endswith('"') else ""
    return Rendered(f"{_QUOTES}{text}{padding}{_QUOTES}", Notation.PYTHON)


def docstring_text(text: Piece) -> Rendered:
    """One line for the inside of a docstring that a template writes itself."""
    return Rendered(_inert(_shown(text), _QUOTES_AT_AN_EDGE), Notation.DOCSTRING)


def _shown(text: Piece) -> str:
    if isinstance(text, Rendered) and text.notation not in (Notation.PLAIN, Notation.PYTHON):
        raise TypeError(f"text rendered as {text.notation} cannot go into a docstring")
    line = displayed(raw(text))
    if _MAYBE_ACTIVE.search(line) is None:
        return line
    return " ".join(_ACTIVE_WORDS.get(word, word) for word in line.split(" "))


def _inert(line: str, quotes: re.Pattern[str] = _QUOTES_ANYWHERE) -> str:
    """Escape a line so that it neither ends the docstring nor means anything but itself."""
    line = line.replace("\\", "\\\\")
    return quotes.sub(lambda match: match[0].replace('"', '\\"'), line)


def _joined(sections: list[list[str]]) -> list[str]:
    lines = list(sections[0])
    for section in sections[1:]:
        lines += ["", *section]
    return lines


def _lines(block: Piece | Sequence[Piece] | Entries, width: int) -> list[str]:
    if isinstance(block, Entries):
        return list(_entry_lines(block, width))
    pieces = [block] if isinstance(block, SpecText | str) else block
    return list(_folded(_words(pieces), width - len(_QUOTES)))


def _entry_lines(block: Entries, width: int) -> Iterator[str]:
    if not block.entries:
        return
    yield _shown(block.title)
    for head, pieces in block.entries:
        yield from _entry(_shown(head), " ".join(map(_shown, pieces)), width - 4)


@lru_cache(maxsize=4096)
def _entry(head: str, described: str, width: int) -> tuple[str, ...]:
    """The lines of an entry; many are the same in every method."""
    words, more = _split(head), _split(described)
    if more:
        words[-1] += ":"
    return tuple(f"    {line}" for line in _folded(words + more, width, hanging="    "))


def _words(pieces: Sequence[Piece]) -> list[str]:
    return _split(" ".join(map(_shown, pieces)))


def _split(text: str) -> list[str]:
    return [word for word in text.split(" ") if word]


def _folded(words: Sequence[str], width: int, hanging: str = "") -> Iterator[str]:
    """Lines of words; all but the first begin with `hanging`."""
    whole = " ".join(words)
    if display_width(whole) <= width:
        if whole:
            yield whole
        return
    line, used = "", 0
    for word in words:
        needed = display_width(word)
        if line and used + 1 + needed > width:
            yield line
            line, used = f"{hanging}{word}", len(hanging) + needed
        elif line:
            line, used = f"{line} {word}", used + 1 + needed
        else:
            line, used = word, needed
    if line:
        yield line
