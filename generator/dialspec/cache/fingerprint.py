"""Fingerprints: a hash of everything that a result depends on, content and all.

Two runs with the same fingerprint had the same specs, templates, version of dialspec down to the last line of its
code, installed packages and Python; and generating is a function of these (`dialspec.pipeline`). Contents are hashed,
not times or sizes, so that nobody is told "unchanged" for a file that was put back with an old date.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from dialspec.cache.files import read_plain_file
from dialspec.places import our_templates

_PACKAGES: Final = ("dialspec", "dialspec_runtime")
_LARGEST_INPUT: Final = 1_000_000
_MOST_ENTRIES: Final = 50_000


class _UnusualTreeError(Exception):
    """A folder with something in it that is no plain file or folder, or more than can be hashed at leisure."""


def fingerprint_of_tool(settings: Iterable[str], overrides: Path | None) -> str | None:
    """Sum up all but the specs: code, our templates and a user's, packages, and the options that make a difference.

    None if a folder holds anything unusual.
    """
    try:
        parts = [
            *installed_packages(),
            _of_tree(our_templates()),
            *(_of_tree(folder, suffix=".py") for folder in _code()),
            "" if overrides is None else _of_tree(overrides),
            *settings,
        ]
    except (_UnusualTreeError, OSError):
        return None
    return _sum(parts)


def fingerprint_of_specs(specs: Path) -> str | None:
    """Sum up a folder of specs, less its `schema.json`, which is a result; None if it holds anything unusual."""
    try:
        return _of_tree(specs, left_out="schema.json", hidden=False)
    except (_UnusualTreeError, OSError):
        return None


@cache
def installed_packages() -> tuple[str, ...]:
    """All installed packages with their versions, and Python; much faster than asking for each version."""
    names = {
        name
        for folder in sys.path
        for name in _listed(folder)
        if name.endswith((".dist-info", ".egg-info"))
    }
    return (sys.version, *sorted(names))


def _code() -> Iterator[Path]:
    for package in _PACKAGES:
        found = find_spec(package)
        if found is not None and found.origin is not None:
            yield Path(found.origin).parent


def _sum(parts: Iterable[str]) -> str:
    """Hash texts so that no two lists of them give the same."""
    listed = [f"{len(part)} {part}" for part in parts]
    return hashlib.sha256("\n".join(listed).encode("utf-8", "surrogatepass")).hexdigest()


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names are all that is wanted, and there are many
    except OSError:
        return []


def _of_tree(folder: Path, *, suffix: str = "", left_out: str = "", hidden: bool = True) -> str:
    """Hash names and contents of what is below `folder`.

    `suffix` is how names of files end that count; `left_out` is a file directly in the folder that does not, and
    without `hidden`, neither do names that begin with a dot.
    """
    whole = hashlib.sha256()
    root = os.fspath(folder)
    for name in sorted(_names(root, suffix, hidden=hidden)):
        if name == left_out:
            continue
        is_folder = name.endswith("/")
        content = b"" if is_folder else read_plain_file(f"{root}/{name}", _LARGEST_INPUT)
        if content is None:
            raise _UnusualTreeError
        whole.update(f"{len(name)} {name} {len(content)}\n".encode("utf-8", "surrogateescape"))
        whole.update(content)
    return whole.hexdigest()


def _names(root: str, suffix: str, *, hidden: bool) -> list[str]:
    """All files below `root` by their paths, and all folders by theirs with a slash at the end."""
    found: list[str] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{root}/{below}") as entries:
            for entry in entries:
                if entry.name.startswith(".") and not hidden:
                    continue
                if entry.name == "__pycache__" and suffix:
                    continue
                name = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                    found.append(f"{name}/")
                elif name.endswith(suffix):
                    found.append(name)
        if len(found) > _MOST_ENTRIES:
            raise _UnusualTreeError
    return found
