"""Python literals, names and comments made from any text."""

from __future__ import annotations

import ast
import io
import tokenize
from decimal import Decimal

import black
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec.rendering.text import (
    Notation,
    Rendered,
    comment,
    identifier,
    keyword_argument,
    literal,
    module_path,
    number,
    python_bytes,
    python_string,
    python_value,
)
from dialspec.text import ClassName, ConstantName, PythonName, SpecText
from hostile import HOSTILE

MODE = black.Mode(line_length=100)


def as_black_leaves_it(source: str) -> bool:
    return black.format_str(source, mode=MODE) == source


@pytest.mark.parametrize("name", HOSTILE)
def test_a_string_literal_evaluates_to_the_text(name: str) -> None:
    rendered = python_string(SpecText(HOSTILE[name]))
    assert ast.literal_eval(rendered) == HOSTILE[name]
    assert "\n" not in rendered
    assert as_black_leaves_it(f"x = {rendered}\n")


@given(st.text(st.characters(codec=None)))
def test_any_text_survives_as_a_string_literal(text: str) -> None:
    rendered = python_string(text)
    assert ast.literal_eval(rendered) == text
    assert rendered.encode().decode() == rendered
    assert as_black_leaves_it(f"x = {rendered}\n")


@given(st.binary())
def test_any_bytes_survive_as_a_bytes_literal(value: bytes) -> None:
    rendered = python_bytes(value)
    assert ast.literal_eval(rendered) == value
    assert rendered.isascii()
    assert as_black_leaves_it(f"x = {rendered}\n")


def test_people_can_read_labels_in_the_source() -> None:
    assert python_string("任务状态（启用）") == '"任务状态（启用）"'
    assert python_string("it's") == '"it\'s"'
    assert python_string('say "so"') == "'say \"so\"'"
    assert python_string("a\tb\\") == '"a\\tb\\\\"'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202e", '"\\u202e"'),
        ("\x85", '"\\x85"'),
        ("\u3164", '"\\u3164"'),
        ("\U000e0041", '"\\U000e0041"'),
        ("\ud800", '"\\ud800"'),
        ("\u3000", '"\\u3000"'),
    ],
)
def test_characters_that_nobody_sees_are_escaped(text: str, shown: str) -> None:
    assert python_string(text) == shown


def test_scalars_have_literals() -> None:
    assert python_value(None) == "None"
    assert python_value(True) == "True"
    assert python_value(-3) == "-3"
    assert python_value(0.5) == "0.5"
    assert python_value(SpecText("x")) == '"x"'


def test_numbers_are_written_in_digits() -> None:
    assert number(10**20) == "100000000000000000000"
    assert number(Decimal("1.50")) == "1.50"
    with pytest.raises(ValueError, match="cannot be written"):
        number(float("nan"))
    with pytest.raises(TypeError, match="truth value"):
        number(True)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_comment_is_one_token_that_python_and_tools_ignore(name: str) -> None:
    source = f"{comment(HOSTILE[name])}\nx = 1\n"
    first, *_ = tokenize.generate_tokens(io.StringIO(source).readline)
    assert first.type == tokenize.COMMENT
    assert tokenize.detect_encoding(io.BytesIO(source.encode()).readline)[0] == "utf-8"
    assert len(ast.parse(source).body) == 1
    assert as_black_leaves_it(source)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Generated from a.yaml", "# Generated from a.yaml"),
        ("", "#"),
        ("-*- coding: utf-7 -*-", "# -*- coding : utf-7 -*-"),
        ("noqa", "# - noqa"),
        ("type: ignore", "# - type: ignore"),
        ("fmt: off", "# - fmt: off"),
        ("typed", "# typed"),
        ("a # noqa", "# a [#] noqa"),
        ("!/bin/sh", "# - !/bin/sh"),
    ],
)
def test_comments_that_tools_obey_are_defused(text: str, shown: str) -> None:
    assert comment(text) == shown


def test_only_checked_names_become_identifiers() -> None:
    assert identifier(PythonName("task_id")) == "task_id"
    assert identifier(ClassName("Task")) == "Task"
    assert identifier(ConstantName("OPEN")) == "OPEN"
    with pytest.raises(TypeError, match="only checked names"):
        identifier("task_id")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] - the mistake under test
    with pytest.raises(ValueError, match="keyword"):
        identifier(PythonName("class"))


def test_a_keyword_argument_has_a_name_and_a_value() -> None:
    assert keyword_argument(PythonName("size"), number(3)) == "size=3"


def test_a_module_path_is_made_of_plain_names() -> None:
    assert module_path("acme.clients", "nio") == "acme.clients.nio"
    for refused in ("a..b", "", "a/b", "ｎio", "import", "a b", "../x"):
        with pytest.raises(ValueError, match="module path"):
            module_path(refused)


def test_rendered_text_shows_its_notation_when_inspected() -> None:
    assert repr(Rendered("x", Notation.PYTHON)) == "<Rendered python: 'x'>"
    assert repr(literal("x")) == "<Rendered plain: 'x'>"
