"""Contenders that live in workers: who they are, and how they become entries of a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from typing import Final, NamedTuple

from benchmarks.measuring.groups import Entry
from benchmarks.measuring.workers import Worker
from benchmarks.preparation import SMALL, clients_of, has_openapi_generator
from benchmarks.results import Kind

NO_JAVA: Final = "there is no Java here to generate it"


class Contestant(NamedTuple):
    """One contender."""

    name: str
    kind: Kind
    environment: str
    function: str
    """`module:function` below `benchmarks.contenders`."""
    how: str

    @property
    def missing(self) -> str:
        """Why it cannot take part; empty if it can."""
        needs_java = "openapi_generator" in self.function
        return NO_JAVA if needs_java and not has_openapi_generator() else ""


def worker_of(contestant: Contestant, settings: Mapping[str, object]) -> Worker:
    """Start a contender in a process of its own."""
    return Worker(contestant.environment, contestant.function, settings, clients=clients_of(SMALL))


def started(
    stack: ExitStack,
    contestants: Iterable[Contestant],
    settings: Mapping[str, object],
    **question: object,
) -> tuple[list[Entry], dict[str, str]]:
    """Start a worker for each, to be asked `question` in each round; give entries, and who is left out and why."""
    entries: list[Entry] = []
    left_out: dict[str, str] = {}
    for each in contestants:
        if each.missing:
            left_out[each.name] = each.missing
            continue
        worker = stack.enter_context(worker_of(each, settings))
        entries.append(Entry(each.name, each.kind, each.how, partial(worker.measured, **question)))
    return entries, left_out
