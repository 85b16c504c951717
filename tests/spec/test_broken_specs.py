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


def test_a_provider_named_like_a_device_is_refused_at_its_name(
    specs: Path, diagnose: Diagnose
) -> None:
    folder = (specs / "demo").rename(specs / "con")
    text = (folder / "provider.yaml").read_text(encoding="utf-8")
    changed = text.replace("provider: demo", "provider: con").encode()
    (problem,) = diagnose({"con/provider.yaml": changed}).errors
    assert str(problem.position).endswith("con/provider.yaml:2:1")
    assert problem.code == "DS310"
    assert "it is the name of a device" in problem.message
