"""Python expressions laid out as black would: on one line if they fit, else one element per line.

Generated modules come out in black's shape already, so that formatting them changes nothing and costs little. An
expression is a small tree of atoms, calls and displays whose texts are all `Rendered`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from dialspec.rendering.text import Notation, Rendered, literal, python_string, python_value
from dialspec.rendering.text.characters import display_width
from dialspec.text import SpecText

WIDTH: Final = 100


@dataclass(frozen=True, slots=True)
class Call:
    """`name(argument, keyword=argument)`; a keyword of None is a positional argument."""

    name: Rendered
    arguments: Sequence[tuple[Rendered | None, Expression]]
    exploded: bool = False
    """One argument per line even if all fit on one."""


@dataclass(frozen=True, slots=True)
class Display:
    """A tuple, list or set: what its brackets say."""

    opening: Rendered
    closing: Rendered
    items: Sequence[Expression]


@dataclass(frozen=True, slots=True)
class DictDisplay:
    """`{key: value}`; a key of None stands for `**value`."""

    items: Sequence[tuple[Expression | None, Expression]]
    exploded: bool = False


Expression: TypeAlias = Rendered | Call | Display | DictDisplay


def tuple_of(items: Sequence[Expression]) -> Expression:
    """A tuple display."""
    return Display(literal("("), literal(")"), items)


def strings(texts: Sequence[SpecText | str]) -> Expression:
    """A tuple of string literals."""
    return tuple_of([python_string(text) for text in texts])


def frozenset_of(items: Sequence[Expression]) -> Expression:
    """A frozenset of a set display."""
    if not items:
        return Call(literal("frozenset"), ())
    braces = Display(literal("{"), literal("}"), items)
    return Call(literal("frozenset"), ((None, braces),))


def value(scalar: bool | float | SpecText | None) -> Rendered:
    """A literal."""
    return python_value(scalar)


def lay_out(expression: Expression, *, column: int, indent: int, room: int = 0) -> Rendered:
    """Write `expression`, which begins at `column` in a line indented by `indent`.

    `room` is how many characters must still fit behind it on its last line.
    """
    if isinstance(expression, Rendered):
        return Rendered(expression, Notation.PYTHON)
    parts = _parts(expression)
    if not parts or not _is_exploded(expression):
        flat = _flat(expression)
        fits = "\n" not in flat and column + display_width(flat) + room <= WIDTH
        if fits or not parts:
            return Rendered(flat, Notation.PYTHON)
    opening, closing = _brackets(expression)
    inner = indent + 4
    lines: list[str] = []
    for head, part in parts:
        body = lay_out(part, column=inner + display_width(head), indent=inner, room=1)
        lines.append(f"{' ' * inner}{head}{body},")
    text = "\n".join([opening, *lines, f"{' ' * indent}{closing}"])
    return Rendered(text, Notation.PYTHON)


def _is_exploded(expression: Expression) -> bool:
    """Whether one of its brackets, at any depth, is to hold one item a line."""
    if isinstance(expression, Rendered):
        return False
    if isinstance(expression, Display):
        return any(map(_is_exploded, expression.items))
    if expression.exploded:
        return True
    if isinstance(expression, Call):
        return any(_is_exploded(argument) for _, argument in expression.arguments)
    return any(_is_exploded(item) for _, item in expression.items)


def _parts(expression: Expression) -> list[tuple[str, Expression]]:
    if isinstance(expression, Call):
        return [(f"{name}=" if name else "", argument) for name, argument in expression.arguments]
    if isinstance(expression, Display):
        return [("", item) for item in expression.items]
    if isinstance(expression, DictDisplay):
        return [
            (f"{_flat(key)}: " if key is not None else "**", item) for key, item in expression.items
        ]
    return []


def _brackets(expression: Expression) -> tuple[str, str]:
    if isinstance(expression, Call):
        return f"{expression.name}(", ")"
    if isinstance(expression, Display):
        return expression.opening, expression.closing
    return "{", "}"


def _flat(expression: Expression) -> str:
    if isinstance(expression, Rendered):
        return str(expression)
    opening, closing = _brackets(expression)
    parts = [f"{head}{_flat(part)}" for head, part in _parts(expression)]
    is_single = isinstance(expression, Display) and opening == "(" and len(parts) == 1
    return f"{opening}{', '.join(parts)}{',' if is_single else ''}{closing}"
