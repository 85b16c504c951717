"""The documented examples of an endpoint as JSON, with the place of each, for the rules that read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from dialspec.lint.conformance import loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dialspec.api import Endpoint, Example
    from dialspec.diagnostics import Position
    from dialspec.lint.conformance import Json
    from dialspec.lint.subject import Subject, Vendor

Side = Literal["request", "response"]
SIDES: Final[tuple[Side, ...]] = ("request", "response")


@dataclass(frozen=True, slots=True)
class Document:
    """One side of an example: its JSON (`value`), or why it is none (`problem`); mended if it was `invalid`.

    `position` is looked up when it is called: most documents have nothing to be told.
    """

    side: Side
    example: Example
    position: Callable[[], Position]
    value: Json
    problem: str | None
    was_valid: bool


def documents(subject: Subject, vendor: Vendor, endpoint: Endpoint) -> Iterator[Document]:
    """Give both sides of all examples of an endpoint that are there."""
    for index, example in enumerate(endpoint.examples):
        for side in SIDES:
            text = example.request if side == "request" else example.response
            if text is not None:
                position = partial(subject.part_at, vendor, endpoint, "examples", index, side)
                yield _read(text.reveal(), side, example, position)


def _read(text: str, side: Side, example: Example, position: Callable[[], Position]) -> Document:
    try:
        return Document(side, example, position, loads(text), None, was_valid=True)
    except ValueError as error:
        problem = str(error)
    try:
        mended = loads(_mended(text))
    except ValueError:
        return Document(side, example, position, None, problem, was_valid=False)
    return Document(side, example, position, mended, problem, was_valid=False)


def _mended(text: str) -> str:
    """Double the backslashes that begin no escape; a pair of them stays what it is."""
    return re.sub(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\', _doubled, text)


def _doubled(found: re.Match[str]) -> str:
    return "\\\\" if found.group() == "\\" else found.group()
