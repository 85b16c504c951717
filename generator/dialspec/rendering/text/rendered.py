"""`Rendered`: text that came out of a renderer, and the notation it was rendered in.

A template may print nothing else, and only in a file of the same notation: a Python literal printed in the middle of
a Markdown page is as dangerous as raw text. Joining two of them with `+` or formatting one gives a plain `str`, which
templates refuse; `rendered_join` is the way that keeps the type.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import LiteralString, Self, final

from dialspec.text import SpecText


class Notation(StrEnum):
    """What a rendered text is written in: the kind of file, or part of a file, in which it is inert."""

    PLAIN = "plain"
    """Letters, digits and text from our own source code: at home everywhere."""
    PYTHON = "python"
    DOCSTRING = "docstring"
    """A piece of the inside of a docstring; never a Python expression by itself."""
    MARKDOWN = "markdown"
    HTML = "html"
    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    SHELL = "shell"


@final
class Rendered(str):
    """Text that is safe to print in a file of its notation. Made by renderers only."""

    __slots__ = ("notation",)

    notation: Notation

    def __new__(cls, value: str, notation: Notation) -> Self:
        """Vouch for `value`: only renderers may."""
        self = super().__new__(cls, value)
        self.notation = notation
        return self

    def __repr__(self) -> str:
        return f"<Rendered {self.notation}: {str.__repr__(self)}>"


def literal(text: LiteralString) -> Rendered:
    """Text written in our own source code. Never call it with anything else: type checkers refuse that."""
    return Rendered(text, Notation.PLAIN)


def rendered_join(separator: Rendered | LiteralString, parts: Iterable[Rendered]) -> Rendered:
    """Join rendered parts of one notation; plain parts and a separator of ours go with any."""
    pieces = list(parts)
    notation = separator.notation if isinstance(separator, Rendered) else Notation.PLAIN
    for piece in pieces:
        if not isinstance(
            piece, Rendered
        ):  # pyright: ignore[reportUnnecessaryIsInstance] - a template may pass anything
            raise TypeError(f"can only join rendered text, not {type(piece).__name__}")
        if piece.notation is Notation.PLAIN or piece.notation is notation:
            continue
        if notation is not Notation.PLAIN:
            mixed = " and ".join(sorted((notation, piece.notation)))
            raise TypeError(f"cannot join text rendered as {mixed}")
        notation = piece.notation
    return Rendered(separator.join(pieces), notation)


def raw(text: SpecText | str) -> str:
    """The bare characters of a text that is about to be rendered."""
    return text.reveal() if isinstance(text, SpecText) else str(text)
