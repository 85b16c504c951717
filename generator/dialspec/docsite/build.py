"""Building the site: stage the pages, run the site generator in strict mode, put the result in place.

In: the folders of the pages and a folder for the site. Out: static files. The old site stays until the new one is
whole. Refused with `SiteError`: whatever the generator warns of, and a page that did not come out.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from dialspec.docsite.configuration import FILE_NAME, STYLE, STYLE_SHEET, configuration
from dialspec.docsite.navigation import navigation
from dialspec.docsite.pages import SiteError, Sources, collect_pages, collect_pictures

_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")
_NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})
_MARKER: Final = ".dialspec-site"
"""A file that says that a folder was written by us and may be replaced."""


def build_site(sources: Sources, out: Path, title: str = "dialspec") -> int:
    """Build the site into `out`, and give the number of its pages."""
    require_generator()
    _refuse_foreign(out)
    try:
        return _build(sources, out, title)
    except OSError as error:
        raise SiteError(
            f"{error.filename or out}: cannot read or write this: {error.strerror or error}"
        ) from error


def _build(sources: Sources, out: Path, title: str) -> int:
    pages = collect_pages(sources)
    pictures = collect_pictures(sources)
    with tempfile.TemporaryDirectory(prefix="dialspec-site-") as folder:
        stage = Path(folder)
        stage_site(pages, stage, title, pictures)
        _run(stage)
        _check_whole(pages, stage / "site")
        (stage / "site" / _MARKER).touch()
        _put_in_place(stage / "site", out)
    return len(pages)


def stage_site(
    pages: Mapping[str, str], stage: Path, title: str, pictures: Mapping[str, bytes] = _NO_PICTURES
) -> None:
    """Write pages, pictures, style sheet and configuration below `stage`.

    Only what changed is written, so that a preview reloads little.
    """
    files = {f"docs/{path}": text.encode() for path, text in pages.items()}
    files |= {f"docs/{path}": content for path, content in pictures.items()}
    files[f"docs/{STYLE_SHEET}"] = STYLE.encode()
    files[FILE_NAME] = configuration(title, navigation(pages)).encode()
    for path, content in files.items():
        target = stage / path
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    staged = {path for path in (stage / "docs").rglob("*") if path.is_file()}
    for left_over in staged - {stage / path for path in files}:
        left_over.unlink()


def require_generator() -> None:
    """Refuse with the remedy if the site generator is not installed."""
    if importlib.util.find_spec("zensical") is None:
        raise SiteError("the site needs the extra `docs`: pip install 'dialspec[docs]'")


def generator_command(*arguments: str) -> list[str]:
    """The command line of the site generator, in this very environment."""
    return [sys.executable, "-m", "zensical", *arguments]


def _run(stage: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter with arguments written here
        generator_command("build", "--strict", "--config-file", FILE_NAME),
        cwd=stage,
        env=os.environ | {"NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    said = _COLOURS.sub("", done.stdout + done.stderr)
    # Some errors of templates are printed and leave the exit status at 0.
    if done.returncode != 0 or re.search(r"^(?:error|warning)", said, re.MULTILINE | re.IGNORECASE):
        report = said.split("Traceback (most recent call last)", maxsplit=1)[0].strip()
        raise SiteError(f"the site was not built:\n{report}")


def _check_whole(pages: Mapping[str, str], site: Path) -> None:
    for path in pages:
        page = Path(path)
        html = page.parent if page.name == "index.md" else page.with_suffix("")
        if not (site / html / "index.html").is_file():
            raise SiteError(f"the page {path} did not come out of the site generator")


def _refuse_foreign(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise SiteError(f"{out} is not a folder: choose another with --out")
    if Path.cwd().is_relative_to(out.resolve()):
        raise SiteError(
            f"{out} is the working folder or above it, and would be replaced: choose another with --out"
        )
    if out.is_dir() and any(out.iterdir()) and not (out / _MARKER).is_file():
        raise SiteError(f"{out} holds files that are not a site of ours: choose another with --out")


def _put_in_place(built: Path, out: Path) -> None:
    """Copy beside `out`, then swap, so that nobody sees half a site."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        shutil.copytree(built, fresh, dirs_exist_ok=True)
        fresh.chmod(0o755)
        if out.exists():
            shutil.rmtree(out)
        fresh.rename(out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
