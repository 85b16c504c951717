"""Which characters may stand in generated files as they are, and how the others are shown.

The answer must not depend on the Python that runs the generator, or two machines would write different bytes;
therefore everything rests on the frozen Unicode 3.2 tables of `unicodedata`, widened by a few later blocks that
people do write with. Characters that are invisible, change the direction of text or end a line never stand in the
output: as data they are escaped, in prose they are shown as `[U+202E]`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import ucd_3_2_0

_LATER_BLOCKS: Final = (
    range(0x20B2, 0x20C1),  # currency signs
    range(0x9FA6, 0xA000),  # later additions to the common Chinese characters
    range(0x1F300, 0x1F600),  # pictographs
    range(0x1F600, 0x1F650),  # emoticons
    range(0x1F680, 0x1F700),
    range(0x1F900, 0x1FB00),
    range(0x2A700, 0x2EBE1),  # rare Chinese characters
    range(0x30000, 0x323B0),
)
_INVISIBLE: Final = frozenset(
    {
        *(0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC),
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE1000),
    }
)
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
_WIDE: Final = frozenset({"W", "F"})
_ASCII: Final = re.compile(r"[\x00-\x7f]+")


@lru_cache(maxsize=8192)
def is_visible(character: str) -> bool:
    """Tell whether a character shows a mark of its own (the plain space does, other spaces do not)."""
    if character == " ":
        return True
    code = ord(character)
    if code in _INVISIBLE:
        return False
    if ucd_3_2_0.category(character) not in _HIDDEN_CATEGORIES:
        return True
    return any(code in block for block in _LATER_BLOCKS)


def all_visible(text: str) -> bool:
    """Tell whether every character of the text may be shown as it is."""
    if text.isascii():
        return text.isprintable()
    return all(map(is_visible, set(text)))


@lru_cache(maxsize=8192)
def displayed(text: str) -> str:
    """The text as one line for people: every run of white space is one space, hidden characters are named.

    All that Unicode counts as white space is folded: CR, LF, VT, FF, FS, GS, RS, NEL, U+2028, U+2029, no-break spaces.
    """
    line = " ".join(text.split())
    if all_visible(line):
        return line
    return "".join(c if is_visible(c) else f"[U+{ord(c):04X}]" for c in line)


def display_width(text: str) -> int:
    """Columns of a text in a fixed-width font: Chinese characters take two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(_is_wide, _ASCII.sub("", text)))


@lru_cache(maxsize=8192)
def _is_wide(character: str) -> bool:
    return ucd_3_2_0.east_asian_width(character) in _WIDE
