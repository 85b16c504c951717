"""Which differences the specs own up to.

A deviation covers the field, code or table that it stands at, and the identifiers that its words name; an entry of
`missing` covers the identifiers that it names, and the codes or the examples if it says that they are missing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from dialspec.coverage.specified import Record, Specified

Aspect = Literal["field", "place", "type", "required", "value", "code", "example"]

_TABLES: Final = frozenset({"request", "response", "request table", "response table"})
_PLAIN_WORD: Final = re.compile(r"[a-z]+")


def covering(spec: Specified, part: str, name: str, aspect: Aspect) -> str | None:
    """Give the place of the record that covers a difference, if one does.

    `name` is the field's dotted path below `part`, or the code.
    """
    for record in spec.records:
        if _stands_there(record, part, name, aspect):
            return record.at
    for text in spec.missing:
        last = name.rpartition(".")[2]
        if _names(text, last, aspect) or _begins(text, last) or _says_missing(text, aspect):
            return "missing"
    return None


def _stands_there(record: Record, part: str, name: str, aspect: Aspect) -> bool:
    at = re.sub(r"\[\]", "", record.at).strip(".")
    at = re.sub(r"^push\b", "request", at)  # the tables of a push are read as those of a request
    last = name.rpartition(".")[2]
    if aspect == "code":
        return at in {"errors", f"errors.{name}"} or (
            at.startswith("errors") and name in record.text.split()
        )
    if aspect == "example":
        return "example" in at.lower()
    if at in {f"{part}.{name}", f"{part} {name}", name} or (
        at in _TABLES and at.split()[0] == part
    ):
        return True
    if at.startswith(part) and at.rpartition(".")[2] == last:
        return True
    if aspect == "place" and f"{part}.{name}".startswith(f"{at}."):
        return True
    return (at.startswith(part) or "." not in at) and _names(record.text, last, aspect)


def _names(text: str, last: str, aspect: Aspect) -> bool:
    """Tell whether words name an identifier; `name` and `status` are ordinary words too, so those must be quoted."""
    if aspect == "example":
        return False
    quoted = (
        re.escape(last)
        if _PLAIN_WORD.fullmatch(last) is None
        else rf"[`'\"]{re.escape(last)}[`'\"]"
    )
    return re.search(rf"(?<!\w){quoted}(?!\w)", text) is not None


def _begins(text: str, last: str) -> bool:
    """Tell whether words name the start of an identifier, the rest of which a copy cuts."""
    return any(last.startswith(start) for start in re.findall(r"\bbegins with [`'\"]?(\w+)", text))


def _says_missing(text: str, aspect: Aspect) -> bool:
    if aspect in {"code", "example"}:
        return re.search(rf"\b{aspect}s?\b", text, re.IGNORECASE) is not None
    return False
