"""What httpcore raises, told in the terms of httpx, which users know.

httpx derives its exceptions from those of its core, name by name; here the same is done for calls that go to
the core directly. httpx itself is imported only when something broke.
"""

from typing import Final

import httpcore

from .content_coding import DamagedError, TooLargeError
from .faults import TransportFault, fault_of
from .multipart import ChangedFileError

BREAKAGES: Final = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    OSError,
    ChangedFileError,
    DamagedError,
    TooLargeError,
)
"""Everything by which a request can fail."""


def core_fault_of(error: Exception) -> TransportFault:
    """Tell what one of them means."""
    if type(error).__module__.partition(".")[0] == "httpcore":
        import httpx

        error = getattr(httpx, type(error).__name__)(str(error))
    return fault_of(error)
