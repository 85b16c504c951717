"""How values of the spec language are written: types, paths, dates, addresses; and the base of all its models."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from dialspec.text import LONGEST_NAME, PythonName, SpecText

# RFC 9110 calls it a token.
HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
HEADER_NAME_RULE: Final = "ASCII letters, digits and hyphens, no blanks"

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

# What RFC 3986 allows in a part of a path, but for percent signs: paths are signed as they are read.
_PATH_CHARACTER: Final = r"[A-Za-z0-9._~!$&'()*+,;=:@-]"
_PLACEHOLDER: Final = r"\{[A-Za-z_][A-Za-z0-9_]*\}"


def _plain_path(target: str) -> str:
    parts = target.partition("/")[2].split("/")
    if "" in parts[:-1] or {".", ".."} & set(parts):
        raise ValueError("leave out `//` and the parts `.` and `..`: they lead to another path")
    return target


HttpTarget = Annotated[
    str,
    StringConstraints(
        strict=True,
        pattern=rf"^(?:GET|POST|PUT|PATCH|DELETE) (?:/|{_PLACEHOLDER})(?:/|{_PATH_CHARACTER}|{_PLACEHOLDER})*$",
        max_length=400,
    ),
    AfterValidator(_plain_path),
    Field(
        description="a method and a path in ASCII, such as `POST /v3/tasks` or `GET /tasks/{taskId}`, without `?`, `#` and `%`"
    ),
]
PathPrefix = Annotated[
    str,
    StringConstraints(strict=True, pattern=rf"^(?:/{_PATH_CHARACTER}+)*$", max_length=400),
    AfterValidator(_plain_path),
    Field(description="the beginning of a path, such as `/v3/voice`"),
]
HeaderName = Annotated[
    str,
    StringConstraints(strict=True, pattern=rf"^{HEADER_NAME.pattern}$", max_length=LONGEST_NAME),
    Field(description=f"the name of a header, such as `Api-Key`: {HEADER_NAME_RULE}"),
]
HeaderValue = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^(?:[!-~](?:[ -~]*[!-~])?)?$"),
    Field(description="the value of a header: printable ASCII, without blanks at its ends"),
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
    StringConstraints(strict=True, pattern=r"^(?:none|utc|[+-](?:0\d|1[0-4]):[0-5]\d)$"),
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
HIGHEST_PORT: Final = 65535


def _address(url: str) -> str:
    host, _, port = url.removeprefix("https://").partition("/")[0].partition(":")
    if "" in host.split("."):
        raise ValueError("a host is made of names with single dots between them")
    if port and not 0 < int(port) <= HIGHEST_PORT:
        raise ValueError(f"a port lies between 1 and {HIGHEST_PORT}")
    _plain_path(url.removeprefix("https://"))
    return url


BaseUrl = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^https://[A-Za-z0-9.-]+(?::[0-9]{1,9})?(?:/[A-Za-z0-9._~/-]*)?$"
    ),
    AfterValidator(_address),
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
