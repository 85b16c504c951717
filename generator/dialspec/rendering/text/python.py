"""Renderers for Python code: literals, names and comments, already in the shape that black gives them."""

from __future__ import annotations

import keyword
import math
import re
from decimal import Decimal
from typing import Final

from dialspec.rendering.text.characters import all_visible, displayed, is_visible
from dialspec.rendering.text.rendered import Notation, Rendered, raw
from dialspec.text import ClassName, ConstantName, PythonName, SpecText

_SHORT_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
_MODULE_PART: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)

_ENCODING_COOKIE: Final = re.compile(r"(coding)([:=])", re.IGNORECASE)
_TOOL_DIRECTIVE: Final = re.compile(
    r"!|(?:type|pyright|basedpyright|mypy|pylint|pragma|ruff|flake8|isort|fmt|yapf|nosec|noqa|autopep8|codespell)\b",
    re.IGNORECASE,
)


def python_string(text: SpecText | str) -> Rendered:
    """A string literal that evaluates to exactly `text`; quoted as black does, hidden characters escaped."""
    value = raw(text)
    quote = "'" if value.count('"') > value.count("'") else '"'
    if quote in value or "\\" in value or not all_visible(value):
        value = "".join(_escaped(c, quote) for c in value)
    return Rendered(f"{quote}{value}{quote}", Notation.PYTHON)


def _escaped(character: str, quote: str) -> str:
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    if character == quote:
        return f"\\{quote}"
    if is_visible(character):
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def python_bytes(value: bytes) -> Rendered:
    """A bytes literal that evaluates to exactly `value`; all but printable ASCII is escaped."""
    quote = "'" if value.count(b'"') > value.count(b"'") else '"'
    text = "".join(_escaped(chr(b), quote) if b < 0x80 else f"\\x{b:02x}" for b in value)
    return Rendered(f"b{quote}{text}{quote}", Notation.PYTHON)


def python_value(value: bool | float | SpecText | str | None) -> Rendered:
    """A literal for a scalar of a spec. Infinite numbers and NaN have none and are refused."""
    if value is None or isinstance(value, bool):
        return Rendered(repr(value), Notation.PYTHON)
    if isinstance(value, int | float):
        return number(value)
    return python_string(value)


def number(value: float | Decimal) -> Rendered:
    """A number in digits, readable everywhere. Infinite numbers and NaN are refused with ValueError."""
    if isinstance(value, bool):
        raise TypeError("a truth value is not a number")
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written as a number")
    return Rendered(str(value), Notation.PLAIN)


def comment(text: SpecText | str) -> Rendered:
    """A whole-line comment that no tool acts on: `# ` and the text as one line.

    An encoding cookie, which Python obeys in the first two lines, gets a space before its colon; a directive of a
    linter or formatter gets a dash before it; a further `#`, where linters look as well, is written `[#]`.
    """
    line = displayed(raw(text)).replace("#", "[#]")
    line = _ENCODING_COOKIE.sub(r"\1 \2", line)
    if _TOOL_DIRECTIVE.match(line):
        line = f"- {line}"
    return Rendered(f"# {line}".rstrip(), Notation.PYTHON)


def identifier(name: PythonName | ClassName | ConstantName) -> Rendered:
    """A checked name. Keywords are refused: resolving should have reported them with their place."""
    if not isinstance(
        name, PythonName | ClassName | ConstantName
    ):  # pyright: ignore[reportUnnecessaryIsInstance] - the last line of defence
        raise TypeError(f"only checked names become identifiers, not {type(name).__name__}")
    if keyword.iskeyword(name):
        raise ValueError(f"{str(name)!r} is a keyword of Python")
    return Rendered(str(name), Notation.PLAIN)


def keyword_argument(name: PythonName, value: Rendered) -> Rendered:
    """`name=value` inside a call."""
    return Rendered(f"{identifier(name)}={value}", Notation.PYTHON)


def module_path(*parts: str) -> Rendered:
    """A dotted module path; each part may itself be dotted. Anything but plain ASCII names is refused."""
    names = ".".join(str(part) for part in parts).split(".")
    for name in names:
        if _MODULE_PART.fullmatch(name) is None or keyword.iskeyword(name):
            raise ValueError(f"{name!r} cannot be part of a module path")
    return Rendered(".".join(names), Notation.PLAIN)
