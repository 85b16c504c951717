"""The command line, run as users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def dialspec(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run `dialspec` in `cwd`."""
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, "-m", "dialspec", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def generated(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `generated` was made from the project's specs."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "specs").symlink_to(root / "specs", target_is_directory=True)
    done = dialspec("generate", "--specs", str(root / "specs"), cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_help_lists_all_commands_with_examples(tmp_path: Path) -> None:
    done = dialspec("--help", cwd=tmp_path)
    assert done.returncode == 0
    for command in ("generate", "lint", "docs", "simulate", "explain"):
        assert f"\n  {command} " in done.stdout
    assert "Examples:" in done.stdout


@pytest.mark.parametrize("command", ["generate", "lint", "docs", "simulate", "explain"])
def test_each_command_has_help(tmp_path: Path, command: str) -> None:
    done = dialspec(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "Usage: dialspec" in done.stdout


def test_generating_again_writes_nothing(generated: Path, root: Path) -> None:
    done = dialspec("generate", "--specs", str(root / "specs"), cwd=generated)
    assert done.returncode == 0
    assert "0 written, 0 removed" in done.stderr


def test_check_passes_on_fresh_output(generated: Path, root: Path) -> None:
    done = dialspec("generate", "--check", "--specs", str(root / "specs"), cwd=generated)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_committed_output_is_what_the_specs_make(generated: Path, root: Path) -> None:
    made = generated / "generated"
    committed = root / "generated"
    for path in made.rglob("*"):
        if path.is_file():
            assert (committed / path.relative_to(made)).read_bytes() == path.read_bytes()


def test_check_names_what_is_missing_changed_and_surplus(
    generated: Path, root: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    specs = str(root / "specs")
    assert dialspec("generate", "--specs", specs, "--out", str(out), cwd=tmp_path).returncode == 0
    package = out / "dialspec_clients" / "nio"
    (package / "client.py").unlink()
    (package / "errors.py").write_text("# edited\n")
    done = dialspec("generate", "--check", "--specs", specs, "--out", str(out), cwd=tmp_path)
    assert done.returncode == 1
    assert "missing: dialspec_clients/nio/client.py" in done.stderr
    assert "changed: dialspec_clients/nio/errors.py" in done.stderr
    assert "-# edited" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_mistake_in_a_spec_is_one_message_with_its_place(root: Path, tmp_path: Path) -> None:
    import shutil

    specs = Path(shutil.copytree(root / "specs", tmp_path / "specs"))
    file = specs / "voice_platform" / "recall_flows.yaml"
    file.write_text(file.read_text().replace("effect: read", "effekt: read"))
    for command in ("lint", "generate"):
        done = dialspec(command, cwd=tmp_path)
        assert done.returncode == 1
        assert "specs/voice_platform/recall_flows.yaml:" in done.stderr
        assert "effect" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "generated").exists()


def test_lint_of_the_projects_own_specs_finds_nothing(root: Path) -> None:
    done = dialspec("lint", cwd=root)
    assert done.returncode == 0
    assert "DS" not in done.stdout + done.stderr


def test_an_unknown_diagnostic_code_is_a_usage_error(tmp_path: Path) -> None:
    done = dialspec("explain", "DS999", cwd=tmp_path)
    assert done.returncode == 2
    assert "DS999" in done.stderr


def test_explain_describes_a_code(tmp_path: Path) -> None:
    done = dialspec("explain", "ds304", cwd=tmp_path)
    assert done.returncode == 0
    assert "DS304" in done.stdout
