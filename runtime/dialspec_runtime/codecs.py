"""How the arguments of a call become JSON: single values.

Each codec takes one Python value and gives what is put into the request, or refuses it with `UnfitError`, which
says what was expected; `request` turns that into an `InvalidArgument` that names the parameter. `bool` is not
a number here, whatever Python thinks. `describe()` is the documented type in words.
"""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Final, Protocol, cast

from .frozen import frozen

MOST_BITS: Final = 64
"""No vendor counts further; far larger numbers can't even be printed."""


class UnfitError(Exception):
    """A value that a codec refuses; says what was expected, never the value."""

    def __init__(self, expected: str, place: str = "") -> None:
        super().__init__(expected)
        self.expected = expected
        self.place = place
        """Where inside the argument, such as `[3].callee_number`; empty for the argument itself."""

    def inside(self, place: str) -> "UnfitError":
        """Return the same refusal, seen from one level further out."""
        return UnfitError(self.expected, place + self.place)


class Codec(Protocol):
    """What all codecs have in common."""

    def encode(self, value: object, timezone: tzinfo | None, /) -> object:
        """Return the value for the wire; raise `UnfitError`."""
        ...

    def describe(self) -> str:
        """Name the documented type and range, as in "an integer from 1 to 100"."""
        ...


def bounds(low: object, high: object) -> str:
    """Put a range into words."""
    if low is not None and high is not None:
        return f" from {low} to {high}"
    if low is not None:
        return f" of at least {low}"
    return f" of at most {high}" if high is not None else ""


@frozen
class Integer:
    """A whole number."""

    minimum: int | None = None
    maximum: int | None = None

    def describe(self) -> str:
        """Name the type and range."""
        return f"an integer{bounds(self.minimum, self.maximum)}"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Take an `int` within the range, of at most 64 bits."""
        if isinstance(value, bool) or not isinstance(value, int) or value.bit_length() > MOST_BITS:
            raise UnfitError(self.describe())
        if (self.minimum is not None and value < self.minimum) or (
            self.maximum is not None and value > self.maximum
        ):
            raise UnfitError(self.describe())
        return int(value)  # an IntEnum member is sent as its number


@frozen
class Number:
    """A number with or without a fraction."""

    minimum: float | None = None
    maximum: float | None = None

    def describe(self) -> str:
        """Name the type and range."""
        return f"a number{bounds(self.minimum, self.maximum)}"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Take an `int` or a finite `float` within the range."""
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or (isinstance(value, int) and value.bit_length() > MOST_BITS)
            or not math.isfinite(value)
        ):
            raise UnfitError(self.describe())
        if (self.minimum is not None and value < self.minimum) or (
            self.maximum is not None and value > self.maximum
        ):
            raise UnfitError(self.describe())
        return value


@frozen
class DecimalNumber:
    """A number whose decimal places matter, such as an amount of money; travels as text."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def describe(self) -> str:
        """Name the type and range."""
        return f"a decimal number{bounds(self.minimum, self.maximum)}"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Take a finite `Decimal` or an `int` within the range; a `float` has lost its places already."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise UnfitError(self.describe())
        if isinstance(value, int) and value.bit_length() > MOST_BITS:
            raise UnfitError(self.describe())
        number = Decimal(value)
        if not number.is_finite():
            raise UnfitError(self.describe())
        if (self.minimum is not None and number < self.minimum) or (
            self.maximum is not None and number > self.maximum
        ):
            raise UnfitError(self.describe())
        return format(number, "f")


@frozen
class String:
    """Text."""

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None

    def describe(self) -> str:
        """Name the type, the length and the pattern."""
        length = bounds(self.min_length, self.max_length)
        text = f"text{length} characters" if length else "text"
        return text if self.pattern is None else f"{text} that matches {self.pattern}"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Take a `str` of the right length and form that can be written as UTF-8."""
        if not isinstance(value, str):
            raise UnfitError(self.describe())
        text = str(value.value) if isinstance(value, Enum) else value
        if (self.min_length is not None and len(text) < self.min_length) or (
            self.max_length is not None and len(text) > self.max_length
        ):
            raise UnfitError(self.describe())
        if self.pattern is not None and _compiled(self.pattern).fullmatch(text) is None:
            raise UnfitError(self.describe())
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise UnfitError("text without lone surrogates") from None
        return text


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@frozen
class Boolean:
    """True or false."""

    def describe(self) -> str:
        """Name the type."""
        return "True or False"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Take a `bool`."""
        if not isinstance(value, bool):
            raise UnfitError(self.describe())
        return value


@frozen
class EnumOf:
    """A member of a generated enum, or the raw value of one; nothing that is not documented.

    Of a table that was read in part only, nobody knows what else is documented: other values pass as they are.
    """

    enum: type[Enum]
    is_partial: bool = False

    def describe(self) -> str:
        """Name the enum and its values."""
        values = ", ".join(repr(member.value) for member in self.enum)
        more = ", or another of the vendor's values" if self.is_partial else ""
        return f"a {self.enum.__name__} ({values}){more}"

    def encode(self, value: object, timezone: tzinfo | None, /) -> object:
        """Take a member, or the value of one with the same type."""
        known: Mapping[object, Enum] = self.enum._value2member_map_
        raw = value.value if isinstance(value, self.enum) else value
        if isinstance(raw, bool) or not isinstance(raw, int | str):
            raise UnfitError(self.describe())
        member = known.get(raw)
        if member is not None and type(member.value) is type(raw):
            documented: object = member.value
            return documented
        if self.is_partial and isinstance(raw, int) == issubclass(self.enum, int):
            return raw if isinstance(raw, int) else String().encode(raw, timezone)
        raise UnfitError(self.describe())


@frozen
class Json:
    """Anything that JSON can say."""

    def describe(self) -> str:
        """Name the type."""
        return "a JSON value (text, finite number, bool, None, list, or mapping with text keys)"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Copy the value, so that what is sent is what was checked."""
        return self._copy(value, 0)

    def _copy(self, value: object, depth: int) -> object:
        if depth > 100:
            raise UnfitError("a JSON value nested at most 100 deep")
        if isinstance(value, float) and not math.isfinite(value):
            raise UnfitError(self.describe())
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return String().encode(value, None)
        if isinstance(value, list | tuple):
            return [self._copy(each, depth + 1) for each in cast("Sequence[object]", value)]
        if isinstance(value, Mapping):
            copy: dict[str, object] = {}
            for key, each in cast("Mapping[object, object]", value).items():
                if not isinstance(key, str):
                    raise UnfitError(self.describe())
                copy[key] = self._copy(each, depth + 1)
            return copy
        raise UnfitError(self.describe())
