"""Formatted modules by the hash of their source, below the user's cache folder.

An entry holds the hash of its text, so that a damaged one is noticed and made again. Entries are written to a
temporary file that is renamed, the oldest go when there are too many, and a folder that can not be read or written
only means that nothing is remembered: the cache never makes generating fail.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final, Self

from platformdirs import user_cache_path

MAXIMUM_ENTRIES: Final = 4000
_LAYOUT: Final = "1"
_UNCHANGED: Final = b"="
"""What an entry says of a module that was in black's shape already."""


class FormatCache:
    """A folder of entries. `settings` is whatever the result depends on beside the source."""

    def __init__(self, folder: Path, settings: str, maximum_entries: int = MAXIMUM_ENTRIES) -> None:
        self._folder = folder
        self._settings = settings.encode()
        self._maximum_entries = maximum_entries
        self._room: int | None = None

    @classmethod
    def of_user(cls, settings: str) -> Self:
        """The cache of whoever runs this, for the installed black."""
        folder = user_cache_path("dialspec", appauthor=False) / "formatted"
        return cls(folder, f"{_LAYOUT} black {version('black')} {settings}")

    def get(self, source: str) -> str | None:
        """The formatted text of a source that was formatted before, else None."""
        path = self._path(source)
        try:
            digest, _, body = path.read_bytes().partition(b"\n")
            if digest != _digest(body):
                return None
            return source if body == _UNCHANGED else body.decode()
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, source: str, formatted: str) -> None:
        """Remember a result."""
        body = _UNCHANGED if formatted == source else formatted.encode()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._make_room()
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix="new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_digest(body) + b"\n" + body)
                Path(temporary).replace(self._path(source))
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def _path(self, source: str) -> Path:
        key = hashlib.sha256(self._settings + b"\n" + source.encode("utf-8", "surrogatepass"))
        return self._folder / key.hexdigest()

    def _make_room(self) -> None:
        """Count once, then after every entry; drop the oldest half when there are too many."""
        if self._room is None or self._room <= 0:
            entries = sorted(self._folder.iterdir(), key=_modified)
            if len(entries) >= self._maximum_entries:
                half = len(entries) // 2
                for entry in entries[:half]:
                    entry.unlink(missing_ok=True)
                entries = entries[half:]
            self._room = self._maximum_entries - len(entries)
        self._room -= 1


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
