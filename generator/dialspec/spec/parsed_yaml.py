"""All of YAML, parsed: one walk over the parser's events.

In: the text of one file. Out: a `Document` with the `Place` of every key and value. The parser is ruamel.yaml's;
nothing of its constructors is used, so that no file can make an object. Refused, each with its place: tags,
directives, second documents, keys given twice or of a wrong kind, recursive and undefined aliases, and what goes
beyond the limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamStartEvent,
)

from dialspec.diagnostics import Position, quoted
from dialspec.spec.positions import Mark, Place
from dialspec.spec.scalars import Unclear, plain_value
from dialspec.spec.source import described, report_too_many
from dialspec.spec.syntax import report_escape_beyond_unicode, report_syntax_error
from dialspec.spec.yaml import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from dialspec.diagnostics import Diagnostics
    from dialspec.spec.source import Limits
    from dialspec.spec.yaml import Data

# What an escape in double quotes can make, but a spec may not hold.
_NEVER: Final = re.compile("[\0\ud800-\udfff]")


class _UnreadableError(Exception):
    """The rest of the file cannot be read; the reason is reported."""


@dataclass(slots=True)
class _Anchored:
    """What an anchor marks, and how much writing it out again adds."""

    value: Data = None
    place: Place | None = None
    nodes: int = 0
    characters: int = 0


def parse_document(
    text: str, file: PurePosixPath, limits: Limits, diagnostics: Diagnostics
) -> Document | None:
    """Give the document of `text`; report what is wrong with it, and give None if it has no usable root."""
    reader = _DocumentReader(file, limits, diagnostics)
    parser: Any = YAML(typ="safe", pure=True)
    try:
        return reader.read(iter(parser.parse(text)))
    except _UnreadableError:
        return None
    except MarkedYAMLError as error:
        report_syntax_error(error, text, file, diagnostics)
        return None
    except (ValueError, OverflowError):
        # The parser makes a character of any number that an escape names.
        report_escape_beyond_unicode(text, file, diagnostics)
        return None


class _DocumentReader:
    def __init__(self, file: PurePosixPath, limits: Limits, diagnostics: Diagnostics) -> None:
        self._file = file
        self._limits = limits
        self._diagnostics = diagnostics
        self._anchors: dict[str, _Anchored | None] = {}
        self._problems = 0
        self._nodes = 0
        self._characters = 0
        self._refused: set[Mark] = set()

    def read(self, events: Iterator[Any]) -> Document | None:
        root: tuple[Data, Place] | None = None
        self._events = events
        for event in events:
            if _is(event, DocumentStartEvent):
                self._check_document_start(event, is_first=root is None)
                root = self._node(next(events), depth=0)
            elif not _is(event, StreamStartEvent, DocumentEndEvent):
                break
        if root is None:
            self._report("DS012", Mark(1, 1), "the file is empty", hint="begin with `resource: …`")
            return None
        data, place = root
        if not isinstance(data, dict):
            self._report(
                "DS012",
                place.value,
                f"the file holds {_kind(data)}, not a mapping of keys to values",
                hint="begin with `resource: …`, `provider: …` or `platform: …` at the left margin",
            )
            return None
        return Document(data, place, frozenset(self._refused))

    def _check_document_start(self, event: Any, *, is_first: bool) -> None:
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        if event.version is not None or event.tags:
            self._report(
                "DS011",
                mark,
                "a YAML directive stands above this",
                hint="remove the lines with `%`",
            )
        if not is_first:
            self._report(
                "DS011",
                mark,
                "a second document begins here",
                hint="put it into a file of its own, or remove this line",
            )
            raise _UnreadableError

    def _node(self, event: Any, depth: int) -> tuple[Data, Place]:
        if _is(event, AliasEvent):
            return self._alias(event)
        mark = _mark(event)
        self._count(mark, nodes=1)
        if event.tag is not None:
            self._report(
                "DS010", mark, f"the tag {quoted(str(event.tag))} is used", hint="remove it"
            )
        anchor: str | None = event.anchor
        nodes, characters = self._nodes, self._characters
        if anchor is not None:
            self._anchors[anchor] = None
        value: Data
        if _is(event, ScalarEvent):
            value, place = self._scalar(event, mark), Place(mark)
        else:
            if depth == self._limits.depth:
                self._report(
                    "DS008",
                    mark,
                    f"values lie more than {depth} deep in each other",
                    hint="no part of the spec language is nested so deep",
                )
                raise _UnreadableError
            value, place = (
                self._mapping(mark, depth)
                if _is(event, MappingStartEvent)
                else self._sequence(mark, depth)
            )
        if anchor is not None:
            self._anchors[anchor] = _Anchored(
                value, place, self._nodes - nodes + 1, self._characters - characters
            )
        return value, place

    def _alias(self, event: Any) -> tuple[Data, Place]:
        mark = _mark(event)
        name: str = event.anchor
        anchored = self._anchors.get(name)
        if anchored is None or anchored.place is None:
            reason = (
                "inside of what it repeats"
                if name in self._anchors
                else "without an anchor above it"
            )
            self._report(
                "DS009",
                mark,
                f"the alias {quoted('*' + name)} stands {reason}",
                hint=f"write the value out, or mark the one to repeat with {quoted('&' + name)}",
            )
            raise _UnreadableError
        self._count(mark, nodes=anchored.nodes, characters=anchored.characters)
        place = Place(mark)
        place.children = anchored.place.children
        return anchored.value, place

    def _mapping(self, mark: Mark, depth: int) -> tuple[Data, Place]:
        data: dict[str | int, Data] = {}
        children: dict[str | int, Place] = {}
        for event in self._events:
            if _is(event, MappingEndEvent):
                break
            key, key_place = self._node(event, depth + 1)
            key_mark = key_place.value
            value, place = self._node(next(self._events), depth + 1)
            if isinstance(key, bool) or not isinstance(key, str | int):
                self._report_key(key, key_mark)
            elif key in data:
                first = children[key].key or mark
                self._report(
                    "DS007",
                    key_mark,
                    f"the key {quoted(key)} is given twice",
                    hint="remove one of the two, or join them",
                    related=((Position(self._file, first.line, first.column), "first given here"),),
                )
            else:
                data[key] = value
                # What is left empty stands nowhere; its key is the place to look at.
                place.key = key_mark
                if value is None and place.value.end_column == place.value.column:
                    place.value = key_mark
                children[key] = place
        place = Place(mark)
        place.children = children
        return data, place

    def _sequence(self, mark: Mark, depth: int) -> tuple[Data, Place]:
        data: list[Data] = []
        children: dict[str | int, Place] = {}
        for event in self._events:
            if _is(event, SequenceEndEvent):
                break
            value, place = self._node(event, depth + 1)
            children[len(data)] = place
            data.append(value)
        place = Place(mark)
        place.children = children
        return data, place

    def _scalar(self, event: Any, mark: Mark) -> Data:
        text: str = event.value
        self._count(mark, characters=len(text))
        if (never := _NEVER.search(text)) is not None:
            self._report(
                "DS004",
                mark,
                f"this text holds the character {described(never.group())}",
                hint="remove its escape; write a character beyond U+FFFF as \\U and eight digits",
            )
        if event.style is not None or not event.implicit[0]:
            return text
        value = plain_value(text)
        if isinstance(value, Unclear):
            self._report(
                "DS014",
                mark,
                f"the number {quoted(text)} {value.reason}",
                hint="put it in quotes if it is a text, such as a code; else write it plainly",
            )
            return text
        return value

    def _count(self, mark: Mark, *, nodes: int = 0, characters: int = 0) -> None:
        self._nodes += nodes
        self._characters += characters
        for count, limit, what in (
            (self._nodes, self._limits.nodes, "values"),
            (self._characters, self._limits.characters, "characters"),
        ):
            if count > limit:
                self._report(
                    "DS008",
                    mark,
                    f"the file has more than {limit:,} {what} once its aliases are written out",
                    hint="use fewer aliases, or split the file into several resources",
                )
                raise _UnreadableError

    def _report_key(self, key: Data, mark: Mark) -> None:
        if isinstance(key, list | dict):
            message, hint = (
                f"{_kind(key)} is used as a key",
                "quote the key if it begins with [ or {",
            )
        else:
            message = f"the key {quoted(key)} is neither a text nor a whole number"
            hint = "put the key in quotes"
        self._report("DS013", mark, message, hint=hint)

    def _report(
        self,
        code: str,
        mark: Mark,
        message: str,
        *,
        hint: str,
        related: tuple[tuple[Position, str], ...] = (),
    ) -> None:
        self._refused.add(mark)
        self._diagnostics.report(
            code,
            Position(self._file, mark.line, mark.column),
            message,
            hint=hint,
            related=related,
            end_column=mark.end_column,
        )
        self._problems += 1
        if self._problems == self._limits.problems:
            report_too_many(Position(self._file, mark.line, mark.column), self._diagnostics)
            raise _UnreadableError


def _is(event: Any, *kinds: type[object]) -> bool:
    # Not isinstance where the events are used: narrowing would put the parser's untyped attributes into our types.
    return isinstance(event, kinds)


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    on_one_line = end.line == start.line
    return Mark(start.line + 1, start.column + 1, end.column + 1 if on_one_line else None)


def _kind(data: Data) -> str:
    if isinstance(data, dict):
        return "a mapping"
    if isinstance(data, list):
        return "a list"
    return f"the value {quoted(data)}"
