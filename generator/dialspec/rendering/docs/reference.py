"""What the pages of the reference have in common: an introduction, and sections with a table each."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field
from typing import Final

from dialspec.rendering.docs.blocks import Table, join
from dialspec.rendering.text import Rendered, markdown_code, markdown_text

NO_TABLE: Final = Table((), ())
_CODE_SPAN: Final = re.compile(r"(`[^`]+`)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with text, a table, and blocks of code below it."""

    title: Rendered
    paragraphs: tuple[Rendered, ...] = ()
    table: Table = NO_TABLE
    blocks: tuple[Rendered, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """One page of the reference."""

    header: Rendered
    title: Rendered
    introduction: tuple[Rendered, ...]
    sections: tuple[Section, ...] = field(default=())


def filled(*sections: Section) -> tuple[Section, ...]:
    """Leave out the sections that would be a heading and nothing else."""
    return tuple(one for one in sections if one.paragraphs or one.table or one.blocks)


def prose(text: str) -> Rendered:
    """Render text of our own source code, in which backticks mark code: docstrings, descriptions of options."""
    parts: list[Rendered] = []
    for piece in _CODE_SPAN.split(" ".join(text.split())):
        if _CODE_SPAN.fullmatch(piece):
            parts.append(markdown_code(piece.strip("`")))
        elif piece:
            # Rendered between two letters, because at the start of a line other rules hold, and spaces are lost.
            text = markdown_text(f"x{piece}x")
            parts.append(Rendered(text[1:-1], text.notation))
    return join(*parts)


def first_sentence(subject: object) -> Rendered:
    """Give the first line of a docstring."""
    return prose((inspect.getdoc(subject) or "").split("\n\n", maxsplit=1)[0])
