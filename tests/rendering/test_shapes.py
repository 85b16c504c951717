"""The last look at generated text: only the shapes that our templates make may be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialspec.rendering.check import UnexpectedShape, check_markdown, check_module

LAZY = "from dialspec_runtime.lazy import LazyClass\n"
HEAD = '"""A module."""\n\n'


def test_every_module_of_the_output_passes(root: Path) -> None:
    modules = sorted((root / "generated" / "dialspec_clients").rglob("*.py"))
    assert modules
    for path in modules:
        check_module(str(path), path.read_text(encoding="utf-8"))


def test_what_only_the_compiler_refuses_is_refused() -> None:
    with pytest.raises(UnexpectedShape, match="duplicate argument 'a'"):
        check_module("m.py", f"{HEAD}def preload(a, a) -> None:\n    return\n")


def test_every_page_of_the_output_passes(root: Path) -> None:
    pages = sorted((root / "generated" / "docs").rglob("*.md"))
    assert pages
    for path in pages:
        check_markdown(str(path), path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "statement",
    [
        "from dialspec_runtime import Record\n\n\nclass A(Record):\n    x: int | None = None",
        "from typing import Final\n\nX: Final = -1",
        "import builtins\n\nX = builtins.list[int]",
        "X: dict[str, int] = {'a': 1, **Y}",
        "X = found['a'].text()",
        "def preload() -> None:\n    return",
        "class A:\n    @property\n    def f(self):\n        return self.g",
        "from .enums import State as State",
        "def preload() -> None:\n    return sorted(__all__)",
        "if TYPE_CHECKING:\n    from .models import A",
        f"{LAZY}if TYPE_CHECKING:\n    from .m import A\nelse:\n    A = LazyClass(__name__, '.m', 'A')",
        "class A:\n    async def f(self, *, x: int = 1) -> int:\n        return await self._call(x, {'a': x})",
        "class A:\n    def __init__(self, a: B) -> None:\n        super().__init__(a)\n        self.a = a",
    ],
)
def test_shapes_of_our_templates_pass(statement: str) -> None:
    assert check_module("m.py", f"{HEAD}{statement}\n").body


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("print('x')", "Expr"),
        ("import os", "a whole module"),
        ("import builtins as b", "a whole module"),
        ("from os import system", "import of system from os"),
        ("from typing import *", r"import of \* from typing"),
        ("from dialspec_runtime import *", r"import of \*"),
        ("from subprocess import run", "import of run from subprocess"),
        ("from ... import x", "outside the package"),
        ("from . import *", "outside the package"),
        ("from typing import Any as eval", "under another name"),
        ("X = eval('1')", "a call of eval"),
        ("X = __import__('os')", "a call of __import__"),
        ("X = __builtins__", "the name __builtins__"),
        ("import builtins\nX = builtins.eval", r"builtins\.eval"),
        ("import builtins\nX = builtins.list()", "not a name"),
        ("X = ''.__class__", "the attribute __class__"),
        ("X = (lambda: 1)()", "not a name"),
        ("X = f'{1}'", "JoinedStr"),
        ("X = [y for y in z]", "ListComp"),
        ("X = 1 + 1", "BinOp"),
        ("X = -y", "UnaryOp"),
        ("X = 1 if y else 2", "IfExp"),
        ("X = Y = 1", "something else than one name"),
        ("X, Y = 1, 2", "something else than one name"),
        ("X.y = 1", "something else than one name"),
        ("X.y: int = 1", "something else than one name"),
        ("X = sorted(*y)", "Starred"),
        ("X = sorted(**y)", "free arguments"),
        ("del X", "Delete"),
        ("assert X", "Assert"),
        ("if X:\n    from .y import Z", "a condition"),
        ("if TYPE_CHECKING:\n    from .y import Z\nelse:\n    from .y import W", "ImportFrom"),
        ("if TYPE_CHECKING:\n    from .y import Z\nelse:\n    Z = 1", "else than a lazy class"),
        ("if TYPE_CHECKING:\n    from .y import Z\nelse:\n    Z = eval('1')", "else than a lazy"),
        ("if TYPE_CHECKING:\n    from .y import Z\nelif X:\n    Z = 1", "If"),
        ("if TYPE_CHECKING:\n    X = 1", "Assign"),
        ("while X:\n    pass", "While"),
        ("with X:\n    pass", "With"),
        ("try:\n    pass\nfinally:\n    pass", "Try"),
        ("def f():\n    return 1", "a function f"),
        ("@x\ndef preload():\n    return 1", "a function preload"),
        ("async def preload():\n    return 1", "AsyncFunctionDef"),
        ("def preload(*args):\n    return 1", "free arguments"),
        ("def preload(x=f()):\n    return 1", "a call of f"),
        ("def preload(x: f()):\n    return 1", "a call of f"),
        ("def preload() -> f():\n    return 1", "a call of f"),
        ("def preload():\n    x", "for its own sake"),
        ("def preload():\n    global x", "Global"),
        ("def preload():\n    x, y = 1, 2", "an own attribute"),
        ("def preload():\n    other.x = 1", "an own attribute"),
        ("@x\nclass A:\n    y: int", "keywords or decorators"),
        ("class A(metaclass=B):\n    y: int", "keywords or decorators"),
        ("class A(B):\n    y: int", "a base class that is not imported"),
        ("class A(B()):\n    y: int", "a base class that is not imported"),
        ("class A:\n    x()", "Expr"),
        ("class A:\n    @x\n    def f(self): return 1", "a decorator"),
        ("class A:\n    def __del__(self): return 1", "a method __del__"),
        ("class A:\n    x: int = eval('1')", "a call of eval"),
        ("X = (", "no Python"),
        ("X = '\\d'", "no Python"),
        ("X = '\0'", "no Python"),
        (f"X = {'(' * 5000}1{')' * 5000}", "no Python"),
    ],
)
def test_everything_else_is_refused(statement: str, found: str) -> None:
    with pytest.raises(UnexpectedShape, match=rf"^m\.py:\d+: .*{found}"):
        check_module("m.py", f"{HEAD}{statement}\n")


def test_the_place_of_what_was_found_is_named() -> None:
    with pytest.raises(UnexpectedShape) as raised:
        check_module("m.py", f"{HEAD}X = 1\nY = eval('1')\n")
    assert (raised.value.path, raised.value.line) == ("m.py", 4)


def test_a_module_says_what_it_is() -> None:
    with pytest.raises(UnexpectedShape, match="without docstring"):
        check_module("m.py", "X = 1\n")


def test_a_comment_can_not_change_the_encoding() -> None:
    with pytest.raises(UnexpectedShape, match="how the file is read"):
        check_module("m.py", f"# -*- coding: utf-7 -*-\n{HEAD}")


@pytest.mark.parametrize(
    "page",
    [
        "# Title\n\nText with `code <b>`, \\<b> and <code>x</code>.\n",
        "[a](b.md#c) <https://example.com/x?y=z> [d]: e\n",
        "| a | b |\n| --- | --- |\n| `x` | <br> |\n",
        "```python\nx = '<script>'\n```\n",
        "````text\n```\n<b>\n````\n",
        "1 &#60; 2\n",
    ],
)
def test_pages_of_our_templates_pass(page: str) -> None:
    check_markdown("p.md", page)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<script>alert(1)</script>", "HTML"),
        ("a <b", "HTML"),
        ("<!-- x -->", "HTML"),
        ("<javascript:alert(1)>", "HTML"),
        ("[a](javascript:alert(1))", "a link to 'javascript:alert"),
        ("![a](data:text/html,x)", "a link to 'data"),
        ("[a]: javascript:alert(1)", "a link to 'javascript"),
        ("[a](//example.com)", "a link to '//example.com'"),
        ("a\u202eb", "hidden"),
        ("```\na\0b\n```", "hidden"),
        ("```\na", "without an end"),
        ("```\n````\n<b>\n```\n```", "HTML"),
    ],
)
def test_other_pages_are_refused(page: str, found: str) -> None:
    with pytest.raises(UnexpectedShape, match=rf"^p\.md:\d+: .*{found}"):
        check_markdown("p.md", page)


def test_a_users_own_templates_may_make_other_shapes_of_python() -> None:
    assert check_module("m.py", f"{HEAD}import os\n", own_templates=True).body
    with pytest.raises(UnexpectedShape, match="no Python"):
        check_module("m.py", f"{HEAD}import\n", own_templates=True)
