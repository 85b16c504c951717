"""All sections, in the order of the page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from benchmarks.measuring.plan import Plan
from benchmarks.preparation import LARGE, SMALL
from benchmarks.results import Group
from benchmarks.sections import calls, decode, generation, harvest, imports, simulator, startup


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a run and of the page."""

    name: str
    title: str
    about: str
    measure: Callable[[Plan], Iterator[Group]]
    clients: tuple[int, ...] = ()
    """Sizes of the APIs whose generated clients it needs."""


def _section(
    module: ModuleType, measure: Callable[[Plan], Iterator[Group]], *clients: int
) -> Section:
    return Section(module.NAME, module.TITLE, inspect.getdoc(module) or "", measure, clients)


SECTIONS: Final = (
    _section(generation, generation.measure),
    _section(startup, startup.measure),
    _section(imports, imports.measure, SMALL, LARGE),
    _section(decode, decode.measure, SMALL),
    _section(calls, calls.measure, SMALL),
    _section(harvest, harvest.measure, SMALL),
    _section(simulator, simulator.measure),
)
