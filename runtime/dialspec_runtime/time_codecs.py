"""How moments in the arguments of a call become what a vendor documents.

In: `datetime`, `date` and `time` objects. Out: text or numbers. Refused with `UnfitError`: an aware moment for a
wire format without a zone, and a naive one for a format that counts from 1970 or states a zone, unless the
client was given `timezone=`: guessing a zone shifts a dial list by hours.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final, Literal

from .codecs import UnfitError
from .frozen import frozen

PLAIN_FORMAT: Final = "yyyy-MM-dd HH:mm:ss"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OFFSET: Final = re.compile(r"([+-])(\d\d):(\d\d)")


def _zone_named(name: str) -> tzinfo | None:
    if name == "none":
        return None
    if name == "utc":
        return UTC
    match = _OFFSET.fullmatch(name)
    if match is None:
        raise ValueError(f'zone {name!r} is none of "none", "utc" and "+HH:MM"')
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset)


@frozen
class DateTime:
    """A moment, in one of the documented wire formats.

    `zone` is the zone in which the vendor reads a format without one (`"none"` if it does not say), and the
    zone that is written in a format that has one.
    """

    format: Literal["yyyy-MM-dd HH:mm:ss", "iso8601", "epoch_ms", "epoch_s"] = PLAIN_FORMAT
    zone: str = "none"

    def describe(self) -> str:
        """Name the type and the wire format."""
        return f"a datetime (sent as {self.format})"

    def encode(self, value: object, timezone: tzinfo | None, /) -> object:
        """Take a `datetime`, and bring it into the vendor's zone."""
        if not isinstance(value, datetime):
            raise UnfitError(self.describe())
        own = _zone_named(self.zone)
        if value.tzinfo is None and (own is not None or self.format != PLAIN_FORMAT):
            if timezone is None:
                raise UnfitError(
                    f"{self.describe()}: an aware one, or a naive one on a client that was given timezone="
                )
            value = value.replace(tzinfo=timezone)
        try:
            return self._written(value, own or timezone)
        except OverflowError:
            raise UnfitError(self.describe()) from None

    def _written(self, value: datetime, zone: tzinfo | None) -> object:
        if self.format == PLAIN_FORMAT:
            return self._plain(value, zone)
        if self.format == "epoch_ms":
            return (value - _EPOCH) // timedelta(milliseconds=1)
        if self.format == "epoch_s":
            return (value - _EPOCH) // timedelta(seconds=1)
        moment = value if zone is None else value.astimezone(zone)
        return moment.isoformat(timespec="seconds")

    def _plain(self, value: datetime, zone: tzinfo | None) -> str:
        if value.tzinfo is not None:
            if zone is None:
                raise UnfitError(
                    "a naive datetime, because the vendor documents no zone for it; give the client timezone= "
                    "to have aware ones converted"
                )
            value = value.astimezone(zone)
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")


@frozen
class DateOnly:
    """A day, sent as `yyyy-MM-dd`."""

    def describe(self) -> str:
        """Name the type."""
        return "a date (sent as yyyy-MM-dd)"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Take a `date` that is not a `datetime`."""
        if isinstance(value, datetime) or not isinstance(value, date):
            raise UnfitError(self.describe())
        return value.isoformat()


@frozen
class TimeOfDay:
    """A time of day, sent as `HH:mm`; the bounds are written so too, and are allowed themselves."""

    earliest: str | None = None
    latest: str | None = None

    def describe(self) -> str:
        """Name the type, with its bounds."""
        text = "a naive time with whole minutes"
        if self.earliest is not None:
            text += f" from {self.earliest}"
        if self.latest is not None:
            text += f" until {self.latest}"
        return f"{text} (sent as HH:mm)"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Take a naive `time` without seconds, which the wire format could not hold."""
        if not isinstance(value, time) or value.tzinfo or value.second or value.microsecond:
            raise UnfitError(self.describe())
        # In this form, the order of texts is that of times.
        sent = value.isoformat("minutes")
        if (self.earliest and sent < self.earliest) or (self.latest and sent > self.latest):
            raise UnfitError(self.describe())
        return sent
