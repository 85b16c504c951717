"""Paths that can be published on every system."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialspec.publish import PublishError, check, publish
from hostile import HOSTILE

INNOCENT = {"dunder", "keyword", "soft keyword", "number", "not a number"}


@pytest.mark.parametrize(
    "path", ["a.py", "a/b/c.md", "a/__init__.py", "A-b_c.0/x", "py.typed", "x" * 120]
)
def test_plain_relative_paths_are_published(tmp_path: Path, path: str) -> None:
    publish({path: "x"}, tmp_path)
    assert (tmp_path / path).read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "./a", ".a", "a."),
        *(
            "a\\b",
            "..\\a",
            "C:",
            "C:/a",
            "C:a",
            "\\\\host\\a",
            "~",
            "~root/a",
            "a:b",
            "a b",
            "a\nb",
        ),
        *("con", "CON.py", "a/nul", "com1.txt", "Lpt9", "é", "a\0b", "a*", "a?", "x" * 121),
        *("manifest.json", "MANIFEST.json", ".dialspec-journal.json", "a/" * 120 + "b"),
    ],
)
def test_other_paths_are_refused_before_anything_is_written(tmp_path: Path, path: str) -> None:
    for publishing in (publish, check):
        with pytest.raises(PublishError):
            publishing({"good.py": "x", path: "x"}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - INNOCENT))
def test_hostile_text_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublishError):
        publish({f"docs/{HOSTILE[name]}": "x"}, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "paths", [("a.py", "A.py"), ("a/b.py", "A/c.py"), ("a/B/c.py", "a/b/d.py")]
)
def test_paths_that_some_systems_mix_up_are_refused(tmp_path: Path, paths: tuple[str, str]) -> None:
    with pytest.raises(PublishError, match="upper and lower case only"):
        publish(dict.fromkeys(paths, "x"), tmp_path)


@pytest.mark.parametrize("paths", [("a", "a/b"), ("a/b/c", "A")])
def test_a_file_can_not_be_a_folder_as_well(tmp_path: Path, paths: tuple[str, str]) -> None:
    with pytest.raises(PublishError, match=r"folder as well|upper and lower"):
        publish(dict.fromkeys(paths, "x"), tmp_path)
