"""Titles of a spec on the whole built site: in menus, heads and the search too, they are text and nothing but text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest

from dialspec.diagnostics import Diagnostics
from dialspec.docsite.build import build_site
from dialspec.docsite.navigation import Menu, navigation
from dialspec.docsite.pages import Sources
from dialspec.pipeline import read
from dialspec.places import our_templates
from dialspec.rendering.docs import render_docs
from dialspec.rendering.environment import environment
from dialspec.rendering.text import markdown_text
from dialspec.rendering.text.characters import displayed
from hostile import HOSTILE

SPECS: Final = Path(__file__).with_name("specs") / "workshop"
ON_A_SITE: Final = (
    "script",
    "image",
    "entity",
    "double quote at the start",
    "attribute list",
    "template expression",
    "very long word",
)
"""What could become something else in HTML, in Markdown or in a template of the site generator."""


class Parts(HTMLParser):
    """The tags of a page in their order, each with the names of its attributes, and its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join([tag, *sorted(name for name, _ in attrs)]))
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"!-- {data}")


class Words(HTMLParser):
    """The text of a piece of HTML, which must hold no tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pytest.fail(f"a tag <{tag}>")

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment {data}")

    def handle_data(self, data: str) -> None:
        self.text += data


def titled(text: str, number: int, folder: Path) -> None:
    """Write the specs of a vendor with this title."""
    target = folder / f"vendor{number}"
    (target / "examples").mkdir(parents=True)
    for source in (path for path in SPECS.rglob("*") if path.is_file()):
        content = source.read_text(encoding="utf-8")
        if source.name == "provider.yaml":
            content = re.sub(
                r"^title: .*$", lambda _: f"title: {json.dumps(text)}", content, flags=re.MULTILINE
            )
            content = re.sub(
                r"^provider: .*$", f"provider: vendor{number}", content, flags=re.MULTILINE
            )
            content = content.replace("client: Workshop", f"client: Vendor{number}")
            content = content.replace("WORKSHOP_", f"VENDOR{number}_")
        (target / source.relative_to(SPECS)).write_text(content, encoding="utf-8")


def site_of(titles: Iterable[str], folder: Path) -> Path:
    """The site of vendors with these titles."""
    for number, title in enumerate(titles):
        titled(title, number, folder / "specs")
    api = read(folder / "specs", Diagnostics())[1]
    for path, text in render_docs(api, environment(our_templates())).items():
        page = folder / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    build_site(Sources(folder / "none", folder / "docs"), folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_titles_bring_no_tag_attribute_or_script_onto_any_page(tmp_path: Path) -> None:
    plain = site_of([f"Vendor {number}" for number, _ in enumerate(ON_A_SITE)], tmp_path / "plain")
    hostile = site_of([HOSTILE[name] for name in ON_A_SITE], tmp_path / "hostile")
    pages = sorted(path.relative_to(plain) for path in plain.rglob("*.html"))
    assert sorted(path.relative_to(hostile) for path in hostile.rglob("*.html")) == pages
    for page in pages:
        wanted = Parts((plain / page).read_text(encoding="utf-8"))
        found = Parts((hostile / page).read_text(encoding="utf-8"))
        assert found.tags == wanted.tags, page
        assert not {link for link in found.links if link.startswith("javascript")}, page
    assert "<script" not in (hostile / "search.json").read_text(encoding="utf-8")


def labels(menu: Menu) -> Iterator[str]:
    """What a menu says, from above."""
    for entry in menu:
        assert isinstance(entry, dict)
        for label, value in entry.items():
            yield label
            yield from [] if isinstance(value, str) else labels(value)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_menu_shows_a_title_as_its_page_does(name: str) -> None:
    heading = f"# {markdown_text(HOSTILE[name])}\n"
    menu = navigation({"index.md": "# Home\n", "acme/index.md": heading})
    _home, _providers, label, _overview = labels(menu)
    words = " ".join(displayed(HOSTILE[name]).split()) or "acme"
    shown = " ".join(Words(label).text.split())
    assert shown == words if len(words) <= 80 else words.startswith(shown.rstrip("…"))
