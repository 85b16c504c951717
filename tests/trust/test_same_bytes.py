"""The same specs give the same bytes, whoever runs the generator and wherever."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

IS_THOROUGH = os.environ.get("DIALSPEC_THOROUGH") == "1"
HASH_SEEDS = range(20 if IS_THOROUGH else 2)


def generate(
    out: Path, *arguments: str, cwd: Path, env: Mapping[str, str], umask: int = 0o022
) -> dict[str, str]:
    """Run `dialspec generate` as another user would, and give the hash of each file."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "XDG_"))
    }
    subprocess.run(
        [
            *(sys.executable, "-c", "from dialspec.cli import main; main()", "generate"),
            *("--out", str(out), *arguments),
        ],
        cwd=cwd,
        env=clean | dict(env),
        umask=umask,
        check=True,
        capture_output=True,
        timeout=200,
    )
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def specs(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's specs, so that no run can change them."""
    folder = tmp_path_factory.mktemp("copied") / "specs"
    subprocess.run(["cp", "-r", str(root / "specs"), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def expected(root: Path, specs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a plain run gives."""
    home = tmp_path_factory.mktemp("home")
    out = tmp_path_factory.mktemp("plain") / "out"
    return generate(out, "--specs", str(specs), cwd=root, env={"HOME": str(home)})


def test_a_plain_run_gives_what_is_committed(expected: dict[str, str], root: Path) -> None:
    committed = root / "generated"
    found = {
        path: hashlib.sha256((committed / path).read_bytes()).hexdigest()
        for path in expected
        if (committed / path).is_file()
    }
    assert found == expected


@pytest.mark.slow
@pytest.mark.parametrize("seed", HASH_SEEDS)
def test_the_hash_seed_does_not_matter(
    expected: dict[str, str], specs: Path, tmp_path: Path, seed: int
) -> None:
    env = {"HOME": str(tmp_path), "PYTHONHASHSEED": str(seed)}
    assert generate(tmp_path / "out", "--specs", str(specs), cwd=tmp_path, env=env) == expected


def available(locale: str) -> bool:
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
    return locale.lower().replace("-", "") in listed.lower().replace("-", "").split()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("locale", "zone", "umask"),
    [
        ("C", "UTC", 0o022),
        ("C", "Asia/Shanghai", 0o077),
        ("zh_CN.UTF-8", "America/St_Johns", 0o022),
        ("POSIX", "Pacific/Apia", 0o077),
    ],
)
def test_locale_zone_and_umask_do_not_matter(
    expected: dict[str, str], specs: Path, tmp_path: Path, locale: str, zone: str, umask: int
) -> None:
    env = {"HOME": str(tmp_path), "LANG": locale, "LC_ALL": locale, "TZ": zone, "PYTHONUTF8": "0"}
    if locale == "zh_CN.UTF-8" and not available(locale):
        # Python then falls back to C, which is what a user without that locale gets as well.
        env["LANGUAGE"] = "zh_CN"
    made = generate(tmp_path / "out", "--specs", str(specs), cwd=tmp_path, env=env, umask=umask)
    assert made == expected


@pytest.mark.slow
def test_working_directory_home_and_cache_do_not_matter(
    expected: dict[str, str], specs: Path, tmp_path: Path
) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    relative = os.path.relpath(specs, tmp_path / "deep" / "er")
    for home in ("first", "second"):
        env = {"HOME": str(tmp_path / home)}
        arguments = ("--specs", relative)
        made = generate(tmp_path / home / "out", *arguments, cwd=tmp_path / "deep" / "er", env=env)
        assert made == expected
    # Once more with everything in the cache, and once with a home that cannot be written.
    env = {"HOME": str(tmp_path / "second")}
    assert generate(tmp_path / "again", "--specs", str(specs), cwd=tmp_path, env=env) == expected
    env = {"HOME": "/proc/none"}
    assert generate(tmp_path / "bare", "--specs", str(specs), cwd=tmp_path, env=env) == expected
