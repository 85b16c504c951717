"""The names that a package of clients may have.

It stands beside the pages, in a folder that its users put on their path: a package named like a module that clients
import, however far down, would be imported in its place.
"""

from __future__ import annotations

import sys
from typing import Final

from dialspec.rendering.text import module_path

_PAGES: Final = "docs"
_IMPORTED: Final = frozenset(
    {
        *("dialspec", "dialspec_runtime", "httpcore", "httpx", "pydantic", "pydantic_core"),
        *("annotated_types", "anyio", "certifi", "h11", "idna", "sniffio", "typing_extensions"),
        *("typing_inspection", "aiohttp", "httpx_aiohttp"),
    }
)
"""The runtime, and what it and its dependencies import."""


def package_name(name: str) -> str:
    """Give the name of a package back; raise ValueError, which says why, if it cannot be one."""
    checked = module_path(name)
    top = checked.split(".")[0]
    if top.lower() == _PAGES:
        raise ValueError(f"{top!r} is the folder of the generated pages: choose another name")
    if top in _IMPORTED or top in sys.stdlib_module_names:
        raise ValueError(
            f"{top!r} is the name of a module that clients or Python import: choose another name"
        )
    return checked
