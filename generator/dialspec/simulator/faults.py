"""Faults by name and rate: what goes wrong at which request, decided by seed and ordinal so that runs repeat.

`NAME`, `NAME:RATE` or, for faults that take one, `NAME:RATE:AMOUNT`. Each fault is drawn on its own; of several that
would replace the answer, the first in the table below wins. `dialspec simulate --list-faults` prints the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from dialspec.simulator.fiction import noise


class Stage(Enum):
    """When a fault strikes."""

    BEFORE = "before"
    """The request is dropped before the vendor carries it out."""
    AFTER = "after"
    """The request is carried out, and its answer is lost or spoilt."""
    EITHER = "either"
    """Before or after, drawn for each request."""
    CONTENT = "content"
    """The answer arrives and holds something unexpected."""
    SENDING = "sending"
    """The answer is right and travels in another way."""
    ALWAYS = "always"
    """A property of the server, not of a request."""


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One entry of the table. `amount` is the default of the third part, None if there is none."""

    stage: Stage
    summary: str
    amount: float | None = None


FAULTS: Final[Mapping[str, FaultKind]] = {
    "clock_once": FaultKind(
        Stage.BEFORE, "the first request of each provider is refused as expired; takes no rate"
    ),
    "code_clock": FaultKind(Stage.BEFORE, "refused as expired"),
    "code_transient": FaultKind(Stage.BEFORE, "refused with a code worth another try, such as -18"),
    "reset": FaultKind(Stage.EITHER, "the connection is reset, before or after the call was done"),
    "reset_before": FaultKind(Stage.BEFORE, "the connection is reset before the call is done"),
    "reset_after": FaultKind(Stage.AFTER, "the connection is reset after the call was done"),
    "http_500": FaultKind(Stage.EITHER, "HTTP 500 with a JSON error page"),
    "http_500_before": FaultKind(Stage.BEFORE, "HTTP 500 before the call is done"),
    "http_500_after": FaultKind(Stage.AFTER, "HTTP 500 after the call was done"),
    "http_502_html": FaultKind(Stage.EITHER, "HTTP 502 with a proxy's HTML page"),
    "http_403_waf": FaultKind(Stage.BEFORE, "HTTP 403 with a firewall's HTML page"),
    "http_429_retry_after": FaultKind(
        Stage.BEFORE, "HTTP 429 with Retry-After, as seconds and as a date in turn", amount=1
    ),
    "truncate": FaultKind(Stage.AFTER, "the body ends before its announced length"),
    "slow": FaultKind(Stage.SENDING, "the answer comes late, by so many seconds", amount=0.5),
    "gzip": FaultKind(Stage.SENDING, "the body is compressed if the client accepts that"),
    "chunked": FaultKind(Stage.SENDING, "the body comes in chunks, without a length"),
    "bad_escape": FaultKind(Stage.CONTENT, "a text holds a backslash that escapes nothing"),
    "repeated_page": FaultKind(Stage.CONTENT, "the rows of the page before this one"),
    "growing_total": FaultKind(Stage.CONTENT, "the total is larger than before"),
    "null_data": FaultKind(Stage.CONTENT, "success, with null where the payload belongs"),
    "unknown_enum": FaultKind(Stage.CONTENT, "an enum value that no page documents"),
    "extra_field": FaultKind(Stage.CONTENT, "fields that no page documents"),
    "numbers_as_text": FaultKind(Stage.CONTENT, "numbers of the payload printed as text"),
    "insert_front": FaultKind(Stage.CONTENT, "a new row appears before the first, and stays"),
    "delete_front": FaultKind(Stage.CONTENT, "the first row disappears for good"),
    "clock_skew": FaultKind(
        Stage.ALWAYS, "the server's clock is off: clock_skew:SECONDS, negative if it is slow"
    ),
}
"""Every fault by name, in the order in which they win."""


class FaultError(ValueError):
    """A fault is unknown or its rate makes no sense; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes wrong at one request."""

    names: frozenset[str] = frozenset()
    chance: int = 0

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def __bool__(self) -> bool:
        return bool(self.names)

    def first(self, *stages: Stage) -> str | None:
        """Give the fault of these stages that wins, or None; an `either` counts as the stage drawn."""
        for name, kind in FAULTS.items():
            if name in self.names and self.stage_of(kind) in stages:
                return name
        return None

    def stage_of(self, kind: FaultKind) -> Stage:
        """Give the stage of a fault at this request."""
        if kind.stage is not Stage.EITHER:
            return kind.stage
        return Stage.AFTER if self.chance % 2 else Stage.BEFORE


NOTHING: Final = Plan()
_WHOLE: Final = 2**32


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of a server: rates from 0 to 1, amounts, and the seed of the draw."""

    seed: int = 1
    rates: Mapping[str, float] = field(default_factory=dict[str, float])
    amounts: Mapping[str, float] = field(default_factory=dict[str, float])
    clock_skew: float = 0.0

    @classmethod
    def parse(cls, texts: Iterable[str], seed: int = 1) -> Faults:
        """Read `NAME`, `NAME:RATE` and `NAME:RATE:AMOUNT`; a name alone means at every request.

        Raises:
            FaultError: if a name is unknown, or a number is none or out of range.
        """
        rates: dict[str, float] = {}
        amounts: dict[str, float] = {}
        skew = 0.0
        for text in texts:
            name, *numbers = text.strip().split(":")
            kind = FAULTS.get(name)
            if kind is None:
                raise FaultError(f"there is no fault {name!r}; known: {', '.join(FAULTS)}")
            values = [_number(text, number) for number in numbers]
            if kind.stage is Stage.ALWAYS:
                if len(values) != 1:
                    raise FaultError(f"{text!r}: write {name}:SECONDS")
                skew = values[0]
                continue
            if len(values) > (1 if kind.amount is None else 2):
                raise FaultError(f"{text!r} has too many parts; write {_form(name, kind)}")
            rate = values[0] if values else 1.0
            if not 0 <= rate <= 1 or any(value < 0 for value in values):
                raise FaultError(f"{text!r}: the rate must lie within 0 and 1")
            rates[name] = rate
            if len(values) == 2:
                amounts[name] = values[1]
        return cls(seed, rates, amounts, skew)

    def plan(self, ordinal: int) -> Plan:
        """Draw what goes wrong at the request of this ordinal, counted from 0."""
        if not self.rates:
            return NOTHING
        names = frozenset(
            name
            for name, rate in self.rates.items()
            if name != "clock_once" and noise(self.seed, ordinal, name) % _WHOLE < rate * _WHOLE
        )
        return Plan(names, noise(self.seed, ordinal)) if names else NOTHING

    def amount(self, name: str) -> float:
        """Give the third part of a fault: seconds, mostly."""
        given = self.amounts.get(name)
        return given if given is not None else FAULTS[name].amount or 0.0


def _number(text: str, number: str) -> float:
    try:
        value = float(number)
    except ValueError:
        raise FaultError(f"{text!r}: {number!r} is no number") from None
    if not -1e9 < value < 1e9:
        raise FaultError(f"{text!r}: {number} is out of range")
    return value


def _form(name: str, kind: FaultKind) -> str:
    return f"{name}:RATE" if kind.amount is None else f"{name}:RATE:AMOUNT"
