"""YAML into plain data with places, the quick way if possible.

In: the text of one file. Out: a `Document`, made of dicts, lists, texts, numbers, truth values and None only, and the
`Place` of every key and value. The parser of all YAML takes most of the time of a run; everyday specs are therefore
read by `dialspec.spec.everyday_yaml`, and parsed only when a place in them is asked for. What that reader does not
know goes to the parser at once (`dialspec.spec.parsed_yaml`), which says what is wrong with it if something is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from dialspec.diagnostics import Diagnostics
from dialspec.spec.everyday_yaml import read_everyday
from dialspec.spec.positions import Mark, Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

    from dialspec.spec.source import Limits

Data: TypeAlias = "str | int | float | bool | list[Data] | dict[str | int, Data] | None"


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document: its root mapping, where everything stands, and the places of what was refused in it."""

    data: dict[str | int, Data]
    root: Place | Callable[[], Place]
    refused: frozenset[Mark]


def read_document(
    text: str, file: PurePosixPath, limits: Limits, diagnostics: Diagnostics
) -> Document | None:
    """Give the document of `text`; report what is wrong with it, and give None if it has no usable root."""
    everyday = read_everyday(text, limits)
    if everyday is not None:
        return Document(everyday, partial(_places, text, file, limits), frozenset())
    from dialspec.spec.parsed_yaml import parse_document

    return parse_document(text, file, limits, diagnostics)


def _places(text: str, file: PurePosixPath, limits: Limits) -> Place:
    """Find the places of a text that the everyday reader has read."""
    from dialspec.spec.parsed_yaml import parse_document

    document = parse_document(text, file, limits, Diagnostics())
    if document is None or not isinstance(document.root, Place):
        raise AssertionError(f"{file}: read as everyday YAML, but it is not")
    return document.root
