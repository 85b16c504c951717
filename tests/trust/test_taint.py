"""Text from a spec leaves only through renderers; the sources themselves are held to that."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dialspec.text import SpecText

DATA_USERS = {
    "diagnostics/quoting.py": "quotes for people, escaped",
    "lint": "compares and measures",
    "rendering/docs/sample_values.py": "invents values that match",
    "rendering/docs/sample_fit.py": "measures sample values",
    "rendering/docs/samples.py": "signs a sample",
    "rendering/docs/wire.py": "builds a sample request as data",
    "rendering/text/rendered.py": "the one exit of all renderers",
    "cache/parts.py": "hashes it",
    "resolve": "matches names with each other",
    "signing_samples.py": "signs a sample",
    "simulator": "serves it as data",
    "spec": "holds it",
    "text.py": "defines it",
    "coverage": "compares with a vendor's page",
    "diff": "compares two versions",
    "openapi": "a JSON document, serialised as data",
    "rendering/client/operations.py": "compares names",
    "rendering/client/types.py": "compares a zone",
    "rendering/docs/index.py": "sorts by it",
}
"""Who may see the raw characters of a spec's text, and what for. Everybody else renders."""


def modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    folder = root / "generator" / "dialspec"
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def reveals(module: ast.Module) -> int:
    return sum(
        isinstance(node, ast.Attribute) and node.attr in {"reveal", "_value"}
        for node in ast.walk(module)
    )


def test_only_renderers_and_users_of_data_see_raw_text(root: Path) -> None:
    offenders = {
        name
        for name, module in modules(root)
        if reveals(module)
        and not any(name == user or name.startswith(f"{user}/") for user in DATA_USERS)
    }
    assert offenders == set()


def test_only_code_below_rendering_vouches_for_text(root: Path) -> None:
    offenders = {
        name
        for name, module in modules(root)
        if not name.startswith("rendering/")
        and any(isinstance(node, ast.Name) and node.id == "Rendered" for node in ast.walk(module))
    }
    assert offenders == set()


def test_text_of_our_own_is_not_put_together(root: Path) -> None:
    for name, module in modules(root):
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "literal":
                (argument,) = node.args
                made = ast.Call | ast.JoinedStr | ast.BinOp
                assert not any(
                    isinstance(part, made) for part in ast.walk(argument)
                ), f"{name}:{node.lineno}"


def joined(text: SpecText) -> str:
    return "".join([text])  # type: ignore[list-item] # pyright: ignore[reportArgumentType, reportCallIssue] - the mistake under test


PRINTERS: list[Callable[[SpecText], str]] = [
    str,
    format,
    ascii,
    joined,
    lambda text: f"{text}",
    lambda text: f"{text:>3}",
    lambda text: f"{text!r}",
    lambda text: "%s" % text,  # noqa: UP031 - one of the ways that must not work
]


@pytest.mark.parametrize("print_it", PRINTERS)
def test_spec_text_can_not_be_printed(print_it: Callable[[SpecText], str]) -> None:
    try:
        printed = print_it(SpecText("secret text"))
    except TypeError:
        return
    assert printed == "<SpecText of 11 characters>"
