"""Twice as many endpoints take twice the work, in every stage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from many_endpoints import write_specs

SIZES: Final = (10, 20, 40)
STAGES: Final = ("load", "resolve", "lint", "build", "publish", "build again", "look")
PROGRAM: Final = Path(__file__).parents[1] / "support" / "counted_work.py"


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, int]]:
    """The lines of Python that each stage runs through, by the number of resources."""

    def counted(resources: int) -> dict[str, int]:
        folder = tmp_path_factory.mktemp(f"resources{resources}")
        specs = write_specs(folder, resources)
        done = subprocess.run(
            [sys.executable, str(PROGRAM), str(specs), str(folder / "out")],
            env=os.environ | {"XDG_CACHE_HOME": str(folder / "cache")},
            capture_output=True,
            text=True,
            check=True,
        )
        found: dict[str, int] = json.loads(done.stdout)
        return found

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(SIZES, pool.map(counted, SIZES), strict=True))


@pytest.mark.parametrize("stage", STAGES)
def test_work_grows_with_the_number_of_endpoints_and_no_faster(
    lines: dict[int, dict[str, int]], stage: str
) -> None:
    small, medium, large = (lines[size][stage] for size in SIZES)
    first, second = medium - small, large - medium
    assert first > 0
    assert second < 2 * first * 1.02, (small, medium, large)
