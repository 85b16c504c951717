"""Calls that break one rule of a page each.

In: an endpoint of the resolved spec. Out: for each documented limit, condition and rule, the arguments of a call that
breaks it and nothing else, and the parameter that is to be named. They start from the sample of the docs, which is
valid; what a violation needs besides is added, so that no other rule is the one that refuses it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bad_values import bad_values, with_what_is_due
from dialspec.api import Endpoint, Paging, Provider, Scalar
from dialspec.rendering.docs.sample_values import made_up, sample_arguments
from dialspec.text import PythonName
from dialspec_runtime import UNSET
from generated_values import moved, plain
from wire_arguments import python_value

_SECOND = datetime.timedelta(seconds=1)


@dataclass(frozen=True)
class Violation:
    """Arguments that are to be refused, and why."""

    rule: str
    """What the page says, in words."""
    parameter: str
    arguments: dict[str, Any]
    inside: str = ""
    """The field at fault, where it lies in an object."""


def violations(provider: Provider, endpoint: Endpoint) -> list[Violation]:
    """One violation for each documented constraint of an endpoint, and for each way to overstep it."""
    return [*_Breaking(provider, endpoint).all()]


class _Breaking:
    """Breaks the rules of one endpoint."""

    def __init__(self, provider: Provider, endpoint: Endpoint) -> None:
        self._provider = provider
        self._endpoint = endpoint
        self._fields = {parameter.name: parameter.field for parameter in endpoint.parameters}
        self._sample = {
            parameter.name: wire for parameter, wire in sample_arguments(provider, endpoint)
        }

    def all(self) -> Iterator[Violation]:
        """Break each rule once."""
        yield from self._values()
        yield from self._missing()
        yield from self._conditions()
        yield from self._spans()
        yield from self._groups()
        if self._endpoint.paging is not None:
            yield from self._pages(self._endpoint.paging)

    def _values(self) -> Iterator[Violation]:
        valid = self._python(self._sample)
        for name, field in self._fields.items():
            for bad in bad_values(self._provider, field.type, field.constraints):
                arguments = {**valid, str(name): bad.value}
                yield Violation(f"{name}: {bad.rule}", name, arguments, bad.inside)
            if not field.nullable:
                yield Violation(f"{name}: not null", name, {**valid, str(name): None})

    def _missing(self) -> Iterator[Violation]:
        valid = self._python(self._sample)
        for name, field in self._fields.items():
            if field.required:
                yield Violation(f"{name}: required", name, {**valid, str(name): UNSET})

    def _conditions(self) -> Iterator[Violation]:
        for name, field in self._fields.items():
            for condition in field.required_when:
                other = condition.parameter
                values = [plain(value) for value in condition.equals]
                for value in values or [made_up(self._provider, self._fields[other])]:
                    given = self._closed({**self._sample, other: value})
                    given.pop(name)
                    rule = f"{name}: required when {other} is {value!r}"
                    yield Violation(rule, name, self._python(given))

    def _spans(self) -> Iterator[Violation]:
        for span in self._endpoint.rules.spans:
            begin, end = self._fields[span.begin].type, self._fields[span.end].type
            assert isinstance(begin, Scalar)
            assert isinstance(end, Scalar)
            given = self._closed(self._sample, span.begin)
            days = datetime.timedelta(days=span.days)
            # A date has no seconds: the next one is a day later.
            step = _SECOND if end.format is not None else datetime.timedelta(days=1)
            for later, rule in ((days + step, f"at most {span.days} days"), (-step, "in order")):
                given[span.end] = moved(begin, given[span.begin], later, end)
                yield Violation(f"{span.begin}, {span.end}: {rule}", span.end, self._python(given))

    def _groups(self) -> Iterator[Violation]:
        rules = self._endpoint.rules
        for group in rules.together:
            for absent in (name for name in group if not self._fields[name].required):
                given = self._closed(self._sample, *group)
                given.pop(absent)
                yield Violation(f"{group}: together", absent, self._python(given))
        for group in rules.at_least_one:
            given = {name: wire for name, wire in self._sample.items() if name not in group}
            yield Violation(f"{group}: at least one", group[0], self._python(given))
        for group in rules.exclusive:
            for first, second in pairwise(group):
                given = {name: wire for name, wire in self._sample.items() if name not in group}
                given = self._closed(given, first, second)
                yield Violation(f"{group}: one of them", second, self._python(given))

    def _pages(self, paging: Paging) -> Iterator[Violation]:
        valid = self._python(self._sample)
        sizes: list[Any] = [max(1, paging.minimum_size) - 1, -1, True, 1.5, "10"]
        starts: list[Any] = [paging.first - 1, True, "1"]
        if paging.maximum_size is not None:
            sizes.append(paging.maximum_size + 1)
        if paging.maximum_number is not None:
            starts.append(paging.maximum_number + 1)
        for name, values in (("size", sizes), ("start", starts)):
            for value in values:
                yield Violation(f"{name}: not {value!r}", name, {**valid, name: value})

    def _closed(self, given: Mapping[PythonName, Any], *more: PythonName) -> dict[PythonName, Any]:
        """Wire values with some more parameters, and with all that these make necessary."""
        wire = dict(given)
        for name in more:
            if name not in wire:
                wire[name] = made_up(self._provider, self._fields[name])
        return with_what_is_due(self._provider, self._fields, wire)

    def _python(self, wire: Mapping[PythonName, Any]) -> dict[str, Any]:
        return {
            str(name): python_value(self._provider, self._fields[name].type, value)
            for name, value in wire.items()
        }
