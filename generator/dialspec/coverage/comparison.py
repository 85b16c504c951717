"""Documented facts x what the specs say -> differences.

Fields are matched by name and parent; where a page does not say what a field belongs to, the fields of one name are
taken in the order of their depth, which is the order of pages. What is printed twice matches twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from dialspec.coverage.examples import Likeness, likeness
from dialspec.coverage.facts import Requirement
from dialspec.coverage.recorded import covering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialspec.coverage.facts import Documented, DocumentedField, Part
    from dialspec.coverage.recorded import Aspect
    from dialspec.coverage.specified import Specified, SpecifiedField

Kind = Literal["missing", "different", "extra"]
_ARRAY: Final = "array"
_START: Final = 60
"""Characters of an example by which reports call it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which a page and the specs differ; `recorded` is the place of the record that covers it."""

    kind: Kind
    aspect: Aspect
    at: str
    documented: str
    specified: str
    recorded: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One documented thing that the specs should have, by which completeness is counted."""

    aspect: Aspect
    at: str
    missing: Difference | None


@dataclass(slots=True)
class Comparison:
    """A page compared with one endpoint or push."""

    spec: Specified
    page: str
    items: list[Item] = field(default_factory=list[Item])
    others: list[Difference] = field(default_factory=list[Difference])
    """What is different or extra."""

    @property
    def differences(self) -> list[Difference]:
        """All differences: missing first, then different, then extra."""
        missing = [item.missing for item in self.items if item.missing is not None]
        return [*missing, *sorted(self.others, key=lambda given: given.kind)]


def compare(page: str, documented: Documented, spec: Specified) -> Comparison:
    """Compare the facts of a page with an endpoint or push."""
    result = Comparison(spec, page)
    parts: tuple[Part, ...] = ("request", "response")
    for part in parts:
        rows = documented.request if part == "request" else documented.response
        _compare_fields(result, part, rows)
    for code in {row.code: row for row in documented.codes}.values():
        known = code.code in spec.codes | spec.success
        _item(result, "code", "errors", code.code, known, code.code, code.line)
    if documented.codes:
        printed = {row.code for row in documented.codes}
        for text in sorted(spec.codes - printed):
            _other(result, "extra", "code", "errors", text, ("", text), 0)
    for example in documented.examples:
        like = max((likeness(example.text, text) for text in spec.examples), default=Likeness.NONE)
        text = " ".join(example.text.split())
        start = text[:_START]
        _item(result, "example", "example", start, like is not Likeness.NONE, text, example.line)
        if like is Likeness.SHAPE:
            sides = ("other values", "the same keys")
            _other(result, "different", "example", "example", start, sides, example.line)
    return result


def _item(
    result: Comparison, aspect: Aspect, part: str, name: str, known: bool, shown: str, line: int
) -> None:
    at = f"{part}.{name}" if aspect != "example" else name
    if known:
        result.items.append(Item(aspect, at, None))
        return
    recorded = covering(result.spec, part, name.partition("=")[0], aspect)
    result.items.append(
        Item(aspect, at, Difference("missing", aspect, at, shown, "", recorded, line))
    )


def _other(
    result: Comparison,
    kind: Kind,
    aspect: Aspect,
    part: str,
    name: str,
    sides: tuple[str, str],
    line: int,
) -> None:
    at = f"{part}.{name}" if aspect != "example" else name
    recorded = covering(result.spec, part, name, aspect)
    result.others.append(Difference(kind, aspect, at, *sides, recorded, line))


def _compare_fields(result: Comparison, part: Part, rows: tuple[DocumentedField, ...]) -> None:
    spec = result.spec
    rows = _without_bare_array(rows, spec.fields(part))
    matches = dict(_matched(rows, spec.fields(part)))
    for index, row in enumerate(rows):
        found = matches.get(index)
        if found is None:
            name = ".".join(filter(None, (row.parent, row.names[0])))
            known = _known_otherwise(row, part, spec)
            _item(result, "field", part, name, known, _described(row), row.line)
            continue
        name = ".".join(found.path)
        _item(result, "field", part, name, True, "", row.line)
        if row.parent is not None and row.parent != _parent(found):
            sides = (f"in {row.parent or 'the root'}", f"in {_parent(found) or 'the root'}")
            _other(result, "different", "place", part, name, sides, row.line)
        _compare_type(result, part, name, row, found)
        _compare_required(result, part, name, row, found)
        _compare_values(result, part, name, row, found)
    if rows:
        claimed = {found.path for found in matches.values()}
        for given in spec.fields(part):
            spelling = (
                part == "response" and len(given.path) == 1 and given.path[0] in spec.spellings
            )
            if given.documented and given.expected and not spelling and given.path not in claimed:
                _other(
                    result, "extra", "field", part, ".".join(given.path), ("", given.type_name), 0
                )


