"""Hostile text anywhere in a spec: it is refused with its place, or it is text and nothing but text.

Every slot of the language gets a text of the corpus alone, and all slots of free text get others at once.
`DIALSPEC_THOROUGH=1` puts every text into every slot, alone and together, which takes hours.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialspec.publish import publish
from hostile import HOSTILE
from hostile_specs import DECLARED, PACKAGE, Bench, Outcome, Place, samples

IS_THOROUGH = os.environ.get("DIALSPEC_THOROUGH") == "1"
TEXTS_PER_SLOT = len(HOSTILE) if IS_THOROUGH else 1
IMPORTED = 40

IMPORT_ALL = """
import importlib, os, pkgutil, sys

FORBIDDEN = ("os.system", "os.exec", "os.posix_spawn", "os.fork", "subprocess.", "socket.connect", "ctypes.")

def watch(event, arguments):
    if event.startswith(FORBIDDEN) or (event == "import" and arguments[0] == "tripwire"):
        os._exit(3)
    if event == "open" and set(str(arguments[1])) & set("wax+"):
        os._exit(4)

sys.path.insert(0, "out")
import dialspec_runtime, httpx, pydantic
sys.addaudithook(watch)
count = 0
for case in sorted(os.listdir("out")):
    if case.startswith("case_"):
        package = importlib.import_module(case)
        for module in pkgutil.walk_packages(package.__path__, f"{case}."):
            importlib.import_module(module.name)
            count += 1
