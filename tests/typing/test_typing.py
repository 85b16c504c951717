"""Type checkers accept a correct program and refuse a misspelt one: the clients' first line of defence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MISTAKES = {
    "a parameter": ("nio.preview_tasks.list_numbers(task_idd=123)", "task_idd"),
    "an enum member": ("NumberStatus.NOT_CALED", "NOT_CALED"),
    "a resource": ("nio.previev", "previev"),
    "a method": ("nio.preview_tasks.query_tasks()", "query_tasks"),
    "a field of a record": ("next(iter(nio.preview_tasks.list_numbers(task_id=1))).calld", "calld"),
    "the type of an argument": ("nio.preview_tasks.list_numbers(task_id='x')", "task_id"),
    "a positional argument": ("nio.preview_tasks.list_numbers(123)", "positional"),
}
PROGRAM = """
from dialspec_clients.nio import Nio, NumberStatus

def use(nio: Nio) -> None:
    print(NumberStatus.CALLED)
    {statement}
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one program for each mistake, and one with none."""
    folder = tmp_path_factory.mktemp("programs")
    for index, (statement, _) in enumerate(MISTAKES.values()):
        (folder / f"mistake_{index}.py").write_text(PROGRAM.format(statement=statement))
    (folder / "correct.py").write_text(PROGRAM.format(statement="nio.close()"))
    return folder


@pytest.fixture(scope="module", params=["mypy", "basedpyright"])
def complaints(request: pytest.FixtureRequest, programs: Path) -> dict[str, str]:
    """What one type checker says of each program, by file name."""
    checker: str = request.param
    if checker == "mypy":
        command = ["mypy", "--strict", f"--config-file={ROOT / 'pyproject.toml'}"]
        command += ["--no-error-summary", "--no-incremental", str(programs)]
    else:
        (programs / "pyrightconfig.json").write_text(
            f'{{"typeCheckingMode": "strict", "pythonVersion": "3.11", "venvPath": "{Path(sys.prefix).parent}", '
            f'"venv": "{Path(sys.prefix).name}"}}'
        )
        command = ["basedpyright", "--project", str(programs / "pyrightconfig.json")]
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT, check=False
    )
    found: dict[str, str] = {path.name: "" for path in programs.glob("*.py")}
    for line in done.stdout.splitlines():
        for name in found:
            if f"{name}:" in line and "error" in line:
                found[name] += line + "\n"
    return found


@pytest.mark.slow
@pytest.mark.parametrize("index", range(len(MISTAKES)), ids=list(MISTAKES))
def test_a_mistake_is_refused(complaints: dict[str, str], index: int) -> None:
    _, expected = list(MISTAKES.values())[index]
    assert expected in complaints[f"mistake_{index}.py"]


@pytest.mark.slow
def test_the_same_program_without_a_mistake_is_accepted(complaints: dict[str, str]) -> None:
    assert complaints["correct.py"] == ""
