"""Models built when they are needed, or all at once.

Generated models are declared but not built (`defer_build`): building costs more than importing. `decode_as`
builds a model on its first use, once, also when many threads ask for it at the same moment. `preload` builds
all models of some modules, for servers that rather wait at their start than in their first call.
"""

import importlib
import inspect
import threading
from collections.abc import Iterable
from typing import Final

from .records import Record, RequestObject

_BUILDING: Final = threading.RLock()


def decode_as(model: type[Record], document: bytes, context: dict[str, object] | None) -> Record:
    """Decode JSON straight into a model, which is built if it is not yet; raises pydantic's `ValidationError`."""
    if not model.__pydantic_complete__:
        build(model)
    decoded: Record = model.__pydantic_validator__.validate_json(document, context=context)
    return decoded


def build(model: type[Record] | type[RequestObject]) -> None:
    """Build one model; does nothing if it is built already."""
    with _BUILDING:
        if not model.__pydantic_complete__:
            model.model_rebuild()


def preload(module_names: Iterable[str]) -> int:
    """Import modules and build every model in them; return how many models that are."""
    count = 0
    for name in module_names:
        module = importlib.import_module(name)
        for _, member in inspect.getmembers(module, inspect.isclass):
            if issubclass(member, Record | RequestObject) and member.__module__ == name:
                build(member)
                count += 1
    return count
