"""Format generated modules with black, remembering what was formatted before.

In: source text. Out: the same module in black's shape. Templates come out in that shape already, so black mostly
finds nothing to do, but it takes seconds to find that; results are therefore kept in `FormatCache`, and black is not
even imported while the cache has them all. Source that is no Python is refused with `FormattingError`.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import Final

from dialspec.cache.formatted import FormatCache

LINE_LENGTH: Final = 100
POOL_THRESHOLD: Final = 1_500_000
"""Characters to format from which on starting further processes pays; below, black's own import would dominate."""


class FormattingError(Exception):
    """A module that black can not read: a mistake in a template."""


def format_module(source: str, cache: FormatCache | None = None) -> str:
    """One module in black's shape."""
    return format_modules({"module": source}, cache)["module"]


def format_modules(
    modules: Mapping[str, str], cache: FormatCache | None = None, threshold: int = POOL_THRESHOLD
) -> dict[str, str]:
    """Each module in black's shape, under the same path and in the same order."""
    cache = FormatCache.of_user(f"line length {LINE_LENGTH}") if cache is None else cache
    formatted = {path: cache.get(source) for path, source in modules.items()}
    missing = [path for path, text in formatted.items() if text is None]
    sources = [modules[path] for path in missing]
    for path, source, text in zip(
        missing, sources, _format_all(missing, sources, threshold), strict=True
    ):
        formatted[path] = text
        cache.put(source, text)
    return {path: text for path, text in formatted.items() if text is not None}


def _format_all(paths: list[str], sources: list[str], threshold: int) -> list[str]:
    workers = min(os.cpu_count() or 1, len(sources))
    if workers < 2 or sum(map(len, sources)) < threshold:
        return [_format(path, source) for path, source in zip(paths, sources, strict=True)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        return list(pool.map(_format, paths, sources))


def _format(path: str, source: str) -> str:
    import black
    from black.mode import TargetVersion
    from black.parsing import InvalidInput

    mode = black.Mode(target_versions={TargetVersion.PY311}, line_length=LINE_LENGTH)
    try:
        return black.format_str(source, mode=mode)
    except InvalidInput as error:
        raise FormattingError(f"{path}: rendered text that is no Python: {error}") from None


def _end_with_parent() -> None:
    """Let a worker end when the generator is killed, instead of waiting for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
