"""A seal for what is kept in the cache folder, made with a key that is kept elsewhere.

The cache folder is no place to trust: it is copied between machines, restored by build servers, shared in containers.
An entry counts only under a seal (HMAC-SHA256) whose key lies in the user's state folder, readable by nobody else. The
first run makes the key. Where it cannot be made, or others could have read or made it, there is no seal, and
therefore no cache.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from platformdirs import user_state_path

from dialspec.cache.files import make_private_folder, read_own_file

_KEY_LENGTH: Final = 32
_KEY_FILE: Final = "cache-key"


class Seal:
    """Makes the seal of an entry."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def of_user(cls) -> Self | None:
        """The seal of whoever runs this; None if there can be no key."""
        key = _read_or_make(user_state_path("dialspec", appauthor=False) / _KEY_FILE)
        return None if key is None else cls(key)

    def of(self, name: str, body: bytes) -> bytes:
        """The seal of what is kept under `name`, in hexadecimal."""
        message = name.encode() + b"\n" + body
        return hmac.digest(self._key, message, "sha256").hex().encode()

    def fits(self, seal: bytes, name: str, body: bytes) -> bool:
        """Whether `seal` was made by `of` for just this."""
        return hmac.compare_digest(seal, self.of(name, body))


def _read_or_make(path: Path) -> bytes | None:
    if not make_private_folder(path.parent):
        return None
    with suppress(OSError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY_LENGTH))
    key = read_own_file(path, _KEY_LENGTH, is_secret=True)
    return key if key is not None and len(key) == _KEY_LENGTH else None
