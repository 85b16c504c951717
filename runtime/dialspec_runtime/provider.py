"""What a generated client says about its vendor, as plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from .frozen import frozen

if TYPE_CHECKING:
    from .operation import Parameter
    from .signing import Signer


NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@frozen
class Setting:
    """A value that belongs to the client rather than to a call, such as Huawei's `vdnId`."""

    value: object


@frozen
class ProviderInfo:
    """One vendor."""

    name: str
    title: str
    signer: Signer
    environment: Mapping[str, str] = NOTHING
    """Environment variable of each constructor argument, such as `api_key: NIO_API_KEY`."""
    headers: Mapping[str, str] = NOTHING
    """Sent with every request."""
    retry_statuses: frozenset[int] = frozenset()
    """HTTP statuses that mean "try again" at this vendor, besides 408, 429 and 5xx."""
    clock_statuses: frozenset[int] = frozenset()
    """HTTP statuses that may mean a refused timestamp, where the `Date` header says so too."""
    settings: tuple[Parameter, ...] = ()
    """What the client is given once and puts into paths."""

    def variable(self, argument: str) -> str:
        """Return the environment variable that stands for an argument, such as `NIO_API_KEY`."""
        return self.environment.get(argument, f"{self.name}_{argument}".upper())
