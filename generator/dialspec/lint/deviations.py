"""Deviations that no longer hold: what they say of the spec or of the example is not so (any more).

Much of a deviation is prose that only people can judge. Three things can be checked: that the field it names exists,
that a field "not in the table" is marked so, and that the example shows what the deviation says it shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dialspec.api import ObjectRef
from dialspec.diagnostics import quoted
from dialspec.lint.documents import documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialspec.api import Deviation, Endpoint, Field
    from dialspec.lint.conformance import Json
    from dialspec.lint.documents import Document
    from dialspec.lint.subject import Subject, Vendor

_PLACE: Final = re.compile(r"(request|response)\.([\w\[\].-]+)", re.ASCII)
_NOT_IN_TABLE: Final = re.compile(r"not in the table\b", re.IGNORECASE)
_SHOWN: Final = re.compile(
    r"example (?:shows|says) (the number(?= -?\d)|a number as text|a number|a text|an object|an array|true|false|null)\b",
    re.IGNORECASE,
)
_KINDS: Final[dict[str, tuple[type | None, ...]]] = {
    "the number": (int, float),
    "a number": (int, float),
    "a number as text": (str,),
    "a text": (str,),
    "an object": (dict,),
    "an array": (list,),
    "true": (bool,),
    "false": (bool,),
    "null": (None,),
}


def check_deviations(subject: Subject) -> None:
    """DS430: a deviation does not hold."""
    for vendor, endpoint in subject.endpoints():
        found = list(documents(subject, vendor, endpoint)) if endpoint.deviations else []
        for deviation in endpoint.deviations:
            for part, problem in _problems(vendor, endpoint, deviation, found):
                subject.report(
                    "DS430",
                    subject.value_at(deviation.origin, part),
                    f"the deviation at {quoted(deviation.at)} does not hold: {problem}",
                    "mend it, or remove it if the page or the spec has changed",
                )


def _problems(
    vendor: Vendor, endpoint: Endpoint, deviation: Deviation, found: list[Document]
) -> Iterator[tuple[str, str]]:
    at = deviation.at.reveal()
    code = re.fullmatch(r"errors\.(-?\w+)", at)
    if code is not None and code.group(1) not in {item.text.reveal() for item in endpoint.codes}:
        yield "at", "the endpoint lists no such code"
    place = _PLACE.fullmatch(at)
    if place is None:
        return
    side, path = place.group(1), tuple(re.sub(r"\[\d*\]", "", place.group(2)).split("."))
    if side == "request":
        field, exists = _request_field(endpoint, path)
    else:
        field = vendor.field_at(ObjectRef(endpoint.response.document), path)
        exists = field is not None or _is_envelope_key(endpoint, path)
    if not exists:
        yield "at", "the spec has no such field"
    elif field is not None and field.documented and _NOT_IN_TABLE.match(_documented(deviation)):
        yield "documented", f"the field {quoted(field.wire)} is not marked with `documented: false`"
    claim = _SHOWN.search(deviation.observed.reveal())
    if claim is not None:
        shown = claim.group(1).lower()
        values = [
            value
            for document in found
            if document.side == side
            for value in _values_at(document.value, path)
        ]
        if values and not any(_is_kind(value, shown) for value in values):
            yield "observed", f"the example does not show {shown} there"


def _documented(deviation: Deviation) -> str:
    return deviation.documented.reveal()


def _request_field(endpoint: Endpoint, path: tuple[str, ...]) -> tuple[Field | None, bool]:
    wrapper = () if endpoint.wrapper is None else (endpoint.wrapper.reveal(),)
    inner = path[len(wrapper) :] if wrapper and path[:1] == wrapper else path
    for parameter in endpoint.parameters:
        if inner[:1] == (parameter.wire.reveal(),):
            return (parameter.field if len(inner) == 1 else None), True
    paging = endpoint.paging
    own = () if paging is None else ((paging.start.reveal(),), (paging.size.reveal(),))
    return None, path in own or path == wrapper


def _is_envelope_key(endpoint: Endpoint, path: tuple[str, ...]) -> bool:
    envelope = endpoint.response.envelope
    return path in {(key.reveal(),) for key in (*envelope.code, *envelope.message)}


def _values_at(value: Json, path: tuple[str, ...]) -> Iterator[Json]:
    """The values at a path of wire names, through lists as if they were not there."""
    if not path:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _values_at(item, path)
    elif isinstance(value, dict) and path[0] in value:
        yield from _values_at(value[path[0]], path[1:])


def _is_kind(value: Json, shown: str) -> bool:
    if isinstance(value, bool):
        return shown == str(value).lower()
    if value is None:
        return shown == "null"
    return type(value) in _KINDS[shown]
