"""A running simulator, and clients that are set up for it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from dialspec.simulator import Simulator
from dialspec_runtime import AsyncClient, SyncClient
from dialspec_runtime.surroundings import Surroundings


@dataclass(frozen=True)
class Vendor:
    """A running simulator."""

    simulator: Simulator
    root: str
    package: str = "dialspec_clients"
    """Of the generated clients."""

    def arguments(self, provider: str) -> dict[str, Any]:
        """The constructor arguments of a client of this vendor."""
        return {
            "base_url": self.simulator.base_url(provider, self.root),
            **self.simulator.credentials(provider),
        }

    def client(
        self, provider: str, *, surroundings: Surroundings | None = None, **options: Any
    ) -> SyncClient:
        """A client of `provider`; `surroundings` are its clocks and its sleep, where a test wants its own."""
        cls = self._class(provider, "")
        if surroundings is None:
            plain: SyncClient = cls(**self.arguments(provider), **options)
            return plain
        client: SyncClient = cls.__new__(cls)
        SyncClient.__init__(client, **self._set_up(provider, surroundings), **options)
        return client

    def async_client(
        self, provider: str, *, surroundings: Surroundings | None = None, **options: Any
    ) -> AsyncClient:
        """An asynchronous client of `provider`."""
        cls = self._class(provider, "Async")
        if surroundings is None:
            plain: AsyncClient = cls(**self.arguments(provider), **options)
            return plain
        client: AsyncClient = cls.__new__(cls)
        AsyncClient.__init__(client, **self._set_up(provider, surroundings), **options)
        return client

    def environment(self, provider: str) -> dict[str, str]:
        """The environment variables that `from_env` reads."""
        return self.simulator.environment(provider, self.root)

    def _set_up(self, provider: str, surroundings: Surroundings) -> dict[str, Any]:
        """The arguments of the base class, which takes clocks where generated classes take none."""
        described = self.simulator.api.provider(provider)
        given = self.arguments(provider)
        return {
            "provider": import_module(f"{self.package}.{provider}.client").PROVIDER,
            "credentials": {item.name: given[item.name] for item in described.credentials},
            "settings": {item.field.name: given[item.field.name] for item in described.settings},
            "base_url": given["base_url"],
            "_surroundings": surroundings,
        }

    def _class(self, provider: str, prefix: str) -> Any:
        name = self.simulator.api.provider(provider).client_class
        return getattr(import_module(f"{self.package}.{provider}"), f"{prefix}{name}")
