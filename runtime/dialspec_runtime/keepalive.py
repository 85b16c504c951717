"""The open connections of a client, and which of them no call is on.

A call takes a connection for itself alone and puts it back when its answer was read to the end; so two calls
never meet on one. The one that was used last is taken first: the others grow old, and are closed when their
time is over. Which one to close is told here, the closing itself is left to the transports, since one of
them has to await it.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Final, Generic, Protocol, TypeVar

KEEPALIVE_SECONDS: Final = 5.0
"""Short, so that a connection is rarely reused at the moment at which the vendor closes it."""


class Connection(Protocol):
    """What has to be known about a connection."""

    def is_idle(self) -> bool:
        """Whether the last answer was read to its end, so that another request may follow."""
        ...


C = TypeVar("C", bound=Connection)


class KeptConnections(Generic[C]):
    """Connections to one vendor; safe to share between threads."""

    __slots__ = ("_idle", "_is_closed", "_lock", "_open")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: set[C] = set()
        self._idle: deque[tuple[C, float]] = deque()
        self._is_closed = False

    def take(self) -> C | None:
        """Take the idle connection that was used last, if there is one; it may have expired meanwhile."""
        with self._lock:
            return self._idle.pop()[0] if self._idle else None

    def add(self, connection: C) -> None:
        """Take note of a connection that was just made, for a call."""
        with self._lock:
            self._open.add(connection)

    def put_back(self, connection: C, now: float) -> bool:
        """Keep a connection for later calls; says False if it has to be closed instead."""
        with self._lock:
            if connection.is_idle() and not self._is_closed:
                self._idle.append((connection, now))
                return True
            self._open.discard(connection)
            return False

    def drop(self, connection: C) -> None:
        """Forget a connection that was taken and is closed instead of being used."""
        with self._lock:
            self._open.discard(connection)

    def take_expired(self, now: float) -> C | None:
        """Take a connection that has been idle for too long, to be closed."""
        with self._lock:
            if not self._idle or now - self._idle[0][1] <= KEEPALIVE_SECONDS:
                return None
            connection, _ = self._idle.popleft()
            self._open.discard(connection)
            return connection

    def close(self) -> list[C]:
        """Keep none any more; gives all that are open, those that calls are on included."""
        with self._lock:
            self._is_closed = True
            connections = list(self._open)
            self._open.clear()
            self._idle.clear()
            return connections
