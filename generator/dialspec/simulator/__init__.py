"""A simulator of every vendor of an `Api`: signatures, validation, paging, filters, error envelopes, faults.

In: the resolved `Api`. Out: an ASGI application (`Simulator.app`), `serve` for tests, `run` for people. It is written
from the vendors' pages alone and shares no code with the clients: a mistake made twice would hide.
"""

from dialspec.simulator.app import Simulator
from dialspec.simulator.faults import FAULTS, FaultError, Faults
from dialspec.simulator.received import Entry, Received
from dialspec.simulator.server import describe, run, serve

__all__ = [
    "FAULTS",
    "Entry",
    "FaultError",
    "Faults",
    "Received",
    "Simulator",
    "describe",
    "run",
    "serve",
]
