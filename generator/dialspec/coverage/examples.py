"""How alike two printed examples are. Vendors print JSON that is cut, or not valid, so text counts too."""

from __future__ import annotations

import json
from enum import IntEnum
from typing import Final, cast

_SHORTEST_START: Final = 12
"""Characters, without blanks, that a cut example must share with another."""


class Likeness(IntEnum):
    """The answer, so that the highest of several is the best."""

    NONE = 0
    SHAPE = 1
    """The same keys with other values."""
    SAME = 2


def likeness(printed: str, specified: str) -> Likeness:
    """Compare an example of a page with one of the specs."""
    one, other = "".join(printed.split()), "".join(specified.split())
    if one == other:
        return Likeness.SAME
    mine, theirs = _parsed(printed), _parsed(specified)
    if mine is not None and theirs is not None:
        if mine == theirs:
            return Likeness.SAME
        if _keys(mine) == _keys(theirs):
            return Likeness.SHAPE
    # A part of an example, or one that a copy cuts.
    short, long = sorted((one.rstrip("…."), other.rstrip("….")), key=len)
    return Likeness.SAME if len(short) >= _SHORTEST_START and short in long else Likeness.NONE


def _parsed(text: str) -> object:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed


def _keys(value: object) -> object:
    """The keys of a value without its scalars; a list counts as what its items are."""
    if isinstance(value, dict):
        return {key: _keys(inner) for key, inner in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        entries = cast("list[object]", value)
        return [_keys(entries[0])] if entries else []
    return None
