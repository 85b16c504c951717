"""The retry budget: a failing vendor is not stormed.

A token bucket shared by all calls of a client. Each retry takes one token, each success gives a part of one
back, and time gives a little back too. While the vendor is well the bucket stays full; when everything
fails, retries stop once it is empty, and each call then sends one request.
"""

import threading
from collections.abc import Callable
from typing import Final

CAPACITY: Final = 100.0
REFUND_PER_SUCCESS: Final = 0.5
REFILL_PER_SECOND: Final = 0.2


class RetryBudget:
    """Tokens for retries; safe to share between threads."""

    __slots__ = ("_capacity", "_lock", "_monotonic", "_refill", "_refund", "_tokens", "_updated")

    def __init__(
        self,
        monotonic: Callable[[], float],
        *,
        capacity: float = CAPACITY,
        refund: float = REFUND_PER_SUCCESS,
        refill: float = REFILL_PER_SECOND,
    ) -> None:
        self._monotonic = monotonic
        self._capacity = capacity
        self._refund = refund
        self._refill = refill
        self._tokens = capacity
        self._updated = monotonic()
        self._lock = threading.Lock()

    @property
    def tokens(self) -> float:
        """How many retries could be sent at this moment."""
        with self._lock:
            self._refill_for_time()
            return self._tokens

    def take(self) -> bool:
        """Take the token of one retry; `False` when there is none left."""
        with self._lock:
            self._refill_for_time()
            if self._tokens < 1.0:
                return False
            self._tokens -= 1.0
            return True

    def succeeded(self) -> None:
        """Give back a part of a token for a call that ended well."""
        if self._tokens >= self._capacity:  # the common case: nothing to give back, no lock needed
            return
        with self._lock:
            self._tokens = min(self._capacity, self._tokens + self._refund)

    def _refill_for_time(self) -> None:
        now = self._monotonic()
        self._tokens = min(self._capacity, self._tokens + (now - self._updated) * self._refill)
        self._updated = now
