"""Checks the auth-v2 scheme from the vendor's side: HMAC-SHA256 over a canonical form of what was received.

Written from the collected facts alone. The path is taken as received, with the simulator's mount prefix in it, because
the client signs the path that it sends; both the percent-encoded and the decoded path are accepted, since the facts
only say that it is "put in unencoded". How key and signature are written is data of the scheme, as public ports differ.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from dialspec.api import AuthV2
from dialspec.simulator.messages import Request
from dialspec.simulator.verdict import Verdict

_AUTHORIZATION: Final = re.compile(
    r"(?P<prefix>auth-v2/(?P<key>[^/]+)/"
    r"(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/"
    r"(?P<names>[a-z0-9-]+(?:;[a-z0-9-]+)*))/(?P<signature>[A-Za-z0-9+/=]+)"
)


class AuthV2Verifier:
    """Judges requests signed with one access key and secret key."""

    def __init__(self, scheme: AuthV2, credentials: Mapping[str, str], tolerance: int) -> None:
        self._scheme = scheme
        self._key = credentials[scheme.key]
        self._secret = credentials[scheme.secret]
        self._tolerance = tolerance

    def verdict(self, request: Request, now: float) -> Verdict:
        """Judge the Authorization header; `now` is the server's time in seconds since 1970."""
        found = _AUTHORIZATION.fullmatch(request.header("authorization") or "")
        if found is None:
            return Verdict.UNAUTHENTICATED
        names = found["names"].split(";")
        if "host" not in names or names != sorted(set(names)) or not _covers_body(names, request):
            return Verdict.UNAUTHENTICATED
        if not hmac.compare_digest(found["key"].encode(), self._key.encode()):
            return Verdict.UNAUTHENTICATED
        key = _signing_key(self._scheme, self._secret, found["prefix"])
        given = found["signature"].encode()
        expected = (
            _signature(self._scheme, key, canonical_request(self._scheme, request, names, path))
            for path in {request.target, request.path}
        )
        # A list, so that all are compared and the time taken tells nothing.
        if not any([hmac.compare_digest(given, one.encode()) for one in expected]):  # noqa: C419
            return Verdict.UNAUTHENTICATED
        try:
            signed_at = datetime.datetime.fromisoformat(found["time"]).timestamp()
        except ValueError:
            return Verdict.UNAUTHENTICATED
        late = abs(now - signed_at) > self._tolerance
        return Verdict.EXPIRED if late else Verdict.ACCEPTED


def canonical_request(scheme: AuthV2, request: Request, names: list[str], path: str) -> str:
    """Give the text that is signed: six parts on lines of their own, the headers on one line each."""
    query = "&".join(
        sorted(f"{_normalized(name)}={_normalized(value)}" for name, value in request.query_pairs())
    )
    headers = "\n".join(
        f"{_normalized(name)}:{_normalized((request.header(name) or '').strip())}" for name in names
    )
    separator = "\n\n" if scheme.payload_separator == "blank_line" else "\n"
    head = "\n".join((request.method, path, query, ";".join(names), headers))
    return f"{head}{separator}{_normalized(request.body)}"


def _covers_body(names: list[str], request: Request) -> bool:
    """Tell whether the signed headers are there, and the length among them is the true one."""
    if any(request.header(name) is None for name in names):
        return False
    return "content-length" not in names or request.header("content-length") == str(
        len(request.body)
    )


def _signing_key(scheme: AuthV2, secret: str, prefix: str) -> bytes:
    digest = hmac.new(secret.encode(), prefix.encode(), hashlib.sha256)
    return digest.hexdigest().encode() if scheme.key_form == "hex" else digest.digest()


def _signature(scheme: AuthV2, key: bytes, text: str) -> str:
    digest = hmac.new(key, text.encode(), hashlib.sha256)
    if scheme.signature_form == "hex":
        return digest.hexdigest()
    return base64.b64encode(digest.digest()).decode()


def _normalized(value: str | bytes) -> str:
    return quote(value, safe="-._~")
