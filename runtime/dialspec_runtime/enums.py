"""Enums that stay open: documented values are real members, undocumented ones are let through.

In: the value a vendor sends, as number or text. Out: a member; for a value that is not documented a
stand-in that equals the value, says `is_unknown`, and prints as `NumberStatus(99)`. The stand-in is made
anew each time, so that answers with endless new values can't fill the memory; compare it with `==`.
Refused: what is no number for an `OpenIntEnum`, what is neither text nor number for an `OpenStrEnum`.

Members are written as `MEMBER = wire_value, "English label"`, or with a label per language:
`MEMBER = wire_value, {"en": "Enabled", "zh": "启用"}`.
"""

import re
from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

_UNKNOWN: Final = "UNKNOWN"
_NO_LABELS: Final[Mapping[str, str]] = MappingProxyType({})
_DIGITS: Final = re.compile(r"[+-]?[0-9]{1,19}")


def _labels(label: str | Mapping[str, str]) -> Mapping[str, str]:
    if isinstance(label, str):
        return MappingProxyType({"en": label}) if label else _NO_LABELS
    return MappingProxyType(dict(label))


class OpenIntEnum(IntEnum):
    """An integer-coded enum of a vendor's API; each member is an `int`."""

    _member_labels: Mapping[str, str]

    def __new__(cls, value: int, label: str | Mapping[str, str] = "") -> Self:
        """Make a member from its wire value and its label, or its labels by language."""
        member = int.__new__(cls, value)
        member._value_ = value
        member._member_labels = _labels(label)
        return member

    if TYPE_CHECKING:
        # Members equal plain numbers; without this, mypy calls `status == 1` a comparison that can't be true.
        def __eq__(self, other: object, /) -> bool: ...
        def __hash__(self) -> int: ...

    @property
    def label(self) -> str:
        """What the value means, in English; empty for an undocumented one."""
        return self._member_labels.get("en", "")

    @property
    def labels(self) -> Mapping[str, str]:
        """What the value means, by language (`en`, `zh`)."""
        return self._member_labels

    @property
    def is_unknown(self) -> bool:
        """Whether the value is not documented."""
        return self._value_ not in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        number = _whole_number(value)
        if number is None:
            return None
        known = cls._value2member_map_.get(number)
        if isinstance(known, cls):
            return known
        member = int.__new__(cls, number)
        member._value_ = number
        member._name_ = _UNKNOWN
        member._member_labels = _NO_LABELS
        return member

    def __repr__(self) -> str:
        if self.is_unknown:
            return f"{type(self).__name__}({self._value_!r})"
        return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"

    def __reduce_ex__(self, protocol: object) -> tuple[type[Self], tuple[int]]:
        return type(self), (int(self),)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


class OpenStrEnum(StrEnum):
    """A text-coded enum of a vendor's API; each member is a `str`."""

    _member_labels: Mapping[str, str]

    def __new__(cls, value: str, label: str | Mapping[str, str] = "") -> Self:
        """Make a member from its wire value and its label, or its labels by language."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._member_labels = _labels(label)
        return member

    if TYPE_CHECKING:
        # Members equal plain text; without this, mypy calls `kind == "2"` a comparison that can't be true.
        def __eq__(self, other: object, /) -> bool: ...
        def __hash__(self) -> int: ...

    @property
    def label(self) -> str:
        """What the value means, in English; empty for an undocumented one."""
        return self._member_labels.get("en", "")

    @property
    def labels(self) -> Mapping[str, str]:
        """What the value means, by language (`en`, `zh`)."""
        return self._member_labels

    @property
    def is_unknown(self) -> bool:
        """Whether the value is not documented."""
        return self._value_ not in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if isinstance(value, bool) or not isinstance(value, int | str):
            return None
        text = str(value)
        known = cls._value2member_map_.get(text)
        if isinstance(known, cls):
            return known
        member = str.__new__(cls, text)
        member._value_ = text
        member._name_ = _UNKNOWN
        member._member_labels = _NO_LABELS
        return member

    def __repr__(self) -> str:
        if self.is_unknown:
            return f"{type(self).__name__}({self._value_!r})"
        return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"

    def __reduce_ex__(self, protocol: object) -> tuple[type[Self], tuple[str]]:
        return type(self), (str(self),)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


def _whole_number(value: object) -> int | None:
    """Read a number, or digits as text; `None` for all else (a bool is not a number)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
        return int(value)
    return None
