"""Memory: a run counts for the next one if nothing that it depends on has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dialspec.cache.memory import Memory
from dialspec.pipeline import Built
from dialspec.publish import publish
from dialspec.spec.schema import schema_text

FILES = {"a.py": "one\n", "b.md": "two\n"}


@pytest.fixture
def specs(tmp_path: Path, root: Path) -> Path:
    """A copy of the project's specs with their schema."""
    specs = Path(shutil.copytree(root / "specs", tmp_path / "specs"))
    (specs / "schema.json").write_text(schema_text())
    return specs


@pytest.fixture
def out(tmp_path: Path, specs: Path) -> Path:
    """Output that is remembered."""
    publish(FILES, tmp_path / "out")
    Memory(specs, "clients", None).remember(Built(dict(FILES), {"key": ["a.py"]}))
    return tmp_path / "out"


def test_a_run_with_nothing_changed_is_known(specs: Path, out: Path) -> None:
    memory = Memory(specs, "clients", None)
    assert memory.unchanged_files(out) == 2
    parts = memory.parts(out)
    assert parts is not None
    assert parts.files_of("key") == {"a.py": "one\n"}
    assert parts.files_of("other") is None


def test_other_options_are_another_run(specs: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    assert Memory(specs, "others", None).unchanged_files(out) is None
    assert Memory(specs, "clients", tmp_path / "templates").unchanged_files(out) is None
    assert Memory(specs, "clients", None).unchanged_files(tmp_path / "elsewhere") is None


def test_a_schema_that_is_not_ours_makes_a_run(specs: Path, out: Path) -> None:
    (specs / "schema.json").write_text("{}")
    assert Memory(specs, "clients", None).unchanged_files(out) is None
    (specs / "schema.json").unlink()
    assert Memory(specs, "clients", None).unchanged_files(out) is None


def test_what_changes_during_a_run_is_not_remembered(specs: Path, out: Path) -> None:
    memory = Memory(specs, "others", None)
    with (specs / "nio" / "preview_tasks.yaml").open("a") as file:
        file.write("# more\n")
    memory.remember(Built(dict(FILES)))
    assert Memory(specs, "others", None).unchanged_files(out) is None
    assert Memory(specs, "clients", None).unchanged_files(out) is None


def test_specs_that_can_not_be_summed_up_leave_nothing(specs: Path, out: Path) -> None:
    (specs / "nio" / "link.yaml").symlink_to("preview_tasks.yaml")
    memory = Memory(specs, "clients", None)
    memory.remember(Built(dict(FILES)))
    assert memory.unchanged_files(out) is None
    assert memory.parts(out) is None
