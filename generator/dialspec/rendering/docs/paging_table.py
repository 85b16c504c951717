"""The table that compares paging styles."""

from __future__ import annotations

from dialspec.api import Paging
from dialspec.rendering.docs.blocks import Table, join, table
from dialspec.rendering.text import Rendered, literal, markdown_cell, markdown_code, number


def paging_table(styles: tuple[Paging, ...]) -> Table:
    """Compare paging styles."""
    return table(
        (
            "Style",
            "Kind",
            "Start",
            "Size",
            "In",
            "Records per page",
            "Records at",
            "Total at",
            "Remarks",
        ),
        (
            (
                markdown_code(one.name),
                literal("page number") if one.style == "page_number" else literal("row offset"),
                markdown_code(one.start),
                markdown_code(one.size),
                literal("query") if one.location == "query" else literal("body"),
                _sizes(one),
                markdown_code(".".join(one.items)),
                markdown_code(".".join(one.total)) if one.total else literal("not told"),
                markdown_cell(one.summary),
            )
            for one in styles
        ),
    )


def _sizes(paging: Paging) -> Rendered:
    least = number(paging.minimum_size)
    if paging.maximum_size is None:
        return join(literal("at least "), least, literal(", no maximum documented"))
    return join(least, literal("–"), number(paging.maximum_size))
