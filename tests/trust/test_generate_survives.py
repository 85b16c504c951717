"""`dialspec generate` killed, run twice at once, or kept from writing: the output is never half of anything.

`DIALSPEC_THOROUGH=1` kills it at 200 moments instead of a few.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialspec.diagnostics import Diagnostics
from dialspec.pipeline import Project, build, read
from dialspec.publish import publish

IS_THOROUGH = os.environ.get("DIALSPEC_THOROUGH") == "1"
KILLS = 200 if IS_THOROUGH else 6
DISK_MIB = 16
"""More than the old output takes, with the rest filled by the test that wants a full disk."""
COMMAND = (sys.executable, "-c", "from dialspec.cli import main; main()", "generate")


@pytest.fixture(scope="module")
def specs(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's specs with some labels changed, so that many files of the output differ."""
    folder = tmp_path_factory.mktemp("changed") / "specs"
    shutil.copytree(root / "specs", folder)
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        changed = re.sub(r'summary: ("?)(?=[A-Z])', r"summary: \1Changed ", text)
        path.write_text(changed, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def old(root: Path) -> dict[str, str]:
    """The committed output."""
    return build(Project(root / "specs"), read(root / "specs", Diagnostics())[1])


@pytest.fixture(scope="module")
def new(specs: Path) -> dict[str, str]:
    """What the changed specs give."""
    return build(Project(specs), read(specs, Diagnostics())[1])


def started(specs: Path, out: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "--specs", str(specs), "--out", str(out)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def found(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in out.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


@pytest.mark.slow
@pytest.mark.timeout(0 if IS_THOROUGH else 300)
def test_a_killed_run_leaves_whole_files_and_the_next_completes_it(
    specs: Path, old: dict[str, str], new: dict[str, str], tmp_path: Path
) -> None:
    assert sum(old.get(path) != text for path, text in new.items()) > 10
    chance = random.Random(9)  # noqa: S311 - moments, not secrets
    killed_while_writing = 0
    for number in range(KILLS):
        out = tmp_path / str(number)
        publish(old, out)
        run = started(specs, out)
        journal = out / ".dialspec-journal.json"
        if number % 4:
            while run.poll() is None and not journal.exists():
                time.sleep(0.0002)
            time.sleep(chance.uniform(0, 0.03))
        else:
            time.sleep(chance.uniform(0, 2))
        run.kill()
        run.communicate()
        killed_while_writing += journal.exists()
        for path, text in found(out).items():
            if not path.endswith((".dialspec-new", journal.name)):
                assert text in (old.get(path), new.get(path)), path
        assert set(found(out)) >= old.keys() & new.keys()
        publish(new, out)
        assert found(out) == new
        shutil.rmtree(out)
    assert killed_while_writing > 0


@pytest.mark.slow
def test_of_two_runs_at_once_one_waits(
    specs: Path, old: dict[str, str], new: dict[str, str], tmp_path: Path
) -> None:
    publish(old, tmp_path / "out")
    runs = [started(specs, tmp_path / "out") for _ in range(2)]
    for run in runs:
        _, told = run.communicate(timeout=120)
        assert run.returncode == 0, told
    assert found(tmp_path / "out") == new


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that has room for the old output, and for little more."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def refused(specs: Path, out: Path, *more: str) -> str:
    """Run, expect a refusal in plain words, and give it."""
    done = subprocess.run(
        [*COMMAND, "--specs", str(specs), "--out", str(out), *more],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("dialspec: ")
    return done.stderr


@pytest.mark.slow
def test_a_full_disk_is_told_and_nothing_changed(
    specs: Path, old: dict[str, str], small_disk: Path
) -> None:
    publish(old, small_disk / "out")
    free = shutil.disk_usage(small_disk).free
    (small_disk / "filler").write_bytes(b"x" * (free - 20_000))
    told = refused(specs, small_disk / "out")
    assert "No space left on device" in told
    assert "nothing was changed" in told
    assert found(small_disk / "out") == old


@pytest.mark.slow
def test_a_read_only_disk_is_told(specs: Path, old: dict[str, str], small_disk: Path) -> None:
    publish(old, small_disk / "out")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert "Read-only file system" in refused(specs, small_disk / "out")
    assert found(small_disk / "out") == old


@pytest.mark.slow
def test_a_symlinked_target_is_told(specs: Path, old: dict[str, str], tmp_path: Path) -> None:
    publish(old, tmp_path / "out")
    (tmp_path / "link").symlink_to(tmp_path / "out")
    assert "is a symlink" in refused(specs, tmp_path / "link")
    assert found(tmp_path / "out") == old


@pytest.mark.slow
def test_an_edited_file_is_told_with_its_difference(
    specs: Path, old: dict[str, str], new: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    publish(old, out)
    path = "dialspec_clients/nio/errors.py"
    (out / path).write_text("mine = 1\n", encoding="utf-8")
    told = refused(specs, out)
    assert "was edited by hand" in told
    assert "-mine = 1\n" in told
    assert found(out) == old | {path: "mine = 1\n"}
    forced = subprocess.run(
        [*COMMAND, "--specs", str(specs), "--out", str(out), "--force", path], check=False
    )
    assert forced.returncode == 0
    assert found(out) == new
