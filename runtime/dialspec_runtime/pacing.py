"""The pace that a vendor documents, and the number of connections, kept on this side.

In: the limits of an endpoint. Out: a turn, waited for, during which one request may be sent: `with` (threads) or
`async with` (tasks). Waiting is bounded by the timeout for a free connection and by the deadline of the call;
beyond that a turn is refused with a `TransportFault`, and nothing has been sent.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Final

from .faults import FaultKind, TransportFault

if TYPE_CHECKING:
    from types import TracebackType

    from .operation import Limits, Operation
    from .surroundings import Surroundings

CONNECTIONS: Final = 100
"""How many requests a client has on the way at most; more wait for their turn, first come first served."""


class Interval:
    """Starting times that keep their distance; safe to share between threads."""

    __slots__ = ("_lock", "_next", "_seconds")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0
        self._lock = threading.Lock()

    def reserve(self, now: float, latest: float | None) -> float | None:
        """Take the next free starting time; return the seconds until then, or None if that is too late."""
        with self._lock:
            start = max(now, self._next)
            if latest is not None and start > latest:
                return None
            self._next = start + self._seconds
            return start - now


def _out_of_time(deadline_at: float | None, moment: float) -> TransportFault:
    is_deadline = deadline_at is not None and moment >= deadline_at
    return TransportFault(FaultKind.DEADLINE if is_deadline else FaultKind.POOL_TIMEOUT)


def _patience(pool: float | None, deadline_at: float | None, now: float) -> float | None:
    """Return how long a turn may be waited for."""
    left = None if deadline_at is None else max(0.0, deadline_at - now)
    if pool is None:
        return left
    return pool if left is None else min(pool, left)


class _Pace:
    """What both kinds of pacing have in common: the intervals."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self._intervals: dict[str, Interval] = {}

    def reserve(self, operation: Operation, deadline_at: float | None) -> float:
        """Return the seconds to wait until the endpoint may be called again."""
        seconds = operation.limits.interval
        if seconds is None:
            return 0.0
        interval = self._intervals.setdefault(operation.full_name, Interval(seconds))
        pause = interval.reserve(self.surroundings.monotonic(), deadline_at)
        if pause is None:
            raise TransportFault(FaultKind.DEADLINE)
        return pause


class SyncPacing(_Pace):
    """Turns for threads."""

    def __init__(self, surroundings: Surroundings, *, connections: int | None) -> None:
        super().__init__(surroundings)
        self._connections = None if connections is None else threading.Semaphore(connections)
        self._gates: dict[str, threading.Semaphore] = {}

    def turn(self, operation: Operation, pool: float | None, deadline_at: float | None) -> SyncTurn:
        """Return a turn to be entered."""
        gate = self._gate(operation.full_name, operation.limits)
        return SyncTurn(self, operation, (gate, self._connections), pool, deadline_at)

    def _gate(self, name: str, limits: Limits) -> threading.Semaphore | None:
        if limits.concurrency is None:
            return None
        gate = self._gates.get(name)
        # setdefault is atomic, so that two threads get the same gate.
        return gate or self._gates.setdefault(name, threading.Semaphore(limits.concurrency))


class SyncTurn:
    """The right of one thread to send one request."""

    __slots__ = ("_deadline_at", "_gates", "_held", "_operation", "_pacing", "_pool")

    def __init__(
        self,
        pacing: SyncPacing,
        operation: Operation,
        gates: tuple[threading.Semaphore | None, ...],
        pool: float | None,
        deadline_at: float | None,
    ) -> None:
        self._pacing = pacing
        self._operation = operation
        self._gates = gates
        self._pool = pool
        self._deadline_at = deadline_at
        self._held: list[threading.Semaphore] = []

    def __enter__(self) -> None:
        try:
            for gate in self._gates:
                if gate is not None:
                    self._acquire(gate)
            pause = self._pacing.reserve(self._operation, self._deadline_at)
            if pause:
                self._pacing.surroundings.sleep(pause)
        except BaseException:
            self._release()
            raise

    def _acquire(self, gate: threading.Semaphore) -> None:
        if not gate.acquire(blocking=False):
            monotonic = self._pacing.surroundings.monotonic
            if not gate.acquire(timeout=_patience(self._pool, self._deadline_at, monotonic())):
                raise _out_of_time(self._deadline_at, monotonic())
        self._held.append(gate)

    def _release(self) -> None:
        while self._held:
            self._held.pop().release()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._release()


class AsyncPacing(_Pace):
    """Turns for tasks."""

    def __init__(self, surroundings: Surroundings, *, connections: int | None) -> None:
        super().__init__(surroundings)
        self._connections = None if connections is None else asyncio.Semaphore(connections)
        self._gates: dict[str, asyncio.Semaphore] = {}

    def turn(
        self, operation: Operation, pool: float | None, deadline_at: float | None
    ) -> AsyncTurn:
        """Return a turn to be entered."""
        gate = None
        if operation.limits.concurrency is not None:
            gate = self._gates.setdefault(
                operation.full_name, asyncio.Semaphore(operation.limits.concurrency)
            )
        return AsyncTurn(self, operation, (gate, self._connections), pool, deadline_at)


class AsyncTurn:
    """The right of one task to send one request."""

    __slots__ = ("_deadline_at", "_gates", "_held", "_operation", "_pacing", "_pool")

    def __init__(
        self,
        pacing: AsyncPacing,
        operation: Operation,
        gates: tuple[asyncio.Semaphore | None, ...],
        pool: float | None,
        deadline_at: float | None,
    ) -> None:
        self._pacing = pacing
        self._operation = operation
        self._gates = gates
        self._pool = pool
        self._deadline_at = deadline_at
        self._held: list[asyncio.Semaphore] = []

    async def __aenter__(self) -> None:
        try:
            for gate in self._gates:
                if gate is not None:
                    await self._acquire(gate)
            pause = self._pacing.reserve(self._operation, self._deadline_at)
            if pause:
                await self._pacing.surroundings.async_sleep(pause)
        except BaseException:
            self._release()
            raise

    async def _acquire(self, gate: asyncio.Semaphore) -> None:
        if gate.locked():
            monotonic = self._pacing.surroundings.monotonic
            patience = _patience(self._pool, self._deadline_at, monotonic())
            is_late = False
            try:
                async with asyncio.timeout(patience):
                    await gate.acquire()
            except TimeoutError:
                is_late = True
            if is_late:
                raise _out_of_time(self._deadline_at, monotonic())
        else:
            await gate.acquire()
        self._held.append(gate)

    def _release(self) -> None:
        while self._held:
            self._held.pop().release()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._release()
