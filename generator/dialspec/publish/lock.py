"""One run at a time: a lock on the output folder that ends with the process that holds it.

The folder itself is locked, so that no file is left in the output. Where a folder cannot be locked (Windows, some
network file systems) a file in the folder for temporary files stands for it. A second run waits a little, then says
clearly that another is at work. A killed run leaves no lock behind: the system drops it with the process.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from dialspec.publish.errors import PublishError
from dialspec.publish.tree import unusable

PATIENCE: Final = 10.0
"""Seconds that a second run waits."""
Place: TypeAlias = Callable[[Path], int]
"""Opens what is locked for an output folder."""
_PAUSE: Final = 0.05
_BUSY: Final = frozenset({errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN, errno.EDEADLK})


def stand_in(out: Path) -> Path:
    """The file that is locked where `out` itself cannot be."""
    name = hashlib.sha256(str(out.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"dialspec-{name}.lock"


def _open_folder(out: Path) -> int:
    return os.open(out, os.O_RDONLY)


def open_stand_in(out: Path) -> int:
    """Open the file that stands for `out`."""
    return os.open(stand_in(out), os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


PLACES: Final[tuple[Place, ...]] = (
    (open_stand_in,) if sys.platform == "win32" else (_open_folder, open_stand_in)
)
"""What to lock, in the order tried."""


@contextmanager
def locked(
    out: Path, patience: float = PATIENCE, places: Sequence[Place] = PLACES
) -> Generator[None]:
    """Hold the lock of an existing output folder."""
    handle = _acquire(out, patience, places)
    try:
        yield
    finally:
        os.close(handle)


def _acquire(out: Path, patience: float, places: Sequence[Place]) -> int:
    """Wait for the lock, and give the open handle that holds it."""
    until = time.monotonic() + patience
    while (handle := _attempt(out, places)) is None:
        if time.monotonic() >= until:
            raise PublishError(
                f"{out}: another run of dialspec is writing here; run again when it has ended"
            )
        time.sleep(_PAUSE)
    return handle


def _attempt(out: Path, places: Sequence[Place]) -> int | None:
    """The open handle that holds the lock; None while another run has it."""
    for open_place in places:
        try:
            handle = open_place(out)
        except OSError as error:
            raise unusable(out, "lock", error) from error
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            if error.errno in _BUSY:
                return None
        else:
            return handle
    raise PublishError(f"{out}: cannot be locked against a second run on this system")
