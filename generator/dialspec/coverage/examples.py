"""How alike two printed examples are. Vendors print JSON that is cut, or not valid, so text counts too."""

from __future__ import annotations

import json
from enum import IntEnum
from typing import Final, cast

_SHORTEST_START: Final = 10
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
        if _is_within(mine, theirs):
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


def _is_within(part: object, whole: object) -> bool:
    """Tell whether one value holds nothing that the other has not; copies leave fields and rows out."""
    if isinstance(part, dict) and isinstance(whole, dict):
        fields, others = cast("dict[str, object]", part), cast("dict[str, object]", whole)
        return all(
            key in others and _is_within(inner, others[key]) for key, inner in fields.items()
        )
    if isinstance(part, list) and isinstance(whole, list):
        rows, all_rows = cast("list[object]", part), cast("list[object]", whole)
        return len(rows) <= len(all_rows) and all(map(_is_within, rows, all_rows))
    return part == whole


def _keys(value: object) -> object:
    """The keys of a value without its scalars; a list counts as what its items are."""
    if isinstance(value, dict):
        return {key: _keys(inner) for key, inner in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        entries = cast("list[object]", value)
        return [_keys(entries[0])] if entries else []
    return None
