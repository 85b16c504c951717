"""What all tests share: the project's own specs, resolved once."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialspec.api import Api
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def api() -> Api:
    """The resolved API of this project's specs."""
    return read(ROOT / "specs", Diagnostics())[1]
