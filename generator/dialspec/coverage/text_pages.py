"""Text and Markdown pages: lines in, blocks out.

Read are fenced code, JSON without a fence, headings after `#`, and tables in the three ways in which copies of pages
hold them: rows between pipes; one cell a line with a lone pipe between rows; and columns set apart by spaces under a
head of known words. Whatever looks like none of these is a line of text.
"""

from __future__ import annotations

import re
from typing import Final

from dialspec.coverage.blocks import Block, Code, Heading, Line, table

_FENCE: Final = re.compile(r"\s*(```+|~~~+)")
_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_SEPARATOR: Final = re.compile(r"[\s|:-]*-[\s|:-]*")
_JSON: Final = re.compile(r'(?:^|[:\s])(\{\s*(?:["}]|$)|\[\s*(?:[{"\]]|$))')
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_SPACED_HEADS: Final = frozenset(
    {"parameter", "parameters", "field", "name", "code", "description", "required", "mandatory", "type", "status"}
)  # fmt: skip
_SPACED_ROW: Final = re.compile(
    r"(\S+)\s+(.*?)(?:\s+(Yes|No|True|False|Y|N))?\s+"
    r"((?:Int|Integer|Long|String|Object|JSONObject|JSONArray|Array|List|Boolean|Double|Float|Date|DateTime|LocalDateTime"
    r"|TimeStamp)(?:<\w+>|\[\w*\])?)",
    re.IGNORECASE,
)
_SPACED_CODE: Final = re.compile(r"(-?\d[\d-]*)\s+(.+)")
_LONGEST_JSON: Final = 2000
"""Lines; an example that is not closed by then is taken for text."""


def text_blocks(text: str, first: int = 1) -> list[Block]:
    """Give the blocks of a text whose first line has the number `first`."""
    return _Reader(text, first).read()


class _Reader:
    """Walks over the lines; each method takes what it understands and moves on."""

    def __init__(self, text: str, first: int) -> None:
        # A copied page may lose the line break between an example and the table after it.
        self.lines = re.sub(r"(?m)^([}\]])\s*(?=\|)", "\\1\x00", text).splitlines()
        self.numbered = [
            (first + index, part)
            for index, line in enumerate(self.lines)
            for part in line.split("\x00")
        ]
        self.at = 0
        self.blocks: list[Block] = []

    def read(self) -> list[Block]:
        while self.at < len(self.numbered):
            taken = self.fenced() or self.heading() or self.piped() or self.spaced() or self.json()
            if not taken:
                number, line = self.numbered[self.at]
                if line.strip():
                    self.blocks.append(Line(line.strip(), number))
                self.at += 1
        return self.blocks

    def fenced(self) -> bool:
        number, line = self.numbered[self.at]
        opening = _FENCE.match(line)
        if opening is None:
            return False
        inside: list[str] = []
        self.at += 1
        while self.at < len(self.numbered):
            line = self.numbered[self.at][1]
            self.at += 1
            if line.strip().startswith(opening[1]):
                break
            inside.append(line)
        self.blocks.append(Code("\n".join(inside), number))
        return True

    def heading(self) -> bool:
        number, line = self.numbered[self.at]
        found = _HEADING.fullmatch(line)
        if found is None:
            return False
        self.blocks.append(Heading(len(found[1]), found[2], number))
        self.at += 1
        return True

    def piped(self) -> bool:
        """Rows between pipes; a row of dashes makes the row before it a head, also in the middle."""
        rows: list[tuple[int, list[str] | None]] = []
        start = self.at
        while (row := self.row()) is not None:
            rows.append(row)
        heads = [index - 1 for index, (_, cells) in enumerate(rows) if cells is None and index > 0]
        if not heads or heads[0] != 0:
            self.at = start
            return False
        for begin, end in zip(heads, [*heads[1:], len(rows)], strict=True):
            line, head = rows[begin]
            body = [(number, cells) for number, cells in rows[begin + 2 : end] if cells is not None]
            self.blocks.append(table(head or [], body, line))
        return True

    def row(self) -> tuple[int, list[str] | None] | None:
        """The next row, its cells being None for a row of dashes; None if no row is here."""
        if self.at >= len(self.numbered) or "|" not in self.numbered[self.at][1]:
            return None
        number, line = self.numbered[self.at]
        self.at += 1
        if line.strip() != "|":
            return number, None if _SEPARATOR.fullmatch(line) else _cells(line)
        stacked: list[str] = []
        while self.at < len(self.numbered):
            cell = self.numbered[self.at][1].strip()
            if cell == "|" or not cell.endswith("|") or _SEPARATOR.fullmatch(cell):
                break
            stacked.append(cell[:-1].strip())
            self.at += 1
        return number, stacked

    def spaced(self) -> bool:
        number, line = self.numbered[self.at]
        head = line.split()
        words = [word.lower() for word in head]
        if len(words) < 2 or not set(words) <= _SPACED_HEADS or words[0] in {"description", "type"}:
            return False
        codes = words[0] in {"code", "status"}
        rows: list[tuple[int, list[str]]] = []
        self.at += 1
        while self.at < len(self.numbered):
            row = (_SPACED_CODE if codes else _SPACED_ROW).fullmatch(
                self.numbered[self.at][1].strip()
            )
            if row is None:
                break
            rows.append((self.numbered[self.at][0], [cell or "" for cell in row.groups()]))
            self.at += 1
        names = (
            ["Code", "Description"] if codes else ["Parameter", "Description", "Required", "Type"]
        )
        self.blocks.append(table(names, rows, number))
        return True

    def json(self) -> bool:
        """JSON without a fence. Quotes count without regard to backslashes, for pages print those bare."""
        line = self.numbered[self.at][1]
        found = _JSON.search(line)
        if found is None:
            return False
        depth, quoted = 0, False
        for index in range(self.at, min(self.at + _LONGEST_JSON, len(self.numbered))):
            text = self.numbered[index][1]
            start = found.start(1) if index == self.at else 0
            for place in range(start, len(text)):
                character = text[place]
                if character == '"':
                    quoted = not quoted
                elif not quoted and character in "{}[]":
                    depth += 1 if character in "{[" else -1
                    if depth == 0:
                        self.take_json(found.start(1), index, place + 1)
                        return True
        return False

    def take_json(self, start: int, last: int, end: int) -> None:
        """Take the code that begins at `start` of this line, and ends before `end` of the line `last`."""
        number, line = self.numbered[self.at]
        code = [text for _, text in self.numbered[self.at : last + 1]]
        rest = code[-1][end:].strip()
        code[-1] = code[-1][:end]
        code[0] = code[0][start:]
        if before := line[:start].strip():
            self.blocks.append(Line(before, number))
        self.blocks.append(Code("\n".join(code), number))
        self.numbered[last] = (self.numbered[last][0], rest)
        self.at = last


def _cells(line: str) -> list[str]:
    inner = line.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.replace("\\|", "|").strip().strip("`") for cell in _CELL_END.split(inner)]
