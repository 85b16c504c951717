"""Rules between the arguments of one request: spans, groups, and what another argument makes required."""

from __future__ import annotations

from collections.abc import Iterable

from dialspec.api import Endpoint, Parameter, Rules, Scalar, Span
from dialspec.simulator.conditions import check_absent
from dialspec.simulator.messages import InvalidRequestError
from dialspec.simulator.parameters import Arguments
from dialspec.simulator.times import DAY, guess_time
from dialspec.text import PythonName


def has_rules(endpoint: Endpoint) -> bool:
    """Tell whether there is anything for `check_rules` to do."""
    return endpoint.rules != Rules() or any(item.required_when for item in endpoint.parameters)


def check_rules(endpoint: Endpoint, arguments: Arguments) -> None:
    """Check what no argument shows alone.

    Raises:
        InvalidRequestError: naming the first rule that is broken, by wire names.
    """
    by_name = {parameter.name: parameter for parameter in endpoint.parameters}
    for parameter in endpoint.parameters:
        if parameter.name not in arguments:
            check_absent(
                parameter.field,
                parameter.wire.reveal(),
                lambda condition: arguments.get(condition.parameter),
            )
    for span in endpoint.rules.spans:
        _check_span(span, by_name, arguments)
    for group in endpoint.rules.together:
        if 0 < len(_given(group, arguments)) < len(group):
            raise InvalidRequestError(f"{_wires(group, by_name)} must be given together")
    for group in endpoint.rules.at_least_one:
        if not _given(group, arguments):
            raise InvalidRequestError(f"one of {_wires(group, by_name)} is required")
    for group in endpoint.rules.exclusive:
        if len(_given(group, arguments)) > 1:
            raise InvalidRequestError(f"only one of {_wires(group, by_name)} may be given")


def _check_span(span: Span, by_name: dict[PythonName, Parameter], arguments: Arguments) -> None:
    if span.begin not in arguments or span.end not in arguments:
        return
    begin, end = (
        guess_time(arguments[name], type_) if isinstance(type_, Scalar) else None
        for name in (span.begin, span.end)
        for type_ in (by_name[name].field.type,)
    )
    if begin is not None and end is not None and end - begin > span.days * DAY:
        raise InvalidRequestError(
            f"{_wires((span.begin, span.end), by_name)} may lie {span.days} days apart at most"
        )


def _given(group: Iterable[PythonName], arguments: Arguments) -> list[PythonName]:
    return [name for name in group if name in arguments]


def _wires(group: Iterable[PythonName], by_name: dict[PythonName, Parameter]) -> str:
    return ", ".join(by_name[name].wire.reveal() for name in group)
