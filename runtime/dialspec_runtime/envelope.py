"""The vendor's result code and message, at the root of an answer and nowhere else.

Inside `data`, names such as `status` and `code` mean other things (the state of a task, a country). Vendors
print codes as text or as numbers and spell the names in several ways; the code is compared as text, and the
first name that is there and not null counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .operation import EnvelopeFields
    from .records import Record


_CODE_TYPES: Final = (str, int, float)


def code_text(code: object) -> str:
    """Return a code as text: `0`, `0.0`, `"0"` and `" 0 "` are the same code."""
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    return str(code).strip()


def is_code(value: object) -> bool:
    """Whether a value can be a result code at all."""
    return isinstance(value, _CODE_TYPES) and not isinstance(value, bool)


def code_of(document: Record, fields: EnvelopeFields) -> str | None:
    """Return the code of a decoded document as text."""
    extra = document.__pydantic_extra__
    for attribute, wire in fields.code:
        value: object = None
        if attribute is not None:
            value = getattr(document, attribute)
        elif extra:
            value = extra.get(wire)
        if value is not None and is_code(value):
            return code_text(value)
    return None


def message_of(document: Record, fields: EnvelopeFields) -> str:
    """Return the message of a decoded document; empty if there is none."""
    extra = document.__pydantic_extra__ or {}
    for attribute, wire in fields.message:
        value: object = getattr(document, attribute) if attribute else extra.get(wire)
        if value is not None:
            return str(value)
    return ""


def code_and_message(root: Mapping[str, object], fields: EnvelopeFields) -> tuple[str | None, str]:
    """Return code and message of a document that could not be decoded."""
    code = next((code_text(root[wire]) for _, wire in fields.code if is_code(root.get(wire))), None)
    message = next(
        (str(root[wire]) for _, wire in fields.message if root.get(wire) is not None), ""
    )
    return code, message


def spelled(names: Sequence[tuple[str | None, str]]) -> str:
    """Name the alternatives, as in "status or code"."""
    return " or ".join(wire for _, wire in names)
