"""The results of a run, as they are kept: plain data with every sample, and what follows from the samples.

`latest.json` is one `Results`. Medians, quartiles and ratios are computed here and nowhere else.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    """What a contender stands for."""

    OURS = "ours"
    PEER = "peer"
    FLOOR = "floor"
    """Less work than any typed client or generator has: nobody is expected to be faster."""


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Spread(_Kept):
    """Median and quartiles."""

    lower: float
    median: float
    upper: float

    @classmethod
    def of(cls, samples: Sequence[float]) -> Spread:
        """Sum up samples; of a single one all three are the same."""
        if len(samples) == 1:
            return cls(lower=samples[0], median=samples[0], upper=samples[0])
        lower, median, upper = statistics.quantiles(samples, n=4, method="inclusive")
        return cls(lower=lower, median=median, upper=upper)


class Row(_Kept):
    """One contender in one group."""

    name: str
    kind: Kind
    how: str
    """How it was called: function, options, environment."""
    samples: list[float]
    """One for each round, in the unit of the group."""
    value: Spread
    ratio: Spread
    """Sample by sample, to what it is compared with in the same round."""
    against: str = ""
    """The row that it is compared with, if not the reference of the group."""
    cpu_seconds: float | None = None
    """Median over the rounds."""
    peak_mib: float | None = None
    """Highest of all rounds."""
    facts: dict[str, float] = {}
    """Median of what else was observed, by name."""


class Group(_Kept):
    """Contenders that did the same work, interleaved."""

    name: str
    title: str
    unit: str
    higher_is_better: bool
    reference: str
    """Name of the row that ratios refer to, unless a row says otherwise."""
    compared: str = ""
    """What the column of ratios is called, if not after the reference."""
    rounds: int
    rows: list[Row]
    left_out: dict[str, str] = {}
    """Contenders that could not take part, and why."""

    def row(self, name: str) -> Row:
        """Give one contender's row; raises `KeyError`."""
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(f"{self.name} has no {name}")


class Section(_Kept):
    """The groups that were measured together."""

    measured: str
    """The day, UTC."""
    minutes: float
    busy: float
    """Share of the processors' time that others took, in the seconds before and after."""
    groups: list[Group]


class Machine(_Kept):
    """Where it was measured."""

    processor: str
    cores: int
    memory_gib: float
    system: str
    python: str


class Results(_Kept):
    """Everything that is known."""

    machine: Machine
    versions: dict[str, dict[str, str]]
    """Of each environment: package -> version."""
    sections: dict[str, Section]

    def group(self, section: str, name: str) -> Group | None:
        """Give one group, or None where it was not measured."""
        found = self.sections.get(section)
        if found is None:
            return None
        return next((each for each in found.groups if each.name == name), None)


def read_results(path: Path) -> Results:
    """Read results that were kept; raises pydantic's `ValidationError` if they are of another form."""
    return Results.model_validate_json(path.read_bytes())


def write_results(results: Results, path: Path) -> None:
    """Keep results."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(results.model_dump_json(indent=1) + "\n", encoding="utf-8")
