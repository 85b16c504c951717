"""Every place of the spec language that takes a string, found by walking its models.

A slot is named after the model and its field: `FieldSpec.summary`, with `[]` for an item of a list, `{key}` and
`{value}` for a mapping, and `EndpointSpec{unknown key}` for a key that no field has. `declared_slots` walks the
types, `occurring_slots` a document; a test compares the two, so that no new field escapes.
"""

from __future__ import annotations

import datetime
import enum
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, Union

from pydantic import BaseModel

from dialspec.text import SpecText

Path: TypeAlias = tuple[str | int, ...]
Document: TypeAlias = (
    "dict[str | int, Document] | list[Document] | str | float | datetime.date | None"
)
"""Parsed YAML."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place in a document: what it is, where it is, and whether it is a key."""

    slot: str
    path: Path
    is_key: bool = False


def declared_slots(*roots: type[BaseModel]) -> set[str]:
    """The slots of these models and of all models below them."""
    found: set[str] = set()
    seen: set[type[BaseModel]] = set()
    waiting = list(roots)
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        found.add(f"{model.__name__}{{unknown key}}")
        for name, field in model.model_fields.items():
            slot = f"{_owner(model, name)}.{name}"
            for kind, ending in _leaves(field.annotation):
                if ending is None:
                    waiting.append(kind)
                else:
                    found.add(f"{slot}{ending}")
    return found


def occurring_slots(document: Document, model: type[BaseModel]) -> Iterator[Occurrence]:
    """The slots that occur in a document of this model."""
    yield from _in_model(document, model, ())


def replaced(document: Document, place: Occurrence, text: str) -> Document:
    """The document with `text` at this place."""
    return _replaced(document, place.path, place, text)


def _replaced(node: Document, path: Path, place: Occurrence, text: str) -> Document:
    if not path:
        return {**node, text: "x"} if isinstance(node, dict) else text
    head, *rest = path
    if isinstance(node, list):
        return [
            _replaced(item, tuple(rest), place, text) if index == head else item
            for index, item in enumerate(node)
        ]
    if not isinstance(node, dict):
        raise TypeError(f"{place} leads nowhere")
    if place.is_key and not rest:
        return {text if key == head else key: value for key, value in node.items()}
    return {
        key: _replaced(value, tuple(rest), place, text) if key == head else value
        for key, value in node.items()
    }


def _owner(model: type[BaseModel], name: str) -> str:
    """The class that declares a field, so that what two models share counts once."""
    for base in reversed(model.__mro__):
        if name in getattr(base, "__annotations__", {}):
            return base.__name__
    return model.__name__


def _leaves(annotation: Any, ending: str = "") -> Iterator[tuple[Any, str | None]]:
    """The string types below an annotation with the ending of their slot, and the models with None."""
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin is Annotated:
        yield from _leaves(arguments[0], ending)
    elif origin in (Union, types.UnionType):
        for argument in arguments:
            yield from _leaves(argument, ending)
    elif origin is Literal:
        if any(isinstance(argument, str) for argument in arguments):
            yield str, ending
    elif origin in (list, dict):
        names = ("[]",) if origin is list else ("{key}", "{value}")
        for argument, name in zip(arguments, names, strict=True):
            yield from _leaves(argument, f"{ending}{name}")
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation, None
    elif annotation is Any or _is_text(annotation):
        yield str, ending


def _is_text(annotation: Any) -> bool:
    texts = (str, SpecText, enum.Enum, datetime.date)
    return isinstance(annotation, type) and issubclass(annotation, texts)


def _in_model(node: Document, model: type[BaseModel], path: Path) -> Iterator[Occurrence]:
    yield Occurrence(f"{model.__name__}{{unknown key}}", path)
    for name, field in model.model_fields.items():
        if isinstance(node, dict) and name in node:
            slot = f"{_owner(model, name)}.{name}"
            yield from _in_value(node[name], field.annotation, slot, (*path, name))


def _in_value(node: Document, annotation: Any, slot: str, path: Path) -> Iterator[Occurrence]:
    leaves = list(_leaves(annotation))
    if isinstance(node, dict):
        models = [kind for kind, ending in leaves if ending is None]
        keyed = _argument(annotation, dict)
        if keyed is not None:
            for key, value in node.items():
                if isinstance(key, str) or _leaves_of(keyed[0]):
                    yield Occurrence(f"{slot}{{key}}", (*path, key), is_key=True)
                yield from _in_value(value, keyed[1], f"{slot}{{value}}", (*path, key))
        elif models:
            yield from _in_model(node, _chosen(models, node), path)
    elif isinstance(node, list):
        listed = _argument(annotation, list)
        if listed is not None:
            for index, item in enumerate(node):
                yield from _in_value(item, listed[0], f"{slot}[]", (*path, index))
    elif any(ending == "" for _, ending in leaves):
        yield Occurrence(slot, path)


def _leaves_of(annotation: Any) -> bool:
    return any(True for _ in _leaves(annotation))


def _argument(annotation: Any, container: type) -> tuple[Any, ...] | None:
    """The arguments of the list or dict in an annotation, through unions."""
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin is container:
        return arguments
    if origin is Annotated:
        return _argument(arguments[0], container)
    if origin in (Union, types.UnionType):
        for argument in arguments:
            found = _argument(argument, container)
            if found is not None:
                return found
    return None


def _chosen(models: list[type[BaseModel]], node: dict[str | int, Document]) -> type[BaseModel]:
    """The model of a union that has all keys of a mapping."""
    fitting = [model for model in models if node.keys() <= model.model_fields.keys()]
    by_scheme = [
        model
        for model in fitting
        if "scheme" not in model.model_fields
        or node.get("scheme") in typing.get_args(model.model_fields["scheme"].annotation)
    ]
    return (by_scheme or fitting or models)[0]
