"""A project of somebody else's: own specs, own package, one block of our templates replaced, outside the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dialspec.diagnostics import Diagnostics
from dialspec.pipeline import read
from dialspec.simulator import Simulator, serve
from running_simulator import Vendor

FILE = re.compile(
    r'^```(?:yaml|jinja) title="(?P<path>[^"]+)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)
USER_PROGRAM = """
from acme_clients.acme import Acme
from acme_clients.acme.models.calls import CallReport, described

with Acme.from_env() as acme:
    report: CallReport = acme.calls.read(call_id=7)
    seconds: int | None = report.seconds
    print(described(report))
"""
OWN_END = '''
{% block end %}


def described(report: CallReport) -> str:
    """Text for the company's log."""
    if report.seconds is None:
        return "no answer"
    return f"{report.seconds} s"
{% endblock %}
'''


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the tutorial, with one more block replaced, and what is generated from them."""
    folder = tmp_path_factory.mktemp("acme")
    tutorial = (root / "docs/tutorials/your_own_specs.md").read_text(encoding="utf-8")
    for file in FILE.finditer(tutorial):
        path = folder / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["text"], encoding="utf-8")
    template = folder / "templates/client/models.py.jinja"
    template.write_text(template.read_text(encoding="utf-8") + OWN_END, encoding="utf-8")
    (folder / "program.py").write_text(USER_PROGRAM, encoding="utf-8")
    done = dialspec(folder)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return folder


def dialspec(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Generate as the tutorial says."""
    return subprocess.run(
        [
            *(sys.executable, "-c", "from dialspec.cli import main; main()", "generate"),
            *("--specs", "specs", "--out", "generated", "--package", "acme_clients"),
            *("--templates", "templates", *more),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_is_the_users(project: Path) -> None:
    assert (project / "generated/acme_clients/acme/client.py").is_file()
    assert not (project / "generated/dialspec_clients").exists()
    assert dialspec(project, "--check").returncode == 0


def test_the_replaced_blocks_are_the_users_and_all_else_is_ours(project: Path) -> None:
    models = (project / "generated/acme_clients/acme/models/calls.py").read_text(encoding="utf-8")
    assert "# For use inside Acme only.\n" in models
    assert "def described(report: CallReport) -> str:" in models
    assert "class CallReport(Record):" in models
    client = (project / "generated/acme_clients/acme/client.py").read_text(encoding="utf-8")
    assert "inside Acme only" not in client


@pytest.mark.slow
def test_output_and_user_program_pass_strict_type_checks(project: Path, root: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-incremental"),
            *("--cache-dir", os.devnull, "program.py", "generated/acme_clients"),
        ],
        cwd=project,
        env=os.environ | {"MYPYPATH": f"{project / 'generated'}:{root / 'runtime'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_user_program_runs_against_a_simulator_of_its_own_specs(project: Path) -> None:
    simulator = Simulator(read(project / "specs", Diagnostics())[1], records=30)
    with serve(simulator) as address:
        done = subprocess.run(
            [sys.executable, "-W", "error", "program.py"],
            cwd=project,
            env=os.environ
            | Vendor(simulator, address).environment("acme")
            | {"PYTHONPATH": str(project / "generated")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"no answer|-?\d+ s", done.stdout.strip())


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{% block header %}{{ nope }}{% endblock %}", "'nope' is undefined"),
        ("{% block header %}{{ module.name ~ 'x' }}{% endblock %}", "prints a str"),
        ("{% block header %}", "Unexpected end of template"),
        ("{% block end %}\n\nx = (\n{% endblock %}", "no Python"),
    ],
)
def test_a_mistake_in_an_own_template_is_told_in_one_line(
    project: Path, tmp_path: Path, template: str, told: str
) -> None:
    place = tmp_path / "client" / "models.py.jinja"
    place.parent.mkdir()
    place.write_text('{% extends "base/client/models.py.jinja" %}' + template, encoding="utf-8")
    done = dialspec(project, "--templates", str(tmp_path), "--check")
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
