"""Pages that list codes and belong to no endpoint: the codes of a whole API, and tables of one field's values.

A code that the notes of a provider name is recorded. The folder that a page lies in says which provider it is about, if it is called like one. A table of codes is compared
with every code that the provider's specs know; a table headed by the wire name of an enum field, with that enum.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dialspec.api import EnumRef, ListOf
from dialspec.coverage.blocks import Table
from dialspec.coverage.columns import codes_in, columns
from dialspec.coverage.comparison import Comparison, Difference, Item
from dialspec.coverage.specified import Specified
from dialspec.text import SpecText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialspec.api import Provider
    from dialspec.coverage.blocks import Block


def compare_codes(page: str, blocks: Iterable[Block], provider: Provider) -> Comparison | None:
    """Compare the lists of codes on a page with all that a provider has; None if there are none."""
    result = Comparison(_codes_of(provider), page)
    notes = " ".join(note.reveal() for note in provider.notes)
    enums = dict(_enum_fields(provider))
    for block in blocks:
        if not isinstance(block, Table):
            continue
        found = columns(block)
        if found is not None and found.kind == "codes":
            known = result.spec.codes | result.spec.success
            cells = [found.cell(row, "code") for row in block.rows]
            result.items.extend(_items("errors", cells, block.lines, known, notes))
        for index, head in enumerate(block.head):
            if head in enums:
                cells = [row[index] for row in block.rows]
                result.items.extend(_items(head, cells, block.lines, enums[head], notes))
    return result if result.items else None


def _items(
    where: str, cells: Iterable[str], lines: Iterable[int], known: frozenset[str], notes: str
) -> Iterator[Item]:
    for cell, line in zip(cells, lines, strict=True):
        for code in codes_in(cell):
            at = f"{where}.{code}"
            noted = re.search(rf"(?<![\w-]){re.escape(code)}(?!\w)", notes) is not None
            recorded = "notes" if noted else None
            lacking = Difference("missing", "code", at, code, "", recorded, line)
            yield Item("code", at, None if code in known else lacking)


def _codes_of(provider: Provider) -> Specified:
    families = (code for codes in provider.families.values() for code in codes)
    own = (code for endpoint in provider.endpoints() for code in endpoint.codes)
    return Specified(
        name=f"{provider.name}: all codes",
        method="",
        paths=(),
        is_push=False,
        status="complete",
        request=(),
        response=(),
        spellings=frozenset(),
        headers=frozenset(),
        codes=frozenset(code.text.reveal() for code in (*families, *own)),
        success=frozenset(
            code.reveal() for envelope in provider.envelopes for code in envelope.success
        ),
        examples=(),
        records=(),
        missing=(),
        pages=(),
    )


def _enum_fields(provider: Provider) -> Iterator[tuple[str, frozenset[str]]]:
    """The enum of each field that has one, by the field's wire name."""
    for given in (field for object_type in provider.types for field in object_type.fields):
        inner = given.type.item if isinstance(given.type, ListOf) else given.type
        if isinstance(inner, EnumRef):
            members = provider.enum(inner.name).members
            values = (
                m.value.reveal() if isinstance(m.value, SpecText) else str(m.value) for m in members
            )
            yield given.wire.reveal(), frozenset(values)
