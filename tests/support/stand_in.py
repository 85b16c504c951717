"""A running stand-in vendor, and clients that are set up for it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from dialspec.simulator import Simulator
from dialspec_runtime import AsyncClient, SyncClient


@dataclass(frozen=True)
class Vendor:
    """A running stand-in vendor."""

    simulator: Simulator
    root: str

    def arguments(self, provider: str) -> dict[str, Any]:
        """The constructor arguments of a client of this vendor."""
        return {
            "base_url": self.simulator.base_url(provider, self.root),
            **self.simulator.credentials(provider),
        }

    def client(self, provider: str, **options: Any) -> SyncClient:
        """A client of `provider`."""
        client: SyncClient = self._class(provider, "")(**self.arguments(provider), **options)
        return client

    def async_client(self, provider: str, **options: Any) -> AsyncClient:
        """An asynchronous client of `provider`."""
        client: AsyncClient = self._class(provider, "Async")(**self.arguments(provider), **options)
        return client

    def environment(self, provider: str) -> dict[str, str]:
        """The environment variables that `from_env` reads."""
        described = self.simulator.api.provider(provider)
        arguments = self.arguments(provider)
        variables = {described.base_url_environment: arguments["base_url"]}
        for credential in described.credentials:
            variables[credential.environment] = arguments[credential.name]
        for setting in described.settings:
            variables[setting.environment] = str(arguments[setting.field.name])
        return variables

    def _class(self, provider: str, prefix: str) -> Any:
        name = self.simulator.api.provider(provider).client_class
        return getattr(import_module(f"dialspec_clients.{provider}"), f"{prefix}{name}")
