"""Checks the MD5 scheme from the vendor's side: Sign = MD5(key + secret + timestamp), hexadecimal in either case.

Written from the vendors' pages alone. Neither method, path nor body is covered.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Final

from dialspec.api import Md5Sign
from dialspec.simulator.messages import Request
from dialspec.simulator.verdict import Verdict

_SECONDS: Final = re.compile(r"\d{1,12}")


class Md5Verifier:
    """Judges requests signed with one key and secret."""

    def __init__(self, scheme: Md5Sign, credentials: Mapping[str, str], tolerance: int) -> None:
        self._key_header = scheme.key_header.reveal().lower()
        self._timestamp_header = scheme.timestamp_header.reveal().lower()
        self._signature_header = scheme.signature_header.reveal().lower()
        self._key = credentials[scheme.key].encode()
        self._signed = self._key + credentials[scheme.secret].encode()
        self._tolerance = tolerance

    def verdict(self, request: Request, now: float) -> Verdict:
        """Judge the three headers of a request; `now` is the server's time in seconds since 1970."""
        headers = request.headers
        key = headers.get(self._key_header)
        timestamp = headers.get(self._timestamp_header)
        signature = headers.get(self._signature_header)
        if not key or not timestamp or not signature:
            return Verdict.UNAUTHENTICATED
        expected = hashlib.md5(self._signed + timestamp.encode(), usedforsecurity=False).hexdigest()
        known = hmac.compare_digest(key.encode(), self._key)
        signed = hmac.compare_digest(signature.lower().encode(), expected.encode())
        if not (known and signed) or _SECONDS.fullmatch(timestamp) is None:
            return Verdict.UNAUTHENTICATED
        late = abs(now - int(timestamp)) > self._tolerance
        return Verdict.EXPIRED if late else Verdict.ACCEPTED
