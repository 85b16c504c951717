"""A run that is killed, refused by the disk or interrupted leaves the old tree, or one that the next run completes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import killed_publication
from dialspec.publish import PublishError, publish, write_file

OLD = {"a/one.txt": "1\n", "a/two.txt": "2\n"}
NEW = {"a/one.txt": "11\n", "b/three.txt": "3\n"}
TOO_MUCH = NEW | {"b/huge.txt": "x" * 200_000}


@pytest.mark.parametrize(("way", "at_least"), [("steps", 60), ("twice", 60)])
def test_a_killed_run_is_completed_by_the_next(tmp_path: Path, way: str, at_least: int) -> None:
    ran = subprocess.run(
        [sys.executable, killed_publication.__file__, str(tmp_path), way],
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) >= at_least


def everything(out: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in out.rglob("*")}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_changes_nothing(small_disk: Path) -> None:
    out = small_disk / "out"
    publish(OLD, out)
    before = everything(out)
    with pytest.raises(PublishError, match=r"(?s)No space left on device.*nothing was changed"):
        publish(TOO_MUCH, out)
    assert everything(out) == before
    publish(NEW, out)
    assert (out / "b/three.txt").read_text(encoding="utf-8") == "3\n"


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of a user whom access rights bind; root becomes nobody for the test."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        subprocess.run(["rm", "-rf", str(folder)], check=True)


@pytest.mark.parametrize("locked", [".", "a", "b"])
def test_a_read_only_folder_changes_nothing(unprivileged: Path, locked: str) -> None:
    out = unprivileged / "out"
    publish(OLD | {"b/four.txt": "4\n"}, out)
    before = everything(out)
    (out / locked).chmod(0o555)
    with pytest.raises(PublishError, match=r"(?s)Permission denied.*nothing was changed"):
        publish(NEW, out)
    assert everything(out) == before


def test_an_unreadable_file_is_reported(unprivileged: Path) -> None:
    publish(OLD, unprivileged)
    (unprivileged / "a/one.txt").chmod(0)
    with pytest.raises(PublishError, match=r"one\.txt: cannot read this: Permission denied"):
        publish(NEW, unprivileged)


def test_an_unreachable_file_is_reported(unprivileged: Path) -> None:
    publish(OLD, unprivileged)
    (unprivileged / "a").chmod(0)
    with pytest.raises(PublishError, match="cannot read this: Permission denied"):
        publish(NEW, unprivileged)
    (unprivileged / "a").chmod(0o755)


def test_a_folder_that_nobody_may_open_is_reported(unprivileged: Path) -> None:
    publish(OLD, unprivileged)
    unprivileged.chmod(0o300)
    with pytest.raises(PublishError, match="cannot lock this: Permission denied"):
        publish(OLD, unprivileged)


def test_a_file_that_can_not_be_removed_leaves_the_rest_for_the_next_run(
    unprivileged: Path,
) -> None:
    publish({"a/one.txt": "1\n", "b/two.txt": "2\n"}, unprivileged)
    (unprivileged / "b").chmod(0o555)
    with pytest.raises(PublishError, match="run again to complete it"):
        publish({"a/one.txt": "11\n"}, unprivileged)
    (unprivileged / "b").chmod(0o755)
    publish({"a/one.txt": "11\n"}, unprivileged)
    assert sorted(path.name for path in unprivileged.rglob("*")) == [
        "a",
        "manifest.json",
        "one.txt",
    ]


def test_a_damaged_journal_is_reported(tmp_path: Path) -> None:
    publish(OLD, tmp_path)
    (tmp_path / ".dialspec-journal.json").write_text("{", encoding="utf-8")
    with pytest.raises(PublishError, match="is no list of generated files"):
        publish(NEW, tmp_path)


def test_a_file_made_where_an_interrupted_run_removed_one_is_left_alone(tmp_path: Path) -> None:
    publish(NEW, tmp_path)
    (tmp_path / ".dialspec-journal.json").write_text('{"a/two.txt": []}', encoding="utf-8")
    (tmp_path / "a/two.txt").write_text("mine\n", encoding="utf-8")
    publish(NEW, tmp_path)
    assert (tmp_path / "a/two.txt").read_text(encoding="utf-8") == "mine\n"


def test_an_interrupt_while_writing_changes_nothing(tmp_path: Path) -> None:
    publish(OLD, tmp_path)
    before = everything(tmp_path)
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from dialspec.publish import publish\n"
        "def interrupt(event, arguments):\n"
        "    if event == 'open' and 'three.txt.dialspec-new' in str(arguments):\n"
        "        raise KeyboardInterrupt\n"
        "sys.addaudithook(interrupt)\n"
        f"publish({NEW!r}, Path({str(tmp_path)!r}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert "KeyboardInterrupt" in done.stderr
    assert everything(tmp_path) == before


def test_a_full_disk_keeps_the_journal_of_an_interrupted_run(small_disk: Path) -> None:
    out = small_disk / "out"
    publish(OLD, out)
    (out / "a/one.txt").write_text("11\n", encoding="utf-8")
    digest = "9d1f7b3b3f0d7ff2a6ed5d0a8d6f2c5a9f4cf1b1a3c7b2e1d0f9e8d7c6b5a493"
    journal = out / ".dialspec-journal.json"
    journal.write_text(f'{{"b/three.txt": ["{digest}"]}}\n', encoding="utf-8")
    with pytest.raises(PublishError, match="No space left on device"):
        publish(TOO_MUCH, out, force=frozenset({"a/one.txt"}))
    assert digest in journal.read_text(encoding="utf-8")


def test_a_single_file_is_replaced_whole_or_not_at_all(small_disk: Path) -> None:
    path = small_disk / "schema.json"
    write_file(path, b"old")
    with pytest.raises(PublishError, match="No space left on device"):
        write_file(path, b"x" * 200_000)
    assert everything(small_disk) == {str(path): b"old"}
    write_file(path, b"new")
    assert everything(small_disk) == {str(path): b"new"}
    (small_disk / "link").symlink_to(path)
    with pytest.raises(PublishError, match="is a symlink"):
        write_file(small_disk / "link", b"x")
