"""A short piece of an answer or a request, fit to be printed.

In: the bytes and the endpoint they belong to. Out: at most some 200 characters with secrets, telephone
numbers, and whatever the specs call sensitive masked. Names count as sensitive wherever in the document they
occur.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .lazy import loaded
from .nested_codecs import JsonText, ListOf, MapOf, ObjectOf
from .records import Record, RequestObject

if TYPE_CHECKING:
    from .codecs import Codec
    from .operation import Operation
    from .redaction import Redactor, Sensitivity

LENGTH: Final = 200
LONGEST_LOGGED: Final = 4096


def excerpt_of(content: bytes, operation: Operation, redactor: Redactor, position: int = 0) -> str:
    """Return the piece of a document that ends shortly after `position` (in bytes)."""
    # Everything up to the end of the piece is masked before it is cut: the name that makes a value sensitive
    # stands in front of the value, and may stand in front of the piece.
    start = max(0, position - 64 * LENGTH)
    end = max(position + LENGTH // 4, LENGTH)
    text = content[start:end].decode("utf-8", "replace")
    shown = printable(redactor.json(text, sensitive_names(operation)))
    tail = "…" if end < len(content) else ""
    if len(shown) > LENGTH:
        shown = "…" + shown[-LENGTH:] if position > LENGTH else shown[:LENGTH] + "…"
    return shown + (tail if not shown.endswith("…") else "")


def body_for_log(content: bytes, operation: Operation, redactor: Redactor) -> str:
    """Return a whole body, or the start of a long one, for the opt-in body log."""
    text = content[:LONGEST_LOGGED].decode("utf-8", "replace")
    shown = printable(redactor.json(text, sensitive_names(operation)))
    left = len(content) - LONGEST_LOGGED
    return f"{shown}… ({left} bytes more)" if left > 0 else shown


def printable(text: str) -> str:
    """Put text into one line: whatever is no visible character becomes a space."""
    return "".join(each if each.isprintable() else " " for each in text).strip()


def sensitive_names(operation: Operation) -> Mapping[str, Sensitivity]:
    """Return the wire names that an endpoint's specs call sensitive, in request and answer."""
    names = dict(_names_below(operation.model))
    for parameter in operation.parameters:
        if parameter.sensitive is not None:
            names[parameter.wire] = parameter.sensitive
        model = _model_of(parameter.codec)
        if model is not None:
            names.update(_names_below(model))
    return names


@lru_cache(maxsize=1024)
def _names_below(root: type[Record | RequestObject]) -> Mapping[str, Sensitivity]:
    """Return the sensitive wire names of a model and of all models inside it."""
    names: dict[str, Sensitivity] = {}
    pending: list[type[Record | RequestObject]] = [root]
    seen: set[type] = set()
    while pending:
        model = pending.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            if name in model.__sensitive__:
                names[field.serialization_alias or field.alias or name] = model.__sensitive__[name]
            pending += _models_in(field.annotation)
    return types.MappingProxyType(names)


def _models_in(annotation: object) -> Iterator[type[Record | RequestObject]]:
    if isinstance(annotation, type) and issubclass(annotation, Record | RequestObject):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)


def _model_of(codec: Codec) -> type[RequestObject] | None:
    """Return the model that a codec, or one inside it, encodes."""
    match codec:
        case ObjectOf(model):
            return loaded(model)
        case ListOf(item=inner) | MapOf(value=inner) | JsonText(inner=inner):
            return _model_of(inner)
        case _:
            return None
