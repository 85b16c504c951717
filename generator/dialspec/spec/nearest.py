"""The known word that a misspelt one was probably meant to be."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_COMPARED = 100


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the word of `known` that is most like `word`, if one is like it at all."""
    if len(word) > _LONGEST_COMPARED:
        return None
    by_folded = {_folded(name): name for name in sorted(known, reverse=True)}
    found = difflib.get_close_matches(_folded(word), sorted(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def _folded(word: str) -> str:
    # `minLength` and `min-length` are meant to be `min_length`.
    return word.lower().replace("-", "").replace("_", "")
