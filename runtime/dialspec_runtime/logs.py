"""What is written to the log.

Loggers are named `dialspec.<vendor>`, below `dialspec`, which has a `NullHandler`: an application that sets up
nothing sees nothing. One line per try (DEBUG), per retry and per failure (WARNING and INFO), per success (DEBUG);
bodies only with `log_bodies=True`, and masked. Paths are logged as documented, with their placeholders, because
what is filled in may be personal.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from .multipart import MultipartBody

if TYPE_CHECKING:
    from .core import ClientCore
    from .operation import Operation
    from .reply import Reply

logging.getLogger("dialspec").addHandler(logging.NullHandler())


class CallLog:
    """The log lines of one call."""

    __slots__ = ("_bodies", "_is_detailed", "_logger", "_operation", "_redactor")

    def __init__(self, core: ClientCore, operation: Operation) -> None:
        self._logger = core.logger
        self._operation = operation
        self._redactor = core.redactor
        self._bodies = core.log_bodies
        self._is_detailed = self._logger.isEnabledFor(logging.DEBUG)

    def sending(self, number: int, body: bytes | MultipartBody | None) -> None:
        """One try begins."""
        if not self._is_detailed:
            return
        operation = self._operation
        self._logger.debug(
            "%s: try %d: %s %s", operation.name, number, operation.method, operation.path
        )
        if self._bodies and isinstance(body, bytes):
            self._logger.debug("%s: request body: %s", operation.name, self._masked(body))
        elif self._bodies and body is not None:
            self._logger.debug("%s: request body: %r", operation.name, body)

    def received(self, number: int, reply: Reply) -> None:
        """One try has brought an answer."""
        if not self._is_detailed:
            return
        self._logger.debug(
            "%s: try %d: HTTP %d, %d bytes in %.0f ms",
            self._operation.name,
            number,
            reply.status_code,
            len(reply.content),
            reply.elapsed * 1000,
        )
        if self._bodies:
            self._logger.debug(
                "%s: response body: %s", self._operation.name, self._masked(reply.content)
            )

    def _masked(self, body: bytes) -> str:
        from .excerpt import body_for_log  # only those who log bodies pay for it

        return body_for_log(body, self._operation, self._redactor)

    def retrying(self, number: int, reason: str, pause: float) -> None:
        """There will be another try."""
        self._logger.info(
            "%s: try %d failed (%s); next in %.1f s", self._operation.name, number, reason, pause
        )

    def succeeded(self, number: int) -> None:
        """The call is over."""
        if self._is_detailed:
            self._logger.debug(
                "%s: done after %d %s", self._operation.name, number, tries_word(number)
            )

    def failed(self, message: str) -> None:
        """The call is over, with an exception."""
        self._logger.warning("%s", message)


def tries_word(number: int) -> str:
    """Return the noun that fits a number of tries."""
    return "try" if number == 1 else "tries"
