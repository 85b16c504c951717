"""What a user may set, per client and per call.

In: the keyword arguments of clients and methods. Out: one frozen `Options` that a call is made with, in which
what the call left out comes from the client. Refused with `ConfigurationError` (client) or `InvalidArgument`
(call): times that are not positive or too long, counts that are negative, headers that can't be sent or that sign.
"""

import re
from collections.abc import Mapping
from datetime import tzinfo
from types import MappingProxyType
from typing import Final, cast

from .errors import ConfigurationError, DialspecError, InvalidArgument
from .frozen import changed as with_changes
from .frozen import frozen
from .unset import UNSET, Unset

DEFAULT_TIMEOUT: Final = 60.0
DEFAULT_MAX_RETRIES: Final = 2
DEFAULT_MAX_RESPONSE_BYTES: Final = 64 * 1024 * 1024
"""Largest answer that is read, after decompression."""
LONGEST_WAIT: Final = 1_000_000
"""Seconds; what waits for a lock or a socket can't take much larger numbers."""

_HEADER_NAME: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_HEADER_VALUE: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?")
_NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})
# Written by the client itself: they frame the request, so that a second one would make it another request.
_FRAMING_HEADERS: Final = frozenset({"host", "content-length", "transfer-encoding", "connection"})


@frozen
class Timeouts:
    """Seconds per try for each phase; `None` waits without end.

    `pool` is the wait for a free connection, `connect` the making of one, `read` and `write` the wait for
    the next piece of data.
    """

    connect: float | None = 10.0
    read: float | None = DEFAULT_TIMEOUT
    write: float | None = DEFAULT_TIMEOUT
    pool: float | None = DEFAULT_TIMEOUT

    @classmethod
    def all(cls, seconds: float | None) -> "Timeouts":
        """Return the same time for every phase."""
        return cls(seconds, seconds, seconds, seconds)

    def within(self, seconds: float | None) -> "Timeouts":
        """Return these times, none longer than `seconds`."""
        if seconds is None:
            return self
        return Timeouts(
            *(
                seconds if phase is None else min(phase, seconds)
                for phase in (self.connect, self.read, self.write, self.pool)
            )
        )


_DEFAULT_TIMEOUTS: Final = Timeouts.all(DEFAULT_TIMEOUT)


@frozen
class Options:
    """What one call is made with."""

    timeouts: Timeouts = _DEFAULT_TIMEOUTS
    deadline: float | None = None
    max_retries: int = DEFAULT_MAX_RETRIES
    extra_headers: Mapping[str, str] = _NO_HEADERS
    timezone: tzinfo | None = None
    allow_inferred: bool = False

    def once(self) -> "Options":
        """Return these options without retries."""
        return with_changes(self, max_retries=0)

    def changed(
        self,
        refusal: type[ConfigurationError] | type[InvalidArgument],
        *,
        timeout: float | Timeouts | Unset | None = UNSET,
        deadline: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | Unset | None = UNSET,
        timezone: tzinfo | Unset | None = UNSET,
        allow_inferred: bool | Unset = UNSET,
        reserved: frozenset[str] = frozenset(),
    ) -> "Options":
        """Return these options with what is set here; raise `refusal` for what can't be."""
        changed = self
        if timeout is not UNSET:
            changed = with_changes(changed, timeouts=_checked_timeouts(timeout, refusal))
        if deadline is not UNSET:
            changed = with_changes(
                changed, deadline=_checked_seconds("deadline", deadline, refusal)
            )
        if max_retries is not UNSET:
            changed = with_changes(changed, max_retries=_checked_retries(max_retries, refusal))
        if extra_headers is not UNSET and extra_headers:
            added = _checked_headers(
                cast("Mapping[object, object]", extra_headers), reserved, refusal
            )
            changed = with_changes(
                changed, extra_headers=MappingProxyType({**changed.extra_headers, **added})
            )
        if timezone is not UNSET:
            changed = with_changes(changed, timezone=_checked_timezone(timezone, refusal))
        if allow_inferred is not UNSET:
            changed = with_changes(
                changed, allow_inferred=checked_switch("allow_inferred", allow_inferred, refusal)
            )
        return changed


def _refused(refusal: type[DialspecError], name: str, expected: str) -> DialspecError:
    message = f"{name} is refused: expected {expected}"
    return (
        refusal(message, parameter=name)
        if issubclass(refusal, InvalidArgument)
        else refusal(message)
    )


def _checked_retries(value: object, refusal: type[DialspecError]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _refused(refusal, "max_retries", "an integer of at least 0")
    return value


def checked_switch(name: str, value: object, refusal: type[DialspecError]) -> bool:
    """Return True or False; refuse what is merely true, such as the text `false`."""
    if not isinstance(value, bool):
        raise _refused(refusal, name, "True or False")
    return value


def _checked_timezone(value: object, refusal: type[DialspecError]) -> tzinfo | None:
    if value is not None and not isinstance(value, tzinfo):
        raise _refused(refusal, "timezone", "a tzinfo such as zoneinfo.ZoneInfo, or None")
    return value


def _checked_seconds(name: str, value: object, refusal: type[DialspecError]) -> float | None:
    if value is None:
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 < value <= LONGEST_WAIT
    ):
        raise _refused(
            refusal, name, f"a positive number of seconds, at most {LONGEST_WAIT:,}, or None"
        )
    return float(value)


def _checked_timeouts(value: float | Timeouts | None, refusal: type[DialspecError]) -> Timeouts:
    if not isinstance(value, Timeouts):
        return Timeouts.all(_checked_seconds("timeout", value, refusal))
    for name in ("connect", "read", "write", "pool"):
        _checked_seconds(f"timeout.{name}", getattr(value, name), refusal)
    return value


def _checked_headers(
    headers: Mapping[object, object], reserved: frozenset[str], refusal: type[DialspecError]
) -> dict[str, str]:
    if not isinstance(headers, Mapping):
        raise _refused(refusal, "extra_headers", "a mapping from names to values")
    checked: dict[str, str] = {}
    for name, value in headers.items():
        if not isinstance(name, str) or _HEADER_NAME.fullmatch(name) is None:
            raise _refused(refusal, "extra_headers", "header names of letters, digits and hyphens")
        if name.lower() in reserved | _FRAMING_HEADERS:
            raise _refused(
                refusal, "extra_headers", f"other headers than {name}, which the client writes"
            )
        if not isinstance(value, str) or not is_header_value(value):
            raise _refused(refusal, "extra_headers", f"printable ASCII text as the value of {name}")
        checked[name] = value
    return checked


def is_header_value(text: str) -> bool:
    """Whether text can be sent as the value of a header as it is."""
    return not text or _HEADER_VALUE.fullmatch(text) is not None
