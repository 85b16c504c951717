"""The environments of contenders: everything that is installed has one version, written down."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.places import ALL_ENVIRONMENTS

NAME = re.compile(r"^[A-Za-z0-9._-]+")


def lines_of(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pinned(path: Path) -> set[str]:
    found = {normalized(line.partition("==")[0]) for line in lines_of(path) if "==" in line}
    assert len(found) == len(lines_of(path))
    return found


def normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_environment_is_made_by_the_makefile(root: Path) -> None:
    (line,) = re.findall(
        r"^BENCH_ENVIRONMENTS := (.+)$", (root / "Makefile").read_text(), re.MULTILINE
    )
    files = {path.stem for path in (root / "benchmarks/environments").glob("*.txt")}
    assert set(line.split()) == files == set(ALL_ENVIRONMENTS)


def test_everything_that_environments_name_is_pinned_once(root: Path) -> None:
    project = pinned(root / "constraints.txt")
    own = pinned(root / "benchmarks/constraints.txt")
    assert not project & own
    for path in (root / "benchmarks/environments").glob("*.txt"):
        for line in lines_of(path):
            if not line.startswith("--editable ."):
                assert NAME.fullmatch(line), line
                assert normalized(line) in project | own


def test_no_address_is_written_down(root: Path) -> None:
    for path in (root / "benchmarks").rglob("*.txt"):
        assert "://" not in path.read_text(encoding="utf-8")
