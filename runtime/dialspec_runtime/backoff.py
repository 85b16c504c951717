"""How long to wait before another try.

In: how many tries there were, the answer's `Retry-After`, a die. Out: seconds. Exponential with full jitter:
anything between nothing and a bound that doubles with each try, so that clients that failed together don't
come back together. A `Retry-After` that the server sent is obeyed up to a cap.
"""

from collections.abc import Callable
from typing import Final

from .clock import parse_http_date

FIRST_BOUND: Final = 0.5
LARGEST_BOUND: Final = 8.0
LONGEST_RETRY_AFTER: Final = 60.0


def pause_before_retry(tries: int, retry_after: float | None, dice: Callable[[], float]) -> float:
    """Return the seconds to wait after `tries` tries."""
    bound = min(LARGEST_BOUND, FIRST_BOUND * 2.0 ** min(tries - 1, 16))
    pause = bound * dice()
    if retry_after is None:
        return pause
    # The jitter stays, on top, so that all who were told the same second don't return in the same second.
    return min(retry_after, LONGEST_RETRY_AFTER) + min(pause, 1.0)


def parse_retry_after(text: str, now: float) -> float | None:
    """Read a `Retry-After` header (seconds, or an HTTP date) as seconds from now; `None` if unreadable."""
    text = text.strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        moment = parse_http_date(text)
        return None if moment is None else max(0.0, moment - now)
    if seconds != seconds or seconds < 0:  # NaN, or a server that counts backwards
        return None
    return min(seconds, 1e9)
