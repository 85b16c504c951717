"""How long and how often: what the command line decides, handed to every section."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.measuring.rounds import Report


@dataclass(frozen=True, slots=True)
class Plan:
    """One run."""

    rounds: int
    seconds: float
    """How long a repeated operation is repeated in one round."""
    report: Report
    """Takes lines of progress."""

    @property
    def quick_rounds(self) -> int:
        """Rounds of what takes less than a second: many short turns suffer less from others than few long ones."""
        return 3 * self.rounds
