"""JSON as it travels: bytes in, plain Python values out, and back.

Decoding refuses what is not JSON (`ValueError`), NaN included. `loads_as_printed` also takes the vendors' own examples,
some of which hold a backslash that starts no escape.
"""

from __future__ import annotations

import json
import re
from typing import Final, TypeAlias, cast

from pydantic_core import from_json, to_json

from dialspec.api import Value
from dialspec.text import SpecText

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_ESCAPE_OR_LONE: Final = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')


def loads(body: bytes) -> Json:
    """Decode a request body."""
    return cast("Json", from_json(body, allow_inf_nan=False))


def dumps(value: Json) -> bytes:
    """Encode compactly, as UTF-8."""
    return to_json(value)


def loads_as_printed(text: str) -> Json:
    """Decode a documented example; a backslash that escapes nothing stands for itself.

    Raises ValueError if the text is no JSON even so: some pages print examples that are cut or annotated.
    """
    try:
        return cast("Json", json.loads(text))
    except ValueError:
        mended = _ESCAPE_OR_LONE.sub(lambda found: found[0] if len(found[0]) > 1 else "\\\\", text)
        return cast("Json", json.loads(mended, strict=False))


def spec_value(value: Value) -> Json:
    """Give a scalar of a spec as data."""
    return value.reveal() if isinstance(value, SpecText) else value


def as_text(value: Json) -> str:
    """Give the text that a vendor's loose comparison sees: 5, "5" and 5.0 are the same."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    return dumps(value).decode()
