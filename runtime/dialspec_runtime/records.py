"""The bases of generated models.

`Record` is an object of a vendor's answer: frozen, keeps fields that are not documented, takes numbers for
text and text for numbers, is built on first use. `RequestObject` is an object inside a request: refuses what
is not documented, and sends only what was set. Both print what their `__sensitive__` names as masked; the
values stay available.

`wire()` gives the document back under its wire names: what was decoded is what comes out, except that a
number where text is documented has become text (and text where a number is documented a number).
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, tzinfo
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import InvalidArgument
from .redaction import Sensitivity, mask_numbers, mask_value, sensitivity_of_name
from .rules import BrokenRuleError, Rule
from .times import SENT_CONTEXT, TIMEZONE_CONTEXT

NOTHING_SENSITIVE: Final[Mapping[str, Sensitivity]] = MappingProxyType({})


class _Printable(BaseModel):
    """A model whose repr masks what is sensitive."""

    __sensitive__: ClassVar[Mapping[str, Sensitivity]] = NOTHING_SENSITIVE

    def wire(self) -> dict[str, object]:
        """Return what was set, under wire names and ready for JSON."""
        document: dict[str, object] = self.model_dump(
            mode="json", by_alias=True, exclude_unset=True
        )
        return document

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        sensitive = self.__sensitive__
        for name in type(self).model_fields:
            if name in self.model_fields_set:
                value = getattr(self, name)
                is_masked = name in sensitive or isinstance(value, dict)
                yield name, _Masked(value, sensitive.get(name)) if is_masked else value
        # What is not documented may be anything, a telephone number too.
        for name, value in (self.model_extra or {}).items():
            yield name, _Masked(value, sensitivity_of_name(name))

    __repr__ = BaseModel.__repr__

    def __str__(self) -> str:
        return repr(self)


class _Masked:
    """A value that prints as its field allows."""

    __slots__ = ("_sensitivity", "_value")

    def __init__(self, value: object, sensitivity: Sensitivity | None) -> None:
        self._value = value
        self._sensitivity: Sensitivity | None = sensitivity

    def __repr__(self) -> str:
        return mask_value(self._value, self._sensitivity)


class Record(_Printable):
    """An object of a vendor's answer."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
        defer_build=True,
        validate_by_name=True,
        validate_by_alias=True,
        coerce_numbers_to_str=True,
        protected_namespaces=(),
        hide_input_in_errors=True,
    )


class RequestObject(_Printable):
    """An object inside a request."""

    __rules__: ClassVar[tuple[Rule, ...]] = ()
    """What its fields ask of each other."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        validate_by_name=True,
        validate_by_alias=True,
        protected_namespaces=(),
        hide_input_in_errors=True,
        strict=False,
        # Any limit makes pydantic look at the letters of a text, and refuse what can't be written as UTF-8.
        str_min_length=0,
        # Problems are told by the names that a caller writes.
        loc_by_alias=False,
    )

    def wire(self, timezone: tzinfo | None = None) -> dict[str, object]:
        """Return what was set as it is sent; moments are brought into the vendor's zone.

        Raises:
            ValueError: a moment is aware where the vendor documents no zone, or naive where it needs one,
                and no `timezone` is given.
        """
        document: dict[str, object] = self.model_dump(
            mode="json",
            by_alias=True,
            exclude_unset=True,
            context={SENT_CONTEXT: True, TIMEZONE_CONTEXT: timezone},
        )
        return document

    if not TYPE_CHECKING:  # type checkers make the signature from the fields

        def __init__(self, **values: object) -> None:
            name = type(self).__name__
            problem: str | None = None
            try:
                super().__init__(**values)
                problem = _taken_for_another(self, values)
                self.__check__()
            except ValidationError as error:
                problem = problems_of(error, name)
            except BrokenRuleError as broken:
                problem = f"{name}: {broken.parameter}: {broken.problem}"
            if problem:
                raise InvalidArgument(problem, parameter=name)

    def __check__(self) -> None:
        if self.__rules__:
            given = {
                name: value
                for name in self.model_fields_set
                if (value := getattr(self, name)) is not None
            }
            for rule in self.__rules__:
                rule.check(given)


def _taken_for_another(made: RequestObject, values: Mapping[str, object]) -> str | None:
    """Find a value that pydantic has turned into one of another kind: an answer may need that, a caller's slip not."""
    names = _not_text(type(made))
    if names:
        for key, given in values.items():
            name = names.get(key)
            expected = None if name is None else _expected(given, getattr(made, name))
            if expected is not None:
                kind = type(given).__name__
                return f"{type(made).__name__}: {name}: {expected} expected, {kind} given"
    return None


@cache
def _not_text(model: type[RequestObject]) -> Mapping[str, str]:
    """The fields that do not hold text, by the names under which they may be given."""
    found: dict[str, str] = {}
    for name, field in model.model_fields.items():
        if str not in (field.annotation, *get_args(field.annotation)):
            found[name] = name
            if isinstance(field.validation_alias, str):
                found[field.validation_alias] = name
    return found


def _expected(given: object, made: object) -> str | None:
    if isinstance(made, bool):
        return None if isinstance(given, bool) else "True or False"
    if isinstance(made, date | time) and isinstance(given, int | float):
        return f"a {type(made).__name__}"
    if (
        isinstance(given, datetime)
        and isinstance(made, datetime)
        and made.tzinfo
        and not given.tzinfo
    ):
        return "an aware datetime"
    if isinstance(made, Enum):
        return f"a {type(made).__name__}" if isinstance(given, bool) else None
    if isinstance(made, int | float) and (
        isinstance(given, bool) or not isinstance(given, int | float)
    ):
        return "a number"
    return None


def problems_of(error: ValidationError, subject: str) -> str:
    """Say in one line what pydantic refused, without the values that were given."""
    lines: list[str] = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False)[:3]:
        # A name that is not documented may be anything, a telephone number too.
        place = mask_numbers(".".join(str(part) for part in problem["loc"]))
        lines.append(f"{place}: {problem['msg']}" if place else problem["msg"])
    more = error.error_count() - len(lines)
    return f"{subject}: {'; '.join(lines)}" + (f" (and {more} more)" if more > 0 else "")


RESERVED_FIELD_NAMES: Final[frozenset[str]] = frozenset(
    name for name in {*dir(Record), *dir(RequestObject)} if not name.startswith("__")
)
"""Names that a generated field may not have: attributes of pydantic's models and of ours."""