def _without_bare_array(
    rows: tuple[DocumentedField, ...], fields: tuple[SpecifiedField, ...]
) -> tuple[DocumentedField, ...]:
    """Take rows of `array` for rows of the root, if the body is an array, which tables cannot name otherwise."""
    if any(given.path == (_ARRAY,) for given in fields):
        return rows
    is_inside = any(given.path[:1] == (_ARRAY,) for given in fields)
    return tuple(
        replace(row, parent="") if row.parent == _ARRAY and not is_inside else row
        for row in rows
        if row.names != (_ARRAY,) or row.parent
    )


def _matched(
    rows: tuple[DocumentedField, ...], fields: tuple[SpecifiedField, ...]
) -> Iterator[tuple[int, SpecifiedField]]:
    """Pair rows with fields: first where name and parent agree, then by name alone."""
    by_depth = sorted(fields, key=lambda given: len(given.path))
    claimed: set[tuple[str, ...]] = set()
    left: list[int] = []
    for index, row in enumerate(rows):
        same = [f for f in by_depth if f.path[-1] in row.names and _parent(f) == row.parent]
        if same and not row.header:
            claimed.add(same[0].path)
            yield index, same[0]
        else:
            left.append(index)
    for index in left:
        same = [f for f in by_depth if f.path[-1] in rows[index].names]
        free = [f for f in same if f.path not in claimed]
        if rows[index].parent is not None:
            # A row that names another parent than the specs may be a field of its own: only a free one will do.
            same = free
        if chosen := (free or same[-1:])[:1]:
            claimed.add(chosen[0].path)
            yield index, chosen[0]


def _parent(given: SpecifiedField) -> str:
    return given.path[-2] if len(given.path) > 1 else ""


def _known_otherwise(row: DocumentedField, part: Part, spec: Specified) -> bool:
    """Tell whether a row is no field of the body: a header, or another spelling of the result code."""
    names = set(row.names)
    if part == "request":
        return any(name.lower() in spec.headers for name in names) and (
            row.header or row.parent in {None, ""}
        )
    return bool(names & spec.spellings) and row.parent in {None, ""}


def _described(row: DocumentedField) -> str:
    words = [row.type_text or "no type"]
    if row.requirement is not Requirement.UNKNOWN:
        words.append(row.requirement.value)
    return ", ".join(words)


def _compare_type(
    result: Comparison, part: Part, name: str, row: DocumentedField, found: SpecifiedField
) -> None:
    apart = row.families and found.families and not row.families & found.families
    items_apart = row.items and found.items and not row.items & found.items
    if apart or items_apart:
        _other(result, "different", "type", part, name, (row.type_text, found.type_name), row.line)


def _compare_required(
    result: Comparison, part: Part, name: str, row: DocumentedField, found: SpecifiedField
) -> None:
    if part == "response" or result.spec.is_push or found.required is None:
        return
    wanted = row.requirement
    if wanted is Requirement.UNKNOWN:
        return
    has = (
        Requirement.YES
        if found.required
        else Requirement.WHEN if found.conditional else Requirement.NO
    )
    # Rules between fields, such as `both or neither`, stand beside the table on most pages.
    if has is wanted or (has is Requirement.WHEN and wanted is Requirement.NO):
        return
    _other(result, "different", "required", part, name, (wanted.value, has.value), row.line)


def _compare_values(
    result: Comparison, part: Part, name: str, row: DocumentedField, found: SpecifiedField
) -> None:
    if not row.values or (found.values is None and row.open_values):
        return
    known = found.values or frozenset()
    for value in row.values:
        _item(result, "value", part, f"{name}={value}", value in known, value, row.line)
    if not row.open_values:
        for value in sorted(known - set(row.values)) if found.type_name != "boolean" else ():
            _other(result, "extra", "value", part, name, ("", value), row.line)
