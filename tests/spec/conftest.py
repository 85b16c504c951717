"""A small valid set of specs (`base/`), files put into a copy of it, and the diagnostics that come of that."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from dialspec.diagnostics import Diagnostics, SpecErrors
from dialspec.lint import lint
from dialspec.resolve import resolve
from dialspec.spec.loader import load

BASE: Final = Path(__file__).parent / "base"

Diagnose: TypeAlias = Callable[[Mapping[str, bytes | None]], Diagnostics]


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A copy of the valid specs, to be changed."""
    return Path(shutil.copytree(BASE, tmp_path / "specs"))


@pytest.fixture
def diagnose(specs: Path) -> Diagnose:
    """Put files into the specs (None: remove the file), then load, resolve and lint them."""

    def diagnose(files: Mapping[str, bytes | None]) -> Diagnostics:
        for name, content in files.items():
            path = specs / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        diagnostics = Diagnostics()
        with suppress(SpecErrors):
            loaded = load(specs, diagnostics)
            lint(resolve(loaded, diagnostics), loaded, diagnostics)
        return diagnostics

    return diagnose
