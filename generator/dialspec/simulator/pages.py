"""Reads which page a request asks for, and writes the answer around its rows.

Page numbers and offsets are counted as documented; sizes and numbers outside the documented range are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dialspec.api import Endpoint, Paging
from dialspec.simulator.envelopes import EnvelopeSpelling
from dialspec.simulator.messages import InvalidRequestError
from dialspec.simulator.values import Inventor
from dialspec.simulator.wire import Json, dumps

_DIGITS: Final = re.compile(r"\d{1,15}")
_ROWS: Final = "\x00rows\x00"
_MARK: Final = re.compile(rb'"\\u0000([a-z]+)(_text)?\\u0000"')


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The rows that a request asks for: `size` rows after the first `start`, which is page `number`."""

    number: int
    start: int
    size: int


def read_page(paging: Paging, given: Mapping[str, Json]) -> PageRequest:
    """Read the two paging fields; in a query they may be left out.

    Raises:
        InvalidRequestError: if one is missing from a body, is no number or lies outside the documented range.
    """
    start_key, size_key = paging.start.reveal(), paging.size.reveal()
    optional = paging.location == "query"
    size = _whole(given.get(size_key), size_key, paging.default_size if optional else None)
    start = _whole(given.get(start_key), start_key, paging.first if optional else None)
    if size < paging.minimum_size or (paging.maximum_size and size > paging.maximum_size):
        raise InvalidRequestError(
            f"{size_key} must lie within {paging.minimum_size} and {paging.maximum_size or 'any'}"
        )
    if start < paging.first or (paging.maximum_number and start > paging.maximum_number):
        raise InvalidRequestError(
            f"{start_key} must lie within {paging.first} and {paging.maximum_number or 'any'}"
        )
    if paging.style == "offset":
        return PageRequest(number=start // size + 1, start=start, size=size)
    return PageRequest(number=start, start=(start - paging.first) * size, size=size)


def _whole(value: Json, key: str, default: int | None) -> int:
    if value is None and default is not None:
        return default
    if isinstance(value, str) and default is not None and _DIGITS.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise InvalidRequestError(f"{key} must be a whole number")


class PageWriter:
    """Writes the whole answer of a paged endpoint around rows that are JSON already."""

    def __init__(
        self, endpoint: Endpoint, paging: Paging, inventor: Inventor, spelling: EnvelopeSpelling
    ) -> None:
        places = {
            paging.total: "total",
            paging.pages: "pages",
            paging.current: "current",
            (*paging.items[:-1], paging.size.reveal()): "size",
        }
        self._places = {path: name for path, name in places.items() if path}
        self._items = paging.items
        self._inventor = inventor
        document = inventor.record(endpoint.response.document, (), 0)
        root: dict[str, Json] = {}
        root.update(spelling.success())
        for key, value in document.items():
            if not spelling.is_envelope(key):
                root[key] = self._marked(value, (key,))
        self._template = _template(root)
        self._head, _, self._tail = self._template.partition(b"%(rows)b")

    def write(self, page: PageRequest, total: int, rows: bytes) -> bytes:
        """Give the body: these rows as page `page` of `total` rows."""
        numbers = {
            b"total": total,
            b"pages": -(-total // page.size),
            b"current": page.number,
            b"size": page.size,
        }
        return b"%b[%b]%b" % (self._head % numbers, rows, self._tail % numbers)

    def _marked(self, value: Json, path: tuple[str, ...]) -> Json:
        if path == self._items:
            return _ROWS
        if path in self._places:
            spelling = "_text" if isinstance(value, str) else ""
            return f"\x00{self._places[path]}{spelling}\x00"
        if isinstance(value, dict):
            return {key: self._marked(inner, (*path, key)) for key, inner in value.items()}
        return value


def _template(document: dict[str, Json]) -> bytes:
    """Write the document with `%` formats where the numbers and the rows go."""
    written = dumps(document).replace(b"%", b"%%")
    return _MARK.sub(_format, written)


def _format(mark: re.Match[bytes]) -> bytes:
    if mark[1] == b"rows":
        return b"%(rows)b"
    return b'"%%(%b)d"' % mark[1] if mark[2] else b"%%(%b)d" % mark[1]
