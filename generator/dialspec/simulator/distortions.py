"""Spoils the content of a right answer: each fault of the stage `content` as a change of the document.

In: the document as plain values, where its payload lies, and which of its places are enums. Out: the body. A lone
backslash cannot be said in JSON values, so it is put in after the text was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dialspec.api import Endpoint, EnumRef, Field, ListOf, ObjectRef, Scalar, ScalarKind, Type
from dialspec.simulator.faults import Plan
from dialspec.simulator.values import Inventor
from dialspec.simulator.wire import Json, dumps

UNKNOWN_NUMBER: Final = 9999
UNKNOWN_TEXT: Final = "undocumented-value"
EXTRA_KEY: Final = "undocumentedField"

_BACKSLASH: Final = "\x01"
_WRITTEN_BACKSLASH: Final = b"\\u0001"


@dataclass(frozen=True, slots=True)
class Distorter:
    """Changes answers of one endpoint, but no field that tells rows apart (`kept`, by wire name)."""

    endpoint: Endpoint
    inventor: Inventor
    kept: frozenset[str]

    def distort(self, document: dict[str, Json], plan: Plan) -> bytes:
        """Give the body of the spoilt answer; `document` may be changed."""
        response = self.endpoint.response
        payload = response.result[0] if response.result else None
        if "null_data" in plan and payload in document:
            document[payload] = None
        record = _first_record(document, response.result)
        if record is not None:
            if "unknown_enum" in plan:
                self._put_unknown_enum(record, response.result_type)
            if "bad_escape" in plan:
                self._put_backslash(record, response.result_type)
            if "extra_field" in plan:
                record[EXTRA_KEY] = {"nested": [1, "two", None]}
        if "extra_field" in plan:
            document[EXTRA_KEY] = "undocumented"
        written = dumps(_numbers_as_text(document) if "numbers_as_text" in plan else document)
        return written.replace(_WRITTEN_BACKSLASH, b"\\")

    def _put_unknown_enum(self, record: dict[str, Json], type_: Type) -> None:
        for field in self._fields(type_):
            if isinstance(field.type, EnumRef) and field.wire.reveal() in record:
                whole = isinstance(self.inventor.members(field.type)[0], int)
                record[field.wire.reveal()] = UNKNOWN_NUMBER if whole else UNKNOWN_TEXT
                return

    def _put_backslash(self, record: dict[str, Json], type_: Type) -> None:
        for field in self._fields(type_):
            wire = field.wire.reveal()
            is_text = isinstance(field.type, Scalar) and field.type.kind is ScalarKind.STRING
            if is_text and wire in record and wire not in self.kept and field.sensitive is None:
                record[wire] = f"/mnt{_BACKSLASH}upload{_BACKSLASH}execl{_BACKSLASH}2025"
                return

    def _fields(self, type_: Type) -> tuple[Field, ...]:
        while isinstance(type_, ListOf):
            type_ = type_.item
        return self.inventor.fields(type_.name) if isinstance(type_, ObjectRef) else ()


def _first_record(document: Json, path: tuple[str, ...]) -> dict[str, Json] | None:
    value: Json = document
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    while isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else None


def _numbers_as_text(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _numbers_as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_numbers_as_text(inner) for inner in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value
