"""Frozen classes behave like frozen dataclasses."""

from __future__ import annotations

import pickle
from functools import cached_property
from typing import Any

import pytest

from dialspec_runtime.frozen import changed, frozen


@frozen
class Point:
    """A place on paper."""

    x: int
    y: int = 0
    labels: tuple[str, ...] = ()

    @cached_property
    def distance(self) -> int:
        """From the corner, along the edges."""
        return self.x + self.y


@frozen
class Nothing:
    """No fields at all."""


@frozen
class Quiet:
    """Prints nothing of what it holds."""

    secret: str

    def __repr__(self) -> str:
        return "<Quiet>"


def test_fields_are_given_by_place_or_name_and_have_defaults() -> None:
    point = Point(1, labels=("a",))
    assert (point.x, point.y, point.labels) == (1, 0, ("a",))
    wrong: Any = Point
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        wrong()
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        wrong(1, z=2)


def test_equality_hash_and_repr_go_by_the_fields_alone() -> None:
    one, same = Point(1, 2), Point(1, 2)
    assert one.distance == 3  # cached in one of them
    assert one == same
    assert len({one, same, Point(2, 1)}) == 2
    assert repr(one) == "Point(x=1, y=2, labels=())"
    assert repr(Quiet("hunter2")) == "<Quiet>"


def test_classes_do_not_equal_each_other() -> None:
    @frozen
    class Other:
        x: int
        y: int = 0
        labels: tuple[str, ...] = ()

    others: list[object] = [Other(1), (1, 0, ())]
    assert Point(1) not in others
    assert Nothing() == Nothing()


def test_fields_can_not_be_changed_but_copied() -> None:
    point: Any = Point(1)
    with pytest.raises(AttributeError, match="Point is frozen: x can't be set"):
        point.x = 2
    with pytest.raises(AttributeError, match="Point is frozen: y can't be deleted"):
        del point.y
    assert changed(point, y=5) == Point(1, 5)
    assert point == Point(1)


def test_values_can_be_matched_and_pickled() -> None:
    match Point(3, 4):
        case Point(x, y):
            assert (x, y) == (3, 4)
    assert pickle.loads(pickle.dumps(Point(3, 4))) == Point(3, 4)  # noqa: S301  # our own
