"""Standing: whether a folder holds just what was published, told by hashes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dialspec.publish import digest, holds, publish

FILES = {"a.py": "one\n", "docs/b.md": "two\n", "docs/more/c.md": "three\n"}
HASHES = {path: digest(text.encode()) for path, text in FILES.items()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with published files."""
    publish(FILES, tmp_path / "out")
    return tmp_path / "out"


def test_a_published_folder_holds_what_was_published(out: Path) -> None:
    assert holds(out, HASHES)
    (out / "somebody's.txt").write_text("not ours")
    assert holds(out, HASHES)


def _link_file(out: Path) -> None:
    (out / "a.py").rename(out / "z.py")
    (out / "a.py").symlink_to("z.py")


def _link_folder(out: Path) -> None:
    (out / "docs").rename(out / "pages")
    (out / "docs").symlink_to("pages")


def _replace_by_folder(out: Path) -> None:
    (out / "a.py").unlink()
    (out / "a.py").mkdir()


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda out: (out / "a.py").write_text("One\n"),
    "removed": lambda out: (out / "docs/more/c.md").unlink(),
    "without manifest": lambda out: (out / "manifest.json").unlink(),
    "another manifest": lambda out: (out / "manifest.json").write_text("{}\n"),
    "with journal": lambda out: (out / ".dialspec-journal.json").write_text("{}"),
    "with half a journal": lambda out: (out / "..dialspec-journal.json.dialspec-new").write_text(
        "{}"
    ),
    "a link for a file": _link_file,
    "a link for a folder": _link_folder,
    "a folder for a file": _replace_by_folder,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_folder_does_not(out: Path, change: Callable[[Path], object]) -> None:
    change(out)
    assert not holds(out, HASHES)


def test_a_folder_with_more_or_less_than_that_does_not(out: Path) -> None:
    assert not holds(out, HASHES | {"d.py": digest(b"")})
    assert not holds(out, {path: HASHES[path] for path in list(HASHES)[:2]})
    assert not holds(out / "none", HASHES)
