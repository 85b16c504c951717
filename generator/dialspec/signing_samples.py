"""Signatures for the samples of the docs, computed from a fixed clock and from credentials that open nothing.

In: the signing scheme of a provider and the parts of one request. Out: the headers that sign it. This is a second,
deliberately plain reading of the vendors' rules: the clients sign with code of their own, and the tests hold both
against the same known answers, so that a mistake made in one place shows.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from dialspec.api import Auth, AuthV2, Md5Sign

MD5_KEY: Final = "bDqJFiq9"
MD5_SECRET: Final = "7bz1lzh9"  # noqa: S105 - printed on the vendors' public pages
MD5_TIMESTAMP: Final = "1630468800"

V2_KEY: Final = "sample-access-key"
V2_SECRET: Final = "sample-secret-key"  # noqa: S105 - made up for the docs
V2_TIMESTAMP: Final = "2026-01-01T00:00:00.000Z"


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """The parts of a request that a signature may cover. `query` holds decoded pairs, `headers` wire names."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class SampleCredentials:
    """The key, secret and time that a sample is signed with."""

    key: str
    secret: str
    timestamp: str


def sample_credentials(auth: Auth) -> SampleCredentials:
    """Give the credentials that the docs use for a scheme."""
    if isinstance(auth, Md5Sign):
        return SampleCredentials(MD5_KEY, MD5_SECRET, MD5_TIMESTAMP)
    return SampleCredentials(V2_KEY, V2_SECRET, V2_TIMESTAMP)


def signature_headers(
    auth: Auth, request: SampleRequest, credentials: SampleCredentials
) -> dict[str, str]:
    """Compute the headers that authenticate `request`."""
    if isinstance(auth, Md5Sign):
        return {
            auth.key_header.reveal(): credentials.key,
            auth.timestamp_header.reveal(): credentials.timestamp,
            auth.signature_header.reveal(): _md5_signature(credentials),
        }
    return {"Authorization": _authorization(auth, request, credentials)}


def _md5_signature(credentials: SampleCredentials) -> str:
    text = credentials.key + credentials.secret + credentials.timestamp
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _authorization(auth: AuthV2, request: SampleRequest, credentials: SampleCredentials) -> str:
    present = {name.lower(): value.strip() for name, value in request.headers.items()}
    signed = sorted(
        name
        for name in (header.reveal().lower() for header in auth.signed_headers)
        if name in present
    )
    prefix = f"auth-v2/{credentials.key}/{credentials.timestamp}/{';'.join(signed)}"
    derived = hmac.new(credentials.secret.encode(), prefix.encode(), hashlib.sha256)
    signing_key = derived.hexdigest().encode() if auth.key_form == "hex" else derived.digest()
    signature = hmac.new(
        signing_key, _canonical_request(auth, request, signed, present).encode(), hashlib.sha256
    )
    text = (
        signature.hexdigest()
        if auth.signature_form == "hex"
        else b64encode(signature.digest()).decode()
    )
    return f"{prefix}/{text}"


def _canonical_request(
    auth: AuthV2, request: SampleRequest, signed: list[str], present: Mapping[str, str]
) -> str:
    query = "&".join(sorted(f"{_encoded(name)}={_encoded(value)}" for name, value in request.query))
    lines = [request.method, request.path, query, ";".join(signed)]
    lines += [f"{_encoded(name)}:{_encoded(present[name])}" for name in signed]
    if auth.payload_separator == "blank_line":
        lines.append("")
    lines.append(_encoded(request.body.decode()))
    return "\n".join(lines)


def _encoded(text: str) -> str:
    return quote(text, safe="-._~")
