"""A specs folder becomes validated models with places; files that do not belong there are refused."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from dialspec.diagnostics import Diagnostics
from dialspec.spec.loader import Limits, LoadedSpecs, load
from dialspec.text import SpecText

HEADER = "# yaml-language-server: $schema=../schema.json\n"


def loaded(specs: Path, limits: Limits | None = None) -> tuple[LoadedSpecs, list[str]]:
    """What is loaded, and the problems as `place code`."""
    diagnostics = Diagnostics()
    found = load(specs, diagnostics, limits=limits)
    return found, [f"{one.position} {one.code}" for one in diagnostics]


def test_each_folder_gives_a_provider_with_its_resources_sorted(specs: Path) -> None:
    (specs / "demo" / "agents.yaml").write_text(HEADER + "resource: agents\n")
    found, problems = loaded(specs)
    assert problems == []
    (provider,) = found.providers
    assert provider.folder == "demo"
    assert provider.file.model.title == SpecText("Demo")
    assert [file.path for file in provider.resources] == [
        PurePosixPath("demo/agents.yaml"),
        PurePosixPath("demo/tasks.yaml"),
    ]
    assert provider.complete


def test_a_folder_with_platform_yaml_gives_a_platform(specs: Path) -> None:
    (specs / "voice").mkdir()
    (specs / "voice" / "platform.yaml").write_text(
        HEADER + "platform: voice\ntitle: Voice\nsummary: Shared by brands.\n"
    )
    found, problems = loaded(specs)
    assert problems == []
    assert [platform.folder for platform in found.platforms] == ["voice"]


def test_keys_and_values_know_their_places(specs: Path) -> None:
    found, _ = loaded(specs)
    tasks = found.providers[0].resources[0]
    path = ("endpoints", "query", "request", "state")
    assert str(tasks.at(*path)) == "specs/demo/tasks.yaml:28:7"
    assert str(tasks.value_at(*path)) == "specs/demo/tasks.yaml:28:14"
    assert str(tasks.at("enums", "TaskState", "members", 2)) == "specs/demo/tasks.yaml:10:7"
    assert str(tasks.value_at("types", "Task", "key", 0)) == "specs/demo/tasks.yaml:15:11"


def test_examples_are_kept_as_bytes(specs: Path) -> None:
    (specs / "demo" / "examples").mkdir()
    (specs / "demo" / "examples" / "query.json").write_bytes(b'{"a": "\\u"}\r\n')
    found, problems = loaded(specs)
    assert problems == []
    assert dict(found.providers[0].examples) == {"query.json": b'{"a": "\\u"}\r\n'}


def test_crlf_and_a_byte_order_mark_change_nothing(specs: Path) -> None:
    path = specs / "demo" / "tasks.yaml"
    before, _ = loaded(specs)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after, problems = loaded(specs)
    assert problems == []
    assert after.providers[0].resources[0].model == before.providers[0].resources[0].model
    assert after.providers[0].resources[0].at("types") == before.providers[0].resources[0].at(
        "types"
    )


def test_a_refused_file_is_left_out_and_its_folder_is_incomplete(specs: Path) -> None:
    (specs / "demo" / "agents.yaml").write_text(HEADER + "resource: agents\nx: 1\n")
    found, problems = loaded(specs)
    assert problems == ["specs/demo/agents.yaml:3:1 DS101"]
    assert [file.path.name for file in found.providers[0].resources] == ["tasks.yaml"]
    assert not found.providers[0].complete


@pytest.mark.parametrize("broken", ["tasks.yaml", "platform.yaml"])
def test_a_brand_is_not_judged_without_all_of_its_platform(specs: Path, broken: str) -> None:
    (specs / "voice").mkdir()
    files = {
        "platform.yaml": "platform: voice\ntitle: Voice\nsummary: Shared.\n",
        "tasks.yaml": "resource: tasks\n",
    }
    for name, text in files.items():
        (specs / "voice" / name).write_text(HEADER + text + ("x: 1\n" if name == broken else ""))
    provider = specs / "demo" / "provider.yaml"
    provider.write_text(provider.read_text().replace("title:", "platform: voice\ntitle:", 1))
    found, problems = loaded(specs)
    assert [one.split()[1] for one in problems] == ["DS101"]
    assert not found.is_complete(found.providers[0])


def test_a_platform_that_nobody_wrote_is_left_to_resolution(specs: Path) -> None:
    provider = specs / "demo" / "provider.yaml"
    provider.write_text(provider.read_text().replace("title:", "platform: voice\ntitle:", 1))
    found, _ = loaded(specs)
    assert found.is_complete(found.providers[0])


def test_problems_of_all_files_come_in_one_run(specs: Path) -> None:
    for name in ("a", "b"):
        (specs / name).mkdir()
        (specs / name / "provider.yaml").write_text("x: [\n")
        (specs / name / "c.yaml").write_text("resource: 1\n")
    _, problems = loaded(specs)
    assert problems == [
        "specs/a/c.yaml:1:11 DS103",
        "specs/a/provider.yaml:2:1 DS005",
        "specs/b/c.yaml:1:11 DS103",
        "specs/b/provider.yaml:2:1 DS005",
    ]


def test_readme_schema_and_hidden_files_are_left_alone(specs: Path) -> None:
    for name in ("README.md", "schema.json", ".gitkeep", "demo/README.md", "demo/.cache"):
        (specs / name).write_text("anything")
    assert loaded(specs)[1] == []


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("stray.txt", "specs/stray.txt:1:1 DS002"),
        ("demo/stray.txt", "specs/demo/stray.txt:1:1 DS002"),
        ("demo/other.yml", "specs/demo/other.yml:1:1 DS002"),
        ("demo/examples", "specs/demo/examples:1:1 DS002"),
        ("demo/examples/deep/a.json", "specs/demo/examples/deep:1:1 DS002"),
        ("demo/provider.yaml/x", "specs/demo/provider.yaml:1:1 DS001"),
    ],
)
def test_what_does_not_belong_there_is_refused(specs: Path, name: str, problem: str) -> None:
    path = specs / name
    if path.parent.is_file():
        path.parent.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("anything")
    assert problem in loaded(specs)[1]


def test_a_folder_needs_a_main_file(specs: Path) -> None:
    (specs / "empty").mkdir()
    assert loaded(specs)[1] == ["specs/empty/provider.yaml:1:1 DS001"]


def test_a_folder_is_a_provider_or_a_platform_never_both(specs: Path) -> None:
    (specs / "demo" / "platform.yaml").write_text(
        HEADER + "platform: demo\ntitle: D\nsummary: D.\n"
    )
    found, problems = loaded(specs)
    assert problems == ["specs/demo/platform.yaml:1:1 DS001"]
    assert (found.providers, found.platforms) == ((), ())


@pytest.mark.parametrize("name", ["demo/linked.yaml", "linked", "demo/examples/linked.json"])
def test_symbolic_links_are_refused(specs: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    if name == "linked":
        outside.mkdir()
    else:
        outside.write_text(HEADER + "resource: linked\n")
    (specs / name).parent.mkdir(exist_ok=True)
    (specs / name).symlink_to(outside)
    _, problems = loaded(specs)
    assert problems in ([f"specs/{name}:1:1 DS001"], [f"specs/{name}:1:1 DS002"])


def test_a_linked_examples_folder_is_refused(specs: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (specs / "demo" / "examples").symlink_to(tmp_path / "outside")
    assert loaded(specs)[1] == ["specs/demo/examples:1:1 DS002"]


def test_a_pipe_is_not_waited_for(specs: Path) -> None:
    os.mkfifo(specs / "demo" / "pipe.yaml")
    assert loaded(specs)[1] == ["specs/demo/pipe.yaml:1:1 DS001"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_reported(specs: Path) -> None:
    (specs / "demo" / "tasks.yaml").chmod(0)
    assert loaded(specs)[1] == ["specs/demo/tasks.yaml:1:1 DS001"]


def test_a_file_that_vanishes_is_reported(specs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanished(self: Path) -> bytes:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "read_bytes", vanished)
    assert loaded(specs)[1] == [
        "specs/demo/provider.yaml:1:1 DS001",
        "specs/demo/tasks.yaml:1:1 DS001",
    ]


def test_a_specs_folder_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    found, problems = loaded(tmp_path / "nowhere")
    assert problems == ["nowhere:1:1 DS001"]
    assert found.providers == ()


def test_names_repeat_those_of_folder_and_file(specs: Path) -> None:
    (specs / "demo").rename(specs / "other")
    (specs / "other" / "tasks.yaml").rename(specs / "other" / "calls.yaml")
    assert loaded(specs)[1] == [
        "specs/other/calls.yaml:2:11 DS107",
        "specs/other/provider.yaml:2:11 DS107",
    ]


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(size=100), "DS008"),
        (Limits(depth=3), "DS008"),
        (Limits(nodes=40), "DS008"),
        (Limits(characters=200), "DS008"),
    ],
)
def test_what_goes_beyond_a_limit_is_refused(specs: Path, limits: Limits, problem: str) -> None:
    found, problems = loaded(specs, limits)
    assert problems
    assert {one.split()[1] for one in problems} == {problem}
    assert found.providers == ()


@pytest.mark.parametrize("line", ["x{}: 1\n", "a: 00{}\n"])
def test_a_file_with_very_many_problems_is_given_up(specs: Path, line: str) -> None:
    text = HEADER + "resource: tasks\n" + "".join(line.format(number) for number in range(500))
    (specs / "demo" / "tasks.yaml").write_text(text)
    _, problems = loaded(specs, Limits(problems=10))
    assert 10 <= len([one for one in problems if "DS008" not in one]) <= 20
    assert [one.split()[1] for one in problems].count("DS008") == 1


def test_the_relative_specs_folder_is_named_by_its_own_name(
    specs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(specs)
    (specs / "demo" / "tasks.yaml").write_text("x: 1\n")
    assert loaded(Path())[1] == [
        "specs/demo/tasks.yaml:1:1 DS101",
        "specs/demo/tasks.yaml:1:1 DS102",
    ]
