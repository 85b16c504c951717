"""Abridging: black reads less, and never leaves alone what it would change if it read the whole."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

import black
import pytest
from black.mode import TargetVersion
from black.parsing import InvalidInput

from dialspec.abridging import Abridger
from dialspec.formatting import LINE_LENGTH, format_batch

MODE: Final = black.Mode(target_versions={TargetVersion.PY311}, line_length=LINE_LENGTH)
ROOT: Final = Path(__file__).parents[2]
MODULES: Final = sorted((ROOT / "generated" / "dialspec_clients").rglob("*.py"))


def blackened(source: str) -> str | None:
    """What black makes of a source; None if it cannot read it."""
    try:
        return black.format_str(source, mode=MODE)
    except InvalidInput:
        return None


@pytest.fixture(scope="module")
def experienced() -> Abridger:
    """An abridger that has seen every generated module of the project."""
    abridger = Abridger()
    for path in MODULES:
        abridger.remember(abridger.abridge(path.read_text()))
    return abridger


def test_black_leaves_the_rest_of_every_generated_module_alone() -> None:
    abridger = Abridger()
    whole = rest = 0
    for path in MODULES:
        source = path.read_text()
        abridged = abridger.abridge(source)
        assert blackened(abridged.text) == abridged.text, path
        abridger.remember(abridged)
        whole += len(source)
        rest += len(abridged.text)
    assert rest < 0.85 * whole


def test_a_module_seen_before_has_hardly_anything_left(experienced: Abridger) -> None:
    source = (ROOT / "generated/dialspec_clients/nio/models/preview_tasks.py").read_text()
    assert len(experienced.abridge(source).text) < 0.7 * len(source)


def test_what_black_has_not_left_alone_is_not_left_out() -> None:
    abridger = Abridger()
    source = "x = f(\n    a,\n    b,\n    c,\n)\n"
    abridger.abridge(source)
    assert abridger.abridge(source).text == source


@pytest.mark.parametrize(
    ("known", "module", "rest"),
    [
        ("f(\n    a,\n    b,\n)", "f(\n    b,\n    a,\n)", "f(\n    b,\n)"),
        ("f(\n    a,\n    b,\n)", "g(\n    a,\n    c,\n    b,\n)", "g(\n    c,\n)"),
        ("x = (\n    a,\n    b,\n    c,\n)", "y = (\n    c,\n    b,\n    a,\n)", "y = (\n    c,\n    b,\n)"),
        ("x = (\n    a,\n    b,\n)", "y = (\n    a,\n    c,\n    b,\n)", "y = (\n    a,\n    c,\n)"),
        ("x: y[\n    a,\n    b,\n    c,\n]", "z: y[\n    c,\n    b,\n    a,\n]", "z: y[\n    c,\n    b,\n]"),
        ("x = {\n    a: b,\n    c: d,\n}", "y = {\n    c: d,\n    a: b,\n}", "y = {\n    c: d,\n}"),
        ("f(\n    g(\n        a,\n    ),\n    b,\n)", "h(\n    b,\n    g(\n        a,\n    ),\n)", "h(\n    b,\n)"),
    ],
    ids=["call", "call with news", "tuple", "tuple with news", "subscript", "dict", "nested"],
)  # fmt: skip
def test_a_bracket_keeps_what_is_new_and_as_many_items_as_it_needs(
    known: str, module: str, rest: str
) -> None:
    abridger = Abridger()
    abridger.remember(abridger.abridge(f"{known}\n"))
    assert abridger.abridge(f"{module}\n").text == f"{rest}\n"


def test_the_mark_of_keywords_stays_with_a_parameter_behind_it() -> None:
    abridger = Abridger()
    method = "def f(\n    self,\n    *,\n    a: int,\n) -> None: ...\n"
    abridger.remember(abridger.abridge(method))
    assert abridger.abridge(method).text == "def f(\n    self,\n) -> None: ...\n"
    more = method.replace(") ->", "    b: int,\n) ->")
    assert abridger.abridge(more).text == "def f(\n    *,\n    b: int,\n) -> None: ...\n"
    twice = method.replace("    *,\n", "    *,\n    *,\n")
    assert blackened(abridger.abridge(twice).text) is None


@pytest.mark.parametrize(
    "other",
    [
        "def g(\n    a,\n    b,\n    c,\n): ...\n",
        "x = [\n    a,\n    b,\n    c,\n]\n",
        "class X:\n    x = f(\n        a,\n        b,\n        c,\n    )\n",
        "from f import (\n    a,\n    b,\n    c,\n)\n",
    ],
)
def test_items_are_known_in_their_kind_of_bracket_at_their_depth_only(other: str) -> None:
    abridger = Abridger()
    abridger.remember(abridger.abridge("x = f(\n    a,\n    b,\n    c,\n)\n"))
    assert abridger.abridge(other).text == other


def test_the_body_of_a_twin_is_left_out() -> None:
    method = 'class A:\n    def f(self):\n        """Do."""\n        return g(\n            a,\n        )\n'
    abridger = Abridger()
    abridger.remember(abridger.abridge(method))
    assert "return" not in abridger.abridge(method.replace("def f", "async def f")).text


def test_docstrings_are_never_taken_apart() -> None:
    text = 'class A:\n    """Say (\n\n    a,\n    b,\n    a,\n    )\n    """\n\n    x = 1\n'
    abridger = Abridger()
    abridger.remember(abridger.abridge(text))
    assert '"""Say (\n\n    a,\n    b,\n    a,\n    )\n    """' in abridger.abridge(text).text


def test_if_the_rest_is_no_python_black_reads_the_whole() -> None:
    # The second docstring is no docstring, so that leaving out the line behind it leaves nothing.
    module = 'if x:\n    y = 1\n    z = """\n    z = 2\n    """\n'
    assert format_batch([("a.py", module), ("b.py", module)], None) == [None, None]


def test_a_module_that_black_changes_comes_out_changed() -> None:
    untidy = "x = f(\n    a,\n    b,\n    c,\n)\ny = {  'a':1 }\n"
    assert format_batch([("a.py", untidy)], None) == [untidy.replace("{  'a':1 }", '{"a": 1}')]


Damage = Callable[[str, random.Random], str]


def _somewhere(change: Callable[[list[str], int, random.Random], None]) -> Damage:
    def damage(source: str, chance: random.Random) -> str:
        lines = source.split("\n")
        change(lines, chance.randrange(1, len(lines) - 1), chance)
        return "\n".join(lines)

    return damage


def _replace(lines: list[str], at: int, new: str) -> None:
    lines[at] = new


DAMAGES: Final[dict[str, Damage]] = {
    "spaces at the end": _somewhere(lambda lines, at, _: _replace(lines, at, f"{lines[at]}  ")),
    "spaces inside": _somewhere(
        lambda lines, at, chance: _replace(
            lines, at, lines[at].replace(chance.choice(["=", ",", "(", ":"]), " = ", 1)
        )
    ),
    "other quotes": _somewhere(
        lambda lines, at, _: _replace(lines, at, lines[at].replace('"', "'"))
    ),
    "a line too long": _somewhere(
        lambda lines, at, _: _replace(lines, at, lines[at].replace("e", "e" * 90, 1))
    ),
    "a comma lost": _somewhere(lambda lines, at, _: _replace(lines, at, lines[at].rstrip(","))),
    "an empty line more": _somewhere(lambda lines, at, _: lines.insert(at, "")),
    "a line lost": _somewhere(lambda lines, at, _: lines.__delitem__(at)),
    "a line twice": _somewhere(lambda lines, at, _: lines.insert(at, lines[at])),
    "two lines joined": _somewhere(
        lambda lines, at, _: _replace(lines, at, lines[at] + lines.pop(at + 1).lstrip())
    ),
    "a line moved in": _somewhere(lambda lines, at, _: _replace(lines, at, f"    {lines[at]}")),
    "a line moved out": _somewhere(lambda lines, at, _: _replace(lines, at, lines[at][4:])),
    "a line from elsewhere": _somewhere(
        lambda lines, at, chance: lines.insert(at, chance.choice(lines))
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_no_damage_gets_past(experienced: Abridger, damage: Damage) -> None:
    chance = random.Random(1)  # noqa: S311 - numbered damage, to be repeated
    sources = [text for path in MODULES if 1000 < len(text := path.read_text()) < 9000]
    told = 0
    for _ in range(25):
        source = damage(chance.choice(sources), chance)
        rest = experienced.abridge(source).text
        if blackened(rest) == rest:
            # What is no Python as a whole is refused for its shape.
            assert blackened(source) in (source, None)
        else:
            told += 1
    assert told
