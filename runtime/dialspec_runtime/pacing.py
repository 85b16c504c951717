"""The pace that a vendor documents, and the number of connections, kept on this side.

In: the limits of an endpoint. Out: a turn, waited for, during which one request may be sent: `with` (threads) or
`async with` (tasks). Each wait is bounded by the timeout for a free connection and by the deadline of the call;
beyond that a turn is refused with a `TransportFault`, and nothing has been sent. Who gives up leaves its starting
time to the next.
"""

from __future__ import annotations

import asyncio
import math
import threading
from bisect import insort
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

    __slots__ = ("_lock", "_taken", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._taken: list[float] = []
        self._lock = threading.Lock()

    def reserve(self, now: float, latest: float) -> float:
        """Return the next free starting time, which is taken unless it is later than `latest`."""
        with self._lock:
            self._taken = [taken for taken in self._taken if taken > now - self.seconds]
            start = now
            for taken in self._taken:
                if taken - start >= self.seconds:
                    break
                start = taken + self.seconds
            if start <= latest:
                insort(self._taken, start)
            return start

    def give_back(self, start: float) -> None:
        """Let a starting time be taken by another, because nothing began then."""
        with self._lock:
            if start in self._taken:
                self._taken.remove(start)


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

    def interval(self, operation: Operation) -> Interval | None:
        """The starting times of an endpoint, if its calls are to keep a distance."""
        seconds = operation.limits.interval
        if seconds is None:
            return None
        return self._intervals.setdefault(operation.full_name, Interval(seconds))


def _starting_time(
    interval: Interval, now: float, pool: float | None, deadline_at: float | None
) -> float:
    """Take the next starting time; refuse one that is too far away."""
    patience = _patience(pool, deadline_at, now)
    start = interval.reserve(now, math.inf if patience is None else now + patience)
    wait = start - now
    if patience is None or wait <= patience:
        return start
    if deadline_at is not None and start > deadline_at:
        raise TransportFault(FaultKind.DEADLINE)
    raise TransportFault(
        FaultKind.TOO_SOON,
        f"{interval.seconds:g} s between two calls; the next may be made in {math.ceil(wait)} s",
        retry_after=wait,
    )


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
            interval = self._pacing.interval(self._operation)
            if interval is not None:
                self._await_start(interval)
        except BaseException:
            self._release()
            raise

    def _await_start(self, interval: Interval) -> None:
        surroundings = self._pacing.surroundings
        now = surroundings.monotonic()
        start = _starting_time(interval, now, self._pool, self._deadline_at)
        if start > now:
            try:
                surroundings.sleep(start - now)
            except BaseException:
                interval.give_back(start)
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
            interval = self._pacing.interval(self._operation)
            if interval is not None:
                await self._await_start(interval)
        except BaseException:
            self._release()
            raise

    async def _await_start(self, interval: Interval) -> None:
        surroundings = self._pacing.surroundings
        now = surroundings.monotonic()
        start = _starting_time(interval, now, self._pool, self._deadline_at)
        if start > now:
            try:
                await surroundings.async_sleep(start - now)
            except BaseException:
                interval.give_back(start)
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
