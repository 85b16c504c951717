"""What all tests share: the project's own specs, resolved once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialspec.api import Api
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of the tests' own, so that what earlier runs remember has no part in them."""
    folder = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def api() -> Api:
    """The resolved API of this project's specs."""
    return read(ROOT / "specs", Diagnostics())[1]
