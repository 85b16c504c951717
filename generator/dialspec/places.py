"""Where things lie: a user's folders by default, and the specs and templates that come with dialspec.

In a wheel, specs and templates are bundled beside the code; in a checkout they are folders at its top.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

_HERE: Final = Path(__file__).resolve().parent
DEFAULT_SPECS: Final = Path("specs")
DEFAULT_OUT: Final = Path("generated")
DEFAULT_PACKAGE: Final = "dialspec_clients"


def our_templates() -> Path:
    """The folder of our templates."""
    return _ours("templates")


def our_specs() -> Path:
    """The folder of our specs."""
    return _ours("specs")


def specs_to_read(given: Path | None) -> Path:
    """The specs folder to read: the one given, else `specs` here, else ours."""
    if given is not None:
        return given
    return DEFAULT_SPECS if DEFAULT_SPECS.is_dir() else our_specs()


def as_shown(path: Path) -> PurePosixPath:
    """A path as messages show it: as it was given, less the working folder."""
    here = Path.cwd()
    return PurePosixPath((path.relative_to(here) if path.is_relative_to(here) else path).as_posix())


def _ours(name: str) -> Path:
    bundled = _HERE / "_bundled" / name
    return bundled if bundled.is_dir() else _HERE.parents[1] / name
