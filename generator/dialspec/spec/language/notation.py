"""How values of the spec language are written: types, paths, dates, addresses; and the base of all its models."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from dialspec.text import LONGEST_NAME, PythonName, SpecText

TypeExpression = Annotated[
    str,
    StringConstraints(
        strict=True,
        pattern=r"^(?:list\[|list_or_one\[|map\[|json_text\[)*[A-Za-z][A-Za-z0-9_]*\]*$",
        max_length=120,
    ),
    Field(description="a type such as `integer`, `list[string]` or the name of an enum or type"),
]
"""A type: `integer`, `list[NumberStatus]`, `map[string]`, a named enum or type of this folder."""

HttpTarget = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^(?:GET|POST|PUT|PATCH|DELETE) [/{]\S*$", max_length=400
    ),
    Field(description="a method and a path, such as `POST /v3/tasks`"),
]
Path = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$"),
    Field(description="a path of wire names joined with dots, such as `data.records`"),
]
"""Wire names from the root of an answer, joined with dots: `data.records`."""

Language = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[a-z]{2}(?:-[A-Z]{2})?$"),
    Field(description="a language such as `en`, `zh` or `pt-BR`"),
]
Variable = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[A-Z][A-Z0-9_]*$"),
    Field(description="the name of an environment variable: capitals, digits and underscores"),
]
Zone = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^(?:none|utc|[+-]\d\d:\d\d)$"),
    Field(description="`none` (not documented), `utc`, or an offset such as `+08:00`"),
]
MethodReference = Annotated[
    str,
    StringConstraints(
        strict=True,
        pattern=rf"^{PythonName.pattern.pattern}\.{PythonName.pattern.pattern}$",
        max_length=2 * LONGEST_NAME + 1,
    ),
    Field(description="a resource and a method, such as `preview.query`"),
]
ClockTime = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^(?:[01]\d|2[0-3]):[0-5]\d$"),
    Field(description="a time of day such as `09:00`"),
]
BaseUrl = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^https://[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._~/-]*)?$"
    ),
    Field(description="an address such as `https://api.example.com`"),
]


def _read_date(value: object) -> datetime.date:
    # YAML 1.2 has no dates: what looks like one is a text.
    if not isinstance(value, str) or _DATE.fullmatch(value) is None:
        raise ValueError("write it as year-month-day")
    return datetime.date.fromisoformat(value)


_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
Date = Annotated[
    datetime.date,
    BeforeValidator(_read_date),
    Field(description="a date such as `2026-11-21`"),
]
Labels = dict[Language, SpecText]
Scalar = bool | int | float | SpecText


class SpecModel(BaseModel):
    """Base of every part of the language: unknown keys are refused, values are not coerced."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        arbitrary_types_allowed=True,
        use_enum_values=False,
    )
