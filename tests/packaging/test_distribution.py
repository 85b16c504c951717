"""The wheel and the sdist: what they hold, and that the installed `dialspec` works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def distributions(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The built wheel and sdist."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(root)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl")), next(out.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def installed(distributions: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed, and nothing of the checkout."""
    target = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"),
            *("--target", str(target), str(distributions[0])),
        ],
        check=True,
        capture_output=True,
    )
    return target


def run_installed(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_holds_three_packages_specs_and_templates(
    distributions: tuple[Path, Path],
) -> None:
    names = set(zipfile.ZipFile(distributions[0]).namelist())
    assert names >= {
        "dialspec/cli/root.py",
        "dialspec/py.typed",
        "dialspec_runtime/py.typed",
        "dialspec_clients/py.typed",
        "dialspec_clients/nio/client.py",
        "dialspec/_bundled/specs/nio/provider.yaml",
        "dialspec/_bundled/specs/schema.json",
        "dialspec/_bundled/templates/client/client.py.jinja",
    }
    assert not {name for name in names if name.startswith(("tests/", "docs/"))}


def test_the_base_install_needs_httpx_its_core_and_pydantic_only(
    distributions: tuple[Path, Path],
) -> None:
    wheel = zipfile.ZipFile(distributions[0])
    metadata = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    headers = Parser().parsestr(wheel.read(metadata).decode())
    required = [line for line in headers.get_all("Requires-Dist", []) if "extra ==" not in line]
    names = sorted(line.split("<")[0].split(">")[0] for line in required)
    assert names == ["httpcore", "httpx", "pydantic"]  # the first comes with the second anyway


def test_the_sdist_holds_what_building_and_testing_need(distributions: tuple[Path, Path]) -> None:
    with tarfile.open(distributions[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {
        "pyproject.toml",
        "Makefile",
        "constraints.txt",
        "examples/demo.py",
        "specs/nio/provider.yaml",
        "templates/client/client.py.jinja",
        "tests/conftest.py",
        "generated/manifest.json",
    }


def test_the_installed_command_makes_what_the_checkout_makes(
    installed: Path, root: Path, tmp_path: Path
) -> None:
    where = run_installed(
        installed, "-c", "import dialspec; print(dialspec.__file__)", cwd=tmp_path
    )
    assert Path(where.stdout.strip()).is_relative_to(installed)
    specs = installed / "dialspec" / "_bundled" / "specs"
    done = run_installed(
        installed, "-m", "dialspec", "generate", "--specs", str(specs), cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    for path in (tmp_path / "generated").rglob("*.py"):
        committed = root / "generated" / path.relative_to(tmp_path / "generated")
        assert committed.read_bytes() == path.read_bytes()


def test_the_installed_command_finds_its_own_specs(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, "-m", "dialspec", "lint", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert " providers, " in done.stderr
