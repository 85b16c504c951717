"""Drift: how a folder differs from what would be generated."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialspec.publish import Drift, PublishError, check, publish

OLD = {"a.py": "one\ntwo\n", "b.py": "b\n", "c.py": "c\n"}
NEW = {"a.py": "one\n2\n", "b.py": "b\n", "d.py": "d\n"}


def test_a_fresh_folder_has_no_drift(tmp_path: Path) -> None:
    publish(OLD, tmp_path)
    assert check(OLD, tmp_path) == Drift()
    assert not check(OLD, tmp_path)


def test_missing_changed_and_surplus_files_are_listed_and_shown(tmp_path: Path) -> None:
    publish(OLD, tmp_path)
    drift = check(NEW, tmp_path)
    assert drift
    assert (drift.missing, drift.changed, drift.surplus) == (
        ("d.py",),
        ("a.py", "manifest.json"),
        ("c.py",),
    )
    assert drift.diff == (
        "--- c.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-c\n"
        "--- a.py\n+++ a.py (generated)\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
        "--- /dev/null\n+++ d.py (generated)\n@@ -0,0 +1 @@\n+d\n"
    )


def test_looking_writes_nothing(tmp_path: Path) -> None:
    publish(OLD, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    check(NEW, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_is_not_there_lacks_everything(tmp_path: Path) -> None:
    drift = check(OLD, tmp_path / "none")
    assert drift.missing == ("a.py", "b.py", "c.py", "manifest.json")
    assert not (tmp_path / "none").exists()


def test_a_lost_manifest_is_drift_and_shown(tmp_path: Path) -> None:
    publish(OLD, tmp_path)
    (tmp_path / "manifest.json").unlink()
    drift = check(OLD, tmp_path)
    assert drift.missing == ("manifest.json",)
    assert drift.diff.startswith("--- /dev/null\n+++ manifest.json (generated)\n")


def test_a_stale_file_that_is_gone_is_no_surplus(tmp_path: Path) -> None:
    publish(OLD, tmp_path)
    (tmp_path / "c.py").unlink()
    assert check(NEW, tmp_path).surplus == ()


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("one\ntwo", " one\n-two\n\\ No newline at end of file\n+two\n"),
        ("one\r\ntwo\n", "-one\r\n+one\n two\n"),
        ("one\u2028\ntwo\n", "-one\u2028\n+one\n two\n"),
        ("", "@@ -0,0 +1,2 @@\n+one\n+two\n"),
    ],
)
def test_line_ends_are_told_apart(tmp_path: Path, found: str, shown: str) -> None:
    publish(OLD, tmp_path)
    (tmp_path / "a.py").write_bytes(found.encode())
    drift = check(OLD, tmp_path)
    assert drift.changed == ("a.py",)
    assert drift.diff.endswith(shown)


def test_bytes_that_are_no_text_are_shown_escaped(tmp_path: Path) -> None:
    publish(OLD, tmp_path)
    (tmp_path / "b.py").write_bytes(b"\xff\n")
    assert "-\\xff\n+b\n" in check(OLD, tmp_path).diff


def test_a_symlink_is_not_followed(tmp_path: Path) -> None:
    publish(OLD, tmp_path)
    (tmp_path / "b.py").unlink()
    (tmp_path / "b.py").symlink_to(tmp_path / "a.py")
    with pytest.raises(PublishError, match="is a symlink"):
        check(OLD, tmp_path)
