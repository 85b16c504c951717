"""A simulator that keeps what it receives, and clients of both kinds for each of its providers."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from dialspec.api import Api, Provider
from dialspec.simulator import serve
from dialspec_runtime import Timeouts
from either_client import EitherClient, Flavour, no_waiting, portal
from recording_simulator import RecordingSimulator
from running_simulator import Vendor


@dataclass(frozen=True)
class Stage:
    """A running simulator; its clients send once, consent to inferred endpoints and never wait."""

    simulator: RecordingSimulator
    package: str
    clients: dict[tuple[str, Flavour], EitherClient]

    def settings(self, provider: Provider) -> dict[str, Any]:
        """What fills the placeholders of every path, by wire name."""
        given = self.simulator.credentials(provider.name)
        return {
            setting.field.wire.reveal(): given[setting.field.name] for setting in provider.settings
        }


@contextmanager
def staged(api: Api, *, records: int, package: str = "dialspec_clients") -> Generator[Stage]:
    """Serve an API, whose clients are in `package`."""
    simulator = RecordingSimulator(api, records=records)
    with serve(simulator) as root, portal() as loop:
        vendor = Vendor(simulator, root, package)
        options: dict[str, Any] = {
            "max_retries": 0,
            "allow_inferred": True,
            "surroundings": no_waiting(),
            "timeout": Timeouts(pool=None),
        }
        clients: dict[tuple[str, Flavour], EitherClient] = {}
        for provider in api.providers:
            name = provider.name
            clients[name, "sync"] = EitherClient(vendor.client(name, **options))
            clients[name, "async"] = EitherClient(vendor.async_client(name, **options), loop)
        yield Stage(simulator, package, clients)
        for client in clients.values():
            client.close()
