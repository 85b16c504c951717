"""The bases of generated clients.

In: the keyword arguments of a client, as the user gave them. Out: a client on which generated resources make
their calls; its repr shows the host and the clock offset, never a credential. Refused before anything is sent:
missing credentials, a base URL over plain http, options that make no sense.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from .base_url import BaseUrl
from .budget import RetryBudget
from .clock import ServerClock
from .core import ClientCore, checked_credentials, checked_size
from .errors import ConfigurationError
from .lines import AsyncLine, SyncLine
from .options import (
    DEFAULT_MAX_RESPONSE_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_TIMEOUT,
    Options,
    Timeouts,
    checked_switch,
)
from .provider import Setting
from .redaction import Redactor
from .request import setting_as_text
from .surroundings import Surroundings
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from datetime import tzinfo

    from .http_client import AsyncHttpClient, HttpClient
    from .provider import ProviderInfo


LineT = TypeVar("LineT", SyncLine, AsyncLine)


class _Client(Generic[LineT]):
    """What sync and async clients have in common: everything but the connections."""

    _core: ClientCore
    _options: Options
    _line: LineT

    def _set_up(
        self,
        provider: ProviderInfo,
        credentials: Mapping[str, str],
        settings: Mapping[str, object],
        base_url: str,
        *,
        options: Options,
        allow_plain_http: bool,
        max_response_bytes: int,
        strict: bool,
        log_bodies: bool,
        surroundings: Surroundings | None,
    ) -> None:
        checked = checked_credentials(provider, credentials)
        surroundings = surroundings or Surroundings()
        self._options = options
        self._core = ClientCore(
            provider=provider,
            credentials=MappingProxyType(checked),
            settings=MappingProxyType(_checked_settings(provider, settings)),
            base=BaseUrl.parse(
                base_url,
                allow_plain_http=checked_switch(
                    "allow_plain_http", allow_plain_http, ConfigurationError
                ),
            ),
            clock=ServerClock(),
            budget=RetryBudget(surroundings.monotonic),
            redactor=Redactor(secret.reveal() for secret in checked.values()),
            surroundings=surroundings,
            max_response_bytes=checked_size(max_response_bytes),
            strict=checked_switch("strict", strict, ConfigurationError),
            log_bodies=checked_switch("log_bodies", log_bodies, ConfigurationError),
        )

    def with_options(
        self,
        *,
        timeout: float | Timeouts | Unset | None = UNSET,
        deadline: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | Unset | None = UNSET,
        timezone: tzinfo | Unset | None = UNSET,
        allow_inferred: bool | Unset = UNSET,
    ) -> Self:
        """Return a copy with other options; it shares connections, clock offset and retry budget.

        Closing the copy closes the original too.
        """
        options = self._options.changed(
            ConfigurationError,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            extra_headers=extra_headers,
            timezone=timezone,
            allow_inferred=allow_inferred,
            reserved=self._core.reserved_headers,
        )
        # Not copied as a whole: resources that the original has made already belong to the original.
        copy = object.__new__(type(self))
        copy._core = self._core
        copy._options = options
        copy._line = self._line
        return copy

    def __inside__(self) -> tuple[ClientCore, Options, LineT]:
        """Return what resources need; plain names are left to the resources themselves."""
        return self._core, self._options, self._line

    @property
    def clock_offset(self) -> float:
        """Seconds by which the vendor's clock is ahead of this machine's; 0 until a timestamp was refused."""
        return self._core.clock.offset

    def __repr__(self) -> str:
        core = self._core
        settings = "".join(f", {name}={value}" for name, value in core.settings.items())
        return f"<{type(self).__name__} {core.base.text}{settings}, clock offset {core.clock.offset:+.1f} s>"


class SyncClient(_Client[SyncLine]):
    """The base of generated sync clients; may be shared between threads."""

    def __init__(
        self,
        provider: ProviderInfo,
        *,
        credentials: Mapping[str, str],
        settings: Mapping[str, object] = MappingProxyType({}),
        base_url: str,
        timeout: float | Timeouts | None = DEFAULT_TIMEOUT,
        deadline: float | None = None,
        max_retries: int = DEFAULT_MAX_RETRIES,
        http_client: HttpClient | None = None,
        timezone: tzinfo | None = None,
        extra_headers: Mapping[str, str] | None = None,
        allow_plain_http: bool = False,
        max_response_bytes: int = DEFAULT_MAX_RESPONSE_BYTES,
        strict: bool = False,
        log_bodies: bool = False,
        allow_inferred: bool = False,
        _surroundings: Surroundings | None = None,
    ) -> None:
        """Set the client up; nothing is sent.

        Args:
            provider: The vendor.
            credentials: Keys and secrets, by the name of the generated argument.
            settings: What goes into every path, such as Huawei's `vdnId`.
            base_url: Where the vendor is reached.
            timeout: Seconds per try, for each of connecting, sending, receiving; `None` waits without end.
            deadline: Seconds for a whole call with all its tries and pauses. It is looked at between the
                pieces of an answer; only an async client is cut off in the middle of one.
            max_retries: How often a call is sent again, where that is safe; 0 sends exactly one request.
            http_client: An `httpx.Client` of your own, for proxies, client certificates or tests. Proxies of
                the environment (`HTTPS_PROXY`) are honoured only by such a client. It is not closed.
            timezone: The zone of moments for which the vendor documents none.
            extra_headers: Sent with every request.
            allow_plain_http: Allow a base URL with `http://` to another machine.
            max_response_bytes: Largest answer that is read, after decompression.
            strict: Refuse answers with fields or enum values that are not documented; for tests.
            log_bodies: Write request and response bodies to the log, masked.
            allow_inferred: Allow endpoints that the vendor's own pages lack, and that are described after the
                pages of another brand of the same platform.
        """
        options = Options().changed(
            ConfigurationError,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            extra_headers=extra_headers,
            timezone=timezone,
            allow_inferred=allow_inferred,
            reserved=frozenset(name.lower() for name in provider.signer.header_names),
        )
        self._set_up(
            provider,
            credentials,
            settings,
            base_url,
            options=options,
            allow_plain_http=allow_plain_http,
            max_response_bytes=max_response_bytes,
            strict=strict,
            log_bodies=log_bodies,
            surroundings=_surroundings,
        )
        self._line = SyncLine(self._core, http_client)

    def close(self) -> None:
        """Close all connections; later calls are refused. An `http_client` of your own stays open."""
        self._line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncClient(_Client[AsyncLine]):
    """The base of generated async clients; for the tasks of one event loop."""

    def __init__(
        self,
        provider: ProviderInfo,
        *,
        credentials: Mapping[str, str],
        settings: Mapping[str, object] = MappingProxyType({}),
        base_url: str,
        timeout: float | Timeouts | None = DEFAULT_TIMEOUT,
        deadline: float | None = None,
        max_retries: int = DEFAULT_MAX_RETRIES,
        http_client: AsyncHttpClient | None = None,
        timezone: tzinfo | None = None,
        extra_headers: Mapping[str, str] | None = None,
        allow_plain_http: bool = False,
        max_response_bytes: int = DEFAULT_MAX_RESPONSE_BYTES,
        strict: bool = False,
        log_bodies: bool = False,
        allow_inferred: bool = False,
        _surroundings: Surroundings | None = None,
    ) -> None:
        """Set the client up; nothing is sent. The arguments are those of `SyncClient`."""
        options = Options().changed(
            ConfigurationError,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            extra_headers=extra_headers,
            timezone=timezone,
            allow_inferred=allow_inferred,
            reserved=frozenset(name.lower() for name in provider.signer.header_names),
        )
        self._set_up(
            provider,
            credentials,
            settings,
            base_url,
            options=options,
            allow_plain_http=allow_plain_http,
            max_response_bytes=max_response_bytes,
            strict=strict,
            log_bodies=log_bodies,
            surroundings=_surroundings,
        )
        self._line = AsyncLine(self._core, http_client)

    async def aclose(self) -> None:
        """Close all connections; later calls are refused. An `http_client` of your own stays open."""
        await self._line.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


def _checked_settings(provider: ProviderInfo, given: Mapping[str, object]) -> dict[str, str]:
    """Take the settings of a client, by wire name or Python name, and check each against its range."""
    checked: dict[str, str] = {}
    for parameter in provider.settings:
        value = given.get(parameter.wire, given.get(parameter.name))
        plain = value.value if isinstance(value, Setting) else value
        checked[parameter.wire] = setting_as_text(provider, parameter, plain)
    return checked
