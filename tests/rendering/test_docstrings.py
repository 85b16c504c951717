"""Docstrings made from any text: inert, folded, and exactly as black leaves them."""

from __future__ import annotations

import ast
import doctest
import inspect

import black
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec.rendering.text import (
    Entries,
    docstring,
    docstring_text,
    literal,
    markdown_text,
    python_string,
)
from dialspec.rendering.text.characters import display_width, displayed
from dialspec.text import SpecText
from hostile import HOSTILE

MODE = black.Mode(line_length=100)
ANY_TEXT = st.text(st.characters(codec=None)) | st.sampled_from(sorted(HOSTILE.values()))


def promised(text: str) -> str:
    """The words of a text as a reader of `__doc__` gets to see them."""
    changed = {">>>": "> > >", "..": ". ."}
    return " ".join(changed.get(word, word) for word in displayed(text).split(" "))


def doc_of(source: str) -> str:
    """`__doc__` of the function in `source`, with lines folded by us unfolded again."""
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert len(function.body) == 1
    return " ".join((ast.get_docstring(function) or "").split())


def in_a_function(rendered: str) -> str:
    return f"def f() -> None:\n    {rendered}\n"


@given(ANY_TEXT)
def test_a_docstring_says_the_words_of_the_text(text: str) -> None:
    source = in_a_function(docstring([SpecText(text)], 4))
    assert doc_of(source) == (promised(text) or "Not described.")
    assert black.format_str(source, mode=MODE) == source


@given(st.lists(ANY_TEXT, max_size=4), st.lists(st.lists(ANY_TEXT, max_size=3), max_size=3))
def test_a_docstring_of_many_parts_stays_one_string(
    paragraphs: list[str], entries: list[list[str]]
) -> None:
    listed = Entries(
        literal("Args:"), [(literal("x"), [SpecText(text) for text in texts]) for texts in entries]
    )
    blocks: list[SpecText | Entries] = [
        *(SpecText(text) for text in paragraphs),
        listed,
        SpecText("End."),
    ]
    source = in_a_function(docstring(blocks, 4))
    assert doc_of(source).endswith("End.")
    assert black.format_str(source, mode=MODE) == source


@given(ANY_TEXT)
def test_a_piece_inside_a_docstring_of_a_template_stays_inside(text: str) -> None:
    rendered = docstring_text(SpecText(text))
    assert doc_of(in_a_function(f'"""Of {rendered} here."""')) == " ".join(
        f"Of {promised(text)} here.".split()
    )
    assert doc_of(in_a_function(f'"""{rendered}{rendered}"""')).startswith(promised(text).strip())


@pytest.mark.parametrize("name", HOSTILE)
def test_no_docstring_holds_an_example_that_doctest_runs(name: str) -> None:
    source = in_a_function(docstring([SpecText(HOSTILE[name]), SpecText(HOSTILE[name])], 4))
    assert (
        doctest.DocTestParser().get_examples(ast.literal_eval(source.split("\n", 1)[1].strip()))
        == []
    )


def test_short_text_stays_on_one_line() -> None:
    assert docstring([literal("List tasks.")], 4) == '"""List tasks."""'


def test_paragraphs_and_entries_are_laid_out_as_people_write_them() -> None:
    rendered = docstring(
        [
            literal("List tasks."),
            (),
            (literal("Deprecated:"), SpecText("use 'query'.")),
            Entries(
                literal("Args:"),
                [
                    (literal("task_id"), [SpecText("Task to list."), literal("1 to 9.")]),
                    (literal("size"), []),
                    (literal("name"), [SpecText("word " * 12)]),
                ],
            ),
            Entries(literal("Raises:"), []),
        ],
        4,
        width=60,
    )
    assert in_a_function(rendered) == (
        "def f() -> None:\n"
        '    """List tasks.\n'
        "\n"
        "    Deprecated: use 'query'.\n"
        "\n"
        "    Args:\n"
        "        task_id: Task to list. 1 to 9.\n"
        "        size\n"
        "        name: word word word word word word word word word\n"
        "            word word word\n"
        '    """\n'
    )


@given(st.text("ab 中", min_size=1), st.integers(40, 100))
def test_lines_are_as_wide_as_allowed_but_for_single_words(text: str, width: int) -> None:
    for line in docstring([SpecText(text)], 4, width=width).split("\n")[1:]:
        assert display_width(line) <= width or " " not in line.strip()


def test_a_line_that_leaves_no_room_for_the_closing_quotes_is_broken() -> None:
    text = "x" * 83 + " 0123456"
    assert docstring([SpecText(text)], 4).split("\n") == [
        f'"""{"x" * 83}',
        "    0123456",
        '    """',
    ]


def test_a_text_of_nothing_says_so() -> None:
    assert docstring([SpecText(" \n")], 4) == '"""Not described."""'


def test_entries_without_text_before_them_get_a_first_line() -> None:
    rendered = docstring([Entries(literal("Args:"), [(literal("x"), [])])], 4)
    assert inspect.cleandoc(ast.literal_eval(rendered)) == "Not described.\n\nArgs:\n    x"


def test_text_of_another_notation_is_refused() -> None:
    assert docstring([(literal("Default"), python_string("x"))], 0) == '"""Default "x\\" """'
    with pytest.raises(TypeError, match="rendered as markdown"):
        docstring([markdown_text("x")], 0)
