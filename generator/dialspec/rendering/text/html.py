"""Renderers for HTML: text between tags, and attribute values with their quotes."""

from __future__ import annotations

import html

from dialspec.rendering.text.characters import displayed
from dialspec.rendering.text.rendered import Notation, Rendered, raw
from dialspec.text import SpecText


def html_text(text: SpecText | str) -> Rendered:
    """The text as one line between tags."""
    return Rendered(html.escape(displayed(raw(text))), Notation.HTML)


def html_attribute(text: SpecText | str) -> Rendered:
    """A whole attribute value in double quotes: `title={{ value }}`. No place for addresses or scripts."""
    return Rendered(f'"{html.escape(displayed(raw(text)))}"', Notation.HTML)
