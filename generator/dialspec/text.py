"""Text that came from a spec, and the names that were checked to be safe.

Whatever a spec says is untrusted: a label may hold quotes, a template tag or a path. `SpecText` therefore cannot
be printed, formatted or joined; it leaves only through a renderer of `dialspec.rendering`, each of which knows the
place where the text lands. Names (`PythonName`, `ClassName`) are plain strings because nothing can become one
without passing the checks made here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, final

if TYPE_CHECKING:
    # Messages quote such text, and commands that have nothing to validate should not wait for pydantic.
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

LONGEST_NAME: Final = 80
"""Characters of a name. Several of them make up the path of a generated file, which systems limit."""


@final
class SpecText:
    """A string from a spec; comparable and hashable, but with no way to print it by accident."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Give the raw string: for comparing, matching and serving as data, never for output."""
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SpecText) and other._value == self._value

    def __lt__(self, other: SpecText) -> bool:
        return self._value < other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __len__(self) -> int:
        return len(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __str__(self) -> str:
        raise TypeError("spec text leaves only through a renderer")

    def __format__(self, format_spec: str) -> str:
        raise TypeError("spec text leaves only through a renderer")

    def __repr__(self) -> str:
        return f"<SpecText of {len(self._value)} characters>"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(strict=True), serialization=_serialize_as_raw_string()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string"}


def _serialize_as_raw_string() -> core_schema.SerSchema:
    from pydantic_core import core_schema

    return core_schema.plain_serializer_function_ser_schema(
        lambda value: value.reveal() if isinstance(value, SpecText) else value,
        return_schema=core_schema.str_schema(),
    )


class _CheckedName(str):
    """A string that matched the pattern of its kind when it was made."""

    pattern: ClassVar[re.Pattern[str]]
    described: ClassVar[str]

    def __new__(cls, value: str) -> Self:
        if len(value) > LONGEST_NAME:
            raise ValueError(f"must be at most {LONGEST_NAME} characters long")
        if cls.pattern.fullmatch(value) is None:
            raise ValueError(f"must be {cls.described}")
        return super().__new__(cls, value)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(strict=True)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": f"^{cls.pattern.pattern}$",
            "description": cls.described,
        }


class PythonName(_CheckedName):
    """A snake_case name for a parameter, field, method, module or attribute."""

    pattern = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", re.ASCII)
    described = "a snake_case name: ASCII letters, digits and single underscores, a letter first"


class ClassName(_CheckedName):
    """A CapWords name for a class."""

    pattern = re.compile(r"[A-Z][A-Za-z0-9]*", re.ASCII)
    described = "a CapWords name: ASCII letters and digits, a capital first"


class ConstantName(_CheckedName):
    """An UPPER_CASE name for an enum member or constant."""

    pattern = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*", re.ASCII)
    described = "an UPPER_CASE name"


_WORD: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


def words(identifier: str) -> list[str]:
    """Split `queryTaskDetail`, `query_task_detail` or `QUERYTask` into lower-case words."""
    return [word.lower() for word in _WORD.findall(identifier)]
