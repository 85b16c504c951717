"""A program that counts the lines of Python that each stage of generating runs through, loops line by line.

    python counted_work.py SPECS OUT

prints them as JSON. What black does is compiled and not counted; it gets each module once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from dialspec.cache.parts import EarlierParts
from dialspec.cache.runs import Generated, Inputs
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.lint import lint
from dialspec.pipeline import Project, rebuild
from dialspec.publish import digest, holds, publish
from dialspec.resolve import resolve
from dialspec.spec.loader import load


class Counter:
    """Counts lines while a function runs."""

    def __init__(self) -> None:
        self._lines = 0

    def run(self, work: Callable[[], Any]) -> tuple[Any, int]:
        """Run `work`; give what it gives, and the lines that it took."""
        self._lines = 0
        sys.settrace(self._enter)
        try:
            result = work()
        finally:
            sys.settrace(None)
        return result, self._lines

    def _enter(self, frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
        del frame, event, argument
        return self._line

    def _line(self, frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
        del frame, event, argument
        self._lines += 1
        return self._line


def main(specs: Path, out: Path) -> None:
    """Take a project through all stages, twice where the second time is another thing."""
    lines: dict[str, int] = {}
    counter, diagnostics = Counter(), Diagnostics()
    loaded, lines["load"] = counter.run(lambda: load(specs, diagnostics))
    api, lines["resolve"] = counter.run(lambda: resolve(loaded, diagnostics))
    _, lines["lint"] = counter.run(lambda: lint(api, loaded, diagnostics))
    project = Project(specs)
    first = EarlierParts("tool", out, None)
    built, lines["build"] = counter.run(lambda: rebuild(project, api, first))
    _, lines["publish"] = counter.run(lambda: publish(built.files, out))
    hashes = {path: digest(text.encode()) for path, text in built.files.items()}
    run = Generated(Inputs("tool", "specs"), hashes, "", built.parts)
    earlier = EarlierParts("tool", out, run)
    again, lines["build again"] = counter.run(lambda: rebuild(project, api, earlier))
    stands, lines["look"] = counter.run(lambda: holds(out, hashes))
    if again.files != built.files or not stands:
        raise AssertionError("the second time is not as the first")
    print(json.dumps(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
