"""The small valid specs of tests/spec, with one file replaced, and what lint says of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from dialspec.diagnostics import Diagnostics
from dialspec.lint import lint
from dialspec.resolve import resolve
from dialspec.spec.loader import load

BASE: Final = Path(__file__).parents[1] / "spec" / "base"
HEADER: Final = "# yaml-language-server: $schema=../schema.json\n"

Linted: TypeAlias = Callable[..., list[str]]


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A copy of the valid specs, to be changed."""
    return Path(shutil.copytree(BASE, tmp_path / "specs"))


@pytest.fixture
def linted(specs: Path) -> Linted:
    """Write resource or provider files (without their first line), and give what lint finds: `CODE line message`.

    Only codes that begin with `about` are given, because a shortened spec has other faults too.
    """

    def linted(about: str = "DS", **files: str) -> list[str]:
        for name, text in files.items():
            (specs / "demo" / f"{name}.yaml").write_text(HEADER + text, encoding="utf-8")
        diagnostics = Diagnostics()
        loaded = load(specs, diagnostics)
        lint(resolve(loaded, diagnostics), loaded, diagnostics)
        return [
            f"{one.code} {one.position.line} {one.message}"
            for one in diagnostics
            if one.code.startswith(about)
        ]

    return linted
