"""HTML pages: markup in, blocks out.

Tables, headings, preformatted code and the lines of everything else are read; scripts and styles are not. Cells that
span rows or columns stand in each of them, a table inside a cell is a table of its own, and end tags that browsers do
without may be missing. Text outside tables is read as a text page is, for vendors print JSON there without markup.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from dialspec.coverage.blocks import Block, Code, Heading, Table
from dialspec.coverage.blocks import table as even_table
from dialspec.coverage.text_pages import text_blocks

_SKIPPED: Final = frozenset({"script", "style", "noscript", "template"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BREAKS: Final = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "section", "article", "dt", "dd", "tr", "table", "blockquote", "main", "header"}
)  # fmt: skip
_WIDEST_SPAN: Final = 100


@dataclass(slots=True)
class _Cell:
    rows: int
    columns: int
    text: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class _OpenTable:
    line: int
    rows: list[tuple[int, list[_Cell]]] = field(default_factory=list[tuple[int, list[_Cell]]])
    in_cell: bool = False


def html_blocks(text: str) -> list[Block]:
    """Give the blocks of an HTML document or fragment."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.tables: list[_OpenTable] = []
        self.prose: list[str] = []
        self.prose_line = 1
        self.special: tuple[str, int, list[str]] | None = None
        """The heading or the preformatted code that is open: tag, line, text."""
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "table":
            self.flush()
            self.tables.append(_OpenTable(self.getpos()[0]))
        elif self.tables and tag in {"tr", "td", "th"}:
            self.open_part(tag, dict(attrs))
        elif (tag in _HEADINGS or tag == "pre") and not self.in_cell():
            self.flush()
            self.special = (tag, self.getpos()[0], [])
        elif tag in _BREAKS or tag in _HEADINGS or tag == "pre":
            self.write("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag == "table" and self.tables:
            self.blocks.extend(_closed(self.tables.pop()))
        elif self.tables and tag in {"tr", "td", "th"}:
            self.tables[-1].in_cell = False
        elif self.special is not None and tag == self.special[0]:
            self.close_special()
        elif tag in _BREAKS:
            self.write("\n")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.write(data)

    def open_part(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self.tables[-1]
        table.in_cell = tag != "tr"
        if tag == "tr" or not table.rows:
            table.rows.append((self.getpos()[0], []))
        if tag != "tr":
            cell = _Cell(_span(attributes.get("rowspan")), _span(attributes.get("colspan")))
            table.rows[-1][1].append(cell)

    def in_cell(self) -> bool:
        return bool(self.tables) and self.tables[-1].in_cell

    def write(self, text: str) -> None:
        if self.in_cell():
            self.tables[-1].rows[-1][1][-1].text.append(text)
        elif self.special is not None:
            self.special[2].append(text)
        elif not self.tables:
            if not self.prose:
                self.prose_line = self.getpos()[0]
            self.prose.append(text)

    def close_special(self) -> None:
        if self.special is None:
            return
        tag, line, parts = self.special
        self.special = None
        text = "".join(parts)
        if tag == "pre":
            self.blocks.append(Code(text.strip("\n"), line))
        elif text.strip():
            self.blocks.append(Heading(_HEADINGS[tag], " ".join(text.split()), line))

    def flush(self) -> None:
        """Read the text so far, which ends where a table, a heading or code begins."""
        self.close_special()
        if not self.in_cell() and self.prose:
            self.blocks.extend(text_blocks("".join(self.prose), self.prose_line))
            self.prose = []

    def finished(self) -> list[Block]:
        while self.tables:
            self.blocks.extend(_closed(self.tables.pop()))
        self.flush()
        return self.blocks


def _span(given: str | None) -> int:
    return min(int(given), _WIDEST_SPAN) if given and given.isdecimal() and int(given) else 1


def _closed(table: _OpenTable) -> list[Table]:
    """The table, spans spread over the cells that they cover; nothing if it has no cell."""
    rows: list[tuple[int, list[str]]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for line, cells in table.rows:
        if not cells:
            continue
        waiting = list(reversed(cells))
        row: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        while waiting or len(row) in hanging:
            if len(row) in hanging:
                left, text = hanging[len(row)]
                if left > 1:
                    below[len(row)] = (left - 1, text)
                row.append(text)
                continue
            cell = waiting.pop()
            text = " ".join("".join(cell.text).split())
            for _ in range(cell.columns):
                if cell.rows > 1:
                    below[len(row)] = (cell.rows - 1, text)
                row.append(text)
        hanging = below
        rows.append((line, row))
    if not rows:
        return []
    (line, head), *body = rows
    return [even_table(head, body, line)]
