"""Fingerprints: the same only for the same inputs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dialspec.cache import fingerprint
from dialspec.cache.fingerprint import fingerprint_of_specs, fingerprint_of_tool, installed_packages


@pytest.fixture
def specs(tmp_path: Path, root: Path) -> Path:
    """A copy of the project's specs."""
    return Path(shutil.copytree(root / "specs", tmp_path / "specs"))


def _edit(specs: Path) -> None:
    file = specs / "nio" / "preview_tasks.yaml"
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    file.write_bytes(file.read_bytes().replace(b"The", b"Thy", 1))
    os.utime(file, ns=times)


def _rename(specs: Path) -> None:
    (specs / "nio" / "preview_tasks.yaml").rename(specs / "nio" / "previewing.yaml")


def _swap(specs: Path) -> None:
    one, two = specs / "nio" / "preview_tasks.yaml", specs / "nio" / "group_calls.yaml"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def _edit_example(specs: Path) -> None:
    example = next((specs / "nio" / "examples").iterdir())
    example.write_bytes(example.read_bytes() + b"\n")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file edited with its time kept": _edit,
    "a file renamed": _rename,
    "two files swapped": _swap,
    "an example edited": _edit_example,
    "a file added": lambda specs: (specs / "nio" / "x.txt").write_text(""),
    "an empty folder added": lambda specs: (specs / "acme").mkdir(),
    "a folder named like a cache of Python": lambda specs: (specs / "__pycache__").mkdir(),
    "a file removed": lambda specs: (specs / "nio" / "preview_tasks.yaml").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_of_the_specs_shows(specs: Path, change: Callable[[Path], object]) -> None:
    before = fingerprint_of_specs(specs)
    assert before is not None
    assert fingerprint_of_specs(specs) == before
    change(specs)
    assert fingerprint_of_specs(specs) not in (before, None)


def test_what_loading_leaves_alone_does_not_count(specs: Path) -> None:
    before = fingerprint_of_specs(specs)
    (specs / "schema.json").write_text("{}")
    (specs / ".hidden").write_text("x")
    (specs / "nio" / ".swp").mkdir()
    assert fingerprint_of_specs(specs) == before


def _link(specs: Path) -> None:
    (specs / "nio" / "link.yaml").symlink_to(specs / "nio" / "preview_tasks.yaml")


def _pipe(specs: Path) -> None:
    os.mkfifo(specs / "nio" / "pipe.yaml")


def _huge(specs: Path) -> None:
    with (specs / "nio" / "huge.yaml").open("wb") as file:
        file.truncate(10**9)


@pytest.mark.parametrize("plant", [_link, _pipe, _huge, shutil.rmtree])
def test_there_is_none_of_a_folder_with_something_unusual(
    specs: Path, plant: Callable[[Path], None]
) -> None:
    plant(specs)
    assert fingerprint_of_specs(specs) is None


def test_there_is_none_of_a_folder_with_far_too_many_files(
    specs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprint, "_MOST_ENTRIES", 5)
    assert fingerprint_of_specs(specs) is None


def test_the_tool_is_its_options_its_templates_and_those_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "enums.py.jinja").write_text("a")
    plain = fingerprint_of_tool(("x",), None)
    own = fingerprint_of_tool(("x",), tmp_path)
    (tmp_path / "client" / ".part.py.jinja").write_text("b")
    edited = fingerprint_of_tool(("x",), tmp_path)
    found = {plain, own, edited, fingerprint_of_tool(("y",), None), fingerprint_of_tool((), None)}
    assert None not in found
    assert len(found) == 5
    assert fingerprint_of_tool(("x",), None) == plain


def test_the_tool_is_its_code(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "dialspec"
    bytecode = code / "__pycache__"
    shutil.copytree(
        root / "generator" / "dialspec", code, ignore=shutil.ignore_patterns(bytecode.name)
    )
    monkeypatch.setattr(fingerprint, "_code", lambda: [code])
    before = fingerprint_of_tool((), None)
    bytecode.mkdir()
    (bytecode / "x.pyc").write_bytes(b"")
    assert fingerprint_of_tool((), None) == before
    with (code / "resolve" / "names.py").open("a") as file:
        file.write("\n")
    assert fingerprint_of_tool((), None) != before


def test_the_tool_is_the_packages_it_stands_on() -> None:
    named = " ".join(installed_packages()).lower().replace("_", "-")
    for package in ("black-", "jinja2-", "markupsafe-", "pydantic-", "pydantic-core-", "ruamel"):
        assert f" {package}" in named
