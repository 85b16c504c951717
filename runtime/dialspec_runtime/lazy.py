"""Packages whose names load on first use: importing one costs next to nothing.

A generated package keeps a table of its public names and the modules that define them. `load_attribute` serves its
`__getattr__`; `preload_modules` serves its `preload()`, for servers that want to pay before the first request.
"""

import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TypeVar, cast

T = TypeVar("T")


def load_attribute(package: str, modules: Mapping[str, str], name: str) -> object:
    """Load the public name `name` of `package` and keep it there.

    Args:
        package: Full name of the package.
        modules: Public name -> module, relative to the package.
        name: What was asked for.

    Raises:
        AttributeError: the package has no such name.
    """
    module = modules.get(name)
    if module is None:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    value: object = getattr(import_module(module, package), name)
    setattr(sys.modules[package], name, value)
    return value


def preload_modules(package: str, modules: Iterable[str]) -> None:
    """Import `modules`, relative to `package`, and build the validators of their models."""
    from importlib.util import resolve_name

    from .building import preload

    preload(resolve_name(name, package) for name in modules)


class LazyClass:
    """Stands for a class of another module, which is loaded when it is asked for.

    Generated resources name their models by it: a call can then be checked and sent before pydantic is loaded.
    Type checkers see the class itself.
    """

    __slots__ = ("__name__", "_loaded", "_module", "_origin")

    def __init__(self, origin: str, module: str, name: str) -> None:
        self._origin = origin
        self._module = module
        self.__name__ = name
        self._loaded: type[object] | None = None

    def load(self) -> type[object]:
        """Return the class."""
        if self._loaded is None:
            module = import_module(self._module, self._origin.rpartition(".")[0])
            self._loaded = cast("type[object]", getattr(module, self.__name__))
        return self._loaded

    def __repr__(self) -> str:
        return f"<LazyClass {self.__name__}>"


def loaded(cls: type[T]) -> type[T]:
    """Return a class, whether it was lazy or not."""
    return cast("type[T]", cls.load()) if isinstance(cls, LazyClass) else cls
