"""Files and folders in, pages out.

A folder gives all text, Markdown and HTML files below it, sorted. Refused are paths that are not there, folders without
such a file, files that are not UTF-8, and files larger than any page of a vendor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.coverage.blocks import Page
from dialspec.coverage.errors import PageError
from dialspec.coverage.html_pages import html_blocks
from dialspec.coverage.text_pages import text_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HTML: Final = frozenset({".html", ".htm", ".xhtml"})
_TEXT: Final = frozenset({".md", ".markdown", ".txt", ".text"})
_LARGEST: Final = 5_000_000


def page_files(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Give every file with the name that messages use: as given, or below the folder that was given.

    Raises:
        PageError: a path does not exist, or a folder holds no page.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            files = sorted(
                p for p in path.rglob("*") if p.suffix.lower() in _HTML | _TEXT and p.is_file()
            )
            if not files:
                raise PageError(f"{path}: this folder holds no page (.txt, .md or .html)")
            for file in files:
                found.setdefault(file, f"{path.name or path}/{file.relative_to(path).as_posix()}")
        elif path.is_file():
            found.setdefault(path, str(path))
        else:
            raise PageError(f"{path}: there is no such file or folder")
    return list(found.items())


def read_page(path: Path, name: str) -> Page:
    """Read one page; what does not end in .html is read as text or Markdown, unless it begins like HTML.

    Raises:
        PageError: it cannot be read.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise PageError(
                f"{name}: larger than {_LARGEST // 1_000_000} MB; save only the page itself"
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PageError(f"{name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise PageError(f"{name}: not UTF-8; save the page again in that encoding") from None
    start = text[:500].lstrip().lower()
    if path.suffix.lower() in _HTML or start.startswith(("<!doctype html", "<html")):
        return Page(name, tuple(html_blocks(text)))
    return Page(name, tuple(text_blocks(text)))
