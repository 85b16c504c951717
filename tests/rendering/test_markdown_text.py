"""Markdown made from any text: read by CommonMark, GitHub's dialect and Python-Markdown, it is that text."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dialspec.rendering.check import check_markdown
from dialspec.rendering.text import (
    Rendered,
    fence,
    literal,
    markdown_cell,
    markdown_code,
    markdown_link,
    markdown_text,
    python_string,
    rendered_join,
    url,
)
from dialspec.rendering.text.characters import displayed
from dialspec.text import SpecText
from hostile import HOSTILE

ANY_TEXT = st.text(st.characters(codec=None)) | st.sampled_from(sorted(HOSTILE.values()))
MARKS = st.text("`*_{}[]()#+-.!|<>&~^$=@:\\\"'/ \n1aA%?;")

EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.smartsymbols",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]


class Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.pieces: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.add("!--")

    def handle_decl(self, decl: str) -> None:
        self.tags.add("!")

    def unknown_decl(self, data: str) -> None:
        self.tags.add("!")

    def handle_pi(self, data: str) -> None:
        self.tags.add("?")


def readings(text: str) -> list[Page]:
    """What each dialect makes of a page."""
    commonmark = MarkdownIt("commonmark").render(text)
    github = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    mkdocs = markdown.markdown(text, extensions=EXTENSIONS)
    return [Page(commonmark), Page(github), Page(mkdocs)]


def check_paragraph(text: str) -> None:
    rendered = markdown_text(SpecText(text))
    check_markdown("page.md", rendered)
    for page in readings(rendered):
        assert page.tags <= {"p"}
        assert page.text == displayed(text)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_paragraph_reads_as_the_text(name: str) -> None:
    check_paragraph(HOSTILE[name])


@settings(deadline=None)
@given(ANY_TEXT | MARKS)
def test_any_paragraph_reads_as_the_text(text: str) -> None:
    check_paragraph(text)


@settings(deadline=None)
@given(ANY_TEXT | MARKS, ANY_TEXT | MARKS)
def test_a_cell_stays_a_cell(first: str, second: str) -> None:
    cells = f"| a | b |\n| --- | --- |\n| {markdown_cell(first)} | {markdown_code(second)} |\n| x | y |\n"
    check_markdown("page.md", cells)
    _, github, mkdocs = readings(cells)
    for page in (github, mkdocs):
        assert page.tags <= {"table", "thead", "tbody", "tr", "th", "td", "code"}
        assert page.text.startswith(" ".join(f"a b {displayed(first)}".split()))
        assert page.text.endswith("x y")


@settings(deadline=None)
@given(ANY_TEXT | MARKS)
def test_a_code_span_reads_as_the_text(text: str) -> None:
    rendered = markdown_code(text)
    marked = text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    for page in readings(f"Is {rendered} here."):
        assert page.tags == {"p", "code"}
        assert page.text == " ".join(f"Is {displayed(marked)} here.".split())


@settings(deadline=None)
@given(ANY_TEXT | MARKS)
def test_a_block_of_code_ends_where_it_should(text: str) -> None:
    page = f"a\n\n{fence('json', SpecText(text))}\n\nb\n"
    check_markdown("page.md", page)
    for reading in readings(page):
        assert reading.tags <= {"p", "pre", "code", "div", "span"}
        assert reading.text.startswith("a")
        assert reading.text.endswith("b")


def test_prose_stays_readable_in_the_source() -> None:
    assert markdown_text("Task to list (1-9): see 4.2.") == "Task to list (1-9): see 4.2."
    assert markdown_text("snake_case * 2 <b>") == "snake\\_case \\* 2 &#60;b&#62;"
    assert markdown_text("1. First") == "1&#46; First"
    assert markdown_text("- dash") == "&#45; dash"
    assert markdown_cell(None) == ""
    assert markdown_code("taskId") == "`taskId`"
    assert markdown_code("a|b") == "<code>a&#124;b</code>"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.com/a?b=c#d", "<https://example.com/a?b=c#d>"),
        (" http://example.com ", "<http://example.com>"),
        ("https://example.com/文", "<https://example.com/%E6%96%87>"),
        ("https://example.com/a b", "<https://example.com/a%20b>"),
        ("https://example.com/?f[a](b,c)", "<https://example.com/?f%5Ba%5D%28b,c%29>"),
        ("javascript:alert(1)", "`javascript:alert(1)`"),
        ("https://", "`https://`"),
        ("//example.com", "`//example.com`"),
        ("https://a@b", "`https://a@b`"),
        ("https://[::1", "`https://[::1`"),
        ("ftp://example.com", "`ftp://example.com`"),
    ],
)
def test_only_web_addresses_become_links(address: str, shown: str) -> None:
    assert url(SpecText(address)) == shown


@settings(deadline=None)
@given(ANY_TEXT | st.builds("https://{}".format, ANY_TEXT | MARKS))
def test_no_address_leads_elsewhere(address: str) -> None:
    check_markdown("page.md", f"See {url(address)} there.")
    for page in readings(f"See {url(address)} there."):
        assert page.tags <= {"p", "a", "code"}
        assert page.attributes <= {"href"}


def test_links_lead_to_pages_of_ours() -> None:
    assert markdown_link(literal("Errors"), literal("../errors.md#x")) == "[Errors](../errors.md#x)"
    with pytest.raises(TypeError, match="text of a link"):
        markdown_link(python_string("x"), literal("a.md"))
    with pytest.raises(ValueError, match="no address of a page"):
        markdown_link(literal("x"), literal("a b"))


def test_pieces_of_one_notation_can_be_joined() -> None:
    joined = rendered_join(", ", [markdown_text("a*"), literal("b")])
    assert joined == "a\\*, b"
    assert joined.notation == "markdown"
    assert rendered_join(literal(" | "), []) == ""
    with pytest.raises(TypeError, match="markdown and python"):
        rendered_join("", [markdown_text("a"), python_string("b")])
    with pytest.raises(TypeError, match="only join rendered text"):
        rendered_join("", ["a"])  # type: ignore[list-item] # pyright: ignore[reportArgumentType] - the mistake under test
    assert type(Rendered("a", joined.notation) + joined) is str
