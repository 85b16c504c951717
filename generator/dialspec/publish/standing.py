"""Whether an output folder holds just the files of a list of hashes, as after a complete run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dialspec.publish.errors import PublishError
from dialspec.publish.manifest import digest, manifest_of
from dialspec.publish.paths import JOURNAL, MANIFEST
from dialspec.publish.tree import check_folders, read_bytes, temporary_of


def holds(out: Path, hashes: Mapping[str, str]) -> bool:
    """Tell whether publishing files with these hashes would change nothing; also false where it would be refused."""
    try:
        for folder in {path.rpartition("/")[0] for path in hashes}:
            check_folders(out, f"{folder}/x")
        if read_bytes(out / MANIFEST) != manifest_of(hashes):
            return False
        if (out / JOURNAL).exists() or temporary_of(out / JOURNAL).exists():
            return False
        return all(_has(out / path, wanted) for path, wanted in hashes.items())
    except PublishError:
        return False


def _has(path: Path, wanted: str) -> bool:
    content = read_bytes(path)
    return content is not None and digest(content) == wanted
