"""Broken specs and what people are told about them, word by word.

Each `broken/<name>.yaml` stands in for `demo/tasks.yaml` of `base/`, each `broken/<name>.provider.yaml` for
`demo/provider.yaml`; `<name>.txt` beside it is what is printed. To add one, write both files: if the text is missing
or differs, the failure shows what was printed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from dialspec.diagnostics.formats import render_diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dialspec.diagnostics import Diagnostics

    Diagnose = Callable[[Mapping[str, bytes | None]], Diagnostics]

BROKEN: Final = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


@pytest.mark.parametrize("spec", BROKEN, ids=[path.name.removesuffix(".yaml") for path in BROKEN])
def test_a_broken_spec_is_reported_in_these_words(spec: Path, diagnose: Diagnose) -> None:
    file = "demo/provider.yaml" if spec.name.endswith(".provider.yaml") else "demo/tasks.yaml"
    printed = render_diagnostics(diagnose({file: spec.read_bytes()}))
    expected = spec.with_suffix(".txt")
    assert printed == (expected.read_text(encoding="utf-8") if expected.exists() else "")
    assert printed, "the spec is not broken"
