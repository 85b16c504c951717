"""What is printed of a survey: text for people, JSON for programs.

Completeness counts documented fields, values, codes and examples: those in the specs, and those whose absence the specs
record. Text of pages and specs is escaped, so that it cannot steer a terminal.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from dialspec.diagnostics.quoting import cut, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialspec.coverage.comparison import Comparison, Difference
    from dialspec.coverage.survey import Survey

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is documented, how much of it the specs have, and for how much they record why not."""

    documented: int
    found: int
    recorded: int

    @property
    def percent(self) -> float:
        """Documented things in the specs or recorded, rounded down so that 100 means all; nothing documented is 100."""
        if not self.documented:
            return 100.0
        return (self.found + self.recorded) * 1000 // self.documented / 10


def counts(comparisons: Iterable[Comparison]) -> Counts:
    """Count the items of comparisons."""
    missing = [item.missing for comparison in comparisons for item in comparison.items]
    recorded = sum(1 for given in missing if given is not None and given.recorded)
    return Counts(len(missing), missing.count(None), recorded)


def as_text(survey: Survey, *, brief: bool = False) -> str:
    """Give the report for people; `brief` leaves out differences that are recorded."""
    return "\n".join(_lines(survey, brief)) + "\n"


def _lines(survey: Survey, brief: bool) -> Iterator[str]:
    for comparison in survey.comparisons:
        count = counts([comparison])
        spec = comparison.spec
        address = "push" if spec.is_push else f"{spec.method} {spec.path}"
        yield escaped(
            f"{spec.name}  {address}  {count.percent:g}% of {count.documented}  ({comparison.page})"
        )
        for difference in comparison.differences:
            if not (brief and difference.recorded):
                yield _line(difference)
    for given in survey.unmatched:
        absent = given.absent
        near = f"; nearest is {absent.nearest}" if absent.nearest and not absent.recorded else ""
        recorded = f"  (recorded: {absent.recorded})" if absent.recorded else ""
        yield escaped(
            f"no endpoint  {absent.address}  ({given.page}, line {absent.line}{near}){recorded}"
        )
    for page, reason in survey.aside.items():
        yield escaped(f"not compared  {page}: {reason}")
    count = counts(survey.comparisons)
    names = {comparison.spec.name for comparison in survey.comparisons}
    absent_count = sum(1 for given in survey.unmatched if not given.absent.recorded)
    yield (
        f"total  {count.percent:g}%  {len(names)} endpoints and pushes, {count.found} of {count.documented} documented "
        f"facts in the specs, {count.recorded} recorded as missing, "
        f"{count.documented - count.found - count.recorded} missing, {absent_count} endpoints missing"
    )


def _line(given: Difference) -> str:
    sides = {
        "missing": f"documented: {given.documented}",
        "different": f"documented: {given.documented}; specs: {given.specified}",
        "extra": f"specs: {given.specified}",
    }[given.kind]
    place = f"  line {given.line}" if given.line else ""
    recorded = f"  (recorded: {given.recorded})" if given.recorded else ""
    words = f"  {given.kind:9}  {given.aspect:8}  {given.at}  {sides}"
    return escaped(cut(words, _LONGEST) + place + recorded)


def as_json(survey: Survey) -> str:
    """Give the report as one JSON object."""
    total = counts(survey.comparisons)
    document = {
        "complete": survey.is_complete,
        "total": _counted(total),
        "endpoints": [
            {
                "name": comparison.spec.name,
                "method": comparison.spec.method,
                "path": comparison.spec.path,
                "kind": "push" if comparison.spec.is_push else "endpoint",
                "status": comparison.spec.status,
                "missing": list(comparison.spec.missing),
                "page": comparison.page,
                **_counted(counts([comparison])),
                "differences": [asdict(difference) for difference in comparison.differences],
            }
            for comparison in survey.comparisons
        ],
        "without_endpoint": [
            {"page": given.page, **asdict(given.absent)} for given in survey.unmatched
        ],
        "not_compared": [{"page": page, "reason": reason} for page, reason in survey.aside.items()],
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _counted(count: Counts) -> dict[str, int | float]:
    return {**asdict(count), "percent": count.percent}
