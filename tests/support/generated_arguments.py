"""Arguments that a page allows, drawn by hypothesis from the resolved spec alone.

In: an endpoint. Out: a strategy of `GeneratedCall`s: which optional parameters are given is drawn, then each value
within its documented range, then whatever `required_when` and the rules between parameters make necessary. A value is
drawn as it stands on the wire and turned into Python afterwards, so that what arrives can be compared with what was
drawn, and the client's own encoding is no part of what is expected.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from dialspec.api import Endpoint, ListOf, Parameter, Provider, Scalar, ScalarKind
from dialspec.spec.language.kinds import Location
from dialspec.text import PythonName
from generated_values import (
    LETTERS,
    ONE_IN_FOUR,
    Draw,
    Share,
    as_list,
    chosen,
    due,
    moved,
    wire_values,
)
from spelled_values import Spelling

_NAMES_NOTHING: Final = "404"
"""The id of nothing at the simulator."""
_DAY: Final = 86_400
_FURTHEST_PAGE: Final = 10_000
_LARGEST_PAGE: Final = 200
_HEADER_TEXTS: Final = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1)
_SEGMENTS: Final = st.sampled_from(["a/b", "50%2F", "a b+c", "é?x=1&y#z", ".a"]) | st.text(
    LETTERS, min_size=1, max_size=12
).filter(lambda text: text not in {".", ".."})


@dataclass(frozen=True)
class GeneratedCall:
    """The arguments of one call by Python name, and the same as they are to arrive."""

    arguments: dict[str, Any]
    wire: dict[PythonName, Any]
    """Without those that choose the page."""
    page: dict[str, int]
    """`size` and `start`, where they are given."""


def generated_calls(
    provider: Provider, endpoint: Endpoint, spelling: Spelling, optional: Share = "some"
) -> st.SearchStrategy[GeneratedCall]:
    """Calls of an endpoint that its page allows."""
    kinds = {parameter.name: parameter.field.type for parameter in endpoint.parameters}

    @st.composite
    def calls(draw: Draw) -> GeneratedCall:
        wire = _Drawing(draw, provider, endpoint).values(optional)
        page = _page(draw, endpoint)
        arguments = {
            str(name): spelling.spelled(draw, kinds[name], value) for name, value in wire.items()
        }
        return GeneratedCall(arguments | page, wire, page)

    return calls()


class _Drawing:
    """Draws the wire values of one call."""

    def __init__(self, draw: Draw, provider: Provider, endpoint: Endpoint) -> None:
        self._draw = draw
        self._provider = provider
        self._rules = endpoint.rules
        self._parameters = {parameter.name: parameter for parameter in endpoint.parameters}
        self._fields = [parameter.field for parameter in endpoint.parameters]

    def values(self, optional: Share) -> dict[PythonName, Any]:
        """Draw them, in the order of the signature."""
        together, any_of = self._rules.together, self._rules.at_least_one
        never_null = {name for group in (*together, *any_of) for name in group}
        names = self._names(optional)
        found: dict[PythonName, Any] = {}
        for field in self._fields:
            if field.name in names:
                may_be_null = field.nullable and field.name not in never_null
                is_null = may_be_null and self._draw(ONE_IN_FOUR)
                found[field.name] = None if is_null else self._value(field.name)
        while pending := [*due(self._fields, found), *_companions(together, found)]:
            found |= {name: self._value(name) for name in pending}
        self._keep_spans(found)
        return {field.name: found[field.name] for field in self._fields if field.name in found}

    def _names(self, optional: Share) -> set[PythonName]:
        names = chosen(self._draw, self._fields, optional)
        for group in self._rules.exclusive:
            rivals = [name for name in group if name in names]
            kept = self._draw(st.sampled_from(rivals)) if rivals else None
            names -= {name for name in rivals if name != kept}
        for group in self._rules.at_least_one:
            if not names & set(group):
                names.add(self._draw(st.sampled_from(group)))
        return names

    def _value(self, name: PythonName) -> Any:
        return self._draw(_values_of(self._provider, self._parameters[name]))

    def _keep_spans(self, found: dict[PythonName, Any]) -> None:
        for span in self._rules.spans:
            if found.get(span.begin) is not None and found.get(span.end) is not None:
                begin, end = (_scalar(self._parameters[name]) for name in (span.begin, span.end))
                later = datetime.timedelta(
                    seconds=self._draw(st.integers(0, span.days * _DAY) | st.just(span.days * _DAY))
                )
                found[span.end] = moved(begin, found[span.begin], later, end)


def _values_of(provider: Provider, parameter: Parameter) -> st.SearchStrategy[Any]:
    field = parameter.field
    values = wire_values(provider, field.type, field.constraints)
    # A header takes printable ASCII, and a segment of a path is never empty, whatever the page says of the text.
    if field.type == Scalar(ScalarKind.STRING) and field.constraints.pattern is None:
        if parameter.location is Location.HEADER:
            values = _HEADER_TEXTS
        elif parameter.location is Location.PATH:
            values = _SEGMENTS
    if parameter.location is Location.QUERY and isinstance(field.type, ListOf):
        values = values.filter(_is_plain_list)
    return values.filter(_names_something)


def _is_plain_list(value: Any) -> bool:
    # The simulator also takes lists that are written with commas, so that one item cannot hold a comma or nothing.
    return all(str(item) and "," not in str(item) for item in value)


def _names_something(value: Any) -> bool:
    return all(str(item) != _NAMES_NOTHING for item in as_list(value))


def _companions(
    groups: Iterable[Sequence[PythonName]], found: Mapping[PythonName, Any]
) -> list[PythonName]:
    return [
        name
        for group in groups
        if any(found.get(member) is not None for member in group)
        for name in group
        if found.get(name) is None
    ]


def _scalar(parameter: Parameter) -> Scalar:
    assert isinstance(parameter.field.type, Scalar)
    return parameter.field.type


def _page(draw: Draw, endpoint: Endpoint) -> dict[str, int]:
    paging = endpoint.paging
    given: dict[str, int] = {}
    if paging is not None and draw(st.booleans()):
        least, most = max(1, paging.minimum_size), paging.maximum_size or _LARGEST_PAGE
        given["size"] = draw(st.integers(least, most) | st.sampled_from([least, most]))
    if paging is not None and draw(st.booleans()):
        first, last = paging.first, paging.maximum_number or _FURTHEST_PAGE
        given["start"] = draw(st.integers(first, first + 3) | st.sampled_from([first, last]))
    return given
