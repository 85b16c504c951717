"""What all calls of one client stand on.

`ClientCore` is made once per client and shared by the copies that `with_options` makes: vendor, credentials,
base URL, the vendor's clock as far as it is known, the retry budget. It does no I/O and can be used from many
threads.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from .errors import ConfigurationError, CredentialsError
from .frozen import frozen
from .options import is_header_value
from .secret import Secret
from .version import VERSION

if TYPE_CHECKING:
    from .base_url import BaseUrl
    from .budget import RetryBudget
    from .clock import ServerClock
    from .provider import ProviderInfo
    from .redaction import Redactor
    from .surroundings import Surroundings

ACCEPT_ENCODING: Final = "gzip, deflate"
"""The codings that `content_coding` can undo."""


@frozen
class ClientCore:
    """The part of a client that has no connections."""

    provider: ProviderInfo
    credentials: Mapping[str, Secret]
    settings: Mapping[str, str]
    """Values for path placeholders, by wire name, as text."""
    base: BaseUrl
    clock: ServerClock
    budget: RetryBudget
    redactor: Redactor
    surroundings: Surroundings
    max_response_bytes: int
    strict: bool
    log_bodies: bool

    @cached_property
    def standing_headers(self) -> tuple[tuple[str, str], ...]:
        """The headers that every request carries."""
        return (
            ("Host", self.base.netloc),
            ("Accept", "application/json"),
            ("Accept-Encoding", ACCEPT_ENCODING),
            ("User-Agent", f"dialspec/{VERSION}"),
            *self.provider.headers.items(),
        )

    @cached_property
    def standing_raw_headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """The same, ready for the wire."""
        return tuple(raw_headers(self.standing_headers))

    @cached_property
    def logger(self) -> logging.Logger:
        """Where calls of this vendor are logged."""
        return logging.getLogger(f"dialspec.{self.provider.name}")

    @cached_property
    def reserved_headers(self) -> frozenset[str]:
        """Lower-case names of headers that a user can't set: they sign the request."""
        return frozenset(name.lower() for name in self.provider.signer.header_names)

    def signing_time(self) -> float:
        """Return the vendor's time, as far as it is known."""
        return self.surroundings.wall() + self.clock.offset


def raw_headers(
    headers: tuple[tuple[str, str], ...] | list[tuple[str, str]],
) -> list[tuple[bytes, bytes]]:
    """Encode headers for the wire."""
    return [(name.encode("ascii"), value.encode("ascii")) for name, value in headers]


def checked_credentials(provider: ProviderInfo, given: Mapping[str, str]) -> dict[str, Secret]:
    """Take the credentials of a client; refuse all that are missing or can't be sent, in one go."""
    problems: list[str] = []
    for name in provider.signer.credentials:
        value = given.get(name)
        variable = provider.variable(name)
        if not isinstance(value, str) or not value:
            problems.append(f"{name} is missing (from_env() reads it from {variable})")
        elif not is_header_value(value):
            problems.append(
                f"{name} (variable {variable}) holds spaces around it or characters that are not printable ASCII"
            )
    if problems:
        raise CredentialsError(f"{provider.title}: {'; '.join(problems)}")
    return {name: Secret(given[name]) for name in provider.signer.credentials}


def checked_size(max_response_bytes: object) -> int:
    """Take the size limit of answers."""
    if (
        isinstance(max_response_bytes, bool)
        or not isinstance(max_response_bytes, int)
        or max_response_bytes < 1
    ):
        raise ConfigurationError("max_response_bytes has to be an integer of at least 1")
    return max_response_bytes
