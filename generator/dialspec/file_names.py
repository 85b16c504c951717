"""Which names a generated file or folder may have, so that every system can store it and tell it from others."""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?", re.ASCII)
_LONGEST: Final = 120
_DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{device}{n}" for device in ("com", "lpt") for n in range(10)]
)


def reason_against_file_name(name: str) -> str | None:
    """Why `name` cannot be one segment of a path, or None."""
    if _NAME.fullmatch(name) is None:
        return "use ASCII letters, digits and _, and . or - inside"
    if len(name) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    if name.split(".")[0].lower() in _DEVICES:
        return "it is the name of a device on Windows"
    return None
