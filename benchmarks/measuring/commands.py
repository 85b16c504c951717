"""Whole processes: seconds, CPU seconds, and the peak memory of the process with all its children.

Memory is looked at every 20 ms: the sum over the process tree, or the most that the kernel says any one of them ever
had, whichever is more. Pages that processes share count for each of them. A child that has only just been made still
lives in its parent's memory, and does not count until it has its own.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

_SAMPLING_SECONDS: Final = 0.02
_NOW: Final = re.compile(r"^VmRSS:\s*(\d+) kB$", re.MULTILINE)
_MOST: Final = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)


class CommandFailedError(RuntimeError):
    """A command that should have succeeded; the message ends with what it printed."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One finished process."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str
    """What it printed on standard output."""


def run(
    command: Sequence[str | Path], *, cwd: Path, environment: Mapping[str, str] | None = None
) -> Ran:
    """Run a command to its end; raises `CommandFailedError` unless it exits with 0."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complaints:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=complaints,
        )
        watch = _MemoryWatch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        # Popen is told, or it would wait for a process that is no more.
        process.returncode = os.waitstatus_to_exitcode(status)
        seen = watch.end()
        printed.seek(0)
        output = printed.read().decode(errors="replace")
        if process.returncode != 0:
            complaints.seek(0)
            said = output + complaints.read().decode(errors="replace")
            raise CommandFailedError(f"{' '.join(map(str, command))} failed:\n{said[-4000:]}")
    return Ran(seconds, usage.ru_utime + usage.ru_stime, seen, output)


class _MemoryWatch:
    """Looks at the memory of a process tree from a thread."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int:
        """Stop, and give the peak in bytes."""
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.wait(_SAMPLING_SECONDS):
            memories = [
                _Memory.of(each)
                for each, parent in _family(self._root).items()
                if not _lives_in(each, parent)
            ]
            now = sum(memory.now for memory in memories)
            most = max((memory.most for memory in memories), default=0)
            self._peak = max(self._peak, now, most)


class _Memory(NamedTuple):
    """Bytes that one process has now, and the most that it ever had."""

    now: int
    most: int

    @classmethod
    def of(cls, process: int) -> Self:
        """Look at one process; nothing if it has ended."""
        status = _text(Path(f"/proc/{process}/status"))
        return cls(_bytes(_NOW, status), _bytes(_MOST, status))


def _lives_in(child: int, parent: int) -> bool:
    """Whether a child is still on its way to a program of its own, in the memory of its parent."""
    if _line(child) != _line(parent):
        return False
    # What we start ourselves always becomes another program; our own threads go on meanwhile, so that sizes differ.
    return parent == os.getpid() or _Memory.of(child) == _Memory.of(parent)


def _family(root: int) -> dict[int, int]:
    """A process and all that came from it, each with its parent."""
    found = {root: os.getpid()}
    waiting = [root]
    while waiting:
        process = waiting.pop()
        for task in _names(Path(f"/proc/{process}/task")):
            children = _text(Path(f"/proc/{process}/task/{task}/children")).split()
            found |= {int(child): process for child in children}
            waiting += map(int, children)
    return found


def _line(process: int) -> str:
    return _text(Path(f"/proc/{process}/cmdline"))


def _bytes(pattern: re.Pattern[str], status: str) -> int:
    found = pattern.search(status)
    return int(found[1]) * 1024 if found else 0


def _names(folder: Path) -> list[str]:
    try:
        return [each.name for each in folder.iterdir()]
    except OSError:  # it has ended meanwhile
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended meanwhile
        return ""
