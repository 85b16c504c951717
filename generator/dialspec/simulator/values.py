"""Invents a value for any type of the model: the same for the same seed, place and ordinal.

The `ordinal` counts the records of one place. The first ordinals show every value of an enum, then comes a null, and
from there on chance decides; the first ordinal is never null. Whatever is invented keeps the documented ranges, and is
spelled as the endpoint's own example spells that place.
"""

from __future__ import annotations

import base64
import re
from typing import Final

from dialspec.api import (
    Constraints,
    EnumRef,
    Field,
    JsonText,
    ListOf,
    MapOf,
    ObjectRef,
    Provider,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.simulator.fiction import noise, person, phone_number, secret, text_for
from dialspec.simulator.periods import TWO_YEARS, Period
from dialspec.simulator.samples import Samples
from dialspec.simulator.times import minute_of_day, print_time
from dialspec.simulator.wire import Json, as_text, dumps, spec_value
from dialspec.spec.language.kinds import Sensitivity
from dialspec.text import ClassName, words

_NULLS: Final = 16
"""Past the first ordinals, one value in so many is null."""

_DIGITS: Final = re.compile(r"\d{1,18}")

_NESTED: Final = 2
"""How often a type that holds itself is found within itself, the outermost counted."""

_TIME_ORDER: Final = (
    ("create", "submit", "apply", "import"),
    ("begin", "start", "str", "send"),
    ("ring", "appoint"),
    ("answer", "connect", "pick"),
    ("end", "finish", "hangup", "release"),
    ("update", "modify"),
)
"""Words of time fields in the order in which such times come about."""


class Inventor:
    """Invents values for one endpoint (`place`) of one provider.

    `solid` is the way to the rows or the result, which is never null; `result` the place of a single result; `period`
    holds all times, but for the minutes that the later steps of a call take.
    """

    def __init__(
        self,
        provider: Provider,
        seed: int,
        place: str,
        samples: Samples,
        *,
        solid: tuple[str, ...] = (),
        result: tuple[str, ...] | None = None,
        period: Period = TWO_YEARS,
    ) -> None:
        self._types = {item.name: item for item in provider.types}
        self._enums = {
            item.name: [spec_value(member.value) for member in item.members]
            for item in provider.enums
        }
        self._seed = (seed, provider.name, place)
        self._samples = samples
        self._open: list[ClassName] = []
        self._places: dict[tuple[str, ...], str] = {}
        # The way to the result is always there; what lies in it may be null.
        # The ids of a single result are there too: whoever made something needs to know what.
        self._result = result
        self._period = period
        self._solid = {solid[:length] for length in range(len(solid) + 1)}

    def fields(self, name: ClassName) -> tuple[Field, ...]:
        """Give the fields of an object type."""
        return self._types[name].fields

    def key(self, name: ClassName) -> tuple[str, ...]:
        """Give the Python names of the fields that identify a record."""
        return self._types[name].key

    def members(self, type_: Type) -> list[Json]:
        """Give the documented values of an enum, or of a list of an enum; none for other types."""
        if isinstance(type_, ListOf):
            return self.members(type_.item)
        return self._enums[type_.name] if isinstance(type_, EnumRef) else []

    def record(self, name: ClassName, path: tuple[str, ...], ordinal: int) -> dict[str, Json]:
        """Invent an object: all its fields, in the documented order."""
        item = self._types[name]
        never_null = set(item.key)
        record: dict[str, Json] = {}
        self._open.append(name)
        for index, field in enumerate(item.fields):
            place = (*path, field.wire.reveal())
            if self._is_left_out(field, place, ordinal):
                continue
            may_be_null = not (
                field.required
                or field.name in never_null
                or place in self._solid
                or (path == self._result and words(place[-1])[-1:] == ["id"])
            )
            if self._holds_open(field.type) or (
                may_be_null and self._is_null(field, place, index, ordinal)
            ):
                record[place[-1]] = None
            else:
                record[place[-1]] = self.value(field.type, place, ordinal, field)
        self._open.pop()
        return record

    def value(
        self, type_: Type, path: tuple[str, ...], ordinal: int, field: Field | None = None
    ) -> Json:
        """Invent a value that is not null."""
        match type_:
            case EnumRef():
                return _spelled(self._member(type_, path, ordinal), self._samples.first(path))
            case ObjectRef():
                return self.record(type_.name, path, ordinal)
            case ListOf():
                return self._list(type_, path, ordinal, field)
            case MapOf():
                return {
                    name: self.value(type_.value, (*path, name), ordinal)
                    for name in ("first", "second")
                }
            case JsonText():
                return dumps(self.value(type_.inner, path, ordinal, field)).decode()
            case Scalar():
                return self._scalar(type_, path, ordinal, field)

    def _holds_open(self, type_: Type) -> bool:
        """Tell whether a type is being invented already, and would go on without end."""
        match type_:
            case ListOf(inner) | MapOf(inner) | JsonText(inner):
                return self._holds_open(inner)
            case ObjectRef(name):
                return self._open.count(name) >= _NESTED
            case _:
                return False

    def _is_left_out(self, field: Field, path: tuple[str, ...], ordinal: int) -> bool:
        # Neither documented nor shown here: another edition of the page has it, and now and then a record too.
        return (
            not field.documented
            and path not in self._solid
            and self._samples.shows_beside(path)
            and ordinal % 5 != 4
        )

    def _is_null(self, field: Field, path: tuple[str, ...], index: int, ordinal: int) -> bool:
        surely = len(self.members(field.type)) + 1 + index % _NULLS
        return ordinal == surely or (
            ordinal > surely and self._chance(path, ordinal, "null") % _NULLS == 0
        )

    def _member(self, type_: EnumRef, path: tuple[str, ...], ordinal: int) -> Json:
        members = self._enums[type_.name]
        if not members:
            return None
        chosen = ordinal if ordinal < len(members) else self._chance(path, ordinal)
        return members[chosen % len(members)]

    def _list(
        self, type_: ListOf, path: tuple[str, ...], ordinal: int, field: Field | None
    ) -> Json:
        limits = field.constraints if field is not None else Constraints()
        chance = self._chance(path, ordinal, "length")
        may_be_empty = ordinal > len(self.members(type_)) and path not in self._solid
        length = 0 if may_be_empty and chance % 8 == 0 else 1 + chance % 3
        length = max(length, limits.min_items or 0)
        if limits.max_items is not None:
            length = min(length, limits.max_items)
        items = [
            self.value(type_.item, path, ordinal if index == 0 else ordinal * 3 + index, field)
            for index in range(length)
        ]
        return items[0] if type_.lone and length == 1 else items

    def _scalar(
        self, type_: Scalar, path: tuple[str, ...], ordinal: int, field: Field | None
    ) -> Json:
        sample = self._samples.first(path)
        chance = self._chance(path, ordinal)
        limits = field.constraints if field is not None else Constraints()
        name = tuple(words(path[-1])) if path else ()
        match type_.kind:
            case ScalarKind.BOOLEAN:
                return sample if ordinal == 0 and isinstance(sample, bool) else chance % 2 == 0
            case ScalarKind.INTEGER:
                chosen = self._integer(name, ordinal, chance, sample, limits)
                return _spelled(chosen, sample)
            case ScalarKind.NUMBER | ScalarKind.DECIMAL:
                return _spelled(_within(chance % 10_000 / 100, limits), sample)
            case ScalarKind.DATETIME | ScalarKind.DATE:
                return print_time(self._instant(name, ordinal), type_, sample)
            case ScalarKind.TIME:
                seconds = ":00" if isinstance(sample, str) and sample.count(":") == 2 else ""
                return f"{_clock_time(chance, limits)}{seconds}"
            case ScalarKind.BINARY:
                return base64.b64encode(f"simulated {chance % 1000}".encode()).decode()
            case ScalarKind.JSON:
                return sample if sample is not None else {"simulated": True}
            case ScalarKind.STRING | ScalarKind.FILE:
                return self._string(name, path, ordinal, chance, field)

    def _integer(
        self, name: tuple[str, ...], ordinal: int, chance: int, sample: Json, limits: Constraints
    ) -> int:
        if ordinal == 0 and not isinstance(sample, bool) and _DIGITS.fullmatch(as_text(sample)):
            return int(as_text(sample))
        is_id = bool(name) and name[-1] in {"id", "ids", "key"}
        return int(_within(1_000_000 + chance % 9_000_000 if is_id else chance % 500, limits))

    def _string(
        self,
        name: tuple[str, ...],
        path: tuple[str, ...],
        ordinal: int,
        chance: int,
        field: Field | None,
    ) -> Json:
        limits = field.constraints if field is not None else Constraints()
        match field.sensitive if field is not None else None:
            case Sensitivity.PHONE:
                text = phone_number(chance)
            case Sensitivity.SECRET:
                text = secret(chance)
            case Sensitivity.PERSONAL:
                text = person(chance)
            case None:
                shown = self._samples.at(path)
                if shown and (ordinal == 0 or chance % 2 == 0):
                    return shown[0 if ordinal == 0 else chance // 2 % len(shown)]
                if shown and isinstance(shown[0], int | float):
                    return chance % 500
                text = text_for(name, chance)
        return _fitted(text, limits, field)

    def _instant(self, name: tuple[str, ...], ordinal: int) -> int:
        # One moment for the record, and the steps of a call some minutes apart and in order.
        base = noise(*self._seed, "moment", ordinal) % self._period.length // 1000 * 1000
        for rank, group in enumerate(_TIME_ORDER):
            if any(word.startswith(group) for word in name):
                return self._period.begin + base + rank * 60_000
        return self._period.begin + base

    def _chance(self, path: tuple[str, ...], ordinal: int, purpose: str = "") -> int:
        place = self._places.get(path)
        if place is None:
            place = self._places[path] = "/".join((*map(str, self._seed), *path))
        return noise(place, ordinal, purpose)


def _spelled(value: Json, sample: Json) -> Json:
    """Spell a number as text, or digits as a number, where the example does so."""
    if isinstance(value, bool) or isinstance(sample, bool) or sample is None:
        return value
    if isinstance(value, int | float) and isinstance(sample, str):
        return str(value)
    if (
        isinstance(value, str)
        and isinstance(sample, int)
        and re.fullmatch(r"-?(?:0|[1-9]\d*)", value)
    ):
        return int(value)
    if isinstance(value, float) and isinstance(sample, int):
        return int(value)
    return value


def _within(number: float, limits: Constraints) -> int | float:
    low = limits.minimum if limits.minimum is not None else number
    high = limits.maximum if limits.maximum is not None else max(number, low)
    if low <= number <= high:
        return number
    span = high - low
    return low + (number % (span + 1) if isinstance(number, int) and span >= 0 else 0)


def _clock_time(chance: int, limits: Constraints) -> str:
    """Give a time of day within the documented hours."""
    first = minute_of_day(limits.earliest or "00:00")
    last = minute_of_day(limits.latest or "23:59")
    minute = first + chance % (last - first + 1)
    return f"{minute // 60:02}:{minute % 60:02}"


def _fitted(text: str, limits: Constraints, field: Field | None) -> str:
    if limits.max_length is not None:
        text = text[: limits.max_length]
    if limits.min_length is not None:
        text = text.ljust(limits.min_length, "x")
    if (
        limits.pattern is not None
        and field is not None
        and isinstance(field.example, str)
        and re.fullmatch(limits.pattern.reveal(), text) is None
    ):
        return field.example
    return text
