"""Files and folders that nobody else can have put there: plain, owned by whoever runs this, not writable by others."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_OTHERS_MAY_READ: Final = stat.S_IRGRP | stat.S_IROTH
# A pipe that somebody put there must not make us wait, nor a link lead elsewhere. Windows knows neither flag.
_READING: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def make_private_folder(folder: Path) -> bool:
    """Make a folder for this user alone, if there is none; tell whether it can be relied on."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and _is_own(status)


def read_own_file(path: Path, most: int, *, is_secret: bool = False) -> bytes | None:
    """The content of a plain file of at most `most` bytes; None if it is anything else, or perhaps not our own."""

    def is_acceptable(status: os.stat_result) -> bool:
        return _is_own(status) and not (
            is_secret and _is_posix() and status.st_mode & _OTHERS_MAY_READ
        )

    return read_plain_file(os.fspath(path), most, is_acceptable)


def read_plain_file(
    path: str, most: int, is_acceptable: Callable[[os.stat_result], bool] | None = None
) -> bytes | None:
    """The content of a plain file of at most `most` bytes; None if it is anything else."""
    try:
        handle = os.open(path, _READING)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or status.st_size > most:
                return None
            if is_acceptable is not None and not is_acceptable(status):
                return None
            with open(handle, "rb", closefd=False) as file:
                return file.read(most)
        finally:
            os.close(handle)
    except OSError:
        return None


def _is_own(status: os.stat_result) -> bool:
    if not _is_posix():
        return True  # Folders of a user's profile are private there, and modes say nothing.
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE


def _is_posix() -> bool:
    return os.name == "posix"
