"""Blocks of a page in, documented facts out.

Field tables are told from code tables by their columns, request from response by the headings around them, by the
column that says what is required, or by their order. Rows in parentheses, such as `(rest unseen)`, are remarks and no
fields.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dialspec.coverage.blocks import Code, Heading, Line, Table
from dialspec.coverage.columns import Columns, codes_in, columns
from dialspec.coverage.facts import (
    Documented,
    DocumentedCode,
    DocumentedExample,
    DocumentedField,
    Requirement,
)
from dialspec.coverage.families import documented_families
from dialspec.coverage.value_lists import is_open, listed_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialspec.coverage.blocks import Block
    from dialspec.coverage.facts import Part

_REQUEST: Final = re.compile(
    r"\b(?:request|input|path parameters?|query parameters?)\b|请求|入参", re.IGNORECASE
)
_RESPONSE: Final = re.compile(
    r"\b(?:response|answer|return(?:ed)?|output)\b|响应|返回|出参", re.IGNORECASE
)
_NO_PART: Final = re.compile(r"example|sample|body:|url|method|headers?:|示例", re.IGNORECASE)
_LONGEST_CAPTION: Final = 60
_REMARK: Final = re.compile(r"\([^()]*\)?|（[^（）]*）?")
_RANGE: Final = re.compile(r"([A-Za-z_]+?)(\d+)\s*(?:\.\.+|…|~)\s*\1(\d+)")
_ROOTS: Final = frozenset(
    {"", "root", "body", "path", "query", "header", "headers", "form", "formdata", "url", "array item"}
)  # fmt: skip
_YES: Final = frozenset({"yes", "true", "y", "m", "是", "required", "mandatory", "必填", "必选"})
_NO: Final = frozenset({"no", "false", "n", "o", "否", "optional", "可选", "选填", "非必填"})
_WHEN: Final = re.compile(r"(?:required )?(?:(?:when|if) )?\w+\s*=\s*\w+\b.*")
"""A condition on another field; conditions on anything else are beyond a table, and beyond the specs."""
_JSON: Final = re.compile(r"\s*[{\[]")


def read_facts(blocks: Iterable[Block], default: Part | None = None) -> Documented:
    """Read the facts of a page or section; `default` is the part of tables that nothing else places."""
    reader = _Reader(default)
    for block in blocks:
        reader.take(block)
    return Documented(
        tuple(reader.fields["request"]),
        tuple(reader.fields["response"]),
        tuple(reader.codes),
        tuple(reader.examples),
    )


class _Reader:
    def __init__(self, default: Part | None) -> None:
        self.default: Part | None = default
        self.heading: Part | None = None
        self.caption: Part | None = None
        self.fields: dict[Part, list[DocumentedField]] = {"request": [], "response": []}
        self.codes: list[DocumentedCode] = []
        self.examples: list[DocumentedExample] = []

    def take(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.heading = part_of(block.text)
            self.caption = None
        elif isinstance(block, Line):
            if len(block.text) <= _LONGEST_CAPTION and not _NO_PART.search(block.text):
                self.caption = part_of(block.text) or self.caption
        elif isinstance(block, Code):
            if _JSON.match(block.text):
                self.examples.append(DocumentedExample(block.text.strip(), block.line))
        elif (found := columns(block)) is not None:
            if found.kind == "codes":
                self.codes.extend(_codes(block, found))
            else:
                self.fields[self.part(block, found)].extend(_fields(block, found))

    def part(self, table: Table, found: Columns) -> Part:
        if self.heading is not None:
            return self.heading
        if self.default is not None:
            return self.default
        # Most rows, for a description that ends in `yes` may pass for one that says what is required.
        if sum(bool(found.cell(row, "required")) for row in table.rows) > len(table.rows) / 2:
            return "request"
        if self.caption is not None:
            return self.caption
        return "response"


def part_of(text: str) -> Part | None:
    """Tell which part a heading or caption announces."""
    request, response = _REQUEST.search(text), _RESPONSE.search(text)
    if request is None:
        return None if response is None else "response"
    return "response" if response is not None and response.start() < request.start() else "request"


def _codes(table: Table, found: Columns) -> Iterator[DocumentedCode]:
    for row, line in zip(table.rows, table.lines, strict=True):
        for code in codes_in(found.cell(row, "code")):
            yield DocumentedCode(code, line)


def _fields(table: Table, found: Columns) -> Iterator[DocumentedField]:
    for row, line in zip(table.rows, table.lines, strict=True):
        for names in field_names(found.cell(row, "name")):
            yield _field(names, row, line, found)


def _field(
    names: tuple[str, ...], row: tuple[str, ...], line: int, found: Columns
) -> DocumentedField:
    parent, header = _parent(found.cell(row, "parent")) if "parent" in found.at else (None, False)
    if "." in names[0]:
        path = names[0].replace("[]", "").split(".")
        names, parent = (path[-1],), path[-2]
    families, items = documented_families(found.cell(row, "type"))
    values_cell = found.cell(row, "values")
    text = found.cell(row, "text")
    values = listed_values(values_cell) or listed_values(text)
    return DocumentedField(
        names=names,
        parent=parent,
        header=header,
        type_text=found.cell(row, "type"),
        families=families,
        items=items,
        requirement=requirement(found.cell(row, "required")),
        values=values,
        open_values=is_open(values_cell) or is_open(text),
        line=line,
    )


def field_names(cell: str) -> Iterator[tuple[str, ...]]:
    """Give the fields that the first cell of a row names, each with its alternative spellings.

    `text1 .. text4` are four fields, `limit, offset` two, and `status / code` is one with two spellings.
    """
    plain = _REMARK.sub(" ", cell).strip(" └├─>-·*`").replace("[]", "")
    for name in filter(None, re.split(r"[,，、]\s*", plain.strip())):
        if (found := _RANGE.fullmatch(name.strip())) is not None:
            first, last = int(found[2]), int(found[3])
            yield from (
                (f"{found[1]}{number}",) for number in range(first, min(last, first + 200) + 1)
            )
        else:
            yield tuple(filter(None, (part.strip() for part in name.split("/"))))


def _parent(cell: str) -> tuple[str | None, bool]:
    """The name of the parent, and whether the row is a header."""
    plain = _REMARK.sub("", cell).split(",")[0].replace("[]", "").strip(" `")
    if not plain and cell.startswith("("):
        return None, False
    lowered = plain.lower()
    if lowered in _ROOTS:
        return "", lowered.startswith("header")
    return plain.split(".")[-1], False


def requirement(cell: str) -> Requirement:
    """Read a cell of a required column; a cell that says both or hedges says nothing."""
    plain = _REMARK.sub("", cell).strip().lower()
    if plain in _YES:
        return Requirement.YES
    if plain in _NO:
        return Requirement.NO
    return Requirement.WHEN if _WHEN.fullmatch(plain) else Requirement.UNKNOWN
