"""The time in which the invented records of an endpoint lie: the one that its page's own request asks for.

A vendor's example asks for a period, and somebody who runs it expects to see records. Where no example shows one,
records lie in two years; or, if the vendor answers short periods only, in one of the longest length allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dialspec.api import Endpoint, Parameter, Scalar
from dialspec.simulator.times import DAY, guess_time, is_day, is_time
from dialspec.simulator.wire import Json, loads_as_printed


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: its begin in milliseconds since 1970, and its length in milliseconds."""

    begin: int
    length: int


TWO_YEARS: Final = Period(1_704_067_200_000, 730 * DAY)
"""From 2024-01-01 in UTC, whatever the clock says."""

_JUNE: Final = 1_717_200_000_000
"""2024-06-01 in UTC."""


def period_of(endpoint: Endpoint) -> Period:
    """Choose the time in which an endpoint's records lie."""
    bounds = {
        side: [
            parameter
            for parameter in endpoint.parameters
            if parameter.filters and parameter.match == side and is_time(parameter.field.type)
        ]
        for side in ("from", "to")
    }
    for begin in bounds["from"]:
        for end in bounds["to"]:
            if begin.filters == end.filters:
                for shown in _shown(endpoint, begin, end):
                    return shown
    days = min((span.days for span in endpoint.rules.spans), default=None)
    return TWO_YEARS if days is None else Period(_JUNE, days * DAY)


def _shown(endpoint: Endpoint, begin: Parameter, end: Parameter) -> Iterator[Period]:
    """Give the periods that the page's examples ask for."""
    requests = [_request(item.request.reveal()) for item in endpoint.examples if item.request]
    pairs = [(_given(request, begin), _given(request, end)) for request in requests]
    for first, last in (*pairs, (begin.field.example, end.field.example)):
        since, until = _instant(begin, first), _instant(end, last)
        if since is not None and until is not None:
            length = until - since + (DAY if is_day(_plain(last)) else 0)
            if length > 0:
                yield Period(since, length)


def _request(text: str) -> Json:
    try:
        return loads_as_printed(text)
    except ValueError:
        return None


def _given(request: Json, parameter: Parameter) -> Json:
    holder = request
    if isinstance(holder, dict) and parameter.at.reveal() in holder:
        holder = holder[parameter.at.reveal()]
    return holder.get(parameter.wire.reveal()) if isinstance(holder, dict) else None


def _instant(parameter: Parameter, value: object) -> int | None:
    kind = parameter.field.type
    return guess_time(_plain(value), kind) if isinstance(kind, Scalar) else None


def _plain(value: object) -> Json:
    return value if isinstance(value, str | int) else None
