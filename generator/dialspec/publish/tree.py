"""Reading, replacing and removing single files below an output folder.

A file is replaced by renaming a complete, flushed one over it, so that no reader and no crash ever sees half of it.
Symlinks are refused wherever they could lead a write elsewhere.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from dialspec.publish.errors import PublishError

_TEMPORARY_SUFFIX: Final = ".dialspec-new"


def temporary_of(path: Path) -> Path:
    """Where the new content of `path` waits, beside it, until it is renamed."""
    return path.with_name(f".{path.name}{_TEMPORARY_SUFFIX}")


def read_bytes(path: Path) -> bytes | None:
    """The content of a plain file, or None if there is nothing. All else is refused."""
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unusable(path, "read", error) from error
    if stat.S_ISLNK(status.st_mode):
        raise PublishError(
            f"{path}: is a symlink; nothing is read or written through one: remove it"
        )
    if not stat.S_ISREG(status.st_mode):
        raise PublishError(f"{path}: is not a file; move it away and run again")
    try:
        return path.read_bytes()
    except OSError as error:
        raise unusable(path, "read", error) from error


def check_folders(out: Path, path: str) -> None:
    """Refuse a path if one of the folders on its way is a symlink or no folder."""
    folder = out
    for name in ["", *path.split("/")[:-1]]:
        folder = folder / name
        if folder.is_symlink():
            raise PublishError(
                f"{folder}: is a symlink; nothing is written through one: give the folder it means"
            )
        if folder.exists() and not folder.is_dir():
            raise PublishError(
                f"{folder}: a folder is needed here; move the file away and run again"
            )


def stage(path: Path, content: bytes) -> None:
    """Write the new content of `path` beside it, flushed to the disk, with the access rights of the old file."""
    temporary = temporary_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(path.lstat().st_mode))
    except OSError as error:
        raise unusable(path, "write", error) from error


def unstage(path: Path) -> None:
    """Drop new content that is not wanted any more; used on the way out, so it does not fail."""
    with suppress(OSError):
        temporary_of(path).unlink(missing_ok=True)


def replace(path: Path) -> None:
    """Let staged content take the place of `path`."""
    try:
        temporary_of(path).replace(path)
    except OSError as error:
        raise unusable(path, "write", error) from error


@contextmanager
def writing(path: Path, content: bytes) -> Generator[None]:
    """Replace one file that stands by itself, whole or not at all, once what happens meanwhile has come to its end.

    Whatever the disk could refuse is done before.

    Raises:
        PublishError: it is a symlink, or the disk refuses.
    """
    read_bytes(path)
    try:
        stage(path, content)
        yield
        replace(path)
    except BaseException:
        unstage(path)
        raise


def write_file(path: Path, content: bytes) -> None:
    """Replace one file that stands by itself, as `writing` does."""
    with writing(path, content):
        pass


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unusable(path, "remove", error) from error


def remove_empty_folders(folder: Path, out: Path) -> None:
    """Remove `folder` and those above it, below `out`, as far as nothing is in them."""
    with suppress(OSError):
        while folder != out:
            with suppress(FileNotFoundError):
                folder.rmdir()
            folder = folder.parent


def flush_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unusable(path: Path, action: str, error: OSError) -> PublishError:
    """What the system refused, in its words."""
    return PublishError(f"{path}: cannot {action} this: {error.strerror or error}")
