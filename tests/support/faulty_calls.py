"""Calls to a simulator on a bad day, and what arrived of each of them.

Every call carries a marker of its own, so that what was sent again is told from what was called again.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from anyio.from_thread import BlockingPortal

from dialspec.api import Endpoint, Provider
from dialspec.simulator import FAULTS, Entry, Faults, Simulator
from dialspec.simulator.faults import Stage
from dialspec.simulator.received import MARKER_HEADER
from dialspec.spec.language.kinds import ErrorKind
from dialspec_runtime import DialspecError, Timeouts
from either_client import EitherClient, Flavour, no_waiting
from running_simulator import Vendor
from wire_arguments import sample_call

_UNAUTHORIZED = 401
_PATIENCE = 10.0
_EITHER_WAY = range(1, 5)
"""Seeds of which some strike before the call is done, and some after."""


def each_fault() -> Iterator[tuple[str, Faults]]:
    """Every fault at every request; those that strike before or after the call is done, both ways."""
    forms = {
        "clock_skew": "clock_skew:7200",
        "clock_once": "clock_once",
        "slow": "slow:1:0.1",
        "http_429_retry_after": "http_429_retry_after:1:0.01",
    }
    for name, kind in FAULTS.items():
        for seed in _EITHER_WAY if kind.stage is Stage.EITHER else (1,):
            yield f"{name}, seed {seed}", Faults.parse([forms.get(name, f"{name}:1")], seed)


def mixed_faults(seed: int) -> Faults:
    """All faults together, so that most calls meet one or more."""
    forms = {
        "clock_skew": "clock_skew:-5400",
        "clock_once": "clock_once",
        "slow": "slow:0.1:0.01",
        "http_429_retry_after": "http_429_retry_after:0.1:0.01",
    }
    return Faults.parse([forms.get(name, f"{name}:0.1") for name in FAULTS], seed)


@dataclass
class BadDay:
    """A simulator whose faults a test may choose."""

    simulator: Simulator
    root: str
    loop: BlockingPortal

    def __post_init__(self) -> None:
        self._vendor = Vendor(self.simulator, self.root)
        self._markers = count()

    def begin(self, faults: Faults) -> None:
        """Forget all that was, and have these faults from now on."""
        self.simulator.faults = faults
        self.simulator.reset()

    @contextlib.contextmanager
    def client(
        self, provider: Provider, flavour: Flavour, **options: Any
    ) -> Generator[EitherClient]:
        """A client that tries five times more where it may, without pauses, and has its whole retry budget."""
        given: dict[str, Any] = {
            "max_retries": 5,
            "allow_inferred": True,
            "surroundings": no_waiting(),
            "timeout": Timeouts(connect=10.0, read=10.0, pool=None),
            **options,
        }
        made = (
            EitherClient(self._vendor.client(provider.name, **given))
            if flavour == "sync"
            else EitherClient(self._vendor.async_client(provider.name, **given), self.loop)
        )
        try:
            yield made
        finally:
            made.close()

    def call(
        self, client: EitherClient, provider: Provider, endpoint: Endpoint
    ) -> tuple[list[Entry], DialspecError | None]:
        """Make one call: gives what arrived of it, and what it raised."""
        marker = f"call {next(self._markers)}"
        arguments = {
            **sample_call(provider, endpoint),
            "extra_headers": {MARKER_HEADER: marker},
        }
        raised: DialspecError | None = None
        try:
            client.call(endpoint, arguments)
        except DialspecError as error:
            raised = error
        received = self.simulator.received
        # A client may give up before a busy simulator has taken note of what it sent.
        patience = time.monotonic() + _PATIENCE
        while not received.arrivals[marker] and time.monotonic() < patience:
            time.sleep(0.005)
        return [entry for entry in received.log if entry.marker == marker], raised


def sent_in_vain(provider: Provider, endpoint: Endpoint, arrived: list[Entry]) -> list[Entry]:
    """The requests after which another one came although they may have done something."""
    family = provider.families.get(endpoint.family, ()) if endpoint.family is not None else ()
    harmless = {
        code.text.reveal()
        for code in (*family, *endpoint.codes)
        if code.refused and (code.transient or code.kind is ErrorKind.CLOCK)
    }
    return [
        entry
        for entry in arrived[:-1]
        if entry.done or not (entry.status == _UNAUTHORIZED or entry.code in harmless)
    ]
