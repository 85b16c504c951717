"""What the models allow at a path of a document: its type annotations, and the models among them.

Messages need it to name the keys possible at a place and to describe what was expected there.
"""

from __future__ import annotations

import types
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from dialspec.spec.language.notation import SpecModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dialspec.spec.yaml import Data


@cache
def keys_of(model: type[SpecModel]) -> Mapping[str, Any]:
    """Give the keys of a model with their annotations, in the order of the language."""
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def alternatives(annotation: Any) -> tuple[Any, ...]:
    """Give the members of a union, None left out; of anything else just that. Nested unions become flat."""
    inner = annotation
    while get_origin(inner) is Annotated:
        inner = get_args(inner)[0]
    if get_origin(inner) in {Union, types.UnionType}:
        return tuple(
            found
            for member in get_args(inner)
            if member is not type(None)
            for found in alternatives(member)
        )
    return (annotation,)


def bare(annotation: Any) -> Any:
    """Give an annotation without its `Annotated` metadata."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def annotations_at(
    model: type[SpecModel], data: Data, path: Sequence[str | int]
) -> tuple[Any, ...]:
    """Give the annotations possible for the value at `path` of a document of this model."""
    found: tuple[Any, ...] = (model,)
    value: Data = data
    for step in path:
        found = tuple(_inside(found, step, value))
        value = value_inside(value, step)
    return found


def key_annotation_at(model: type[SpecModel], data: Data, path: Sequence[str | int]) -> Any:
    """Give the annotation of the keys of the mapping at `path`; plain text if the models do not say."""
    for annotation in annotations_at(model, data, path):
        for member in map(bare, alternatives(annotation)):
            if get_origin(member) is dict:
                return get_args(member)[0]
    return str


def model_at(
    model: type[SpecModel], data: Data, path: Sequence[str | int]
) -> type[SpecModel] | None:
    """Give the model that a mapping at `path` is meant to fit, if there is one."""
    value: Data = data
    for step in path:
        value = value_inside(value, step)
    return _model_among(annotations_at(model, data, path), value)


def value_at(data: Data, path: Sequence[str | int]) -> Data:
    """Give the value at `path`; None where there is nothing."""
    for step in path:
        data = value_inside(data, step)
    return data


def _inside(annotations: Iterable[Any], step: str | int, value: Data) -> Iterable[Any]:
    chosen = _model_among(annotations, value)
    for annotation in annotations:
        for member in map(bare, alternatives(annotation)):
            if get_origin(member) in {dict, list}:
                yield get_args(member)[-1]
            elif member is chosen and isinstance(step, str) and step in keys_of(chosen):
                yield keys_of(chosen)[step]


def _model_among(annotations: Iterable[Any], value: Data) -> type[SpecModel] | None:
    models = [
        member
        for annotation in annotations
        for member in map(bare, alternatives(annotation))
        if isinstance(member, type) and issubclass(member, SpecModel)
    ]
    for model in models:
        if isinstance(value, dict) and _literals_fit(model, value):
            return model
    return models[0] if models else None


def _literals_fit(model: type[SpecModel], value: Mapping[str | int, Data]) -> bool:
    """Whether the keys that tell the members of a union apart, such as `scheme`, have this model's values."""
    return all(
        value[key] in get_args(annotation)
        for key, annotation in keys_of(model).items()
        if get_origin(annotation) is Literal and key in value
    )


def value_inside(value: Data, step: str | int) -> Data:
    """Give the value of a key or the item of an index; None if `value` has no such thing."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None


def has_inside(value: Data, step: str | int) -> bool:
    """Whether `value` is a mapping with this key, or a list with this index."""
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)
