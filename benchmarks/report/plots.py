"""Bars as SVG: a group's contenders from the best to the worst, with the reference marked.

A plot stands on white, so that it can be read on a dark page as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from benchmarks.results import Group, Kind, Row

_WIDTH: Final = 860
_NAMES: Final = 300
_BARS: Final = 400
_BAR: Final = 16
_STEP: Final = 26
_TOP: Final = 44
_COLOURS: Final = {Kind.OURS: "#3949ab", Kind.PEER: "#90a4ae", Kind.FLOOR: "#cfd8dc"}
_LEGEND: Final = ((Kind.OURS, "dialspec"), (Kind.PEER, "peers"), (Kind.FLOOR, "floors"))
_DIGITS: Final = ((100, 0), (10, 1), (0.1, 2), (0, 3))
"""From which size on a figure is written with so many digits behind the point."""
_FONT: Final = "font-family='system-ui, sans-serif'"


def plot(group: Group) -> str:
    """Draw one group."""
    rows = ordered(group)
    height = _TOP + _STEP * len(rows) + 12
    longest = max(row.value.upper for row in rows)
    size = f"viewBox='0 0 {_WIDTH} {height}' width='{_WIDTH}' height='{height}'"
    return "\n".join(
        [
            f"<svg xmlns='http://www.w3.org/2000/svg' {size} {_FONT} font-size='13' role='img'>",
            f"<title>{escape(group.title)}, {escape(group.unit)}</title>",
            f"<rect width='{_WIDTH}' height='{height}' rx='6' fill='#ffffff'/>",
            *_heading(group),
            *_reference(group, longest, height),
            *(line for place, row in enumerate(rows) for line in _bar(row, place, longest)),
            "</svg>",
            "",
        ]
    )


def ordered(group: Group) -> list[Row]:
    """The rows of a group, best first."""
    return sorted(group.rows, key=lambda row: row.value.median, reverse=group.higher_is_better)


def amount(value: float) -> str:
    """Write a figure with as many digits as it deserves."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _heading(group: Group) -> Iterator[str]:
    better = "more is better" if group.higher_is_better else "less is better"
    yield (
        f"<text x='12' y='24' font-weight='600' fill='#263238'>{escape(group.title)}"
        f"<tspan font-weight='400' fill='#607d8b'> · {escape(group.unit)}, {better}</tspan></text>"
    )
    left = _WIDTH - 250
    for kind, words in _LEGEND:
        yield f"<rect x='{left}' y='14' width='12' height='12' rx='2' fill='{_COLOURS[kind]}'/>"
        yield f"<text x='{left + 17}' y='24' fill='#455a64' font-size='12'>{words}</text>"
        left += 84


def _bar(row: Row, place: int, longest: float) -> Iterator[str]:
    top = _TOP + _STEP * place
    middle = top + _BAR / 2
    length = _scaled(row.value.median, longest)
    weight = "600" if row.kind is Kind.OURS else "400"
    yield (
        f"<text x='{_NAMES - 10}' y='{top + 13}' text-anchor='end' fill='#263238' "
        f"font-weight='{weight}'>{escape(row.name)}</text>"
    )
    yield (
        f"<rect x='{_NAMES}' y='{top}' width='{length:.1f}' height='{_BAR}' rx='2' "
        f"fill='{_COLOURS[row.kind]}'/>"
    )
    lower, upper = (_NAMES + _scaled(end, longest) for end in (row.value.lower, row.value.upper))
    yield (f"<path d='M{lower:.1f} {middle:.0f}H{upper:.1f}' stroke='#263238' stroke-width='1.5'/>")
    right = _NAMES + max(length, _scaled(row.value.upper, longest)) + 8
    yield (
        f"<text x='{right:.1f}' y='{top + 13}' fill='#263238'>{amount(row.value.median)}"
        f"<tspan fill='#607d8b'> · {amount(row.ratio.median)}x</tspan></text>"
    )


def _reference(group: Group, longest: float, height: int) -> Iterator[str]:
    if any(row.against for row in group.rows):
        return
    at = _NAMES + _scaled(group.row(group.reference).value.median, longest)
    yield (
        f"<path d='M{at:.1f} {_TOP - 6}V{height - 8}' stroke='#ffb74d' stroke-width='1' "
        "stroke-dasharray='4 3'/>"
    )


def _scaled(value: float, longest: float) -> float:
    return _BARS * value / longest if longest else 0.0
