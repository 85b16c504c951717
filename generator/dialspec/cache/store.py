"""Entries by name in a folder: sealed, replaced whole, the oldest dropped when there are too many.

Nothing here ever fails: an entry that cannot be read, or whose seal does not fit, is none; one that cannot be
written is not kept.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from platformdirs import user_cache_path

from dialspec.cache.files import make_private_folder, read_own_file
from dialspec.cache.seal import Seal

_LARGEST: Final = 16_000_000


class Store:
    """A folder of entries; without a seal it holds nothing."""

    def __init__(self, folder: Path, seal: Seal | None, maximum_entries: int) -> None:
        self._folder = folder
        self._seal = seal
        self._maximum_entries = maximum_entries
        self._room: int | None = None
        self._is_usable: bool | None = None

    @classmethod
    def of_user(cls, kind: str, maximum_entries: int) -> Self:
        """The store of whoever runs this, for one kind of entries."""
        folder = user_cache_path("dialspec", appauthor=False) / kind
        return cls(folder, Seal.of_user(), maximum_entries)

    def get(self, name: str) -> bytes | None:
        """What was kept under `name`, a word of letters, digits and dashes; else None."""
        if self._seal is None or not self._usable():
            return None
        content = read_own_file(self._folder / name, _LARGEST)
        if content is None:
            return None
        seal, _, body = content.partition(b"\n")
        return body if self._seal.fits(seal, self._sealed_name(name), body) else None

    def put(self, name: str, body: bytes) -> None:
        """Keep `body` under `name`."""
        if self._seal is None or not self._usable() or len(body) > _LARGEST // 2:
            return
        with suppress(OSError):
            self._make_room()
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix="new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(self._seal.of(self._sealed_name(name), body) + b"\n" + body)
                Path(temporary).replace(self._folder / name)
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def _sealed_name(self, name: str) -> str:
        """The name with the kind of the store, so that an entry counts in its own store only."""
        return f"{self._folder.name}/{name}"

    def _usable(self) -> bool:
        if self._is_usable is None:
            self._is_usable = make_private_folder(self._folder)
        return self._is_usable

    def _make_room(self) -> None:
        """Count once, then after every entry; drop the oldest half when there are too many."""
        if self._room is None or self._room <= 0:
            entries = sorted(self._folder.iterdir(), key=_modified)
            if len(entries) >= self._maximum_entries:
                half = len(entries) // 2
                for entry in entries[:half]:
                    with suppress(OSError):
                        entry.unlink(missing_ok=True)
                entries = entries[half:]
            self._room = self._maximum_entries - len(entries)
        self._room -= 1


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
