"""Frozen classes: their fields are stated once and never change.

`@frozen` makes of a class with annotated fields what `dataclasses.dataclass(frozen=True)` makes of it: a
constructor, equality, hash and repr by its fields, and a refusal to be changed. It is here for the time it takes:
`dataclasses` writes and compiles six methods for each class, which for the forty classes below a client was a third
of what importing them cost. Here only the constructor is compiled; the other methods are the same for every class.

Defaults are taken as they stand, so they have to be immutable. A class may write its own `__repr__`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")

_FIELDS: Final = "__frozen_fields__"


@dataclass_transform(frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """Make a class whose instances never change."""
    names = tuple(cls.__annotations__)
    methods: dict[str, object] = {
        _FIELDS: names,
        "__match_args__": names,
        "__init__": _constructor(cls, names),
        "__eq__": _equal,
        "__hash__": _hash,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
    }
    if "__repr__" not in cls.__dict__:
        methods["__repr__"] = _shown
    for name, method in methods.items():
        setattr(cls, name, method)
    return cls


def changed(instance: T, **changes: object) -> T:
    """Return a copy with other fields."""
    fields = {name: getattr(instance, name) for name in _names(instance)}
    return type(instance)(**{**fields, **changes})


def _names(instance: object) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(type(instance), _FIELDS)
    return names


def _constructor(cls: type, names: tuple[str, ...]) -> Callable[..., None]:
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    parameters = [f"{name}={name}" if name in defaults else name for name in names]
    head = ", ".join(["self", *parameters])
    body = "; ".join(f"set_field(self, {name!r}, {name})" for name in names) or "pass"
    namespace: dict[str, Any] = {**defaults, "set_field": object.__setattr__}
    # Names of fields are identifiers of our own source; nothing of a spec gets here.
    exec(f"def __init__({head}): {body}", namespace)  # noqa: S102
    constructor: Callable[..., None] = namespace["__init__"]
    constructor.__qualname__ = f"{cls.__qualname__}.__init__"
    return constructor


def _fields_of(instance: object) -> tuple[object, ...]:
    return tuple([getattr(instance, name) for name in _names(instance)])


def _equal(self: object, other: object) -> bool:
    return type(self) is type(other) and _fields_of(self) == _fields_of(other)


def _hash(self: object) -> int:
    return hash(_fields_of(self))


def _shown(self: object) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(self))
    return f"{type(self).__qualname__}({fields})"


def _refuse_to_set(self: object, name: str, _value: object) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name} can't be set")


def _refuse_to_delete(self: object, name: str) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name} can't be deleted")