print(count)
"""


@dataclass
class Harvest:
    """What came of all runs."""

    broken: list[str] = field(default_factory=list[str])
    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    texts: dict[int, list[Place]] = field(default_factory=dict[int, list[Place]])
    """By bench, the places that took their text: those of free text, mostly."""
    refused: int = 0
    generated: int = 0

    def add(self, bench: Bench, place: Place, name: str) -> None:
        """Put one text into one place."""
        texts = {place: HOSTILE[name]}
        outcome = bench.run(texts)
        self.broken += [f"{name} as {place}: {one}" for one in bench.examine(texts, outcome)]
        if outcome.was_refused:
            self.refused += 1
            return
        self.generated += 1
        self.texts.setdefault(id(bench), []).append(place)
        if len(self.outcomes) < IMPORTED:
            self.outcomes.append(outcome)


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> list[Bench]:
    """Specs of a vendor, and of a platform with a brand, that together use every word of the language."""
    return [
        Bench(folder, tmp_path_factory.mktemp("project") / "specs")
        for folder in sorted((Path(__file__).parent / "specs").iterdir())
    ]


@pytest.fixture(scope="module")
def harvest(benches: list[Bench]) -> Harvest:
    """One run for each text in a slot; some outputs are kept."""
    result = Harvest()
    names = cycle(HOSTILE)
    tried: set[str] = set()
    for bench in benches:
        for place in bench.places:
            if place.occurrence.slot in tried:
                continue
            tried.add(place.occurrence.slot)
            for name in islice(names, TEXTS_PER_SLOT):
                result.add(bench, place, name)
    return result


def test_the_specs_are_right_before_anything_is_put_into_them(benches: list[Bench]) -> None:
    for bench in benches:
        assert [str(error) for error in bench.baseline.diagnostics.errors] == []
        assert bench.examine({}, bench.baseline) == []


def test_every_slot_of_the_language_is_tried(benches: list[Bench]) -> None:
    occurring = {place.occurrence.slot for bench in benches for place in bench.places}
    assert occurring == DECLARED


@pytest.mark.slow
@pytest.mark.timeout(0 if IS_THOROUGH else 900)
def test_hostile_text_is_refused_with_its_place_or_stays_text(harvest: Harvest) -> None:
    assert harvest.broken == []
    assert harvest.refused > 50
    assert harvest.generated > 50


def imported(folder: Path) -> subprocess.CompletedProcess[str]:
    """Import every module below `out` in a process that ends at once if anything runs."""
    return subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_ALL],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
def test_nothing_runs_when_the_output_is_imported(harvest: Harvest, tmp_path: Path) -> None:
    files = {
        path.replace(PACKAGE, f"case_{number}", 1): text
        for number, outcome in enumerate(harvest.outcomes)
        for path, text in outcome.modules.items()
    }
    publish(files, tmp_path / "out")
    before = set(tmp_path.rglob("*"))
    ran = imported(tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert int(ran.stdout) > 5 * len(harvest.outcomes)
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "statement",
    ["import tripwire", "open('x', 'w')", "import os; os.system('true')"],
)
def test_the_tripwire_tells_when_something_runs(tmp_path: Path, statement: str) -> None:
    publish({"case_1/__init__.py": f'"""Doc."""\n{statement}\n'}, tmp_path / "out")
    assert imported(tmp_path).returncode in {3, 4}


@pytest.mark.slow
def test_shell_samples_are_shell(harvest: Harvest, benches: list[Bench], tmp_path: Path) -> None:
    known = {text for bench in benches for text in bench.baseline.pages.values()}
    pages = {text for outcome in harvest.outcomes for text in outcome.pages.values()} - known
    found = samples(pages)
    assert found
    for number, sample in enumerate(found):
        (tmp_path / f"{number}.sh").write_text(sample, encoding="utf-8")
        ran = subprocess.run(
            ["bash", "-n", f"{number}.sh"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, ""), sample


@pytest.mark.slow
@pytest.mark.timeout(0 if IS_THOROUGH else 900)
@pytest.mark.parametrize("shift", range(len(HOSTILE)) if IS_THOROUGH else range(0, 90, 30))
def test_every_slot_at_once_with_another_text_in_each(
    harvest: Harvest, benches: list[Bench], shift: int
) -> None:
    """Over all shifts, each text has been in each slot that takes free text."""
    corpus = list(HOSTILE.values())
    for bench in benches:
        texts = {
            place: corpus[(number + shift) % len(corpus)]
            for number, place in enumerate(_side_by_side(harvest.texts[id(bench)]))
        }
        assert list(_broken(bench, texts)) == []


def _broken(bench: Bench, texts: Mapping[Place, str]) -> Iterator[str]:
    """What is wrong with these texts; where some of them are refused, of the others by halves."""
    outcome = bench.run(texts)
    yield from bench.examine(texts, outcome)
    if outcome.was_refused and len(texts) > 1:
        items = list(texts.items())
        middle = len(items) // 2
        yield from _broken(bench, dict(items[:middle]))
        yield from _broken(bench, dict(items[middle:]))


@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=400 if IS_THOROUGH else 25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_hostile_texts_do_not_help_each_other(
    harvest: Harvest, benches: list[Bench], data: st.DataObject
) -> None:
    # What is drawn depends on nothing that was found out before, so that each example can be repeated.
    bench = benches[data.draw(st.integers(0, 1))]
    numbers = data.draw(st.lists(st.integers(0, 9999), min_size=2, max_size=12))
    names = data.draw(st.lists(st.sampled_from(sorted(HOSTILE)), min_size=12, max_size=12))
    known = harvest.texts[id(bench)]
    places = {str(place): place for place in (known[number % len(known)] for number in numbers)}
    alone = _side_by_side(list(places.values()))
    texts = {place: HOSTILE[name] for place, name in zip(alone, names, strict=False)}
    assert bench.examine(texts, bench.run(texts)) == []


def _side_by_side(places: list[Place]) -> list[Place]:
    """Those places that stay where they are when texts are put into all the others."""
    return [
        place
        for place in places
        if not any(
            other.file == place.file
            and other.occurrence.path == place.occurrence.path[: len(other.occurrence.path)]
            and other is not place
            for other in places
        )
    ]


FILE_NAMES = [
    'a"""b',
    "a'''b",
    "a\nimport tripwire\nb",
    "a\rb",
    "a\u2028b",
    "a\u202eb",
    "{{ 7 }}",
    "-*- coding: utf-7 -*-",
    "<script>alert(1)<",
    "`a|b`",
    "a\\",
    "noqa",
    "~",
    "名前",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", FILE_NAMES)
@pytest.mark.parametrize("renamed", ["everything/calls.yaml", "everything"])
def test_a_spec_of_another_name_than_what_it_describes_is_refused(
    name: str, renamed: str, tmp_path: Path
) -> None:
    bench = Bench(Path(__file__).parent / "specs" / "vendor", tmp_path / "specs")
    path = tmp_path / "specs" / renamed
    path.rename(path.with_name(f"{name}{path.suffix}"))
    outcome = bench.run({})
    assert outcome.was_refused
    assert bench.examine({}, outcome) == []
