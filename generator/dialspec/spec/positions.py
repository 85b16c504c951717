"""Where every key and value of a YAML document stands.

The reader builds, beside the plain data, a tree of the same shape (`Place`) with line and column of each key and
value. `Positions` looks things up by path, `("endpoints", "query", "request", "taskId")`, and falls back to the
nearest ancestor that exists, so that a question about something that the file lacks still has a good answer.

Most files have nothing to be told, and finding places costs far more than reading data; therefore the tree may be
handed over as a way to make it, which is gone only when somebody asks for a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dialspec.diagnostics import Position
from dialspec.text import SpecText

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

PathKey: TypeAlias = str | int | SpecText
"""One step of a path: a key of a mapping, or an index of a list."""


class Mark(NamedTuple):
    """Line and column (from 1) of the first character, and the column after the last one if on the same line."""

    line: int
    column: int
    end_column: int | None = None


class Place:
    """One value of the document: where its key stands, where it stands itself, and what is inside of it."""

    __slots__ = ("children", "key", "value")

    def __init__(self, value: Mark, key: Mark | None = None) -> None:
        self.key = key
        self.value = value
        self.children: dict[str | int, Place] | None = None


class Positions:
    """The places of one file, by path; `root` is their tree, or what makes it."""

    __slots__ = ("_root", "file")

    def __init__(self, file: PurePosixPath, root: Place | Callable[[], Place]) -> None:
        self.file = file
        self._root = root

    @property
    def root(self) -> Place:
        """The place of the root mapping."""
        if not isinstance(self._root, Place):
            self._root = self._root()
        return self._root

    def at(self, *path: PathKey) -> Position:
        """Position of the key at `path`, of the item if it is in a list, or of the nearest ancestor."""
        return self._position(self.key_mark(*path))

    def value_at(self, *path: PathKey) -> Position:
        """Position of the value at `path`, or of the nearest ancestor's key."""
        return self._position(self.value_mark(*path))

    def key_mark(self, *path: PathKey) -> Mark:
        """Line and columns of the key at `path`, as `at` does."""
        place, _ = self._nearest(path)
        return place.key or place.value

    def value_mark(self, *path: PathKey) -> Mark:
        """Line and columns of the value at `path`, as `value_at` does."""
        place, found = self._nearest(path)
        return place.value if found else place.key or place.value

    def __contains__(self, path: tuple[PathKey, ...]) -> bool:
        return self._nearest(path)[1]

    def _nearest(self, path: tuple[PathKey, ...]) -> tuple[Place, bool]:
        place = self.root
        for step in path:
            key = step.reveal() if isinstance(step, SpecText) else step
            child = None if place.children is None else place.children.get(key)
            if child is None:
                return place, False
            place = child
        return place, True

    def _position(self, mark: Mark) -> Position:
        return Position(self.file, mark.line, mark.column)
