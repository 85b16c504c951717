"""The vendors' ways to sign a request, as pure functions of its parts and the clock.

In: what is about to be sent (`SigningParts`), the credentials, the vendor's time in seconds since 1970. Out:
the headers to add. A signature is made anew for each try, since it holds the time. How a scheme writes its
keys and signatures is data of the scheme: public ports of `auth-v2` disagree about it.

MD5 is the choice of the vendors that use it; their `Sign` protects neither the path nor the body.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, Literal, Protocol
from urllib.parse import quote_from_bytes

from .frozen import frozen
from .secret import Secret

Credentials = Mapping[str, Secret]
"""Keys and secrets, by the name of the client's argument."""

NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


@frozen
class SigningParts:
    """What of a request can take part in a signature."""

    method: str
    path: str
    """With its leading slash, and not percent-encoded."""
    query: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = NO_HEADERS
    """By lower-case name, exactly as sent."""
    body: bytes = b""

    def __repr__(self) -> str:
        return f"<SigningParts of {self.method} {self.path}>"


class Signer(Protocol):
    """A signing scheme."""

    @property
    def needs_body(self) -> bool:
        """Whether headers and body take part; a scheme that says no is not given them."""
        ...

    @property
    def credentials(self) -> tuple[str, ...]:
        """The names of the credentials it uses."""
        ...

    @property
    def header_names(self) -> tuple[str, ...]:
        """The names of the headers it adds."""
        ...

    def sign(
        self, parts: SigningParts, credentials: Credentials, now: float, /
    ) -> list[tuple[str, str]]:
        """Return the headers that sign the request."""
        ...


@frozen
class Md5Sign:
    """MD5 of key, secret and time, each in a header of its own (NIO, LAAFFIC, Onbuka)."""

    key_header: str
    timestamp_header: str
    signature_header: str
    key: str = "api_key"
    secret: str = "api_secret"  # noqa: S105  # the name of a credential, not one

    @property
    def needs_body(self) -> bool:
        """Neither headers nor body are signed."""
        return False

    @property
    def credentials(self) -> tuple[str, ...]:
        """Key and secret."""
        return self.key, self.secret

    @property
    def header_names(self) -> tuple[str, ...]:
        """Key, time and signature."""
        return self.key_header, self.timestamp_header, self.signature_header

    def sign(
        self, _parts: SigningParts, credentials: Credentials, now: float, /
    ) -> list[tuple[str, str]]:
        """Sign key, secret and whole seconds."""
        timestamp = str(int(now))
        return [
            (self.key_header, credentials[self.key].reveal()),
            (self.timestamp_header, timestamp),
            (
                self.signature_header,
                md5_signature(credentials[self.key], credentials[self.secret], timestamp),
            ),
        ]


def md5_signature(key: Secret, secret: Secret, timestamp: str) -> str:
    """Return the 32 hexadecimal digits that sign `timestamp`."""
    text = f"{key.reveal()}{secret.reveal()}{timestamp}".encode()
    return hashlib.md5(text, usedforsecurity=False).hexdigest()


@frozen
class AuthV2:
    """HMAC-SHA256 over a canonical request, in the header `Authorization` (Huawei CC-iSales, "C2")."""

    key: str = "access_key"
    secret: str = "secret_key"  # noqa: S105  # the name of a credential, not one
    key_form: Literal["hex", "raw"] = "hex"
    """How the derived signing key enters the second HMAC: as hexadecimal text, or as its 32 bytes."""
    signature_form: Literal["hex", "base64"] = "hex"
    payload_separator: str = "\n"
    """What stands between the canonical headers and the payload."""
    signed_headers: tuple[str, ...] = ("content-length", "content-type", "host")

    @property
    def needs_body(self) -> bool:
        """Headers and body are signed."""
        return True

    @property
    def credentials(self) -> tuple[str, ...]:
        """Key and secret."""
        return self.key, self.secret

    @property
    def header_names(self) -> tuple[str, ...]:
        """The one header."""
        return ("Authorization",)

    def sign(
        self, parts: SigningParts, credentials: Credentials, now: float, /
    ) -> list[tuple[str, str]]:
        """Sign method, path, query, the signed headers that are there, and the body."""
        names = ";".join(sorted(name for name in self.signed_headers if name in parts.headers))
        prefix = f"auth-v2/{credentials[self.key].reveal()}/{_utc_text(now)}/{names}"
        message = self.canonical_request(parts, names).encode()
        return [
            (
                "Authorization",
                f"{prefix}/{self._signature(credentials[self.secret], prefix, message)}",
            )
        ]

    def canonical_request(self, parts: SigningParts, names: str) -> str:
        """Return the text that is signed."""
        query = "&".join(
            sorted(f"{normalize(key)}={normalize(value)}" for key, value in parts.query)
        )
        headers = "\n".join(
            f"{normalize(name)}:{normalize(parts.headers[name].strip())}"
            for name in names.split(";")
            if name
        )
        head = "\n".join((parts.method, parts.path, query, names, headers))
        return head + self.payload_separator + normalize(parts.body)

    def _signature(self, secret: Secret, prefix: str, message: bytes) -> str:
        derived = hmac.digest(secret.reveal().encode(), prefix.encode(), hashlib.sha256)
        key = derived.hex().encode() if self.key_form == "hex" else derived
        signature = hmac.digest(key, message, hashlib.sha256)
        return (
            signature.hex()
            if self.signature_form == "hex"
            else base64.b64encode(signature).decode()
        )


def normalize(value: str | bytes) -> str:
    """Percent-encode every byte of the UTF-8 form except letters, digits and `-._~`."""
    return quote_from_bytes(value.encode() if isinstance(value, str) else value, safe="")


def _utc_text(now: float) -> str:
    # Whole milliseconds first: rounding a float while formatting could give second 60.
    seconds, milliseconds = divmod(int(now * 1000), 1000)
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds:03d}Z"
