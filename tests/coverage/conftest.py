"""Made-up vendors, and a way to write a page and compare it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest

from dialspec.api import Api
from dialspec.coverage import Survey, survey
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read

SPECS = Path(__file__).parent / "specs"
Compare: TypeAlias = Callable[..., Survey]


@pytest.fixture(scope="session")
def vendors() -> Api:
    """The resolved API of the vendors beside this file."""
    return read(SPECS, Diagnostics())[1]


@pytest.fixture
def compare(vendors: Api, tmp_path: Path) -> Compare:
    """Write a page, and compare it with the vendors' specs."""

    def run(
        page: str, name: str = "page.md", endpoint: str | None = None, folder: Sequence[str] = ()
    ) -> Survey:
        path = tmp_path.joinpath(*folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
        given = tmp_path / folder[0] if folder else path
        return survey(vendors, [given], endpoint)

    return run
