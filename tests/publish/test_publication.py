"""Publication: the output folder holds what was generated, and nothing of anybody else's is lost."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from dialspec.publish import Publication, PublishError, publish

OLD = {"a/one.py": "one = 1\n", "a/two.py": "two = 2\n", "docs/index.md": "# Index\n"}
NEW = {"a/one.py": "one = 11\n", "docs/index.md": "# Index\n", "docs/more/three.md": "# Three\n"}


def tree(out: Path) -> dict[str, str]:
    """All files below a folder but the manifest."""
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that holds OLD."""
    publish(OLD, tmp_path / "out")
    return tmp_path / "out"


def test_the_folder_is_made_with_all_files_and_a_manifest(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    assert publish(OLD, out) == Publication(tuple(sorted(OLD)), (), ())
    assert tree(out) == OLD
    manifest = (out / "manifest.json").read_text(encoding="utf-8").splitlines()
    assert [line.split('"')[1] for line in manifest[1:-1]] == sorted(OLD)


def test_only_what_changed_is_written(out: Path) -> None:
    before = {path: (out / path).stat().st_ino for path in OLD}
    done = publish(NEW, out)
    assert done.written == ("a/one.py", "docs/more/three.md")
    assert done.unchanged == ("docs/index.md",)
    assert done.removed == ("a/two.py",)
    assert tree(out) == NEW
    assert (out / "docs/index.md").stat().st_ino == before["docs/index.md"]


def test_nothing_to_do_touches_nothing(out: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in [out, *out.rglob("*")]}
    assert publish(OLD, out) == Publication((), tuple(sorted(OLD)), ())
    assert {path: path.stat().st_mtime_ns for path in [out, *out.rglob("*")]} == before


def test_folders_of_stale_files_go_when_they_are_empty(out: Path) -> None:
    publish({"docs/index.md": "# Index\n"}, out)
    assert not (out / "a").exists()
    publish(OLD, out)
    (out / "a" / "mine.txt").write_text("mine", encoding="utf-8")
    publish({"docs/index.md": "# Index\n"}, out)
    assert [path.name for path in (out / "a").iterdir()] == ["mine.txt"]


def test_files_of_others_are_left_alone(out: Path) -> None:
    (out / "a" / "mine.py").write_text("mine = 1\n", encoding="utf-8")
    publish(NEW, out)
    assert (out / "a" / "mine.py").read_text(encoding="utf-8") == "mine = 1\n"


def test_a_file_that_was_deleted_comes_back(out: Path) -> None:
    (out / "a/one.py").unlink()
    assert publish(OLD, out).written == ("a/one.py",)
    assert tree(out) == OLD


def test_an_edited_file_is_kept_and_the_difference_shown(out: Path) -> None:
    (out / "a/one.py").write_text("mine = 1\n", encoding="utf-8")
    with pytest.raises(PublishError) as raised:
        publish(NEW, out)
    message = str(raised.value)
    assert f"{out}/a/one.py: was edited by hand" in message
    assert "-mine = 1\n+one = 11\n" in message
    assert "--force a/one.py" in message
    assert message.endswith("nothing was changed")
    assert tree(out) == OLD | {"a/one.py": "mine = 1\n"}


def test_an_edited_file_that_went_stale_is_kept(out: Path) -> None:
    (out / "a/two.py").write_text("mine = 2\n", encoding="utf-8")
    with pytest.raises(PublishError, match="is stale, but was edited by hand"):
        publish(NEW, out)
    assert tree(out) == OLD | {"a/two.py": "mine = 2\n"}


def test_a_file_of_somebody_else_in_the_way_is_kept(out: Path) -> None:
    (out / "docs/more").mkdir()
    (out / "docs/more/three.md").write_text("mine\n", encoding="utf-8")
    with pytest.raises(PublishError, match="is in the way: it is not one of the generated files"):
        publish(NEW, out)
    assert (out / "docs/more/three.md").read_text(encoding="utf-8") == "mine\n"


def test_an_identical_file_of_somebody_else_is_adopted(out: Path) -> None:
    (out / "docs/more").mkdir()
    (out / "docs/more/three.md").write_text(NEW["docs/more/three.md"], encoding="utf-8")
    assert "docs/more/three.md" in publish(NEW, out).unchanged
    publish(OLD, out)
    assert tree(out) == OLD


def test_all_edited_files_are_named_at_once(out: Path) -> None:
    for path in OLD:
        (out / path).write_text("mine\n", encoding="utf-8")
    with pytest.raises(PublishError) as raised:
        publish(dict.fromkeys(OLD, "new\n"), out)
    assert str(raised.value).count("was edited by hand") == 3


def test_a_long_difference_is_cut(out: Path) -> None:
    (out / "a/one.py").write_text("mine\n" * 500, encoding="utf-8")
    with pytest.raises(PublishError, match=r"… and \d+ lines more"):
        publish(NEW, out)


@pytest.mark.parametrize("spelling", ["{path}", "{out}/{path}"])
def test_edits_are_given_up_by_name(out: Path, spelling: str) -> None:
    for path in ("a/one.py", "a/two.py"):
        (out / path).write_text("mine\n", encoding="utf-8")
    named = {spelling.format(path=path, out=out) for path in ("a/one.py", "a/two.py")}
    done = publish(NEW, out, force=frozenset(named))
    assert done.removed == ("a/two.py",)
    assert tree(out) == NEW


def test_forcing_one_file_does_not_force_another(out: Path) -> None:
    for path in ("a/one.py", "a/two.py"):
        (out / path).write_text("mine\n", encoding="utf-8")
    with pytest.raises(PublishError, match=r"a/two\.py: is stale") as raised:
        publish(NEW, out, force=frozenset({"a/one.py"}))
    assert "a/one.py" not in str(raised.value)


def test_forcing_what_is_not_generated_is_a_mistake(out: Path) -> None:
    with pytest.raises(PublishError, match=r"nothing of this name is generated"):
        publish(NEW, out, force=frozenset({"a/tow.py"}))
    assert tree(out) == OLD


def test_a_symlinked_file_is_refused(out: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("theirs\n", encoding="utf-8")
    (out / "a/one.py").unlink()
    (out / "a/one.py").symlink_to(elsewhere)
    with pytest.raises(PublishError, match=r"one\.py: is a symlink"):
        publish(NEW, out)
    assert elsewhere.read_text(encoding="utf-8") == "theirs\n"


@pytest.mark.parametrize("dangling", [False, True])
def test_a_symlinked_folder_is_refused(out: Path, tmp_path: Path, *, dangling: bool) -> None:
    if not dangling:
        (tmp_path / "elsewhere").mkdir()
    (out / "docs/more").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError, match="more: is a symlink"):
        publish(NEW, out)
    assert tree(out) == OLD
    assert dangling or not any((tmp_path / "elsewhere").iterdir())


def test_a_symlinked_output_folder_is_refused(out: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(out)
    with pytest.raises(PublishError, match="link: is a symlink"):
        publish(NEW, tmp_path / "link")
    assert tree(out) == OLD


def test_a_folder_where_a_file_belongs_is_refused(out: Path) -> None:
    (out / "docs/more/three.md").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"three\.md: is not a file"):
        publish(NEW, out)


def test_a_file_where_a_folder_belongs_is_refused(out: Path) -> None:
    (out / "docs/more").write_text("x", encoding="utf-8")
    with pytest.raises(PublishError, match="a folder is needed here"):
        publish(NEW, out)
    with pytest.raises(PublishError, match="a folder is needed here"):
        publish(NEW, out / "docs/more")


def test_an_output_folder_that_can_not_be_made_is_reported() -> None:
    with pytest.raises(PublishError, match="cannot make this"):
        publish(NEW, Path("/proc/none/out"))


@pytest.mark.parametrize(
    "manifest",
    ["<<<<<<< ours", "[]", '{"a": 1}', '{"a": "x"}', '{"name": "site", "icons": []}', "\xff", ""],
)
def test_a_damaged_manifest_is_reported(out: Path, manifest: str) -> None:
    (out / "manifest.json").write_text(manifest, encoding="latin-1")
    with pytest.raises(PublishError, match=r"manifest\.json: is no list of generated files"):
        publish(NEW, out)
    assert tree(out) == OLD


def test_a_manifest_can_not_name_files_elsewhere(out: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"x")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    (out / "manifest.json").write_text(f'{{"../victim": "{digest}"}}', encoding="utf-8")
    with pytest.raises(PublishError, match="cannot be the name of a file"):
        publish(NEW, out)
    assert (tmp_path / "victim").exists()


def test_without_a_manifest_nothing_is_ours(out: Path) -> None:
    (out / "manifest.json").unlink()
    with pytest.raises(PublishError, match="in the way"):
        publish(NEW, out)
    publish(OLD, out)
    publish(NEW, out)
    assert tree(out) == NEW


def test_text_that_no_file_can_hold_is_refused(out: Path) -> None:
    with pytest.raises(PublishError, match="half a character pair"):
        publish({"a/one.py": "\ud800"}, out)
    assert tree(out) == OLD


def test_a_masked_umask_changes_no_byte(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(OLD, tmp_path / "out")
    finally:
        os.umask(before)
    assert tree(tmp_path / "out") == OLD
    assert stat.S_IMODE((tmp_path / "out/a/one.py").stat().st_mode) == 0o600


def test_access_rights_of_a_file_survive_a_new_content(out: Path) -> None:
    (out / "a/one.py").chmod(0o640)
    publish(NEW, out)
    assert stat.S_IMODE((out / "a/one.py").stat().st_mode) == 0o640


def test_line_ends_are_written_as_they_are(tmp_path: Path) -> None:
    publish({"a.txt": "one\r\ntwo\nthree"}, tmp_path)
    assert (tmp_path / "a.txt").read_bytes() == b"one\r\ntwo\nthree"
