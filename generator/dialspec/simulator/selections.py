"""Which rows a request asks for: the documented filters, applied to rows that exist only as numbers.

In: the endpoint's parameters that name a row field, the arguments of one request, and the rows. Out: a `Selection`,
which knows how many rows match and the number of the n-th of them. What depends only on the repeating part of the rows
is counted instead of searched, so that a filter over a million rows costs as much as one over a few hundred.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from dialspec.api import JsonText, ListOf, ObjectRef, Parameter, Scalar, ScalarKind, Type
from dialspec.simulator.records import Records
from dialspec.simulator.times import DAY, guess_time, is_day, is_time
from dialspec.simulator.values import Inventor
from dialspec.simulator.wire import Json, as_text, loads_as_printed

Test = Callable[[Json], bool]

_NO_TIME: Final = Scalar(ScalarKind.STRING)


class Selection:
    """Matching rows from a first one up to an end: those of some residues of a cycle, or a list of row numbers."""

    def __init__(
        self,
        span: range,
        cycle: int,
        residues: tuple[int, ...],
        listed: tuple[int, ...] | None = None,
    ) -> None:
        self.span = span
        self._cycle = cycle
        self._residues = residues
        self._listed = listed
        self._skipped = self._below(span.start)
        in_cycles = max(0, self._below(span.stop) - self._skipped)
        self.count = in_cycles if listed is None else len(listed)
        """How many rows match."""

    def rows(self, start: int, size: int) -> Sequence[int]:
        """Give the numbers of up to `size` matching rows after the first `start`."""
        if self._listed is not None:
            return self._listed[start : start + size]
        if len(self._residues) == self._cycle:
            return self.span[start : start + size]
        skipped, per_cycle = self._skipped, len(self._residues)
        return [
            position // per_cycle * self._cycle + self._residues[position % per_cycle]
            for position in range(skipped + start, skipped + min(start + size, self.count))
        ]

    def keeps(self, index: int) -> bool:
        """Tell whether a row is in the span and of a residue that matches."""
        return index in self.span and index % self._cycle in self._residues

    def _below(self, index: int) -> int:
        whole, rest = divmod(index, self._cycle)
        return whole * len(self._residues) + bisect_left(self._residues, rest)


@dataclass(frozen=True, slots=True)
class Filter:
    """A parameter that keeps some rows: where it looks, and the types on both sides."""

    parameter: Parameter
    path: tuple[str, ...]
    leaf: Type

    def test(self, given: Json) -> Test | None:
        """Give the test of one row value, or None if this argument keeps every row."""
        wanted = given if isinstance(given, list) else [given]
        if given is None or not wanted:
            return None
        match self.parameter.match:
            case "equals" | "any_of":
                if is_time(self.leaf):
                    instants = {self._instant(item) for item in wanted}
                    return lambda value: self._row_instant(value) in instants
                texts = {as_text(item) for item in wanted}
                return lambda value: as_text(value) in texts
            case "contains":
                parts = [as_text(item) for item in wanted]
                return lambda value: any(part in as_text(value) for part in parts)
            case "from" | "to":
                return self._limit(wanted[0], upper=self.parameter.match == "to")

    def matches(self, row: Json, test: Test) -> bool:
        """Tell whether any value at the path passes; null never does."""
        return any(test(value) for value in _values(row, self.path) if value is not None)

    def _limit(self, given: Json, *, upper: bool) -> Test | None:
        numeric = isinstance(self.leaf, Scalar) and self.leaf.kind in {
            ScalarKind.INTEGER,
            ScalarKind.NUMBER,
            ScalarKind.DECIMAL,
        }
        if numeric:
            return partial(_number_within, limit=_number(given), upper=upper)
        limit = self._instant(given)
        if limit is None:
            return None
        if upper and is_day(given):
            limit += DAY - 1
        return lambda value: _within(self._row_instant(value), limit, upper=upper)

    def _instant(self, value: Json) -> int | None:
        own = self.parameter.field.type
        return guess_time(value, own if isinstance(own, Scalar) else _NO_TIME)

    def _row_instant(self, value: Json) -> int | None:
        return guess_time(value, self.leaf if isinstance(self.leaf, Scalar) else _NO_TIME)


def filters_of(
    parameters: tuple[Parameter, ...], inventor: Inventor, row: Type
) -> tuple[Filter, ...]:
    """Find the parameters that filter rows; a path that leads nowhere filters nothing."""
    found: list[Filter] = []
    for parameter in parameters:
        leaf = _leaf(inventor, row, parameter.filters) if parameter.filters else None
        if leaf is not None:
            found.append(Filter(parameter, parameter.filters, leaf))
    return tuple(found)


def select(
    records: Records, filters: tuple[Filter, ...], arguments: Mapping[str, Json], first: int
) -> Selection:
    """Find the rows from number `first` on that all given filters keep."""
    by_pattern: list[tuple[Filter, Test]] = []
    by_serial: list[tuple[Filter, Test]] = []
    for item in filters:
        test = item.test(arguments.get(item.parameter.name))
        if test is not None:
            kind = by_serial if item.path == (records.serial,) else by_pattern
            kind.append((item, test))
    residues = tuple(
        number
        for number, pattern in enumerate(records.patterns)
        if all(item.matches(pattern, test) for item, test in by_pattern)
    )
    span = range(first, max(first, records.count))
    selection = Selection(span, records.cycle, residues)
    if not by_serial:
        return selection
    listed = [
        index
        for index in _candidates(records, by_serial, arguments, selection)
        if all(item.matches(records.row(index), test) for item, test in by_serial)
    ]
    return Selection(span, records.cycle, residues, tuple(listed))


def _candidates(
    records: Records,
    by_serial: list[tuple[Filter, Test]],
    arguments: Mapping[str, Json],
    selection: Selection,
) -> Iterator[int]:
    """Give the row numbers worth a look: few if serials are asked for by value, else all that match so far."""
    for item, _ in by_serial:
        if item.parameter.match in {"equals", "any_of"}:
            given = arguments[item.parameter.name]
            wanted = given if isinstance(given, list) else [given]
            numbers = {records.index_of(as_text(value)) for value in wanted}
            yield from sorted(
                number for number in numbers if number is not None and selection.keeps(number)
            )
            return
    yield from selection.rows(0, selection.count)


def _leaf(inventor: Inventor, type_: Type, path: tuple[str, ...]) -> Type | None:
    while isinstance(type_, ListOf | JsonText):
        type_ = type_.item if isinstance(type_, ListOf) else type_.inner
    if not path:
        return type_
    if not isinstance(type_, ObjectRef):
        return None
    for field in inventor.fields(type_.name):
        if field.wire.reveal() == path[0]:
            return _leaf(inventor, field.type, path[1:])
    return None


def _values(value: Json, path: tuple[str, ...]) -> Iterator[Json]:
    if isinstance(value, list):
        for item in value:
            yield from _values(item, path)
    elif not path:
        yield value
    elif isinstance(value, str):
        yield from _values(loads_as_printed(value), path)
    elif isinstance(value, dict):
        yield from _values(value.get(path[0]), path[1:])


def _number(value: Json) -> float:
    return float(as_text(value))


def _number_within(value: Json, *, limit: float, upper: bool) -> bool:
    return _within(_number(value), limit, upper=upper)


def _within(value: float | None, limit: float, *, upper: bool) -> bool:
    return value is not None and (value <= limit if upper else value >= limit)
