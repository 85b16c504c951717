"""The manifest and the journal: hashes of generated files, by path.

The manifest, which is committed with the output, lists what the last complete run wrote. The journal exists only
while files are being replaced: it lists what they are to become, so that a run after a kill knows files of the new
tree from files that somebody edited.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeGuard, TypeVar

from dialspec.publish.errors import PublishError
from dialspec.publish.paths import JOURNAL, MANIFEST, check_path
from dialspec.publish.tree import read_bytes

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_Hashes = TypeVar("_Hashes", str, frozenset[str])


def digest(content: bytes) -> str:
    """The hash of a file's content, as manifests list it."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(out: Path) -> dict[str, str]:
    """The hash of each generated file, as of the last complete run; empty if there was none."""
    return _read(out / MANIFEST, _hash)


def manifest_text(contents: Mapping[str, bytes]) -> bytes:
    """The manifest of these files."""
    return manifest_of({path: digest(content) for path, content in contents.items()})


def manifest_of(hashes: Mapping[str, str]) -> bytes:
    """The manifest of files with these hashes."""
    return _text(hashes)


def read_journal(out: Path) -> dict[str, frozenset[str]]:
    """The hashes that each file may have because runs were interrupted; empty if none was.

    A file that was to be removed has no hash there.
    """
    return _read(out / JOURNAL, _hashes)


def journal_text(hashes: Mapping[str, frozenset[str]]) -> bytes:
    """The content of a journal."""
    return _text({path: sorted(values) for path, values in hashes.items()})


def _text(entries: Mapping[str, str | list[str]]) -> bytes:
    return (json.dumps(dict(sorted(entries.items())), indent=2) + "\n").encode()


def _read(file: Path, read: Callable[[object], _Hashes]) -> dict[str, _Hashes]:
    """The entries of a manifest or journal; their paths are checked, for a line in a file proves nothing."""
    content = read_bytes(file)
    if content is None:
        return {}
    try:
        listed: object = json.loads(content.decode())
        entries = {path: read(value) for path, value in _mapping(listed).items()}
    except (ValueError, RecursionError):
        raise PublishError(
            f"{file}: is no list of generated files; if a merge damaged it, delete it and run again"
        ) from None
    for path in entries:
        check_path(path)
    return entries


def _mapping(value: object) -> dict[str, object]:
    if not _is_mapping(value):
        raise ValueError("no mapping")
    return value


def _hash(value: object) -> str:
    if not isinstance(value, str) or _HASH.fullmatch(value) is None:
        raise ValueError("no hash")
    return value


def _hashes(value: object) -> frozenset[str]:
    if not _is_list(value):
        raise ValueError("no list of hashes")
    return frozenset(map(_hash, value))


def _is_mapping(value: object) -> TypeGuard[dict[str, object]]:
    """Whether JSON gave a mapping, whose keys are texts then."""
    return isinstance(value, dict)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)
