"""Type checkers see members of open enums, the type of their values, and misspellings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SAMPLE = """
from typing import assert_type

from dialspec_runtime import OpenIntEnum, OpenStrEnum


class State(OpenIntEnum):
    CALLING = 1, "Call in progress"
    PAUSED = 15, {"en": "Paused", "zh": "任务暂停"}


class Kind(OpenStrEnum):
    PREDICTED = "2", "Predicted"


def use(state: State, kind: Kind) -> str:
    assert_type(State.CALLING.value, int)
    assert_type(state.value, int)
    assert_type(kind.value, str)
    assert_type(State(15), State)
    if state is State.PAUSED or state == State.CALLING or state in (State.CALLING, 1):
        return state.label + state.labels["en"]
    number: int = state
    text: str = kind
    return text if state.is_unknown else str(number)
"""
MISSPELT = SAMPLE + "\n\nuse(State.CALLNG, Kind.PREDICTED)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A user's project whose code is checked strictly."""
    (tmp_path / "pyproject.toml").write_text('[tool.basedpyright]\ntypeCheckingMode = "strict"\n')
    (tmp_path / "good.py").write_text(SAMPLE.replace("", ""))
    (tmp_path / "bad.py").write_text(MISSPELT.replace("", ""))
    return tmp_path


def test_mypy_strict(project: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-incremental",
        "--cache-dir",
        str(project),
    ]
    good = subprocess.run(
        [*command, "good.py"], cwd=project, capture_output=True, text=True, check=False
    )
    assert good.returncode == 0, good.stdout
    bad = subprocess.run(
        [*command, "bad.py"], cwd=project, capture_output=True, text=True, check=False
    )
    assert bad.returncode == 1
    assert '"type[State]" has no attribute "CALLNG"' in bad.stdout


def test_pyright_strict(project: Path) -> None:
    done = subprocess.run(
        [
            Path(sys.executable).parent / "basedpyright",
            "--pythonpath",
            sys.executable,
            "--outputjson",
            ".",
        ],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)["generalDiagnostics"]
    assert [each for each in found if each["file"].endswith("good.py")] == []
    messages = [each["message"] for each in found if each["file"].endswith("bad.py")]
    assert any("CALLNG" in message for message in messages)
