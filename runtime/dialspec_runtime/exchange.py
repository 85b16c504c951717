"""One call, with as many tries as are safe: a state machine without I/O.

A driver asks for the next request, sends it, and tells what came of it:

    exchange = Exchange(core, call, options)
    while True:
        request = exchange.next_request()
        pause = exchange.answered(reply)  or  exchange.failed(fault)      (raises when the call is lost)
        if pause is None: the call has succeeded, exchange.document is there
        wait for `pause` seconds

Each request is signed for the moment it is asked for. A refused timestamp is mended by the `Date` header of the
answer that refused it, and sent once more; that is no retry in the sense of `max_retries`, but happens only
where retries are allowed at all.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final, NoReturn, cast

from .answers import Accepted, BadStatus, Refused
from .backoff import parse_retry_after, pause_before_retry
from .clock import SMALLEST_SKEW, measure_offset
from .codes import ErrorKind
from .errors import InvalidJsonWarning
from .faults import FaultKind, TransportFault
from .logs import CallLog
from .operation import walk
from .request import signed_request
from .retry import retries_code, retries_fault, retries_status, retries_unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from .core import ClientCore
    from .errors import DialspecError
    from .failures import Failures
    from .options import Options, Timeouts
    from .records import Record
    from .reply import Reply
    from .request import EncodedCall, WireRequest

SKEW_BEHIND_REFUSAL: Final = 30.0
"""Seconds of difference from which a refused signature may be a refused timestamp."""


class Exchange:
    """The tries of one call."""

    __slots__ = (
        "_body",
        "_call",
        "_clock_mended",
        "_core",
        "_deadline_at",
        "_earlier",
        "_log",
        "_options",
        "_retries",
        "_sent_at",
        "_sent_offset",
        "attempts",
        "document",
        "reply",
    )

    def __init__(self, core: ClientCore, call: EncodedCall, options: Options) -> None:
        self._core = core
        self._call = call
        self._options = options
        self._body = call.body()
        self._log = CallLog(core, call.operation)
        self._retries = 0
        self._earlier: Callable[[Failures], DialspecError] | None = None
        self._clock_mended = False
        self._sent_at = 0.0
        self._sent_offset = 0.0
        deadline = options.deadline
        self._deadline_at = None if deadline is None else core.surroundings.monotonic() + deadline
        self.attempts = 0
        self.document: Record | None = None
        self.reply: Reply | None = None

    @property
    def deadline_at(self) -> float | None:
        """The moment, on the monotonic clock, at which the call is lost."""
        return self._deadline_at

    def timeouts(self) -> Timeouts:
        """Return the times for the next try, which may not outlast the deadline."""
        left = self._time_left()
        if left is None:
            return self._options.timeouts
        if left <= 0:
            self._lose(lambda failures: failures.of_transport(TransportFault(FaultKind.DEADLINE)))
        return self._options.timeouts.within(left)

    def next_request(self) -> WireRequest:
        """Sign the next try."""
        self.attempts += 1
        self._log.sending(self.attempts, self._body)
        self._sent_offset = self._core.clock.offset
        self._sent_at = self._core.surroundings.wall()
        return signed_request(self._core, self._call, self._options, self._body)

    def ended(self, outcome: Reply | TransportFault) -> float | None:
        """Take what one try ended with: `failed` or `answered`."""
        if isinstance(outcome, TransportFault):
            return self.failed(outcome)
        return self.answered(outcome)

    def ended_unjudged(self, outcome: Reply | TransportFault) -> None:
        """Take what a single try ended with, and leave the answer to `judge`."""
        if isinstance(outcome, TransportFault):
            self.failed(outcome)
        else:
            self._log.received(self.attempts, outcome)
            self.reply = outcome

    def failed(self, fault: TransportFault) -> float:
        """Take note that no answer came; return the pause before the next try, or raise."""
        if fault.kind is FaultKind.TOO_SOON:
            self._lose_too_soon(fault)
        again = retries_fault(self._call.operation.effect, fault)
        return self._again_or_lose(
            again,
            fault.kind.value,
            None,
            lambda failures: failures.of_transport(fault),
            # A turn that did not come in time costs the vendor nothing.
            is_free=fault.kind is FaultKind.POOL_TIMEOUT,
        )

    def answered(self, reply: Reply) -> float | None:
        """Take an answer; return None if it is the end, the pause before the next try, or raise."""
        self._log.received(self.attempts, reply)
        self.reply = reply
        return self._judged(reply)

    def _judged(self, reply: Reply) -> float | None:
        from .decode import (
            read_answer,  # with the first answer comes pydantic, not with the first request
        )

        answer = read_answer(
            self._call.operation,
            reply,
            redactor=self._core.redactor,
            timezone=self._options.timezone,
            strict=self._core.strict,
        )
        if isinstance(answer, Accepted):
            self._accept(answer)
            return None
        effect = self._call.operation.effect
        named = self._core.provider.retry_statuses
        if isinstance(answer, Refused):
            if answer.documented is not None and answer.documented.kind is ErrorKind.CLOCK:
                return self._mend_clock(answer, reply)
            return self._again_or_lose(
                retries_code(effect, answer, reply.status_code, named),
                f"code {answer.code}",
                reply,
                lambda failures: failures.of_code(answer, reply),
            )
        if isinstance(answer, BadStatus):
            if reply.status_code == 401 or reply.status_code in self._core.provider.clock_statuses:
                return self._mend_unauthorized(reply, answer)
            return self._again_or_lose(
                retries_status(effect, reply.status_code, named),
                f"HTTP {reply.status_code}",
                reply,
                lambda failures: failures.of_status(answer, reply),
            )
        return self._again_or_lose(
            retries_unreadable(effect, answer),
            "not the documented answer",
            reply,
            lambda failures: failures.of_unreadable(answer, reply),
        )

    def received(self) -> Reply:
        """Return the answer; a driver returns an exchange only when there is one."""
        return cast("Reply", self.reply)

    def judge(self) -> None:
        """Raise what the answer says, for an exchange of a single try whose answer was not looked at."""
        self._judged(self.received())

    def decoded(self) -> Record:
        """Return the document; a driver returns only after success."""
        return cast("Record", self.document)

    def result(self) -> object:
        """Return what a plain call returns: the document, or what the endpoint calls its result."""
        operation = self._call.operation
        value = walk(self.document, operation.result) if operation.result else self.document
        if value is None and self.reply is not None and not operation.result_may_be_null:
            raise self._failures().of_missing_result(self.reply)
        return value

    def _accept(self, answer: Accepted) -> None:
        self._core.budget.succeeded()
        self._log.succeeded(self.attempts)
        self.document = answer.document
        if answer.mended:
            warnings.warn(
                f"{self._call.operation.full_name}: the answer held a lone backslash inside a string, which is "
                "no JSON; it was read as a backslash",
                InvalidJsonWarning,
                stacklevel=2,
            )

    def _mend_clock(self, refused: Refused, reply: Reply) -> float:
        """Deal with a code that refuses the timestamp."""
        offset = self._measured_offset(reply)
        may_mend = not self._clock_mended and self._options.max_retries > 0 and offset is not None
        return self._resend_or_lose(
            may_mend,
            offset,
            f"code {refused.code}",
            lambda failures: failures.of_clock(refused, reply, offset, mended=self._clock_mended),
        )

    def _mend_unauthorized(self, reply: Reply, answer: BadStatus) -> float:
        """Deal with a refused signature, which may be a refused timestamp if the clocks are far apart."""
        offset = self._measured_offset(reply)
        is_skewed = offset is not None and abs(offset - self._sent_offset) > SKEW_BEHIND_REFUSAL
        may_mend = (
            is_skewed
            and reply.status_code in self._core.provider.clock_statuses
            and not self._clock_mended
            and self._options.max_retries > 0
        )
        return self._resend_or_lose(
            may_mend,
            offset if is_skewed else None,
            f"HTTP {reply.status_code}",
            lambda failures: (
                failures.of_unauthorized(reply, offset)
                if reply.status_code == 401
                else failures.of_status(answer, reply)
            ),
        )

    def _resend_or_lose(
        self,
        may_mend: bool,
        offset: float | None,
        reason: str,
        error: Callable[[Failures], DialspecError],
    ) -> float:
        """Remember the vendor's clock; sign anew once, or lose the call."""
        is_skewed = offset is not None and abs(offset - self._sent_offset) >= SMALLEST_SKEW
        if offset is not None and is_skewed:
            self._core.clock.learn(offset)
        # A refusal that no skew explains is tried once more too, but at the expense of the budget.
        if may_mend and (is_skewed or self._core.budget.take()):
            self._clock_mended = True
            self._log.retrying(self.attempts, reason, 0.0)
            return 0.0
        return self._lose(error)

    def _measured_offset(self, reply: Reply) -> float | None:
        headers = reply.headers
        return measure_offset(
            headers.get("date", ""),
            headers.get("age", ""),
            self._sent_at,
            self._core.surroundings.wall(),
        )

    def _again_or_lose(
        self,
        is_safe: bool,
        reason: str,
        reply: Reply | None,
        error: Callable[[Failures], DialspecError],
        *,
        is_free: bool = False,
    ) -> float:
        """Return the pause before another try if everything allows one; raise if anything does not."""
        retry_after = None
        if reply is not None and "retry-after" in reply.headers:
            retry_after = parse_retry_after(
                reply.headers["retry-after"], self._core.surroundings.wall()
            )
        if not is_safe or self._retries >= self._options.max_retries:
            self._lose(error, retry_after)
        pause = pause_before_retry(self._retries + 1, retry_after, self._core.surroundings.dice)
        left = self._time_left()
        if left is not None and pause >= left:
            self._lose(error, retry_after, "the deadline leaves no time for another")
        if not is_free and not self._core.budget.take():
            self._lose(error, retry_after, "the retry budget is used up")
        self._retries += 1
        self._earlier = error
        self._log.retrying(self.attempts, reason, pause)
        return pause

    def _lose_too_soon(self, fault: TransportFault) -> NoReturn:
        """Lose a call whose turn is too far away; of a retry, tell what made it necessary."""
        if self._earlier is not None:
            note = "the vendor's interval between two calls leaves no time for another"
            self._lose(self._earlier, fault.retry_after, note)
        self._lose(lambda failures: failures.of_transport(fault), fault.retry_after)

    def _failures(self, retry_after: float | None = None, note: str = "") -> Failures:
        from .failures import Failures  # most calls need none

        return Failures(self._core, self._call.operation, self.attempts, retry_after, note)

    def _time_left(self) -> float | None:
        if self._deadline_at is None:
            return None
        return self._deadline_at - self._core.surroundings.monotonic()

    def _lose(
        self,
        error: Callable[[Failures], DialspecError],
        retry_after: float | None = None,
        note: str = "",
    ) -> NoReturn:
        lost = error(self._failures(retry_after, note))
        self._log.failed(lost.message)
        raise lost
