"""The answer as models of openai-python, in the form of its own: enums are literals of their values."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import GenericAlias
from typing import Any, Literal

from pydantic import Field

from benchmarks.contenders.described_fields import PAGE_FIELDS, number_columns, snake_case
from benchmarks.contenders.number_status import NumberStatus


def answer_class() -> Any:
    """The model of the whole answer."""
    row = _model("TaskNumber", {each.wire: _as_literal(each.type) for each in number_columns()})
    page = _model("Page", {**PAGE_FIELDS, "records": GenericAlias(list, (row,))})
    return _model("Answer", {"status": int, "reason": str, "data": page})


def _model(name: str, fields: Mapping[str, Any]) -> Any:
    base: Any = importlib.import_module("openai").BaseModel
    names = {wire: snake_case(wire) for wire in fields}
    return type(
        name,
        (base,),
        {
            "__module__": __name__,
            "__annotations__": {names[wire]: fields[wire] | None for wire in fields},
            **{names[wire]: Field(default=None, alias=wire) for wire in fields},
        },
    )


def _as_literal(type_: type[object]) -> Any:
    return Literal[1, 5, 7, 9] if type_ is NumberStatus else type_
