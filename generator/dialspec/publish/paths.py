"""What the path of a generated file may be.

Paths are relative, with `/` between plain ASCII names; nothing may climb, start elsewhere, name a device, or differ
from another path in upper and lower case only. `manifest.json` and the journal are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dialspec.file_names import reason_against_file_name
from dialspec.publish.errors import PublishError

MANIFEST: Final = "manifest.json"
JOURNAL: Final = ".dialspec-journal.json"
_LONGEST: Final = 240


def check_paths(paths: Iterable[str]) -> None:
    """Raise PublishError at the first path that cannot be published."""
    spellings: dict[str, str] = {}
    files: dict[str, str] = {}
    for path in paths:
        check_path(path)
        files[path.lower()] = path
        for known in _with_folders(path):
            other = spellings.setdefault(known.lower(), known)
            if other != known:
                raise PublishError(f"{path}: differs from {other} in upper and lower case only")
    for path in files.values():
        for folder in list(_with_folders(path))[1:]:
            if folder.lower() in files:
                raise PublishError(f"{path}: {folder} is a file, so it cannot be a folder as well")


def check_path(path: str) -> None:
    """Raise PublishError if this path cannot be published."""
    if len(path) > _LONGEST:
        raise PublishError(f"{path[:60]!r}…: the path is longer than {_LONGEST} characters")
    if path.lower() == MANIFEST:
        raise PublishError(f"{path}: this name is taken by the manifest")
    for name in path.split("/"):
        reason = reason_against_file_name(name)
        if reason is not None:
            raise PublishError(f"{path!r}: {name!r} cannot be the name of a file: {reason}")


def _with_folders(path: str) -> Iterable[str]:
    """`a/b/c`, `a/b`, `a`."""
    yield path
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
