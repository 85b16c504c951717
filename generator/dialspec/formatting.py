"""Format generated modules with black, remembering what was formatted before.

In: source text. Out: the same module in black's shape. Templates come out in that shape already, so black mostly
finds nothing to do, but it takes seconds to find that. Therefore results are kept in a `FormatCache`, and black is not
even imported while the cache has them all; of what is new it reads only what it has not seen (`abridging`); and with
much to do, other processes do it while the caller goes on rendering. Source that is no Python is refused with
`FormattingError`.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from dialspec.abridging import Abridger
from dialspec.cache.formatted import FormatCache

if TYPE_CHECKING:
    from types import TracebackType

LINE_LENGTH: Final = 100
POOL_THRESHOLD: Final = 1_000_000
"""Characters to format from which on starting further processes pays; below, black's own import would dominate."""
_BATCH: Final = 150_000
"""Characters that are handed over at once."""
_MOST_HELPERS: Final = 2
"""More would be faster where there are more processors, but each takes sixty megabytes."""

_GARBAGE: Final = (20_000, 20, 100)
"""How rarely a helping process looks for garbage: trees of syntax are large, and all of one module goes at once."""

Check: TypeAlias = Callable[[str, str], object]
"""Looks at path and text of a formatted module, and raises what is wrong with it."""
Modules: TypeAlias = list[tuple[str, str]]
"""Path and source of some modules."""


class FormattingError(Exception):
    """A module that black cannot read: a mistake in a template."""


def format_module(source: str, cache: FormatCache | None = None) -> str:
    """One module in black's shape."""
    return format_modules({"module": source}, cache)["module"]


def format_modules(
    modules: Mapping[str, str], cache: FormatCache | None = None, threshold: int = POOL_THRESHOLD
) -> dict[str, str]:
    """Each module in black's shape, under the same path and in the same order."""
    with Formatter(cache, threshold=threshold) as formatter:
        for path, source in modules.items():
            formatter.add(path, source)
        return formatter.finish()


class Formatter:
    """Formats modules as they come; `check` looks at each result, in the process that made it."""

    def __init__(
        self,
        cache: FormatCache | None = None,
        check: Check | None = None,
        threshold: int = POOL_THRESHOLD,
    ) -> None:
        self._cache = cache or FormatCache.of_user(f"line length {LINE_LENGTH}")
        self._check = check
        self._threshold = threshold
        self._formatted: dict[str, str] = {}
        self._waiting: Modules = []
        self._size = 0
        self._pool: ProcessPoolExecutor | None = None
        self._handed_over: list[tuple[Modules, Future[list[str | None]]]] = []

    def add(self, path: str, source: str) -> None:
        """Take in one module."""
        known = self._cache.get(source)
        self._formatted[path] = source if known is None else known
        if known is not None:
            self._look_at(path, known)
            return
        self._waiting.append((path, source))
        self._size += len(source)
        if self._size >= (self._threshold if self._pool is None else _BATCH):
            self._hand_over()

    def finish(self) -> dict[str, str]:
        """Give all modules in black's shape, in the order in which they came."""
        if self._pool is not None and self._waiting:
            self._hand_over()
        for batch, future in self._handed_over:
            self._take_over(batch, future.result())
        self._take_over(self._waiting, format_batch(self._waiting, self._check))
        self._handed_over, self._waiting = [], []
        return self._formatted

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _look_at(self, path: str, text: str) -> None:
        if self._check is not None:
            self._check(path, text)

    def _hand_over(self) -> None:
        """Let other processes format what is waiting, if there are processors for them."""
        processors = min(os.cpu_count() or 1, _MOST_HELPERS)
        if processors < 2:
            return
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(processors, context, initializer=_prepare_helper)
        for batch in _batches(self._waiting):
            # This may start a helper.
            with _interrupts_held_back():
                future = self._pool.submit(format_batch, batch, self._check)
            self._handed_over.append((batch, future))
        self._waiting, self._size = [], 0

    def _take_over(self, batch: Modules, results: list[str | None]) -> None:
        for (path, source), result in zip(batch, results, strict=True):
            formatted = source if result is None else result
            self._formatted[path] = formatted
            self._cache.put(source, formatted)


def format_batch(modules: Modules, check: Check | None) -> list[str | None]:
    """Format and check modules; give the text of each, or None if black leaves it alone."""
    results: list[str | None] = []
    for path, source in modules:
        formatted = _format(path, source)
        if check is not None:
            check(path, formatted)
        results.append(None if formatted == source else formatted)
    return results


def _batches(modules: Modules) -> Iterable[Modules]:
    batch: Modules = []
    size = 0
    for path, source in modules:
        batch.append((path, source))
        size += len(source)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _format(path: str, source: str) -> str:
    abridger = _abridger()
    rest = abridger.abridge(source)
    with suppress(FormattingError):
        if _in_blacks_shape(path, rest.text) == rest.text:
            abridger.remember(rest)
            return source
    return _in_blacks_shape(path, source)


@cache
def _abridger() -> Abridger:
    """What black has left alone in this process."""
    return Abridger()


def _in_blacks_shape(path: str, source: str) -> str:
    import black
    from black.mode import TargetVersion
    from black.parsing import InvalidInput

    mode = black.Mode(target_versions={TargetVersion.PY311}, line_length=LINE_LENGTH)
    try:
        return black.format_str(source, mode=mode)
    except InvalidInput as error:
        raise FormattingError(f"{path}: rendered text that is no Python: {error}") from None


@contextmanager
def _interrupts_held_back() -> Generator[None]:
    """Let Ctrl-C wait a moment. Processes that are started meanwhile never see it, and so have nothing to say of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare_helper() -> None:
    """Let a helping process collect garbage less often, and end when the generator is killed.

    It would wait for work for ever otherwise.
    """
    gc.set_threshold(*_GARBAGE)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
