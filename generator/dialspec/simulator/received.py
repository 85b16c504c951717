"""What the simulator received: counts for tests that prove what was sent twice, and a log for people.

A request is known by its *marker*: the header `Idempotency-Key` where the test sends one, else a hash of provider,
method, path, query and body. Credentials, signatures and bodies are not kept.
"""

from __future__ import annotations

from collections import Counter, deque
from hashlib import blake2b
from typing import Final, NamedTuple

from dialspec.simulator.messages import Request
from dialspec.simulator.wire import Json

MARKER_HEADER: Final = "idempotency-key"
_LOG_LENGTH: Final = 1000


class Entry(NamedTuple):
    """One request and what became of it."""

    ordinal: int
    endpoint: str
    """`provider.resource.method`; "" if the request met none."""
    method: str
    path: str
    marker: str
    status: int | None
    """HTTP status of the answer; None if the connection was reset before one was sent."""
    code: str | None
    reason: str | None
    faults: tuple[str, ...]
    done: bool
    """Whether the call was carried out; a fault may have hidden that from the client."""


class Received:
    """Counters since the last reset, and the latest requests."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything, the ordinals of the faults included."""
        self.total = 0
        self.by_endpoint: Counter[str] = Counter()
        """Requests by `provider.resource.method`."""
        self.by_status: Counter[int | None] = Counter()
        self.done: Counter[str] = Counter()
        """Calls carried out, by endpoint."""
        self.arrivals: Counter[str] = Counter()
        """Requests that arrived, by marker: tries included."""
        self.carried_out: Counter[str] = Counter()
        """Calls carried out, by marker."""
        self.log: deque[Entry] = deque(maxlen=_LOG_LENGTH)
        """The latest requests, oldest first."""

    def next_ordinal(self) -> int:
        """Count a request that has just arrived and give its ordinal, from 0."""
        self.total += 1
        return self.total - 1

    def note(self, entry: Entry) -> None:
        """Record what became of a request."""
        self.by_status[entry.status] += 1
        self.log.append(entry)
        if not entry.endpoint:
            return
        self.by_endpoint[entry.endpoint] += 1
        self.arrivals[entry.marker] += 1
        if entry.done:
            self.done[entry.endpoint] += 1
            self.carried_out[entry.marker] += 1

    def done_twice(self) -> dict[str, int]:
        """Give the markers whose call was carried out more than once, with the counts."""
        return {marker: count for marker, count in self.carried_out.items() if count > 1}

    def sent_twice(self) -> dict[str, int]:
        """Give the markers that arrived more than once, carried out or not, with the counts."""
        return {marker: count for marker, count in self.arrivals.items() if count > 1}

    def summary(self) -> dict[str, Json]:
        """Give all of it as JSON, for `/_simulator/received`."""
        return {
            "total": self.total,
            "by_endpoint": dict(self.by_endpoint),
            "by_status": {str(status): count for status, count in self.by_status.items()},
            "done": dict(self.done),
            "done_twice": dict(self.done_twice()),
            "latest": [{**entry._asdict(), "faults": list(entry.faults)} for entry in self.log],
        }


def marker_of(provider: str, request: Request) -> str:
    """Give the marker by which tests recognise a request that is sent again."""
    given = request.header(MARKER_HEADER)
    if given:
        return given
    parts = (provider, request.method, request.target, request.query)
    digest = blake2b("\n".join(parts).encode(), digest_size=16)
    digest.update(b"\n" + request.body)
    return digest.hexdigest()
