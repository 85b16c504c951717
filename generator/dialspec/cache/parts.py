"""Parts that are as they were in an earlier run, and whose files still stand in the output folder.

A part holds a provider cut down to what it can reach (`dialspec.rendering.parts`), and its files are a function of
that, of the tool and of its options. The key of a part is a hash of these, so that equal keys mean equal files. Objects
are hashed by the bytes that pickle makes of them, which tell apart whatever differs; nothing is ever unpickled.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from dialspec import api
from dialspec.publish import PublishError, digest
from dialspec.publish.tree import read_bytes
from dialspec.text import SpecText

if TYPE_CHECKING:
    from pathlib import Path

    from dialspec.cache.runs import Generated
    from dialspec.rendering.parts import Part


class EarlierParts:
    """The parts of an earlier run into the folder `out`; `tool` is the fingerprint of the tool of this one."""

    def __init__(self, tool: str, out: Path, earlier: Generated | None) -> None:
        self._tool = tool
        self._out = out
        self._earlier = earlier
        self._hashes: dict[int, tuple[object, str]] = {}

    def key_of(self, part: Part) -> str:
        """The key of a part."""
        provider = part.provider
        bare = replace(provider, resources=(), enums=(), types=())
        hashes = [
            self._tool,
            part.name,
            _hash(bare),
            *map(self._hash_once, provider.resources),
            "enums",
            *map(self._hash_once, provider.enums),
            "types",
            *map(self._hash_once, provider.types),
        ]
        return hashlib.sha256("\n".join(hashes).encode()).hexdigest()

    def files_of(self, key: str) -> dict[str, str] | None:
        """The files that a part of this key gave, if all of them are as they were then."""
        if self._earlier is None or key not in self._earlier.parts:
            return None
        files: dict[str, str] = {}
        for path in self._earlier.parts[key]:
            content = self._standing(path, self._earlier.files.get(path))
            if content is None:
                return None
            files[path] = content.decode()
        return files

    def _standing(self, path: str, wanted: str | None) -> bytes | None:
        try:
            content = read_bytes(self._out / path)
        except PublishError:
            return None
        return content if content is not None and digest(content) == wanted else None

    def _hash_once(self, item: object) -> str:
        """Hash what several parts may reach; it is kept, so that its id stays its own."""
        known = self._hashes.get(id(item))
        if known is None:
            known = self._hashes[id(item)] = (item, _hash(item))
        return known[1]


def _taken_apart_by_fields() -> dict[type, Callable[[Any], tuple[Any, ...]]]:
    """How to take apart the classes of the resolved API: as pickle does by itself, but several times as fast."""

    def taker(kind: type, *names: str) -> Callable[[Any], tuple[Any, ...]]:
        values = attrgetter(*names)
        return lambda item: (kind, (values(item),))

    found = {
        kind: taker(kind, *(field.name for field in fields(kind)))
        for kind in vars(api).values()
        if isinstance(kind, type) and is_dataclass(kind)
    }
    return {**found, SpecText: lambda text: (SpecText, (text.reveal(),))}


class _Pickler(pickle.Pickler):
    dispatch_table = _taken_apart_by_fields()


def _hash(item: object) -> str:
    content = BytesIO()
    _Pickler(content, protocol=5).dump(item)
    return hashlib.sha256(content.getbuffer()).hexdigest()
