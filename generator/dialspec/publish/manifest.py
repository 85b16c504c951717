"""The manifest and the journal: hashes of generated files, by path.

The manifest, which is committed with the output, lists what the last complete run wrote. The journal exists only
while files are being replaced: it lists what they are to become, so that a run after a kill knows files of the new
tree from files that somebody edited.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, TypeVar

from pydantic import StringConstraints, TypeAdapter, ValidationError

from dialspec.publish.errors import PublishError
from dialspec.publish.paths import JOURNAL, MANIFEST, check_path
from dialspec.publish.tree import read_bytes

_Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Hashes = TypeVar("_Hashes", str, frozenset[str])
_MANIFESTS: Final = TypeAdapter(dict[str, _Hash])
_JOURNALS: Final = TypeAdapter(dict[str, frozenset[_Hash]])


def digest(content: bytes) -> str:
    """The hash of a file's content, as manifests list it."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(out: Path) -> dict[str, str]:
    """The hash of each generated file, as of the last complete run; empty if there was none."""
    return _read(out / MANIFEST, _MANIFESTS)


def manifest_text(contents: Mapping[str, bytes]) -> bytes:
    """The manifest of these files."""
    return _text({path: digest(content) for path, content in contents.items()})


def read_journal(out: Path) -> dict[str, frozenset[str]]:
    """The hashes that each file may have because runs were interrupted; empty if none was.

    A file that was to be removed has no hash there.
    """
    return _read(out / JOURNAL, _JOURNALS)


def journal_text(hashes: Mapping[str, frozenset[str]]) -> bytes:
    """The content of a journal."""
    return _text({path: sorted(values) for path, values in hashes.items()})


def _text(entries: Mapping[str, str | list[str]]) -> bytes:
    return (json.dumps(dict(sorted(entries.items())), indent=2) + "\n").encode()


def _read(file: Path, kind: TypeAdapter[dict[str, _Hashes]]) -> dict[str, _Hashes]:
    """The entries of a manifest or journal; their paths are checked, for a line in a file proves nothing."""
    content = read_bytes(file)
    if content is None:
        return {}
    try:
        entries = kind.validate_json(content)
    except ValidationError:
        raise PublishError(
            f"{file}: is no list of generated files; if a merge damaged it, delete it and run again"
        ) from None
    for path in entries:
        check_path(path)
    return entries
