"""Text in data formats, the shell, HTML, addresses and file names."""

from __future__ import annotations

import io
import json
import subprocess
import tomllib
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dialspec.rendering.text import (
    file_name,
    html_attribute,
    html_text,
    json_string,
    shell_word,
    toml_string,
    url_segment,
    yaml_string,
)
from dialspec.rendering.text.characters import displayed
from dialspec.text import SpecText
from hostile import HOSTILE

ANY_TEXT = st.text(st.characters(codec=None)) | st.sampled_from(sorted(HOSTILE.values()))


def without_surrogates(text: str) -> str:
    return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)


@given(ANY_TEXT)
def test_a_json_string_decodes_to_the_text(text: str) -> None:
    rendered = json_string(SpecText(text))
    assert json.loads(rendered) == text
    assert "</" not in rendered


@given(ANY_TEXT)
def test_a_toml_string_decodes_to_the_text(text: str) -> None:
    assert tomllib.loads(f"x = {toml_string(text)}") == {"x": without_surrogates(text)}


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_yaml_string_decodes_to_the_text(text: str) -> None:
    source = io.StringIO(f"x: {yaml_string(text)}\n")
    yaml = YAML(typ="safe", pure=True)
    # ruamel is untyped
    document = yaml.load(source)  # pyright: ignore[reportUnknownMemberType]
    assert document == {"x": without_surrogates(text)}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_shell_passes_the_word_on_as_it_is(name: str) -> None:
    word = shell_word(HOSTILE[name])
    assert "\n" not in word
    ran = subprocess.run(
        ["bash", "-c", f"printf %s {word}"], capture_output=True, check=True, timeout=20
    )
    assert ran.stderr == b""
    assert ran.stdout.decode() == HOSTILE[name].replace("\0", "\ufffd")


def test_plain_words_need_no_quotes() -> None:
    assert shell_word("task-id") == "task-id"
    assert shell_word("a b") == "'a b'"
    assert shell_word("it's\n") == "$'it\\'s\\x0a'"


class Fragment(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@given(ANY_TEXT)
def test_html_shows_the_text(text: str) -> None:
    shown = displayed(text)
    assert Fragment(f"<p>{html_text(text)}").found == [("p", []), *([shown] if shown else [])]
    assert Fragment(f"<p title={html_attribute(text)}>").found == [("p", [("title", shown)])]


@given(ANY_TEXT)
def test_a_path_segment_can_not_climb(text: str) -> None:
    segment = url_segment(text)
    assert unquote(segment) == without_surrogates(text)
    assert segment.isascii()
    assert not set(segment) & set("/\\?#:@")
    assert segment not in {".", ".."}


@pytest.mark.parametrize(
    ("text", "segment"), [(".", "%2E"), ("..", "%2E%2E"), ("a/b c", "a%2Fb%20c"), ("...", "...")]
)
def test_a_path_segment_is_percent_encoded(text: str, segment: str) -> None:
    assert url_segment(text) == segment


@pytest.mark.parametrize("name", ["a", "task-detail.md", "0_x", "a.b.c", "x" * 120])
def test_plain_names_are_file_names(name: str) -> None:
    assert file_name(SpecText(name)) == name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "use ASCII"),
        (".", "use ASCII"),
        ("..", "use ASCII"),
        (".hidden", "use ASCII"),
        ("a.", "use ASCII"),
        ("a/b", "use ASCII"),
        ("a\\b", "use ASCII"),
        ("c:", "use ASCII"),
        ("a b", "use ASCII"),
        ("é", "use ASCII"),
        ("a\n", "use ASCII"),
        ("~root", "use ASCII"),
        ("con", "device"),
        ("nul.md", "device"),
        ("com7", "device"),
        ("x" * 121, "longer"),
        ("Readme", "upper from lower"),
    ],
)
def test_other_file_names_are_refused(name: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        file_name(name)
