"""Pages in, everything that was compared out: the whole of `dialspec coverage` but for printing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dialspec.coverage.addresses import addresses
from dialspec.coverage.blocks import Heading, Line, Table
from dialspec.coverage.code_lists import compare_codes
from dialspec.coverage.comparison import Comparison, compare
from dialspec.coverage.errors import PageError
from dialspec.coverage.lookup import Absent, Directory, cited_pages
from dialspec.coverage.pages import page_files, read_page
from dialspec.coverage.reading import read_facts
from dialspec.coverage.sections import sections

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dialspec.api import Api
    from dialspec.coverage.blocks import Block, Page


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A documented address without an endpoint, and the page that prints it."""

    page: str
    absent: Absent


@dataclass(slots=True)
class Survey:
    """All comparisons, in the order of the pages."""

    comparisons: list[Comparison] = field(default_factory=list[Comparison])
    unmatched: list[Unmatched] = field(default_factory=list[Unmatched])
    aside: dict[str, str] = field(default_factory=dict[str, str])
    """Pages about no endpoint or push, and why."""

    @property
    def is_complete(self) -> bool:
        """True if everything documented is in the specs, or recorded there as missing."""
        items = (item.missing for comparison in self.comparisons for item in comparison.items)
        absent = (given.absent.recorded for given in self.unmatched)
        return all(given is None or given.recorded for given in items) and all(absent)


def survey(api: Api, paths: Sequence[Path], endpoint: str | None = None) -> Survey:
    """Compare the pages at some paths with the specs; with `endpoint`, every page with that one.

    Raises:
        PageError: a page cannot be read; or, of a page that was given by itself, nothing on it can be compared.
    """
    directory = Directory(api)
    chosen = None
    if endpoint is not None and (chosen := directory.named(endpoint)) is None:
        near = directory.nearest_name(endpoint)
        hint = f"; did you mean {near}?" if near else ""
        raise PageError(f"the specs have no endpoint {endpoint}{hint}")
    result = Survey()
    for path, name in page_files(paths):
        page = read_page(path, name)
        if chosen is not None:
            documented = read_facts(page.blocks, "request" if chosen.is_push else None)
            if not documented:
                raise PageError(f"{name}: no table of fields or codes was found")
            result.comparisons.append(compare(name, documented, chosen))
        elif (reason := _compare_page(page, directory, result)) is not None:
            provider = directory.provider_called(path.absolute().parent.name)
            codes = compare_codes(name, page.blocks, provider) if provider is not None else None
            if codes is not None:
                result.comparisons.append(codes)
                continue
            if path in paths:
                raise PageError(f"{name}: {reason}")
            result.aside[name] = reason
    return result


def _compare_page(page: Page, directory: Directory, result: Survey) -> str | None:
    """Compare one page; give the reason if it is about nothing that can be compared."""
    reasons = [
        _compare_section(page.name, part, directory, result) for part in sections(page.blocks)
    ]
    return next(iter(reasons)) if all(reasons) else None


def _compare_section(
    page: str, blocks: Sequence[Block], directory: Directory, result: Survey
) -> str | None:
    given = [address for address in addresses(blocks) if directory.is_api(address)]
    if not given:
        return _compare_push(page, blocks, directory, result)
    documented = read_facts(blocks)
    if not documented:
        return "it prints an address, but no table of fields or codes was found"
    found, absent = directory.find(given)
    result.unmatched.extend(Unmatched(page, item) for item in absent)
    comparisons = _shared([compare(page, documented, spec) for spec in found])
    for item in absent:
        _credit(comparisons, item)
    result.comparisons.extend(comparisons)
    return None


def _compare_push(
    page: str, blocks: Sequence[Block], directory: Directory, result: Survey
) -> str | None:
    documented = read_facts(blocks, "request")
    if not documented.request:
        return "it prints no address of an API, and no table of fields"
    if found := directory.pushes_of(cited_pages(_text(blocks))):
        result.comparisons.extend(_shared([compare(page, documented, spec) for spec in found]))
        return None
    head = next((block for block in blocks if isinstance(block, Heading | Line)), None)
    name = f"push: {head.text}" if head is not None else "push"
    line = head.line if head is not None else 1
    result.unmatched.append(Unmatched(page, Absent(name, "", line, None, None)))
    return None


def _credit(comparisons: list[Comparison], absent: Absent) -> None:
    """A table may also hold what belongs to an endpoint that the specs leave out, and say they know."""
    words = set(re.findall(r"\w+", absent.known))
    for comparison in comparisons:
        for index, item in enumerate(comparison.items):
            given = item.missing
            if given is None or given.recorded or not absent.recorded:
                continue
            names = (
                re.findall(r'"(\w+)"\s*:', given.documented)
                if item.aspect == "example"
                else [item.at.rpartition(".")[2]]
            )
            if names and words.issuperset(names):
                comparison.items[index] = replace(
                    item, missing=replace(given, recorded=absent.recorded)
                )


def _shared(comparisons: list[Comparison]) -> list[Comparison]:
    """Where one table describes several endpoints, what one of them has is not missing from the others.

    Such tables join what the endpoints have in common with what only one of them has, often without saying which.
    """
    if len(comparisons) < 2:
        return comparisons
    present = {
        (item.aspect, item.at) for c in comparisons for item in c.items if item.missing is None
    }
    names = {at.rpartition(".")[2] for aspect, at in present if aspect == "field"}
    for index, comparison in enumerate(comparisons):
        comparison.items = [
            item
            for item in comparison.items
            if item.missing is None
            or not (
                (item.aspect, item.at) in present
                or (item.aspect == "field" and item.at.rpartition(".")[2] in names)
                or index > 0
            )
        ]
    return comparisons


def _text(blocks: Sequence[Block]) -> str:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines.extend(" ".join(row) for row in (block.head, *block.rows))
        else:
            lines.append(block.text)
    return "\n".join(lines)
