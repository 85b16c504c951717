"""Two wire forms that depend on something else: a moment in a documented zone, and JSON text inside a string.

In: a vendor's text. Out: an aware `datetime`, or the value that the text holds. Serialised again, a moment takes the
form it came in; JSON text is written compactly and with double quotes, whatever spaces and quotes the vendor used.
Refused: what is neither (a `ValidationError`, which decoding turns into a `DecodeError`).
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Annotated, Any, TypeVar, cast

from pydantic import BeforeValidator, GetCoreSchemaHandler, SerializationInfo, WrapSerializer
from pydantic_core import CoreSchema, PydanticCustomError, TzInfo, core_schema

from .times import SENT_CONTEXT

T = TypeVar("T")


@dataclass(frozen=True)
class InZone:
    """`yyyy-MM-dd HH:mm:ss`, documented as being at a fixed offset such as `+08:00`: aware."""

    offset: str

    @property
    def zone(self) -> timezone:
        """The offset as a zone."""
        hours, minutes = self.offset[1:].split(":")
        distance = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-distance if self.offset.startswith("-") else distance)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Place what pydantic-core has read in the zone, and write it without one."""
        return core_schema.no_info_after_validator_function(
            self._placed,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(
                self._to_text, info_arg=True, return_schema=core_schema.str_schema()
            ),
        )

    def _placed(self, value: datetime) -> datetime:
        return value.replace(tzinfo=self.zone) if value.tzinfo is None else value

    def _to_text(self, value: datetime, info: SerializationInfo) -> str:
        is_sent = bool(info.context) and SENT_CONTEXT in cast("dict[str, object]", info.context)
        # A zone that pydantic read came with the text, so it goes back into it.
        if isinstance(value.tzinfo, TzInfo) and not is_sent:
            return value.isoformat()
        local = self._placed(value).astimezone(self.zone).replace(tzinfo=None)
        return local.isoformat(sep=" ", timespec="seconds" if is_sent else "auto")


def _from_json_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    # A vendor prints single quotes inside the text, which saves the escapes and is no JSON.
    for text in (value,) if '"' in value else (value, value.replace("'", '"')):
        try:
            return cast("object", json.loads(text))
        except (ValueError, RecursionError):
            continue
    raise PydanticCustomError("json_text", "not JSON text")


def _to_json_text(value: Any, serialize: Any) -> str:
    return json.dumps(serialize(value), ensure_ascii=False, separators=(",", ":"))


JsonEncoded = Annotated[
    T, BeforeValidator(_from_json_text), WrapSerializer(_to_json_text, return_type=str)
]
"""A value that travels as JSON text inside a string."""
