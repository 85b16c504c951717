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


def verify_md5(
    scheme: Md5Sign, request: Request, credentials: Mapping[str, str], now: float, tolerance: int
) -> Verdict:
    """Judge the three headers of a request; `now` is the server's time in seconds since 1970."""
    key = request.header(scheme.key_header.reveal())
    timestamp = request.header(scheme.timestamp_header.reveal())
    signature = request.header(scheme.signature_header.reveal())
    if not key or not timestamp or not signature:
        return Verdict.UNAUTHENTICATED
    text = f"{credentials[scheme.key]}{credentials[scheme.secret]}{timestamp}"
    expected = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    known = hmac.compare_digest(key.encode(), credentials[scheme.key].encode())
    signed = hmac.compare_digest(signature.lower().encode(), expected.encode())
    if not (known and signed) or _SECONDS.fullmatch(timestamp) is None:
        return Verdict.UNAUTHENTICATED
    return Verdict.EXPIRED if abs(now - int(timestamp)) > tolerance else Verdict.ACCEPTED
