"""A change of a spec changes the files that depend on it, and no others."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import Project, build, read

BRANDS: Final = ("laaffic", "nio")
"""The brands whose pages document recall flows."""


@pytest.fixture
def specs(root: Path, tmp_path: Path) -> Path:
    """A copy of the project's specs."""
    return Path(shutil.copytree(root / "specs", tmp_path / "specs"))


def built(specs: Path) -> dict[str, str]:
    return build(Project(specs), read(specs, Diagnostics())[1])


def changed_files(before: dict[str, str], after: dict[str, str]) -> set[str]:
    assert before.keys() == after.keys()
    return {path for path, text in after.items() if before[path] != text}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_renaming_an_enum_label_changes_its_enum_module_and_docs_only(specs: Path) -> None:
    before = built(specs)
    edit(
        specs / "voice_platform" / "recall_flows.yaml", "en: Execution Exception", "en: Broken down"
    )
    changed = changed_files(before, built(specs))
    code = {path for path in changed if path.endswith(".py")}
    assert code == {f"dialspec_clients/{brand}/enums/recall_flows.py" for brand in BRANDS}
    assert all(path.startswith(("docs/laaffic/", "docs/nio/")) for path in changed - code)


def test_adding_a_field_changes_the_models_of_its_resource_only(specs: Path) -> None:
    before = built(specs)
    edit(
        specs / "voice_platform" / "recall_flows.yaml",
        "      nodeStatus:",
        "      colour: {type: string, summary: Colour of the round.}\n      nodeStatus:",
    )
    after = built(specs)
    changed = changed_files(before, after)
    code = {path for path in changed if path.endswith(".py")}
    assert code == {f"dialspec_clients/{brand}/models/recall_flows.py" for brand in BRANDS}
    assert "colour: str | None = None" in after["dialspec_clients/nio/models/recall_flows.py"]
    assert all(path.startswith(("docs/laaffic/", "docs/nio/")) for path in changed - code)


def test_the_same_specs_give_the_same_files(specs: Path) -> None:
    assert built(specs) == built(specs)
