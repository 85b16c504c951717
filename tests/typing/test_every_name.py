"""Both type checkers accept a program that uses every method, parameter, field and public name of every provider."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from catalogue import API
from sample_program import sample_program

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ROOT / "generated" / "dialspec_clients"
ERROR = re.compile(r":\d+:(?:\d+)?.* error: |:\d+: error: ")
WRONG = """\
from typing import assert_type
from dialspec_clients.nio import Nio

def use(nio: Nio) -> None:
    assert_type(nio.clock_offset, int)
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program of each provider, and one that holds a mistake."""
    folder = tmp_path_factory.mktemp("programs")
    for provider in API.providers:
        source = sample_program(provider)
        (folder / f"uses_{provider.name}.py").write_text(source, encoding="utf-8")
    (folder / "is_wrong.py").write_text(WRONG, encoding="utf-8")
    return folder


def command(checker: str, programs: Path) -> list[str]:
    """The command that checks the programs and all generated clients, strictly."""
    if checker == "mypy":
        config = f"--config-file={ROOT / 'pyproject.toml'}"
        return ["mypy", "--strict", config, "--no-incremental", str(programs), str(GENERATED)]
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "venvPath": str(Path(sys.prefix).parent),
        "venv": Path(sys.prefix).name,
        "include": [str(programs), str(GENERATED)],
    }
    (programs / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return ["basedpyright", "--project", str(programs / "pyrightconfig.json")]


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_a_program_that_uses_everything_is_accepted(checker: str, programs: Path) -> None:
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", *command(checker, programs)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    lines = sum(len(path.read_text().splitlines()) for path in GENERATED.rglob("*.py"))
    print(f"\n{checker}: {lines} lines of clients in {time.perf_counter() - begun:.1f} s")
    complaints = [line for line in done.stdout.splitlines() if ERROR.search(line)]
    assert [line for line in complaints if "is_wrong.py" not in line] == []
    assert len(complaints) == 1, done.stdout + done.stderr


@pytest.mark.parametrize("provider", [provider.name for provider in API.providers])
def test_the_program_can_be_imported(provider: str, programs: Path) -> None:
    names = runpy.run_path(str(programs / f"uses_{provider}.py"))["NAMES"]
    assert len(names) == len(import_module(f"dialspec_clients.{provider}").__all__)
    assert None not in names
