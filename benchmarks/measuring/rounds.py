"""Interleaved rounds: A B C, B C A, C A B, and so on.

Whatever else the machine does meanwhile hits all contenders alike, and each is compared with the reference of the same
round. A contender that fails ends the run: a missing figure would look like a contender that nobody thought of.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

AT_LEAST_ROUNDS: Final = 5
"""Fewer say too little to be published."""

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one contender did in one round."""

    value: float
    """In the unit of the group: seconds, calls a second and the like."""
    cpu_seconds: float | None = None
    peak_bytes: int | None = None
    facts: Mapping[str, float] = field(default_factory=dict[str, float])
    """What else was observed, by name."""


Measure = Callable[[], Figures]


def interleaved(
    contenders: Mapping[str, Measure], rounds: int, report: Report
) -> dict[str, list[Figures]]:
    """Measure all contenders once in each round."""
    names = list(contenders)
    taken: dict[str, list[Figures]] = {name: [] for name in names}
    for number in range(rounds):
        for name in rotated(names, number):
            gc.collect()
            figures = contenders[name]()
            taken[name].append(figures)
            report(f"round {number + 1}/{rounds}  {name}: {figures.value:,.4g}")
    return taken


def rotated(names: Sequence[str], by: int) -> list[str]:
    """Begin elsewhere in each round, so that nobody always comes first, or always after the same neighbour's mess."""
    by %= max(len(names), 1)
    return [*names[by:], *names[:by]]
