"""Whether values are what their annotations say, all the way down.

In: a value and the annotation that a type checker sees for it. Out: the places where they differ, in words; none if the
value is typed. Stricter than `isinstance`: a bool is no int, and an int is no float.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType, NoneType, UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

from dialspec_runtime import Record


def untyped(value: object, annotation: Any, place: str = "") -> Iterator[str]:
    """Name the places at which a value, or what it holds, is of another type than annotated."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from untyped(value, arguments[0], place)
    elif origin in {Union, UnionType}:
        if all(any(untyped(value, each)) for each in arguments):
            # What it should have been: the alternative that None is not.
            yield from untyped(
                value, next(each for each in arguments if each is not NoneType), place
            )
    elif origin is list:
        yield from _untyped_list(value, arguments[0], place)
    elif origin is dict:
        yield from _untyped_dict(value, arguments[1], place)
    elif annotation is None:
        yield from _differs(value, NoneType, place)
    elif annotation is object:
        return
    elif _is_record(annotation):
        yield from _untyped_record(value, annotation, place)
    else:
        yield from _differs(value, annotation, place)


def result_annotation(method: Any, package: str) -> Any:
    """The annotation of what a method returns, as an object; names are those of a generated package."""
    text: str = method.__annotations__["return"]
    names = _Names(import_module(package), import_module("dialspec_runtime"))
    return eval(text, {"builtins": builtins}, names)  # noqa: S307 - an annotation of our own


class _Names(dict[str, Any]):
    """Looks names up in modules that load them on first use."""

    def __init__(self, *modules: ModuleType) -> None:
        super().__init__()
        self._modules = modules

    def __missing__(self, name: str) -> Any:
        for module in self._modules:
            if hasattr(module, name):
                return getattr(module, name)
        raise KeyError(name)


def _is_record(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Record)


def _untyped_list(value: object, item: Any, place: str) -> Iterator[str]:
    if type(value) is not list:
        yield from _differs(value, list, place)
        return
    for index, each in enumerate(cast("list[object]", value)):
        yield from untyped(each, item, f"{place}[{index}]")


def _untyped_dict(value: object, item: Any, place: str) -> Iterator[str]:
    if type(value) is not dict:
        yield from _differs(value, dict, place)
        return
    for key, each in cast("dict[object, object]", value).items():
        yield from _differs(key, str, f"{place}, a key")
        yield from untyped(each, item, f"{place}[{key!r}]")


def _untyped_record(value: object, model: type[Record], place: str) -> Iterator[str]:
    if not isinstance(value, Record) or type(value) is not model:
        yield from _differs(value, model, place)
        return
    for name, described in model.model_fields.items():
        yield from untyped(getattr(value, name), described.annotation, f"{place}.{name}")
    for name in value.model_extra or {}:
        yield f"{place}.{name} is not declared"


def _differs(value: object, expected: type[Any], place: str) -> Iterator[str]:
    if type(value) is not expected:
        yield f"{place or 'the value'} is of {type(value).__name__}, not {expected.__name__}"
