"""From contenders to a group of the results."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measuring.rounds import Figures, Measure, Report, interleaved
from benchmarks.results import Group, Kind, Row, Spread

_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Entry:
    """One contender of a group, ready to be measured."""

    name: str
    kind: Kind
    how: str
    measure: Measure
    against: str = ""
    """What it is compared with, if not the reference of the group."""


def measured_group(
    name: str,
    title: str,
    *,
    unit: str,
    higher_is_better: bool,
    reference: str,
    entries: Sequence[Entry],
    rounds: int,
    report: Report,
    left_out: Mapping[str, str] | None = None,
    compared: str = "",
) -> Group:
    """Measure all entries in interleaved rounds."""
    report(f"{title} ({unit})")
    taken = interleaved({each.name: each.measure for each in entries}, rounds, report)
    return Group(
        name=name,
        title=title,
        unit=unit,
        higher_is_better=higher_is_better,
        reference=reference,
        compared=compared,
        rounds=rounds,
        rows=[_row(each, taken[each.name], taken[each.against or reference]) for each in entries],
        left_out=dict(left_out or {}),
    )


def _row(entry: Entry, taken: Sequence[Figures], reference: Sequence[Figures]) -> Row:
    samples = [figures.value for figures in taken]
    ratios = [figures.value / other.value for figures, other in zip(taken, reference, strict=True)]
    cpu = [figures.cpu_seconds for figures in taken if figures.cpu_seconds is not None]
    peaks = [figures.peak_bytes for figures in taken if figures.peak_bytes is not None]
    return Row(
        name=entry.name,
        kind=entry.kind,
        how=entry.how,
        against=entry.against,
        samples=[_rounded(sample) for sample in samples],
        value=_rounded_spread(Spread.of(samples)),
        ratio=_rounded_spread(Spread.of(ratios)),
        cpu_seconds=_rounded(statistics.median(cpu)) if cpu else None,
        peak_mib=round(max(peaks) / _MIB, 1) if peaks else None,
        facts={
            name: _rounded(statistics.median(figures.facts[name] for figures in taken))
            for name in taken[0].facts
        },
    )


def _rounded(value: float) -> float:
    """Keep six digits: more would be noise in every diff."""
    return float(f"{value:.6g}")


def _rounded_spread(spread: Spread) -> Spread:
    return Spread(
        lower=_rounded(spread.lower),
        median=_rounded(spread.median),
        upper=_rounded(spread.upper),
    )
