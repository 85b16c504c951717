"""The loops that time contenders, the same for all of them.

A contender repeats one operation for some time; its value is operations a second. What an operation gives is looked at
once before anything is timed: the right number of rows, with the right ids.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, Final, TypeVar

WARM_UP: Final = 20
"""Operations before the first that counts."""

Rows = Sequence[object]
AsyncOperation = Callable[[], Awaitable[Rows]]
Prepare = Callable[[AsyncExitStack], Awaitable[AsyncOperation]]
"""Makes an operation within the event loop; what it opens goes onto the stack."""
T = TypeVar("T")


class Contender(ABC):
    """What `__main__` runs."""

    @abstractmethod
    def run(self, question: Mapping[str, Any]) -> Mapping[str, float]:
        """Measure once; `value` is in the unit of the group."""

    def close(self) -> None:  # noqa: B027 - most have nothing to close
        """Let go of what was opened."""


class Repeated(Contender):
    """A sync operation, repeated."""

    def __init__(self, operation: Callable[[], Rows], expected_rows: int) -> None:
        self._operation = operation
        for _ in range(WARM_UP):
            check_rows(operation(), expected_rows)

    def run(self, question: Mapping[str, Any]) -> Mapping[str, float]:
        """Repeat for `seconds`; give operations a second."""
        operation, seconds, clock = self._operation, float(question["seconds"]), time.perf_counter
        count = 0
        started = clock()
        while clock() - started < seconds:
            operation()
            count += 1
        return {"value": count / (clock() - started)}


class RepeatedAsync(Contender):
    """An async operation, repeated in one event loop, one after the other."""

    def __init__(self, prepare: Prepare, expected_rows: int) -> None:
        self._runner = asyncio.Runner()
        self._opened = AsyncExitStack()
        self._operation = self._runner.run(self._ready(prepare, expected_rows))

    async def _ready(self, prepare: Prepare, expected_rows: int) -> AsyncOperation:
        operation = await prepare(self._opened)
        for _ in range(WARM_UP):
            check_rows(await operation(), expected_rows)
        return operation

    def run(self, question: Mapping[str, Any]) -> Mapping[str, float]:
        """Repeat for `seconds`; give operations a second."""
        return self._runner.run(self._repeat(float(question["seconds"])))

    async def _repeat(self, seconds: float) -> Mapping[str, float]:
        operation, clock = self._operation, time.perf_counter
        count = 0
        started = clock()
        while clock() - started < seconds:
            await operation()
            count += 1
        return {"value": count / (clock() - started)}

    def close(self) -> None:
        """Close what was opened, and the event loop."""
        self._runner.run(self._opened.aclose())
        self._runner.close()


class Batched(Contender):
    """An operation on things that have to be made first; only the operation is timed."""

    def __init__(
        self, make: Callable[[], list[T]], operation: Callable[[T], Rows], expected_rows: int
    ) -> None:
        self._timed: Callable[[], tuple[int, float]] = partial(_timed_batch, make, operation)
        check_rows(operation(make()[0]), expected_rows)

    def run(self, question: Mapping[str, Any]) -> Mapping[str, float]:
        """Repeat until the operations have taken `seconds`."""
        seconds = float(question["seconds"])
        count, spent = 0, 0.0
        while spent < seconds:
            more, took = self._timed()
            count += more
            spent += took
        return {"value": count / spent}


def _timed_batch(make: Callable[[], list[T]], operation: Callable[[T], Rows]) -> tuple[int, float]:
    things = make()
    count = len(things)
    things.reverse()
    started = time.perf_counter()
    while things:  # each is let go before the next, as a program that handles pages would
        operation(things.pop())
    return count, time.perf_counter() - started


def check_rows(rows: Rows, expected: int) -> None:
    """Fail unless these are the first `expected` rows."""
    ids = [id_of(row) for row in rows]
    if ids != list(range(1, expected + 1)):
        raise AssertionError(f"{expected} rows expected, got {len(ids)}: {ids[:5]}…")


def id_of(row: Any) -> int:
    """The id of a row: of a dictionary, or of an object of any contender."""
    keyed: Any = row
    return int(keyed["keyId"] if type(row) is dict else keyed.key_id)
