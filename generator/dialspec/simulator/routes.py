"""Finds the endpoint that a method and path mean.

Templates hold `{name}` placeholders for whole segments or parts of one. A literal segment is preferred to a
placeholder, so that `/campaigns/1/queryOBSResults` is not taken for the campaign named `queryOBSResults`. A path is
taken as it was sent: a slash that is percent-encoded belongs to a value and parts no segments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar
from urllib.parse import unquote

T = TypeVar("T")

_PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")


@dataclass(slots=True)
class _Node(Generic[T]):
    """One segment of the known paths, with what may follow it."""

    literal: dict[str, _Node[T]] = field(default_factory=dict)
    pattern: list[tuple[str, re.Pattern[str], tuple[str, ...], _Node[T]]] = field(
        default_factory=list
    )
    targets: dict[str, list[T]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What answers on a path: the targets by method, and the values of the placeholders."""

    targets: dict[str, list[T]]
    values: dict[str, str]


class Routes(Generic[T]):
    """A table of paths; several targets may share one method and path."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._exact: dict[str, Found[T]] = {}

    def add(self, method: str, template: str, target: T) -> None:
        """Register a target."""
        node = self._root
        for segment in _segments(template):
            node = _child(node, segment)
        node.targets.setdefault(method, []).append(target)
        if "{" not in template:
            self._exact[template] = Found(node.targets, {})

    def find(self, path: str) -> Found[T] | None:
        """Find what answers on a percent-encoded path, or None; the values of placeholders are decoded."""
        exact = self._exact.get(path)
        if exact is not None:
            return exact
        segments = [unquote(segment) for segment in _segments(path)]
        return next(_walk(self._root, segments, {}), None)


def _segments(path: str) -> list[str]:
    return path.strip("/").split("/")


def _child(node: _Node[T], segment: str) -> _Node[T]:
    names = tuple(_PLACEHOLDER.findall(segment))
    if not names:
        return node.literal.setdefault(segment, _Node())
    shape = _PLACEHOLDER.sub("{}", segment)
    for known, _, known_names, existing in node.pattern:
        if known == shape and known_names == names:
            return existing
    literals = [re.escape(part) for part in shape.split("{}")]
    child: _Node[T] = _Node()
    node.pattern.append((shape, re.compile("(.+)".join(literals), re.DOTALL), names, child))
    return child


def _walk(node: _Node[T], segments: list[str], values: dict[str, str]) -> Iterator[Found[T]]:
    if not segments:
        if node.targets:
            yield Found(node.targets, values)
        return
    head, rest = segments[0], segments[1:]
    if head in node.literal:
        yield from _walk(node.literal[head], rest, values)
    for _, pattern, names, child in node.pattern:
        matched = pattern.fullmatch(head)
        if matched is not None:
            yield from _walk(
                child, rest, {**values, **dict(zip(names, matched.groups(), strict=True))}
            )
