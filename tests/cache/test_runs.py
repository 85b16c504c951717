"""Runs: remembered by project, and only if they are what was kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialspec.cache.runs import Generated, Inputs, Linted, Runs
from dialspec.cache.seal import Seal
from dialspec.cache.store import Store

RUN = Generated(Inputs("tool", "specs"), {"a.py": "0" * 64}, "1" * 64, {"key": ["a.py"]})
CLEAN = Linted(Inputs("tool", "specs"), 3, 5)


class OneEntry(Store):
    """A store that always has the same entry."""

    def __init__(self, body: bytes) -> None:
        super().__init__(Path("none"), None, 0)
        self._body = body

    def get(self, name: str) -> bytes | None:
        """The entry."""
        del name
        return self._body


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    """No run yet."""
    return Runs(Store(tmp_path / "runs", Seal(b"k" * 32), 10))


def test_a_run_is_remembered_by_folder_and_settings(runs: Runs, tmp_path: Path) -> None:
    assert runs.generated(tmp_path, ("x",)) is None
    runs.remember_generated(tmp_path, ("x",), RUN)
    assert runs.generated(tmp_path, ("x",)) == RUN
    assert runs.generated(tmp_path, ("y",)) is None
    assert runs.generated(tmp_path / "other", ("x",)) is None
    assert runs.linted(tmp_path) is None


def test_a_clean_lint_is_remembered_by_folder(runs: Runs, tmp_path: Path) -> None:
    assert runs.linted(tmp_path) is None
    runs.remember_linted(tmp_path, CLEAN)
    assert runs.linted(tmp_path) == CLEAN
    assert runs.linted(tmp_path / "other") is None


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"x", b"[]", b"{}", b"null", b'{"tool": 1, "specs": "b"}', b"\xff"),
        b'{"tool": "a", "specs": "b", "schema": "c"}',
        b'{"tool": "a", "specs": "b", "schema": "c", "files": []}',
        b'{"tool": "a", "specs": "b", "schema": "c", "files": {"a": 1}}',
        b'{"tool": "a", "specs": "b", "schema": "c", "files": {}, "parts": {"a": "b"}}',
        b'{"tool": "a", "specs": "b", "schema": "c", "files": {}, "parts": {"a": [1]}}',
        b'{"tool": "a", "specs": "b", "providers": "3", "endpoints": 5}',
    ],
)
def test_an_entry_of_another_form_is_none(tmp_path: Path, body: bytes) -> None:
    runs = Runs(OneEntry(body))
    assert runs.generated(tmp_path, ()) is None
    assert runs.linted(tmp_path) is None


def test_inputs_are_the_same_until_something_changes(tmp_path: Path) -> None:
    before = Inputs.of(tmp_path, ("x",))
    assert before is not None
    assert Inputs.of(tmp_path, ("x",)) == before
    assert Inputs.of(tmp_path, ("y",)) != before
    (tmp_path / "demo").mkdir()
    assert Inputs.of(tmp_path, ("x",)) != before
    (tmp_path / "link").symlink_to(tmp_path)
    assert Inputs.of(tmp_path, ("x",)) is None
    assert Inputs.of(tmp_path / "none", ("x",)) is None
    assert Inputs.of(tmp_path / "demo", ("x",), overrides=tmp_path / "none") is None
