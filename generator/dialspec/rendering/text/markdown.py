"""Renderers for Markdown that stays inert in CommonMark, in GitHub's dialect and in Python-Markdown with extensions.

The three agree on little: a backslash before `<` or `|` means nothing to Python-Markdown, and a pipe in a code span
ends a table cell for GitHub. So a backslash goes only before the characters where all obey it, a character reference
stands for the rest, and a code span with anything difficult in it becomes a `<code>` element of our own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, LiteralString

from dialspec.rendering.text.characters import displayed, is_visible
from dialspec.rendering.text.quoting import web_address
from dialspec.rendering.text.rendered import Notation, Rendered, raw
from dialspec.text import SpecText

_BACKSLASHED: Final = frozenset("\\`*_{}[]#")
_REFERENCED: Final = frozenset("<>&|~^$=@")
_INLINE: Final[dict[int, str]] = str.maketrans(
    {c: f"\\{c}" for c in _BACKSLASHED} | {c: f"&#{ord(c)};" for c in _REFERENCED}
)
_TIGHT_COLON: Final = re.compile(r":(?=\S)")
_TIGHT_MARKS: Final = re.compile(r"[+]{2}|[-]{2}")
_OPENS_A_BLOCK: Final = re.compile(r"(?:[-+:!?/%;\"']|(?P<number>\d+)(?P<stop>[.)]))")
_DIFFICULT_IN_CODE: Final = re.compile(r"[`|<>&\\$]|\{[{%#:]|^#!|^ | $|^$")
_BACKTICKS: Final = re.compile(r"`+")


def markdown_text(text: SpecText | str) -> Rendered:
    """The text as one line of prose: no emphasis, link, heading, list, HTML or template tag comes out of it."""
    return Rendered(_line_of_prose(raw(text)), Notation.MARKDOWN)


def markdown_cell(text: SpecText | str | None) -> Rendered:
    """The text as the contents of a table cell; nothing if there is none."""
    return Rendered("" if text is None else _line_of_prose(raw(text)), Notation.MARKDOWN)


def markdown_code(text: SpecText | str) -> Rendered:
    """The text as a code span, in prose or in a table cell; hidden characters are named."""
    return Rendered(_code(raw(text)), Notation.MARKDOWN)


def markdown_link(text: Rendered, target: Rendered) -> Rendered:
    """A link to a page of ours; `target` is a relative address that our own code put together."""
    if text.notation not in (Notation.PLAIN, Notation.MARKDOWN):
        raise TypeError(f"the text of a link is Markdown, not {text.notation}")
    if target.notation is not Notation.PLAIN or set(target) & set(" <>()\\\n"):
        raise ValueError(f"{target!r} is no address of a page of ours")
    return Rendered(f"[{text}]({target})", Notation.MARKDOWN)


def url(text: SpecText | str) -> Rendered:
    """A web address as a link that shows itself; whatever is not http or https becomes a code span."""
    address = web_address(text)
    return markdown_code(text) if address is None else Rendered(f"<{address}>", Notation.MARKDOWN)


def fence(language: LiteralString, text: SpecText | str) -> Rendered:
    """A block of code, line by line as it is, between fences longer than any run of backticks inside.

    Line ends of all kinds become plain ones; hidden characters are named, as in `displayed`.
    """
    lines = [_shown_in_block(line) for line in raw(text).splitlines()]
    longest = max((len(run) for line in lines for run in _BACKTICKS.findall(line)), default=0)
    ticks = "`" * max(3, longest + 1)
    return Rendered("\n".join([f"{ticks}{language}", *lines, ticks]), Notation.MARKDOWN)


# Field names, types and phrases of our own come up on page after page.
@lru_cache(maxsize=8192)
def _line_of_prose(text: str) -> str:
    return _prose(displayed(text))


@lru_cache(maxsize=8192)
def _code(text: str) -> str:
    value = _shown_as_code(text)
    if _DIFFICULT_IN_CODE.search(value) is None:
        return f"`{value}`"
    return f"<code>{_prose(value)}</code>"


def _prose(line: str) -> str:
    text = line.translate(_INLINE)
    text = _TIGHT_COLON.sub("&#58;", text)
    text = _TIGHT_MARKS.sub(lambda match: f"&#{ord(match[0][0])};" * 2, text)
    opening = _OPENS_A_BLOCK.match(text)
    if opening is None:
        return text
    if opening["number"] is not None:
        return f"{opening['number']}&#{ord(opening['stop'])};{text[opening.end() :]}"
    return f"&#{ord(text[0])};{text[1:]}"


def _shown_as_code(text: str) -> str:
    """Like `displayed`, but with line ends and tabs as a programmer writes them."""
    marked = text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    return displayed(marked)


def _shown_in_block(line: str) -> str:
    return "".join(c if c == "\t" or is_visible(c) else displayed(c) or " " for c in line)
