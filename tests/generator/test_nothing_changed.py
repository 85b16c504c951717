"""A run with nothing changed does nothing, and whatever could make a difference makes it a whole run again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

HEAVY: Final = frozenset({"black", "jinja2", "pydantic", "ruamel", "rich", "httpx"})
REPORTING: Final = """
import sys
sys.argv = ["dialspec", *sys.argv[1:]]
from dialspec.cli import main
try:
    main()
finally:
    print("\\nloaded: ", *sorted({name.split(".")[0] for name in sys.modules}))
"""


class Project:
    """A folder with specs, and a user who has a cache of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.specs = folder / "specs"
        self.out = folder / "generated"
        self.user = folder / "user"
        self.environment = os.environ | {
            "NO_COLOR": "1",
            "XDG_CACHE_HOME": str(self.user / "cache"),
            "XDG_STATE_HOME": str(self.user / "state"),
        }

    def run(self, *arguments: str) -> tuple[int, str, frozenset[str]]:
        """Run `dialspec`; give exit status, what it said, and the packages that it loaded."""
        done = subprocess.run(
            [sys.executable, "-c", REPORTING, *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said, _, loaded = done.stdout.rpartition("\nloaded: ")
        return done.returncode, said + done.stderr, frozenset(loaded.split())

    def entries(self) -> list[Path]:
        """All that is kept in the cache."""
        return [path for path in (self.user / "cache").rglob("*") if path.is_file()]

    def output(self) -> dict[str, bytes]:
        """All that was generated."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project, and a copy of it, in which everything was generated and linted once."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(root / "specs", folder / "project" / "specs")
    project = Project(folder / "project")
    assert project.run("generate")[0] == 0
    assert project.run("lint")[0] == 0
    shutil.copytree(folder / "project", folder / "copy")
    return folder


@pytest.fixture
def settled(made: Path) -> Project:
    """A project in which nothing has changed since the last run."""
    shutil.rmtree(made / "project")
    return Project(Path(shutil.copytree(made / "copy", made / "project")))


def test_a_run_with_nothing_changed_loads_nothing_heavy(settled: Project) -> None:
    for arguments in (("generate",), ("generate", "--check"), ("generate", "--diff"), ("lint",)):
        status, said, loaded = settled.run(*arguments)
        assert status == 0
        assert not loaded & HEAVY, arguments
        assert "Traceback" not in said


def test_it_says_what_a_whole_run_says(settled: Project) -> None:
    commands = (("generate",), ("generate", "--check"), ("lint",))
    quick = [settled.run(*command) for command in commands]
    shutil.rmtree(settled.user)
    settled.user.write_text("no folder, so that nothing is remembered")
    whole = [settled.run(*command) for command in commands]
    assert [(status, said) for status, said, _ in quick] == [
        (status, said) for status, said, _ in whole
    ]


def _touch_spec(project: Project) -> None:
    with (project.specs / "nio" / "preview_tasks.yaml").open("a") as file:
        file.write("# more\n")


def _edit_output(project: Project) -> None:
    with (project.out / "dialspec_clients" / "nio" / "client.py").open("a") as file:
        file.write("# edited\n")


def _remove_page(project: Project) -> None:
    next((project.out / "docs").rglob("*.md")).unlink()


def _edit_manifest(project: Project) -> None:
    with (project.out / "manifest.json").open("a") as file:
        file.write("\n")


def _leave_journal(project: Project) -> None:
    (project.out / ".dialspec-journal.json").write_text("{}")


def _edit_schema(project: Project) -> None:
    (project.specs / "schema.json").write_text("{}")


def _link_folder(project: Project) -> None:
    (project.out / "docs").rename(project.folder / "docs")
    (project.out / "docs").symlink_to(project.folder / "docs")


def _lose_cache(project: Project) -> None:
    shutil.rmtree(project.user / "cache")


def _lose_key(project: Project) -> None:
    shutil.rmtree(project.user / "state")


def _damage_cache(project: Project) -> None:
    for entry in project.entries():
        entry.write_bytes(entry.read_bytes()[:-1] + b"x")


def _open_cache(project: Project) -> None:
    (project.user / "cache" / "dialspec" / "runs").chmod(0o777)


@pytest.mark.parametrize(
    "change",
    [
        _touch_spec,
        _edit_output,
        _remove_page,
        _edit_manifest,
        _leave_journal,
        _edit_schema,
        _link_folder,
        _lose_cache,
        _lose_key,
        _damage_cache,
        _open_cache,
    ],
)
def test_whatever_could_make_a_difference_makes_it_a_whole_run(
    settled: Project, change: Callable[[Project], None]
) -> None:
    change(settled)
    assert "pydantic" in settled.run("generate", "--check")[2]


@pytest.mark.parametrize(
    "change", [_touch_spec, _lose_cache, _lose_key, _damage_cache, _open_cache]
)
def test_specs_are_linted_again_when_they_or_the_cache_changed(
    settled: Project, change: Callable[[Project], None]
) -> None:
    change(settled)
    status, said, loaded = settled.run("lint")
    assert (status, "pydantic" in loaded) == (0, True)
    assert re.search(r"^specs: \d+ providers, \d+ endpoints$", said, re.MULTILINE)


def test_problems_are_told_again_in_every_run(settled: Project) -> None:
    file = settled.specs / "nio" / "preview_tasks.yaml"
    file.write_text(file.read_text().partition("\n")[2])
    first, second = settled.run("lint"), settled.run("lint")
    assert first[:2] == second[:2]
    assert "DS401" in first[1]


def test_other_forms_of_diagnostics_are_whole_documents_every_time(settled: Project) -> None:
    first = settled.run("lint", "--format", "json")
    assert first[1].startswith("{")
    assert settled.run("lint", "--format", "json")[:2] == first[:2]


def test_another_package_is_another_run(settled: Project) -> None:
    assert settled.run("generate", "--package", "mine", "--out", "mine")[0] == 0
    assert (settled.folder / "mine" / "mine" / "nio").is_dir()
    assert settled.run("generate", "--check", "--package", "mine")[0] == 1
    assert settled.run("generate", "--check")[0] == 0


def test_a_changed_template_of_the_user_is_noticed(settled: Project) -> None:
    template = settled.folder / "templates" / "client" / "enums.py.jinja"
    template.parent.mkdir(parents=True)
    extended = '{% extends "base/client/enums.py.jinja" %}'
    template.write_text(extended)
    arguments = ("generate", "--templates", "templates")
    assert settled.run(*arguments)[0] == 0
    assert not settled.run(*arguments)[2] & HEAVY
    template.write_text(f"{extended}\n{{% block end %}}\n# mine\n{{% endblock %}}\n")
    assert "0 written" not in settled.run(*arguments)[1]


def test_a_file_to_be_forced_is_looked_at(settled: Project) -> None:
    status, said, _ = settled.run("generate", "--force", "none.py")
    assert status == 3
    assert "none.py" in said


def _forged(project: Project) -> None:
    """Give every entry the content of another one, with its seal."""
    entries = project.entries()
    contents = [entry.read_bytes() for entry in entries]
    for entry, content in zip(entries, [*contents[1:], contents[0]], strict=True):
        entry.write_bytes(content)


@pytest.mark.parametrize("change", [_lose_cache, _lose_key, _damage_cache, _open_cache, _forged])
def test_the_same_bytes_come_out_whatever_the_cache_holds(
    settled: Project, change: Callable[[Project], None]
) -> None:
    before = settled.output()
    change(settled)
    shutil.rmtree(settled.out)
    assert settled.run("generate")[0] == 0
    assert settled.output() == before
