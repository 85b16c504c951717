"""Formatted modules by the hash of their source: what black made of it, or that it left it alone."""

from __future__ import annotations

import hashlib
from typing import Final, Self

from dialspec.cache.fingerprint import installed_packages
from dialspec.cache.store import Store

MAXIMUM_ENTRIES: Final = 4000
_LAYOUT: Final = "2"
_UNCHANGED: Final = b"="
"""What an entry says of a module that was in black's shape already."""


class FormatCache:
    """Formatted modules in a store. `settings` is whatever the result depends on beside the source."""

    def __init__(self, store: Store, settings: str) -> None:
        self._store = store
        self._settings = settings.encode()

    @classmethod
    def of_user(cls, settings: str) -> Self:
        """The cache of whoever runs this, for the installed black."""
        store = Store.of_user("formatted", MAXIMUM_ENTRIES)
        return cls(store, f"{_LAYOUT} {settings} {' '.join(installed_packages())}")

    def get(self, source: str) -> str | None:
        """The formatted text of a source that was formatted before, else None."""
        body = self._store.get(self._name(source))
        if body is None or body == _UNCHANGED:
            return None if body is None else source
        return body.decode()

    def put(self, source: str, formatted: str) -> None:
        """Remember a result."""
        body = _UNCHANGED if formatted == source else formatted.encode()
        self._store.put(self._name(source), body)

    def _name(self, source: str) -> str:
        key = hashlib.sha256(self._settings + b"\n" + source.encode("utf-8", "surrogatepass"))
        return key.hexdigest()
