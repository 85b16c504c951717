"""Addresses and methods that a page prints: blocks in, what the page is about out.

An address counts if it stands on a line that says so (`URL: …`, `Request URL:`), or, on pages without such a line, if it
is an address at all. Queries are left out; `…/delete` after an address replaces its last segment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dialspec.coverage.blocks import Code, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialspec.coverage.blocks import Block

_LABEL: Final = re.compile(
    r"\W*(?:(?:api|http|https|request|interface|call)\s+)?(?:url|uri|address|endpoint)\b\s*[:：|]?\s*(.*)"
    r"|\W*(?:请求|接口|调用)(?:地址|路径|url)\s*[:：|]?\s*(.*)",
    re.IGNORECASE,
)
_METHOD_LABEL: Final = re.compile(
    r"\W*(?:(?:http|request|interface)\s+)*method\b\s*[:：|]?\s*(.*)|\W*请求(?:方式|方法)\s*[:：|]?\s*(.*)",
    re.IGNORECASE,
)
_VERB: Final = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE)\b")
_ADDRESS: Final = re.compile(
    r"(?P<scheme>https?://)(?P<host>[^\s/\"'<>`|,;，。；]+)(?P<path>/[^\s\"'<>`|,;，。；）]*)?"
    r"|(?<![\w/.:}…])(?P<bare>(?:/[\w.{}$:-]+){2,})"
    r"|…/(?P<tail>[\w.{}/-]+)",
)
_OWN_VERB: Final = re.compile(r"\s*\(\s*(GET|POST|PUT|PATCH|DELETE)\b")


@dataclass(frozen=True, slots=True)
class Address:
    """An address of an API: `host` is empty for a path alone; `verbs` are those the page gives, perhaps none."""

    host: str
    path: str
    verbs: tuple[str, ...]
    line: int
    labelled: bool
    """The page says that this is an address to call."""


def addresses(blocks: Iterable[Block]) -> list[Address]:
    """Give the addresses of a page in order, each once."""
    lines = list(_lines(blocks))
    labelled = [given for given in _labelled(lines, _LABEL) if _ADDRESS.search(given[1])]
    verbs = tuple(
        dict.fromkeys(verb for _, text in _verb_lines(lines) for verb in _VERB.findall(text))
    )
    found: dict[tuple[str, str], Address] = {}
    for number, text in labelled or lines:
        for address in _in_text(text, verbs, number, labelled=bool(labelled)):
            # A path alone may be anything, unless a label says what it is.
            if labelled or address.host:
                found.setdefault((address.host, address.path), address)
    return list(found.values())


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        if isinstance(block, Table):
            for row, line in zip(
                (block.head, *block.rows), (block.line, *block.lines), strict=True
            ):
                yield line, " ".join(row)
        elif isinstance(block, Code):
            for offset, text in enumerate(block.text.splitlines()):
                yield block.line + offset, text
        else:
            yield block.line, block.text


def _labelled(lines: list[tuple[int, str]], label: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """What follows a label, on its line or, if nothing does, on the next."""
    for index, (number, text) in enumerate(lines):
        found = label.fullmatch(text)
        if found is None:
            continue
        rest = found[1] or found[2]
        if rest:
            yield number, rest
        elif index + 1 < len(lines):
            yield lines[index + 1]


def _verb_lines(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    labelled = list(_labelled(lines, _METHOD_LABEL))
    if any(_VERB.search(text) for _, text in labelled):
        return labelled
    return [
        (number, text)
        for number, text in lines
        if _VERB.fullmatch(text.strip())
        or re.match(r".*\b[Mm]ethods?\b", text)
        or re.match(r"(GET|POST|PUT|PATCH|DELETE) +/", text)
    ]


def _in_text(text: str, verbs: tuple[str, ...], line: int, *, labelled: bool) -> Iterator[Address]:
    last: Address | None = None
    for found in _ADDRESS.finditer(text):
        own = _OWN_VERB.match(text, found.end())
        before = re.search(r"\b(GET|POST|PUT|PATCH|DELETE)\s+$", text[: found.start()])
        given = (own[1],) if own else (before[1],) if before else verbs
        host = found["host"] or ""
        path = (found["path"] or found["bare"] or "").partition("?")[0].rstrip(".):")
        if found["tail"]:
            if last is None:
                continue
            host = last.host
            path = f"{last.path.rpartition('/')[0]}/{found['tail'].rstrip('.')}"
        if not path.strip("/"):
            continue
        last = Address(host.lower().rstrip(")."), path.rstrip("/"), given, line, labelled)
        yield last
