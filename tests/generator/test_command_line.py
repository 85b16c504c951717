"""The command line, run as users run it."""

from __future__ import annotations

import json
import os
import shutil
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


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """A folder with specs of its own."""
    shutil.copytree(root / "specs" / "huawei_isales", tmp_path / "specs" / "huawei_isales")
    return tmp_path


@pytest.mark.parametrize("out", ["specs", "specs/generated", "./specs/huawei_isales/../x"])
def test_output_is_not_written_among_the_specs(project: Path, out: str) -> None:
    done = dialspec("generate", "--out", out, cwd=project)
    assert done.returncode == 2
    assert "lies in the folder of the specs" in done.stderr
    assert [path.name for path in (project / "specs").iterdir()] == ["huawei_isales"]


@pytest.mark.parametrize("package", ["specs", "specs.clients"])
def test_output_is_not_written_over_the_specs(project: Path, package: str) -> None:
    done = dialspec("generate", "--out", ".", "--package", package, cwd=project)
    assert done.returncode == 2
    assert "the specs, specs, lie in specs, which is generated" in done.stderr
    assert [path.name for path in project.iterdir()] == ["specs"]


@pytest.mark.parametrize(
    ("package", "told"),
    [
        *(("docs", "the generated pages"), ("Docs", "the generated pages")),
        *(("typing", "Python import"), ("os.clients", "Python import")),
        *(("dialspec_runtime", "clients or"), ("pydantic_core", "clients or")),
        ("a-b", "cannot be part of a module path"),
    ],
)
def test_a_package_is_not_named_like_what_is_there_already(
    project: Path, package: str, told: str
) -> None:
    done = dialspec("generate", "--package", package, cwd=project)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())


@pytest.mark.parametrize("output_format", ["text", "json", "github", "sarif"])
def test_a_place_is_a_path_from_the_working_folder(project: Path, output_format: str) -> None:
    folder = project / "api" / "my-specs"
    folder.parent.mkdir()
    (project / "specs").rename(folder)
    file = folder / "huawei_isales" / "provider.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("client:", "klient:"), "utf-8")
    inside = "huawei_isales/provider.yaml"
    for cwd, given, shown in (
        (project, "api/my-specs", f"api/my-specs/{inside}"),
        (project, str(folder), f"api/my-specs/{inside}"),
        (folder, ".", inside),
        (folder / "huawei_isales", "..", f"../{inside}"),
        (project / "api" / "my-specs" / "huawei_isales", str(folder), str(file)),
    ):
        done = dialspec("lint", "--specs", given, "--format", output_format, cwd=cwd)
        assert done.returncode == 1
        told = done.stderr + done.stdout
        before = {"text": "", "json": '"file": "', "github": "file=", "sarif": '"uri": "'}
        after = {"text": ":", "json": '"', "github": ",", "sarif": '"'}
        wanted = f"{before[output_format]}{shown}{after[output_format]}"
        assert told.startswith(wanted) if output_format == "text" else wanted in told


def test_a_place_is_told_as_the_folder_is_given_now_whatever_is_remembered(project: Path) -> None:
    file = project / "specs" / "huawei_isales" / "provider.yaml"
    file.write_text(file.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    for given, cwd, shown in (("specs", project, "specs/"), (".", project / "specs", "")):
        done = dialspec("lint", "--specs", given, cwd=cwd)
        assert done.stderr.startswith(f"{shown}huawei_isales/provider.yaml:1:1 DS401")


def spoil(project: Path) -> None:
    """Put a mistake into a line with Chinese in it."""
    file = project / "specs" / "huawei_isales" / "provider.yaml"
    file.write_text(f"任务: 任务\n{file.read_text(encoding='utf-8')}", encoding="utf-8")


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_any_text_is_printed_in_any_encoding(
    project: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    spoil(project)
    for output_format in ("text", "json", "github", "sarif"):
        done = dialspec("lint", "--format", output_format, cwd=project)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        if output_format in {"json", "sarif"}:
            assert "the key `任务` is unknown" in str(json.loads(done.stdout))
    assert dialspec("explain", "DS304", cwd=project).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize(
    "arguments",
    [("lint", "--format", "json"), ("explain", "DS304"), ("--help",), ("generate", "--diff")],
)
def test_output_that_can_not_be_printed_is_told(project: Path, arguments: tuple[str, ...]) -> None:
    if arguments[0] == "lint":
        spoil(project)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dialspec", *arguments],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith("dialspec: the output could not be printed: ")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_schema_that_is_no_text_is_stale_like_any_other(project: Path) -> None:
    assert dialspec("generate", cwd=project).returncode == 0
    schema = project / "specs" / "schema.json"
    fresh = schema.read_bytes()
    schema.write_bytes(b"\xff\xfe")
    done = dialspec("generate", "--check", cwd=project)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("changed: specs/schema.json\n")
    assert dialspec("generate", cwd=project).returncode == 0
    assert schema.read_bytes() == fresh


def test_where_the_schema_can_not_be_written_nothing_is(project: Path) -> None:
    (project / "specs" / "schema.json").mkdir()
    done = dialspec("generate", cwd=project)
    assert done.returncode == 3
    assert done.stderr.startswith("dialspec: specs/schema.json: is not a file")
    assert not (project / "generated").exists()


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_does_not_exist_is_wrong_usage(tmp_path: Path, port: str) -> None:
    done = dialspec("simulate", "--port", port, cwd=tmp_path)
    assert done.returncode == 2
    assert "is not in the range" in done.stderr


def test_specs_without_a_provider_are_an_error_and_the_output_stays(project: Path) -> None:
    assert dialspec("generate", cwd=project).returncode == 0
    before = sorted((project / "generated").rglob("*"))
    (project / "empty").mkdir()
    for command in (("generate", "--check"), ("generate",), ("lint",)):
        done = dialspec(*command, "--specs", "empty", cwd=project)
        assert done.returncode == 1
        assert "empty:1:1 DS001 error: the folder describes no provider" in done.stderr
    assert sorted((project / "generated").rglob("*")) == before


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
