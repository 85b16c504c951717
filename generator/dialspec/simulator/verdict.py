"""What checking a signature comes to."""

from __future__ import annotations

from enum import Enum, auto


class Verdict(Enum):
    """The outcome for one request."""

    ACCEPTED = auto()
    UNAUTHENTICATED = auto()
    """A header is missing, the key is unknown, or the signature is wrong."""
    EXPIRED = auto()
    """Rightly signed, but for a time too far from the server's."""
