"""What can break between here and the vendor.

In: an exception of the HTTP library, known by its name only, so that its successor can be swapped in. Out: a
`TransportFault`, which says what broke and whether any byte of the request can have reached the vendor. The
original exception is not kept: its traceback holds frames with the signed headers in them. A copy without
traceback takes its place as the cause.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final


class FaultKind(StrEnum):
    """What broke; the value says it in words."""

    CONNECT = "no connection could be made"
    CONNECT_TIMEOUT = "connecting took too long"
    POOL_TIMEOUT = "no connection of the pool became free in time"
    TOO_SOON = "the vendor's interval between two calls has not passed"
    WRITE_TIMEOUT = "sending took too long"
    READ_TIMEOUT = "waiting for the answer took too long"
    DEADLINE = "the deadline of the call has passed"
    LOST = "the connection broke"
    PROTOCOL = "the answer is not HTTP"
    PROXY = "the proxy refused"
    LOCAL = "the request could not be sent as it is"
    FILE = "the file could not be read to its end"
    TOO_LARGE = "the answer is too large"
    DAMAGED = "the compressed answer is damaged"


NOTHING_SENT: Final = frozenset(
    {FaultKind.CONNECT, FaultKind.CONNECT_TIMEOUT, FaultKind.POOL_TIMEOUT, FaultKind.TOO_SOON}
)
"""Kinds that prove that the vendor has seen nothing of the request."""

NEVER_REPEATED: Final = frozenset(
    {
        FaultKind.LOCAL,
        FaultKind.FILE,
        FaultKind.TOO_LARGE,
        FaultKind.DEADLINE,
        FaultKind.TOO_SOON,
    }
)
"""Kinds that another try can't help."""

# From the most special class to the most general one; the first in an exception's ancestry counts.
_KINDS: Final = {
    "PoolTimeout": FaultKind.POOL_TIMEOUT,
    "ConnectTimeout": FaultKind.CONNECT_TIMEOUT,
    "WriteTimeout": FaultKind.WRITE_TIMEOUT,
    "ReadTimeout": FaultKind.READ_TIMEOUT,
    "TimeoutException": FaultKind.READ_TIMEOUT,
    "ConnectError": FaultKind.CONNECT,
    "ProxyError": FaultKind.PROXY,
    "UnsupportedProtocol": FaultKind.LOCAL,
    "LocalProtocolError": FaultKind.LOCAL,
    "RemoteProtocolError": FaultKind.LOST,
    "ChangedFileError": FaultKind.FILE,
    "DamagedError": FaultKind.DAMAGED,
    "TooLargeError": FaultKind.TOO_LARGE,
    # Those of aiohttp, where an http_client stands on it.
    "ClientProxyConnectionError": FaultKind.PROXY,
    "ClientConnectorError": FaultKind.CONNECT,
    "ConnectionTimeoutError": FaultKind.CONNECT_TIMEOUT,
    "ServerTimeoutError": FaultKind.READ_TIMEOUT,
}


class TransportFault(Exception):  # noqa: N818  # becomes an error only if it lasts
    """No complete answer arrived; raised by transports, never seen by users."""

    def __init__(
        self,
        kind: FaultKind,
        detail: str = "",
        make_cause: Callable[[str], BaseException | None] | None = None,
        *,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.retry_after = retry_after
        """Seconds after which another try makes sense, if that is known."""
        self.detail = detail
        """The words of the HTTP library; may hold what must not be printed."""
        self._make_cause = make_cause

    @property
    def nothing_sent(self) -> bool:
        """Whether the vendor can't have seen anything of the request."""
        return self.kind in NOTHING_SENT

    def cause(self, detail: str) -> BaseException | None:
        """Return the original exception without its traceback, saying `detail`."""
        return None if self._make_cause is None else self._make_cause(detail)


def is_of_aiohttp(error: BaseException | None) -> bool:
    """Whether aiohttp raised an exception."""
    return type(error).__module__.partition(".")[0] == "aiohttp"


def fault_of(error: Exception) -> TransportFault:
    """Tell what an exception of the HTTP library means."""
    # Bridges from httpx to aiohttp tell a lost connection as one that was never made: then what was sent would
    # be sent again. What they made their exception from says how it was.
    if isinstance(error.__cause__, Exception) and is_of_aiohttp(error.__cause__):
        error = error.__cause__
    kind = next(
        (_KINDS[cls.__name__] for cls in type(error).__mro__ if cls.__name__ in _KINDS),
        FaultKind.LOST,
    )
    name = type(error).__name__
    # aiohttp's exceptions about answers print the whole address.
    text = "" if hasattr(error, "request_info") else str(error)
    cls = type(error)

    def copy(detail: str) -> BaseException | None:
        try:
            return cls(detail)
        except TypeError:
            return None

    return TransportFault(kind, f"{name}: {text}" if text else name, copy)
