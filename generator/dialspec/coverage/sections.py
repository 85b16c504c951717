"""Pages that describe several endpoints or pushes, one after the other: blocks in, sections out.

A page is cut at the highest headings of which at least two have something of their own to be compared: an address and
tables, or, on pages without addresses, tables of fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialspec.coverage.addresses import addresses
from dialspec.coverage.blocks import Heading, Table
from dialspec.coverage.columns import columns
from dialspec.coverage.reading import part_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dialspec.coverage.blocks import Block


def sections(blocks: Sequence[Block]) -> list[list[Block]]:
    """Give the sections of a page; a page about one thing is one section."""
    whole = list(blocks)
    has_addresses = bool(addresses(whole))
    for level in sorted({block.level for block in whole if isinstance(block, Heading)}):
        parts = _cut(whole, level)
        full = [part for part in parts if _is_whole(part, has_addresses)]
        if len(full) > 1:
            return full
    return [whole]


def _cut(blocks: list[Block], level: int) -> list[list[Block]]:
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.level == level:
            parts.append([])
        parts[-1].append(block)
    return parts


def _is_whole(part: list[Block], has_addresses: bool) -> bool:
    head = part[0] if part else None
    if not isinstance(head, Heading) or part_of(head.text) is not None:
        return False
    has_fields = any(
        isinstance(block, Table)
        and (found := columns(block)) is not None
        and found.kind == "fields"
        for block in part
    )
    return has_fields and (not has_addresses or bool(addresses(part)))
