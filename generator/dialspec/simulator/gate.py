"""The vendor's gateway: who may come in, and how the others are turned away.

The MD5 brands answer HTTP 200 and a code in the endpoint's own envelope; auth-v2 answers HTTP 401.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dialspec.api import AuthV2, Md5Sign, Provider
from dialspec.simulator.auth_v2 import AuthV2Verifier
from dialspec.simulator.envelopes import EnvelopeSpelling, message_of
from dialspec.simulator.md5_sign import Md5Verifier
from dialspec.simulator.messages import Answer, Request
from dialspec.simulator.verdict import Verdict
from dialspec.spec.language.kinds import ErrorKind

_UNAUTHORIZED: Final = 401


class Gate:
    """Checks the requests of one provider."""

    def __init__(self, provider: Provider, credentials: Mapping[str, str]) -> None:
        self._provider = provider
        tolerance = provider.clock_tolerance
        self._verifier: Md5Verifier | AuthV2Verifier
        match provider.auth:
            case Md5Sign() as scheme:
                self._verifier = Md5Verifier(scheme, credentials, tolerance)
            case AuthV2() as scheme:
                self._verifier = AuthV2Verifier(scheme, credentials, tolerance)

    def verdict(self, request: Request, now: float) -> Verdict:
        """Judge the signature and time of a request by the server's clock."""
        return self._verifier.verdict(request, now)

    def refuse(self, verdict: Verdict, spelling: EnvelopeSpelling) -> Answer:
        """Give the answer to a request that may not come in."""
        expired = verdict is Verdict.EXPIRED
        reason = (
            "the timestamp is too far from the server's clock"
            if expired
            else ("the signature, its key or its headers are wrong or missing")
        )
        status = _UNAUTHORIZED if isinstance(self._provider.auth, AuthV2) else 200
        code = spelling.code_of(ErrorKind.CLOCK) if expired else None
        code = code or spelling.code_of(ErrorKind.AUTHENTICATION)
        text, message = (
            (code.text.reveal(), message_of(code)) if code else self._plain(expired=expired)
        )
        return Answer(status, spelling.refusal(text, message), text, reason)

    def _plain(self, *, expired: bool) -> tuple[str, str]:
        """Give code and text where no page documents them."""
        if expired and self._provider.clock_codes:
            return self._provider.clock_codes[0].reveal(), "timestamp expires"
        return str(_UNAUTHORIZED), "Unauthorized"
