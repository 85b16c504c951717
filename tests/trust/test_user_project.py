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


EXTENDING = '{% extends "base/client/models.py.jinja" %}\n'


def said_of(project: Path, folder: Path, name: str, template: bytes) -> str:
    """What `dialspec` says of one template of the user's, which has a mistake."""
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(template)
    done = dialspec(project, "--templates", str(folder), "--check")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("dialspec: ")
    return done.stderr.removeprefix("dialspec: ")


@pytest.mark.parametrize(
    ("template", "line", "told"),
    [
        ("{% block header %}{{ nope }}{% endblock %}", 2, "'nope' is undefined"),
        ("{% block header %}{{ module.name ~ 'x' }}{% endblock %}", 2, "prints a str"),
        ("{% block header %}", 2, "Unexpected end of template"),
        ("{% block header %}\n{{ super( }}{% endblock %}", 3, "unexpected '}'"),
        ("{% block header %}\n{{ 1/0 }}{% endblock %}", 3, "ZeroDivisionError"),
        ("{% block end %}{% for i in 5 %}{% endfor %}{% endblock %}", 2, "not iterable"),
        ("{% block end %}{{ module | upper }}{% endblock %}", 2, "No filter named 'upper'"),
        ("{% block end %}{% include name %}{% endblock %}", 2, "'name' is undefined"),
        ("{% block haeder %}{% endblock %}", 2, "did you mean `header`?"),
        ("{% block x %}{% endblock %}", 2, "its blocks are end, header, imports, model"),
        ("\n# notice\n", 2, "text outside of blocks has no effect"),
        ('\n{% import "mine.py.jinja" as mine %}', 3, "there is no template `mine.py.jinja`"),
    ],
)
def test_a_mistake_in_an_own_template_is_told_with_its_line(
    project: Path, tmp_path: Path, template: str, line: int, told: str
) -> None:
    name = "client/models.py.jinja"
    said = said_of(project, tmp_path, name, (EXTENDING + template).encode())
    assert said.startswith(f"{tmp_path / name}:{line}: ")
    assert told in said


@pytest.mark.parametrize(
    ("name", "template", "told"),
    [
        ("client/models.py.jinja", b"\xff", "is not in UTF-8"),
        (
            "client/models.py.jinja",
            b'{% extends "client/models.py.jinja" %}',
            "ours is `base/client/models.py.jinja`",
        ),
        (
            "client/models.py.jinja",
            b'{% extends "base/client/model.py.jinja" %}',
            "did you mean `base/client/models.py.jinja`?",
        ),
        ("client/model.py.jinja", EXTENDING.encode(), "did you mean `client/models.py.jinja`?"),
        ("base/client/models.py.jinja", b"", "no template uses it"),
    ],
)
def test_an_own_template_that_could_have_no_effect_is_refused_with_what_is_meant(
    project: Path, tmp_path: Path, name: str, template: bytes, told: str
) -> None:
    said = said_of(project, tmp_path, name, template)
    assert said.startswith(f"{tmp_path / name}:1: ")
    assert told in said


def test_output_that_is_no_python_is_told_with_the_module(project: Path, tmp_path: Path) -> None:
    template = f"{EXTENDING}{{% block end %}}\n\nx = (\n{{% endblock %}}"
    said = said_of(project, tmp_path, "client/models.py.jinja", template.encode())
    assert "acme_clients/acme/models/calls.py: rendered text that is no Python" in said


def test_own_templates_may_share_pieces_and_have_blocks_inside_of_blocks(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / "client").mkdir()
    (tmp_path / "client/models.py.jinja").write_text('{% extends "acme.py.jinja" %}')
    (tmp_path / "notice.py.jinja").write_text("# By Acme.\n")
    (tmp_path / "acme.py.jinja").write_text(
        f"# Acme.\n{EXTENDING}{{% block end %}}{{% block notice %}}"
        '{% include "notice.py.jinja" %}{% endblock %}{% endblock %}'
    )
    done = dialspec(project, "--templates", str(tmp_path), "--diff")
    assert (done.returncode, done.stderr.count("dialspec: ")) == (0, 0)
    assert "+# Acme.\n" in done.stdout
    assert "+# By Acme.\n" in done.stdout


def test_a_folder_of_templates_that_is_not_there_is_wrong_usage(project: Path) -> None:
    done = dialspec(project, "--templates", "tempaltes")
    assert done.returncode == 2
    assert "'tempaltes' does not exist" in done.stderr
