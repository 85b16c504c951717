"""The vendors' ways to write moments, as annotated types of response models.

In: text or numbers as a vendor sends them. Out: `datetime`, `date`, `time` or `bytes`; aware or naive as the
name of the type says. Serialised again, each takes the wire form it came in, as far as the value still tells.
Refused: what is no moment at all (a `ValidationError`, which decoding turns into a `DecodeError`).

A text without a zone stays naive unless the client was given `timezone=`, which validation hands over in its
context. Parsing is left to pydantic-core; only what it can't know is added here.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Final, Literal, cast

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    PlainSerializer,
    SerializationInfo,
    ValidationInfo,
)
from pydantic_core import CoreSchema, TzInfo, core_schema

TIMEZONE_CONTEXT: Final = "timezone"
"""Key of the validation or serialization context that holds the client's `timezone=`."""

SENT_CONTEXT: Final = "sent"
"""Key of the serialization context that says: this is about to be sent, so no zone may be guessed."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# pydantic-core takes a bare number above this for milliseconds, and one up to this for seconds.
_LARGEST_SECONDS: Final = 20_000_000_000


def _zone_in(context: object) -> tzinfo | None:
    zone = cast("dict[str, object]", context).get(TIMEZONE_CONTEXT) if context else None
    return zone if isinstance(zone, tzinfo) else None


def _is_sent(info: SerializationInfo) -> bool:
    return bool(info.context) and SENT_CONTEXT in cast("dict[str, object]", info.context)


def _in_clients_zone(value: datetime, info: ValidationInfo) -> datetime:
    if value.tzinfo is None and info.context:
        zone = _zone_in(info.context)
        if zone is not None:
            return value.replace(tzinfo=zone)
    return value


def _in_utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value


def _local_to_text(value: datetime, info: SerializationInfo) -> str:
    if _is_sent(info):
        if value.tzinfo is not None:
            zone = _zone_in(info.context)
            if zone is None:
                raise ValueError(
                    "the vendor documents no zone for this moment: give a naive one, or give the client timezone="
                )
            value = value.astimezone(zone)
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    # A zone that pydantic read came with the text, so it goes back into it; any other was added here.
    if isinstance(value.tzinfo, TzInfo):
        return value.isoformat()
    return value.replace(tzinfo=None).isoformat(sep=" ")


def _utc_to_text(value: datetime, info: SerializationInfo) -> str:
    if isinstance(value.tzinfo, TzInfo) and not _is_sent(info):
        return value.isoformat()
    moment = _in_utc(value).astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(sep=" ", timespec="seconds" if _is_sent(info) else "auto")


def _iso_to_text(value: datetime, info: SerializationInfo) -> str:
    if _is_sent(info):
        return _surely_aware(value, info).isoformat(timespec="seconds")
    return (value if isinstance(value.tzinfo, TzInfo) else value.replace(tzinfo=None)).isoformat()


def _surely_aware(value: datetime, info: SerializationInfo) -> datetime:
    if value.tzinfo is not None:
        return value
    zone = _zone_in(info.context)
    if zone is None:
        raise ValueError(
            "this moment needs a zone: give an aware one, or give the client timezone="
        )
    return value.replace(tzinfo=zone)


def _to_clock_text(value: time, info: SerializationInfo) -> str:
    if _is_sent(info) and (value.tzinfo or value.second or value.microsecond):
        raise ValueError("a time of day is sent as HH:mm: give a naive one with whole minutes")
    return (
        value.isoformat("minutes") if not (value.second or value.microsecond) else value.isoformat()
    )


def _from_base64(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("not Base64") from error


def _to_base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


@dataclass(frozen=True)
class EpochWire:
    """A moment counted from 1970 in one unit, as number or as digits in text."""

    unit: Literal["seconds", "milliseconds"]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let pydantic-core read the numbers whose unit it guesses right, and count the others here."""
        if self.unit == "milliseconds":
            guessed = core_schema.int_schema(gt=_LARGEST_SECONDS)
        else:
            guessed = core_schema.int_schema(ge=-_LARGEST_SECONDS, le=_LARGEST_SECONDS)
        fast = core_schema.chain_schema([guessed, core_schema.datetime_schema()])
        exact = core_schema.no_info_before_validator_function(
            self._count, core_schema.datetime_schema()
        )
        return core_schema.union_schema(
            [fast, exact],
            mode="left_to_right",
            custom_error_type="epoch_time",
            custom_error_message=f"Input should be {self.unit} since 1970",
            serialization=core_schema.plain_serializer_function_ser_schema(
                self._to_number, info_arg=True, return_schema=core_schema.int_schema()
            ),
        )

    def _count(self, value: object) -> object:
        if isinstance(value, str) and value.strip().lstrip("+-").isdecimal():
            value = int(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                return _EPOCH + timedelta(**{self.unit: value})
            except (OverflowError, ValueError) as error:
                raise ValueError("out of range") from error
        return value

    def _to_number(self, value: datetime, info: SerializationInfo) -> int:
        moment = _surely_aware(value, info) if _is_sent(info) else _in_utc(value)
        return (moment - _EPOCH) // timedelta(**{self.unit: 1})


LocalDateTime = Annotated[
    datetime, AfterValidator(_in_clients_zone), PlainSerializer(_local_to_text, return_type=str)
]
"""`yyyy-MM-dd HH:mm:ss`, no zone documented: naive, or in the client's `timezone=`."""

UtcDateTime = Annotated[
    datetime, AfterValidator(_in_utc), PlainSerializer(_utc_to_text, return_type=str)
]
"""`yyyy-MM-dd HH:mm:ss`, documented as UTC: aware."""

IsoDateTime = Annotated[
    datetime, AfterValidator(_in_clients_zone), PlainSerializer(_iso_to_text, return_type=str)
]
"""ISO 8601 with an offset: aware; where the vendor left the offset out, like `LocalDateTime`."""

EpochMilliseconds = Annotated[datetime, EpochWire("milliseconds")]
"""Milliseconds since 1970: aware, in UTC."""

EpochSeconds = Annotated[datetime, EpochWire("seconds")]
"""Seconds since 1970: aware, in UTC."""

LocalDate = Annotated[date, PlainSerializer(date.isoformat, return_type=str)]
"""`yyyy-MM-dd`."""

ClockTime = Annotated[time, PlainSerializer(_to_clock_text, return_type=str)]
"""`HH:mm`, a time of day."""

Base64Data = Annotated[
    bytes, BeforeValidator(_from_base64), PlainSerializer(_to_base64, return_type=str)
]
"""Bytes that travel as Base64 text."""
