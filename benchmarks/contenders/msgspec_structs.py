"""The answer as msgspec structs."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import GenericAlias
from typing import Any

from benchmarks.contenders.described_fields import PAGE_FIELDS, number_columns, snake_case


def decoder() -> Any:
    """A decoder for the whole answer."""
    msgspec: Any = importlib.import_module("msgspec")

    def struct(name: str, fields: Mapping[str, Any]) -> Any:
        return msgspec.defstruct(
            name,
            [(snake_case(wire), type_ | None, None) for wire, type_ in fields.items()],
            rename={snake_case(wire): wire for wire in fields},
        )

    row = struct("TaskNumber", {each.wire: each.type for each in number_columns()})
    page = struct("Page", {**PAGE_FIELDS, "records": GenericAlias(list, (row,))})
    return msgspec.json.Decoder(struct("Answer", {"status": int, "reason": str, "data": page}))
