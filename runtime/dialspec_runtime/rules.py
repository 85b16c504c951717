"""What a vendor documents about parameters taken together.

Each rule looks at the arguments that were given (by Python name, as given) and raises `BrokenRuleError`, with the
parameter at fault and the rule in words, or does nothing. A parameter that is `None` counts as left out.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Protocol

from .frozen import frozen


class BrokenRuleError(Exception):
    """A rule that the arguments break."""

    def __init__(self, parameter: str, problem: str) -> None:
        super().__init__(problem)
        self.parameter = parameter
        self.problem = problem


class Rule(Protocol):
    """What all rules have in common."""

    def check(self, given: Mapping[str, object]) -> None:
        """Raise `BrokenRuleError` if the arguments break the rule."""
        ...


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


@frozen
class RequiredWhen:
    """A parameter that has to be there when another has one of some values."""

    parameter: str
    when: str
    equals: tuple[object, ...]

    def check(self, given: Mapping[str, object]) -> None:
        """Ask for the parameter where its condition holds."""
        if self.when in given and self.parameter not in given:
            value = _plain(given[self.when])
            if any(_plain(each) == value for each in self.equals):
                raise BrokenRuleError(self.parameter, f"is required when {self.when} is {value!r}")


@frozen
class RequiredWith:
    """A parameter that has to be there when another is."""

    parameter: str
    other: str

    def check(self, given: Mapping[str, object]) -> None:
        """Ask for the parameter where the other one is given."""
        if self.other in given and self.parameter not in given:
            raise BrokenRuleError(self.parameter, f"is required together with {self.other}")


@frozen
class AtLeastOne:
    """Parameters of which one has to be there."""

    parameters: tuple[str, ...]

    def check(self, given: Mapping[str, object]) -> None:
        """Ask for one of them."""
        if not any(name in given for name in self.parameters):
            raise BrokenRuleError(
                self.parameters[0],
                f"is missing: at least one of {', '.join(self.parameters)} is required",
            )


@frozen
class Exclusive:
    """Parameters of which at most one may be there."""

    parameters: tuple[str, ...]

    def check(self, given: Mapping[str, object]) -> None:
        """Refuse the second of them."""
        found = [name for name in self.parameters if name in given]
        if len(found) > 1:
            raise BrokenRuleError(found[1], f"can't be given together with {found[0]}")


@frozen
class Span:
    """Two moments in order, and not further apart than the vendor allows."""

    begin: str
    end: str
    days: int | None = None

    def check(self, given: Mapping[str, object]) -> None:
        """Compare the two where both are given and can be compared."""
        begin, end = given.get(self.begin), given.get(self.end)
        try:
            length = _distance(begin, end)
        except TypeError:
            raise BrokenRuleError(
                self.end, f"can't be compared with {self.begin}: one has a zone, the other has none"
            ) from None
        if length is None:
            return
        if length < timedelta(0):
            raise BrokenRuleError(self.end, f"is before {self.begin}")
        if self.days is not None and length > timedelta(days=self.days):
            raise BrokenRuleError(self.end, f"is more than {self.days} days after {self.begin}")


def _distance(begin: object, end: object) -> timedelta | None:
    if isinstance(begin, datetime) and isinstance(end, datetime):
        return end - begin
    if isinstance(begin, datetime) or isinstance(end, datetime):
        return None
    if isinstance(begin, date) and isinstance(end, date):
        return end - begin
    if isinstance(begin, time) and isinstance(end, time):
        anchor = date(2000, 1, 1)
        return datetime.combine(anchor, end) - datetime.combine(anchor, begin)
    return None
