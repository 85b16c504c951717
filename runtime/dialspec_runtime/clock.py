"""How far this machine's clock is from the vendor's, as learned from `Date` headers.

In: the `Date` header of an answer that refused a timestamp, and when the request was on its way. Out: the
offset to add to the local clock when signing, shared by all calls of a client. Refused: a missing or
unreadable `Date`; nothing is guessed.
"""

import threading
from datetime import UTC
from typing import Final

SMALLEST_SKEW: Final = 2.0
"""Seconds below which a difference says nothing: `Date` has whole seconds, and answers take time."""


class ServerClock:
    """The vendor's clock, seen from here; safe to share between threads."""

    __slots__ = ("_lock", "_offset")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._offset = 0.0

    @property
    def offset(self) -> float:
        """Seconds to add to the local clock; 0 until a vendor has refused a timestamp."""
        return self._offset

    def learn(self, offset: float) -> None:
        """Remember an offset that was measured; one too small to mean anything counts as none."""
        with self._lock:
            self._offset = offset if abs(offset) >= SMALLEST_SKEW else 0.0


def parse_http_date(text: str) -> float | None:
    """Read an HTTP date as seconds since the epoch; `None` when it is none."""
    from email.utils import parsedate_to_datetime  # most programs never read one

    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.timestamp()
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def measure_offset(
    date_header: str, age_header: str, sent_at: float, received_at: float
) -> float | None:
    """Return by how many seconds the server's clock is ahead of the local one, or `None` if unknown.

    `Date` is cut to the second and was written somewhere between sending and receiving, so the middle of
    both is compared. An `Age` header says that a cache kept the answer for that long.
    """
    date = parse_http_date(date_header)
    if date is None:
        return None
    age = (
        int(age_header)
        if age_header.isascii() and age_header.isdigit() and len(age_header) < 10
        else 0
    )
    return date + 0.5 + age - (sent_at + received_at) / 2
