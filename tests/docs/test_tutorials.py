"""The tutorials, followed to the letter: their files are written, their commands run, their programs executed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dialspec.cli.root import root as dialspec
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import read
from dialspec.simulator import Simulator, serve
from running_simulator import Vendor

FILE = re.compile(
    r'^```(?:yaml|jinja) title="(?P<path>[^"]+)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)
PROGRAM = re.compile(r"^```python\n(?P<source>.*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)


def follow(page: Path, folder: Path) -> str:
    """Write the files of a tutorial below `folder`."""
    text = page.read_text(encoding="utf-8")
    files = list(FILE.finditer(text))
    assert files
    for file in files:
        path = folder / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["text"], encoding="utf-8")
    return text


def invoke(*arguments: str) -> None:
    done = CliRunner().invoke(dialspec, arguments)
    assert done.exit_code == 0, done.output


def run_commands(text: str) -> None:
    """Run the commands of a tutorial that come to an end."""
    lines = [line for block in CONSOLE.finditer(text) for line in block["lines"].splitlines()]
    commands = [line.split()[1:] for line in lines if line.startswith("dialspec ")]
    assert commands
    for command in commands:
        if command[0] != "simulate":
            invoke(*command)


def program_output(source: str, folder: Path, provider: str) -> str:
    """Run a program of a tutorial against a simulator that knows its specs."""
    simulator = Simulator(read(folder / "specs", Diagnostics())[1], records=30)
    with serve(simulator) as address:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", source],
            env=os.environ
            | Vendor(simulator, address).environment(provider)
            | {"PYTHONPATH": str(folder / "generated")},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_endpoint_is_added_as_the_tutorial_says(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root / "specs", tmp_path / "specs")
    page = follow(root / "docs/tutorials/add_an_endpoint.md", tmp_path)
    monkeypatch.chdir(tmp_path)
    text, clear_up = page.split("## 6. Clear up")
    run_commands(text)
    (program,) = PROGRAM.finditer(text)
    printed = program_output(program["source"], tmp_path, "nio")
    assert "groups in all" in printed
    written = tmp_path / "generated/docs/nio/my_groups/list.md"
    assert "MyCallStrategy" in written.read_text(encoding="utf-8")

    assert "rm specs/nio/my_groups.yaml\n" in clear_up
    (tmp_path / "specs/nio/my_groups.yaml").unlink()
    run_commands(clear_up)
    assert not written.exists()
    assert not (tmp_path / "generated/dialspec_clients/nio/resources/my_groups.py").exists()


def test_a_vendor_of_ones_own_gets_a_client_as_the_tutorial_says(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = follow(root / "docs/tutorials/your_own_specs.md", tmp_path)
    monkeypatch.chdir(tmp_path)
    run_commands(text)
    (program,) = PROGRAM.finditer(text)
    printed = program_output(program["source"], tmp_path, "acme")
    assert "CallReport" in printed
    page = (tmp_path / "generated/docs/acme/calls/read.md").read_text(encoding="utf-8")
    assert "from acme_clients.acme import Acme" in page
