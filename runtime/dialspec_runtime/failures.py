"""From what went wrong to the exception that says so.

Pure: takes the endpoint, how many tries there were and what happened; returns an exception with all its
attributes and its one line. Everything that came from outside is masked before it gets into that line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .codes import ErrorKind
from .errors import (
    ERROR_CLASSES,
    ApiError,
    AuthenticationError,
    Circumstances,
    ClockError,
    ConnectionFailed,
    ConnectionLost,
    DeadlineExceeded,
    DecodeError,
    DialspecError,
    HttpStatusError,
    RequestTimeout,
    ResponseTooLarge,
    TransportError,
    UnknownCodeError,
)
from .excerpt import printable
from .faults import FaultKind, TransportFault
from .frozen import frozen
from .logs import tries_word

if TYPE_CHECKING:
    from .answers import BadStatus, Refused, Unreadable
    from .core import ClientCore
    from .operation import Operation
    from .reply import Reply

_LONGEST_VENDOR_TEXT: Final = 200
_TIMEOUTS: Final = frozenset(
    {
        FaultKind.CONNECT_TIMEOUT,
        FaultKind.POOL_TIMEOUT,
        FaultKind.READ_TIMEOUT,
        FaultKind.TOO_SOON,
        FaultKind.WRITE_TIMEOUT,
    }
)


@frozen
class Failures:
    """Makes the exceptions of one call."""

    core: ClientCore
    operation: Operation
    attempts: int
    retry_after: float | None
    note: str
    """Why there was no further try, if that is not obvious."""

    def of_transport(self, fault: TransportFault) -> DialspecError:
        """No complete answer arrived."""
        circumstances = self._circumstances(None, nothing_happened=fault.nothing_sent)
        detail = self.core.redactor.text(printable(fault.detail))
        if fault.kind is FaultKind.TOO_LARGE:
            limit = self.core.max_response_bytes
            return ResponseTooLarge(
                self._line(f"the answer is larger than max_response_bytes={limit}"), circumstances
            )
        line = self._line(f"{fault.kind.value}{f' ({detail})' if detail else ''}")
        error = _transport_class(fault)(line, circumstances)
        error.__cause__ = fault.cause(detail)
        return error

    def of_code(self, refused: Refused, reply: Reply) -> ApiError:
        """The vendor said no."""
        documented = refused.documented
        happened = documented is None or not documented.refused
        cls = UnknownCodeError if documented is None else ERROR_CLASSES[documented.kind]
        return cls(
            self._line(self._code_text(refused)),
            self._circumstances(reply, nothing_happened=not happened),
            code=refused.code,
            documented=documented,
            vendor_text=refused.message,
        )

    def of_clock(
        self, refused: Refused, reply: Reply, offset: float | None, *, mended: bool
    ) -> ClockError:
        """The timestamp was refused, and that is the end of it."""
        if offset is None:
            hint = "the answer has no Date header, so by how much is not known: set this machine's clock"
        elif abs(offset) < 2:
            hint = "the vendor's Date header agrees with this machine's clock"
        else:
            direction = "behind" if offset > 0 else "ahead of"
            hint = f"this machine's clock is {abs(offset):.0f} s {direction} the vendor's"
            hint += (
                "; correcting for that did not help" if mended else "; later calls correct for that"
            )
        return ClockError(
            self._line(f"{self._code_text(refused)}; {hint}"),
            self._circumstances(reply, nothing_happened=True),
            code=refused.code,
            documented=refused.documented,
            vendor_text=refused.message,
            offset=offset,
        )

    def of_unauthorized(self, reply: Reply, offset: float | None) -> AuthenticationError:
        """HTTP 401: the vendor did not take the signature."""
        hint = "check the credentials"
        if offset is not None and abs(offset) >= 2:
            direction = "behind" if offset > 0 else "ahead of"
            hint += f"; this machine's clock is {abs(offset):.0f} s {direction} the vendor's"
        return AuthenticationError(
            self._line(f"HTTP 401, the signature or the key was refused; {hint}"),
            self._circumstances(reply, nothing_happened=True),
            code="401",
        )

    def of_status(self, bad: BadStatus, reply: Reply) -> HttpStatusError:
        """An HTTP status other than 2xx, and no envelope."""
        status = reply.status_code
        text = f"HTTP {status}"
        if 300 <= status <= 399:
            text += ", a redirect; those are not followed, since the signature is for this address"
        if bad.excerpt:
            text += f": {bad.excerpt!r}"
        return HttpStatusError(self._line(text), self._circumstances(reply))

    def of_unreadable(self, answer: Unreadable, reply: Reply) -> DecodeError:
        """An answer that is not what is documented."""
        text = f"HTTP {reply.status_code}, but not what is documented"
        text += f", at {answer.where}: {answer.problem}" if answer.where else f": {answer.problem}"
        if answer.excerpt:
            text += f"; found {answer.excerpt!r}"
        return DecodeError(
            self._line(text),
            self._circumstances(reply),
            where=answer.where,
            excerpt=answer.excerpt,
        )

    def of_missing_result(self, reply: Reply) -> DecodeError:
        """A success without the object that a call returns."""
        where = ".".join(self.operation.result)
        return DecodeError(
            self._line(f"the answer says success, but has nothing at {where}"),
            self._circumstances(reply),
            where=where,
        )

    def _code_text(self, refused: Refused) -> str:
        documented = refused.documented
        # A documented code is nobody's number, however long: Huawei's have seven and eight digits.
        code = refused.code if documented is not None else self._masked(refused.code)
        text = f"code {code}"
        if documented is None:
            text += ", which is not documented"
        elif documented.meaning:
            text += f", {documented.meaning}"
        said = self._masked(refused.message)
        if said and said.casefold() != (documented.meaning.casefold() if documented else ""):
            text += f" (vendor: {said!r})"
        if documented is not None and documented.advice and documented.kind is not ErrorKind.CLOCK:
            text += f"; {documented.advice.rstrip('.')}"
        return text

    def _masked(self, text: str) -> str:
        """Fit text of the vendor into a line."""
        shown = self.core.redactor.text(printable(text))
        if shown == "":
            return ""
        return shown if len(shown) <= _LONGEST_VENDOR_TEXT else shown[:_LONGEST_VENDOR_TEXT] + "…"

    def _line(self, text: str) -> str:
        tries = f"{self.attempts} {tries_word(self.attempts)}"
        notes = f"{tries}; {self.note}" if self.note else tries
        page = self.operation.docs_url
        return f"{self.operation.full_name}: {text} [{notes}]{f' {page}' if page else ''}"

    def _circumstances(
        self, reply: Reply | None, *, nothing_happened: bool = False
    ) -> Circumstances:
        return Circumstances(
            provider=self.operation.provider,
            endpoint=self.operation.name,
            attempts=self.attempts,
            is_retry_safe=nothing_happened or self.operation.effect.may_repeat,
            retry_after=self.retry_after,
            docs_url=self.operation.docs_url,
            response=reply,
        )


def _transport_class(fault: TransportFault) -> type[TransportError]:
    if fault.kind is FaultKind.DEADLINE:
        return DeadlineExceeded
    if fault.kind in _TIMEOUTS:
        return RequestTimeout
    return ConnectionFailed if fault.nothing_sent else ConnectionLost
