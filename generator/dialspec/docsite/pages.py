"""The Markdown of the site: `docs/` and `generated/docs/` as one tree.

In: the two folders. Out: path below the root of the site -> text. A hand-written page links to a generated one by its
place in the repository, so that the link also works where the repository is read; here it is turned into a link within
the site. Pictures beside hand-written pages come along. A link to any other file of the repository keeps its words and
loses its target. Refused with `SiteError`: two pages at one place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

HOME: Final = "index.md"
_PROVIDERS: Final = "providers.md"
PICTURES: Final = frozenset({".svg", ".png"})
_FENCE: Final = re.compile(
    r"^(?P<ticks>`{3,}|~{3,})[^\n]*\n.*?^(?P=ticks)[ \t]*$", re.MULTILINE | re.DOTALL
)
_CODE_SPAN: Final = re.compile(r"`+[^`\n]+`+")
_LINK: Final = re.compile(r"\[(?P<label>[^\]\n]*)\]\((?P<target>[^)\s]+)\)")
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|#|/", re.IGNORECASE)


class SiteError(Exception):
    """The site cannot be built; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The folders that the pages come from. `written` may be absent, `generated` may not."""

    written: Path
    generated: Path


def collect_pages(sources: Sources) -> dict[str, str]:
    """Read every page, and make its links fit the site."""
    if not sources.generated.is_dir():
        raise SiteError(
            f"{sources.generated} is not there: run `dialspec generate` first, or name the folder with --generated"
        )
    found: dict[str, Path] = {}
    for folder in (sources.written, sources.generated):
        for path in sorted(path for path in folder.rglob("*.md") if path.is_file()):
            place = path.relative_to(folder).as_posix()
            if place in found:
                raise SiteError(
                    f"{found[place]} and {path} would be the same page: rename one of them"
                )
            found[place] = path
    places = {_absolute(path): place for place, path in (found | _pictures(sources)).items()}
    pages = {place: relink(_text_of(path), path, place, places) for place, path in found.items()}
    if HOME not in pages:
        pages[HOME] = f"# Documentation\n\nSee the [providers]({_PROVIDERS}).\n"
    return dict(sorted(pages.items()))


def collect_pictures(sources: Sources) -> dict[str, bytes]:
    """Read every picture: its place below the root of the site -> its bytes."""
    return {place: path.read_bytes() for place, path in _pictures(sources).items()}


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SiteError(f"{path}:{line}: the page is not in UTF-8: save it as that") from None


def _pictures(sources: Sources) -> dict[str, Path]:
    return {
        path.relative_to(sources.written).as_posix(): path
        for path in sorted(sources.written.rglob("*"))
        if path.suffix in PICTURES and path.is_file()
    }


def relink(text: str, source: Path, place: str, places: Mapping[Path, str]) -> str:
    """Rewrite the relative links of one page; `places` maps files to their places on the site."""

    def replaced(match: re.Match[str]) -> str:
        target = match["target"]
        if _ELSEWHERE.match(target):
            return match[0]
        file, mark, anchor = target.partition("#")
        linked = _absolute(source.parent / file)
        if linked in places:
            return f"[{match['label']}]({_relative(places[linked], place)}{mark}{anchor})"
        return match["label"] if linked.exists() else match[0]

    return "".join(
        piece if is_code else _LINK.sub(replaced, piece) for is_code, piece in split_code(text)
    )


def split_code(text: str) -> Iterator[tuple[bool, str]]:
    """Split a page into code, which is left alone, and the rest."""
    for is_block, piece in _split(_FENCE, text):
        if is_block:
            yield True, piece
        else:
            yield from _split(_CODE_SPAN, piece)


def _split(pattern: re.Pattern[str], text: str) -> Iterator[tuple[bool, str]]:
    position = 0
    for match in pattern.finditer(text):
        yield False, text[position : match.start()]
        yield True, match[0]
        position = match.end()
    yield False, text[position:]


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _relative(target: str, page: str) -> str:
    return PurePosixPath(os.path.relpath(target, PurePosixPath(page).parent)).as_posix()
