"""The page of the documentation: what the results make, and an honest reading of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from benchmarks.places import PAGE, REASONS, RESULTS
from benchmarks.report import published
from benchmarks.report.page import page, plots
from benchmarks.report.plots import plot
from benchmarks.report.reach import GOALS, reach
from benchmarks.results import Group, Kind, Results, Row, Spread, read_results
from benchmarks.sections import calls, decode, generation


@pytest.fixture(scope="module")
def results() -> Results:
    """The results that are kept in the repository."""
    return read_results(RESULTS)


def test_the_page_and_its_plots_are_what_the_results_make() -> None:
    assert published.differences() == []


def test_another_figure_makes_another_page_and_another_plot(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = results.model_dump_json()
    rows = results.sections["decode"].groups[0].rows
    (first,) = (row for row in rows if row.name == decode.OURS)
    changed = text.replace(
        first.value.model_dump_json(), Spread(lower=1, median=2, upper=3).model_dump_json()
    )
    assert changed != text
    (tmp_path / "latest.json").write_text(changed)
    monkeypatch.setattr(published, "RESULTS", tmp_path / "latest.json")
    assert published.differences() == ["benchmarks.md", "page_100.svg"]


def test_medians_and_ratios_follow_from_the_samples_that_are_kept(results: Results) -> None:
    for section in results.sections.values():
        for group in section.groups:
            for row in group.rows:
                assert len(row.samples) >= 5
                other = group.row(row.against or group.reference)
                ratios = [a / b for a, b in zip(row.samples, other.samples, strict=True)]
                assert row.value.median == pytest.approx(Spread.of(row.samples).median, rel=1e-4)
                assert row.ratio.median == pytest.approx(Spread.of(ratios).median, rel=1e-4)


def test_every_section_and_every_goal_is_measured(results: Results) -> None:
    assert [line.name for line in reach(results)] == [goal.name for goal in GOALS]
    text = PAGE.read_text(encoding="utf-8")
    for section in results.sections.values():
        for group in section.groups:
            assert f"### {group.title}\n" in text


def test_goals_have_names_of_their_own_and_reasons_belong_to_goals() -> None:
    names = [goal.name for goal in GOALS]
    assert len(set(names)) == len(names)
    assert {path.stem for path in REASONS.glob("*.md")} <= set(names)


def test_no_name_of_the_machine_and_no_path_is_kept() -> None:
    text = RESULTS.read_text(encoding="utf-8")
    assert re.search(r"/(?:home|root|tmp|work|Users)\b", text) is None


def made(section: str, group: str, *, higher_is_better: bool, **rows: float) -> Results:
    """Results with a single group, in which every round was the same."""
    first = next(iter(rows))
    document: dict[str, Any] = {
        "machine": {
            "processor": "P",
            "cores": 2,
            "memory_gib": 4,
            "system": "S",
            "python": "3.11.7",
        },
        "versions": {},
        "sections": {
            section: {
                "measured": "2026-11-27",
                "minutes": 1,
                "busy": 0,
                "groups": [
                    {
                        "name": group,
                        "title": "T",
                        "unit": "u",
                        "higher_is_better": higher_is_better,
                        "reference": first,
                        "rounds": 5,
                        "rows": [
                            {
                                "name": name,
                                "kind": "ours",
                                "how": "",
                                "samples": [value] * 5,
                                "value": {"lower": value, "median": value, "upper": value},
                                "ratio": {"lower": 1, "median": 1, "upper": 1},
                            }
                            for name, value in rows.items()
                        ],
                    }
                ],
            }
        },
    }
    return Results.model_validate_json(json.dumps(document))


def called(value: float) -> Results:
    rows = {calls.POST: 1000.0, calls.OURS: value}
    return made(calls.NAME, "sync_1", higher_is_better=True, **rows)


@pytest.mark.parametrize(("value", "holds"), [(1200, True), (1199.9, False)])
def test_a_goal_of_at_least_is_not_rounded_up(value: float, holds: bool) -> None:
    (line,) = reach(called(value))
    assert (line.name, line.holds) == ("call_sync_1", holds)


@pytest.mark.parametrize(("value", "holds"), [(10, True), (10.01, False)])
def test_a_goal_of_at_most_is_not_rounded_down(value: float, holds: bool) -> None:
    rows = {generation.PEER: 10.0, generation.FROM_NOTHING: value}
    name = generation.group_name(1000)
    lines = {
        line.name: line.holds
        for line in reach(made(generation.NAME, name, higher_is_better=False, **rows))
    }
    assert lines["generate_from_nothing"] is holds


def test_what_was_not_measured_is_not_judged() -> None:
    rows = {decode.HAND_WRITTEN: 100.0, decode.OURS: 96.0}
    results = made(decode.NAME, decode.GROUP, higher_is_better=True, **rows)
    assert [line.name for line in reach(results)] == ["decode_pydantic"]


def test_a_goal_that_does_not_hold_says_why_or_that_nobody_knows_yet() -> None:
    results = called(900)
    assert "### Not explained yet\n\n- One signed, typed sync call" in page(results, {})
    explained = page(results, {"call_sync_1": "Profile: it sleeps.\n"})
    assert "Profile: it sleeps." in explained
    assert "Not explained yet" not in explained


def test_a_reason_is_not_shown_where_the_goal_holds() -> None:
    assert "it sleeps" not in page(called(1300), {"call_sync_1": "Profile: it sleeps."})


def test_figures_from_a_busy_machine_are_called_provisional() -> None:
    results = called(1300)
    assert "Provisional" not in page(results, {})
    busy = results.sections[calls.NAME].model_copy(update={"busy": 0.4})
    crowded = results.model_copy(update={"sections": {calls.NAME: busy}})
    assert "**Provisional.**" in page(crowded, {})


def test_plots_are_well_formed_and_name_every_contender(results: Results) -> None:
    groups = [group for section in results.sections.values() for group in section.groups]
    drawn = plots(results)
    assert len(drawn) == len(groups)
    for group in groups:
        words = list(ET.fromstring(drawn[f"{group.name}.svg"]).itertext())  # noqa: S314 - our own
        assert {row.name for row in group.rows} <= set(words)


def test_names_in_plots_are_escaped() -> None:
    row = Row(
        name="a < b & c",
        kind=Kind.OURS,
        how="",
        samples=[1.0],
        value=Spread.of([1.0]),
        ratio=Spread.of([1.0]),
    )
    group = Group(
        name="g",
        title="<T>",
        unit="&",
        higher_is_better=True,
        reference=row.name,
        rounds=1,
        rows=[row],
    )
    assert "a < b & c" in list(ET.fromstring(plot(group)).itertext())  # noqa: S314 - our own
