"""Points in time in the documented wire forms, as milliseconds since 1970 in UTC.

A text without a zone is read and printed in the zone that the spec gives, and in UTC where the spec gives none. This
module is written from the vendors' pages alone and shares nothing with the clients.
"""

from __future__ import annotations

import datetime
import re
from typing import Final

from dialspec.api import Scalar, ScalarKind, Type
from dialspec.simulator.wire import Json
from dialspec.spec.language.kinds import TimeFormat

DAY: Final = 86_400_000
"""Milliseconds of a day."""

_LOCAL: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
_DIGITS: Final = re.compile(r"-?\d{1,15}")
_OFFSET: Final = re.compile(r"([+-])(\d\d):(\d\d)")
_EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def zone_of(scalar: Scalar) -> datetime.timezone:
    """Give the zone in which zone-less texts of this type are meant."""
    found = _OFFSET.fullmatch(scalar.zone)
    if found is None:
        return datetime.UTC
    minutes = int(found[2]) * 60 + int(found[3])
    return datetime.timezone(datetime.timedelta(minutes=-minutes if found[1] == "-" else minutes))


def is_time(type_: Type) -> bool:
    """Tell whether values of this type are points in time (or days)."""
    return isinstance(type_, Scalar) and type_.kind in {ScalarKind.DATETIME, ScalarKind.DATE}


def print_time(instant: int, scalar: Scalar, sample: Json = None) -> Json:
    """Write an instant as documented, or as the page's own example writes it where that differs."""
    moment = (_EPOCH + datetime.timedelta(milliseconds=instant)).astimezone(zone_of(scalar))
    if isinstance(sample, str) and _LOCAL.fullmatch(sample):
        return moment.strftime("%Y-%m-%d %H:%M:%S")
    if scalar.kind is ScalarKind.DATE or (isinstance(sample, str) and _DATE.fullmatch(sample)):
        return moment.strftime("%Y-%m-%d")
    match scalar.format:
        case TimeFormat.EPOCH_MS:
            return str(instant) if isinstance(sample, str) else instant
        case TimeFormat.EPOCH_S:
            return str(instant // 1000) if isinstance(sample, str) else instant // 1000
        case TimeFormat.ISO8601:
            return moment.isoformat(timespec="seconds")
        case TimeFormat.LOCAL | None:
            return moment.strftime("%Y-%m-%d %H:%M:%S")


def read_time(value: Json, scalar: Scalar) -> int:
    """Read a value in exactly the documented form; ValueError otherwise."""
    if scalar.kind is ScalarKind.DATE:
        return _milliseconds(_match(value, _DATE, "yyyy-MM-dd"), scalar)
    match scalar.format:
        case TimeFormat.EPOCH_MS:
            return _epoch(value, "milliseconds")
        case TimeFormat.EPOCH_S:
            return _epoch(value, "seconds") * 1000
        case TimeFormat.ISO8601:
            if not isinstance(value, str) or "T" not in value:
                raise ValueError("must be an ISO 8601 date-time")
            return _milliseconds(value, scalar)
        case TimeFormat.LOCAL | None:
            return _milliseconds(_match(value, _LOCAL, "yyyy-MM-dd HH:mm:ss"), scalar)


def guess_time(value: Json, scalar: Scalar) -> int | None:
    """Read a value in whatever form it comes, or give None: rows and texts typed as strings."""
    try:
        return read_time(value, scalar)
    except ValueError:
        pass
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) >= 10**11 else value * 1000
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return guess_time(int(value), scalar)
    try:
        return _milliseconds(value, scalar) if isinstance(value, str) else None
    except ValueError:
        return None


def is_day(value: Json) -> bool:
    """Tell whether a text names a whole day and no time of it."""
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


def minute_of_day(value: Json) -> int:
    """Read a time of day, `HH:mm` or `HH:mm:ss`, as minutes since midnight; ValueError otherwise."""
    hours, minutes = _match(value, _CLOCK, "HH:mm").split(":")[:2]
    return int(hours) * 60 + int(minutes)


def _match(value: Json, pattern: re.Pattern[str], form: str) -> str:
    if not isinstance(value, str) or pattern.fullmatch(value) is None:
        raise ValueError(f"must be written as {form}")
    return value


def _milliseconds(text: str, scalar: Scalar) -> int:
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_of(scalar))
    return (moment - _EPOCH) // datetime.timedelta(milliseconds=1)


def _epoch(value: Json, unit: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    raise ValueError(f"must be {unit} since 1970")
