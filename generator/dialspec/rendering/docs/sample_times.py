"""Moments in the wire forms of the language, read and written for samples."""

from __future__ import annotations

import datetime
from typing import Final, TypeAlias

from dialspec.api import Scalar, ScalarKind
from dialspec.spec.language.kinds import TimeFormat

WireValue: TypeAlias = "bool | int | float | str | list[WireValue] | dict[str, WireValue] | None"
"""A value as JSON holds it."""

_LOCAL_TIME: Final = "%Y-%m-%d %H:%M:%S"
_DATE: Final = "%Y-%m-%d"


def parse_time(kind: Scalar, value: WireValue) -> datetime.datetime | None:
    """Read a wire time or date; naive if the wire form has no zone, None if it is not of this form."""
    try:
        if kind.kind is ScalarKind.DATE:
            return datetime.datetime.strptime(str(value), _DATE)  # noqa: DTZ007 - no zone
        match kind.format or TimeFormat.LOCAL:
            case TimeFormat.EPOCH_MS if isinstance(value, int):
                return datetime.datetime.fromtimestamp(value / 1000, datetime.UTC)
            case TimeFormat.EPOCH_S if isinstance(value, int):
                return datetime.datetime.fromtimestamp(value, datetime.UTC)
            case TimeFormat.ISO8601 if isinstance(value, str):
                moment = datetime.datetime.fromisoformat(value)
                return moment if moment.tzinfo is not None else None
            case TimeFormat.LOCAL if isinstance(value, str):
                return datetime.datetime.strptime(value, _LOCAL_TIME)  # noqa: DTZ007 - no zone
            case _:
                return None
    except (ValueError, OverflowError, OSError):
        return None


def wire_time(kind: Scalar, moment: datetime.datetime) -> WireValue:
    """Write a time or date in the wire form of its type."""
    if kind.kind is ScalarKind.DATE:
        return moment.strftime(_DATE)
    match kind.format or TimeFormat.LOCAL:
        case TimeFormat.EPOCH_MS:
            return int(moment.timestamp() * 1000)
        case TimeFormat.EPOCH_S:
            return int(moment.timestamp())
        case TimeFormat.ISO8601:
            return moment.isoformat()
        case TimeFormat.LOCAL:
            return moment.strftime(_LOCAL_TIME)
