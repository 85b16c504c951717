"""Second looks at an answer that could not be read at first.

Pure functions from bytes or parsed JSON to something that may be readable: another charset decoded, empty text
taken for null. None of them guesses beyond what the answer itself says.
"""

import codecs
import re
from collections.abc import Sequence
from typing import Final, cast

from pydantic_core import from_json

_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:\-]{1,40})""", re.IGNORECASE)
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def as_utf8(content: bytes, content_type: str) -> bytes | None:
    """Decode a body by its byte order mark or the charset it declares; `None` if neither helps."""
    charset = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), None)
    if charset is None:
        declared = _CHARSET.search(content_type)
        if declared is None:
            return None
        charset = declared[1]
    try:
        found = codecs.lookup(charset)
        if (
            found.name == "utf-8" or not found._is_text_encoding
        ):  # pyright: ignore[reportPrivateUsage]  # nothing public tells
            return None
        return content.decode(charset).encode()
    except (LookupError, UnicodeError):
        return None


def parsed(content: bytes) -> object:
    """Parse JSON without a model; `None` if it is none."""
    try:
        root: object = from_json(content)
    except ValueError:
        return None
    return root


def put_null(root: object, location: Sequence[int | str]) -> bool:
    """Replace the empty text at a place in parsed JSON by null; `False` if it is not there."""
    *parents, last = location or (None,)
    place = root
    for part in parents:
        place = _step(place, part)
    if _step(place, last) != "":
        return False
    cast("dict[object, object]", place)[last] = None  # a list takes the same form
    return True


def _step(place: object, part: int | str | None) -> object:
    if isinstance(place, dict):
        return cast("dict[object, object]", place).get(part)
    if isinstance(place, list) and isinstance(part, int):
        items = cast("list[object]", place)
        return items[part] if part < len(items) else None
    return None
