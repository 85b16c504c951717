"""How contenders are measured: interleaved, compared within a round, with everything that they start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from benchmarks.contenders.harvest import OutOfOrderError, SyncHarvester
from benchmarks.measuring.commands import CommandFailedError, run
from benchmarks.measuring.groups import Entry, measured_group
from benchmarks.measuring.rounds import Figures, interleaved
from benchmarks.results import Group, Kind, Spread


def silent(_line: str) -> None:
    """Take no note of progress."""


def test_every_contender_has_one_turn_a_round_and_none_always_comes_first() -> None:
    turns: list[str] = []

    def measuring(name: str) -> Figures:
        turns.append(name)
        return Figures(1.0)

    interleaved({name: partial(measuring, name) for name in "abc"}, 4, silent)
    assert "".join(turns) == "abc" + "bca" + "cab" + "abc"


def group_of(samples: dict[str, list[float]], **against: str) -> Group:
    pending = {name: iter(values) for name, values in samples.items()}

    def measuring(name: str) -> Figures:
        return Figures(next(pending[name]))

    return measured_group(
        "g",
        "G",
        unit="s",
        higher_is_better=False,
        reference="a",
        entries=[
            Entry(
                name,
                Kind.PEER,
                "",
                partial(measuring, name),
                against=against.get(name, ""),
            )
            for name in samples
        ],
        rounds=len(samples["a"]),
        report=silent,
    )


def test_a_ratio_is_taken_within_a_round() -> None:
    # The machine becomes ten times slower; b is twice as slow as a in each round.
    group = group_of({"a": [1, 1, 10, 10, 10], "b": [2, 2, 20, 20, 20]})
    assert group.row("b").ratio == Spread(lower=2, median=2, upper=2)
    assert group.row("b").value == Spread(lower=2, median=20, upper=20)


def test_a_row_may_be_compared_with_another_than_the_reference() -> None:
    group = group_of({"a": [1, 1], "b": [2, 2], "c": [8, 8]}, c="b")
    assert group.row("c").ratio.median == 4


def test_a_command_that_fails_ends_the_run_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], cwd=tmp_path)


def test_a_command_gives_what_it_printed(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", "print('said')"], cwd=tmp_path).output == "said\n"


def test_the_memory_of_a_child_counts_and_that_of_who_measures_does_not(tmp_path: Path) -> None:
    ballast = b"x" * (96 * 2**20)
    child = "import time; block = b'x' * (64 * 2**20); time.sleep(0.3)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with_child = run([sys.executable, "-c", parent], cwd=tmp_path)
    alone = run([sys.executable, "-c", "import time; time.sleep(0.3)"], cwd=tmp_path)
    assert 64 * 2**20 < with_child.peak_bytes < len(ballast)
    assert 0 < alone.peak_bytes < 64 * 2**20


def rows_harvested(*ids: int) -> SyncHarvester:
    def harvest(_base_url: str, _pages: int, _at_once: int) -> Iterator[object]:
        return ({"keyId": each} for each in ids)

    return SyncHarvester("http://unused.example", harvest)


QUESTION = {"pages": 1, "at_once": 1, "delay": 0}


def test_a_whole_harvest_in_order_counts() -> None:
    assert rows_harvested(*range(1, 101)).run(QUESTION)["value"] > 0


@pytest.mark.parametrize(
    "ids",
    [
        pytest.param([*range(1, 100)], id="one missing at the end"),
        pytest.param([1, *range(3, 102)], id="one missing in between"),
        pytest.param([1, 1, *range(2, 100)], id="one repeated"),
        pytest.param([2, 1, *range(3, 101)], id="two swapped"),
        pytest.param([*range(1, 102)], id="one too many"),
    ],
)
def test_a_harvest_that_lost_or_moved_a_row_does_not_count(ids: list[int]) -> None:
    with pytest.raises(OutOfOrderError):
        rows_harvested(*ids).run(QUESTION)


@pytest.fixture
def vendor(root: Path) -> Iterator[str]:
    """The vendor that answers at once, as contenders see it."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.servers.vendor"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        port = process.stdout.readline().partition(":")[2].strip(" }\n")
        yield f"http://127.0.0.1:{port}"
        process.stdin.close()
        assert process.wait(10) == 0  # it ends with its input


def test_the_vendor_answers_as_many_rows_as_its_path_says(vendor: str) -> None:
    with httpx.Client() as client:
        for rows in (1, 100):
            answer = client.post(f"{vendor}/rows/{rows}/v3/cc/any", json={"current": 7})
            assert len(answer.json()["data"]["records"]) == rows
        assert client.get(f"{vendor}/elsewhere").status_code == 404


def test_the_vendor_answers_the_page_that_is_asked_for(vendor: str) -> None:
    answer = httpx.post(f"{vendor}/pages/1/50/v3/cc/any", json={"size": 100, "current": 7})
    data = answer.json()["data"]
    assert (data["current"], data["pages"], data["total"]) == (7, 50, 5000)
    assert data["records"][0]["keyId"] == 601
