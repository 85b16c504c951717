"""The parser's complaints in words that say what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dialspec.diagnostics import Position
from dialspec.diagnostics.quoting import escaped

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from ruamel.yaml.error import MarkedYAMLError

    from dialspec.diagnostics import Diagnostics


class _Wording(NamedTuple):
    message: str
    hint: str


_QUOTE_IT: Final = "put the text in quotes"

# The parser's words, by a part of them, and ours. The first that fits is used.
_WORDINGS: Final[tuple[tuple[str, _Wording], ...]] = (
    (
        "mapping values are not allowed here",
        _Wording(
            "a `:` that begins a value is not possible here",
            "put the text in quotes if it holds `: `; else check the indentation of this line",
        ),
    ),
    (
        "could not find expected ':'",
        _Wording(
            "this line is no `key: value`",
            "add the `:` and a space, or indent the line if it continues the text above",
        ),
    ),
    (
        "expected <block end>",
        _Wording(
            "this does not line up with what stands above it",
            "give it the same indentation as the other keys of its mapping, or quote the text if it ends too early",
        ),
    ),
    (
        "expected ',' or '}'",
        _Wording(
            "this `{…}` lacks a `,` or its closing `}`",
            "add it, or the closing quote of a text in it; quote texts that hold , or }",
        ),
    ),
    (
        "expected ',' or ']'",
        _Wording(
            "this `[…]` lacks a `,` or its closing `]`",
            "add it, or the closing quote of a text in it; quote texts that hold , or ]",
        ),
    ),
    (
        "found unexpected end of stream",
        _Wording("a quoted text is not closed", "add the closing quote"),
    ),
    (
        "found unexpected document separator",
        _Wording("a quoted text is not closed before the document ends", "add the closing quote"),
    ),
    (
        "found unknown escape character",
        _Wording(
            "this backslash escape does not exist",
            "write two backslashes for one, or use single quotes, in which it means itself",
        ),
    ),
    (
        "hexdecimal numbers",
        _Wording(
            "this escape lacks digits",
            "give \\x two, \\u four, \\U eight of them, or write two backslashes for one",
        ),
    ),
    (
        "sequence entries are not allowed here",
        _Wording(
            "a list item `- ` cannot begin here", "put it on a line of its own, below its key"
        ),
    ),
    (
        "mapping keys are not allowed here",
        _Wording("a key with `?` cannot begin here", _QUOTE_IT),
    ),
    (
        "expected the node content",
        _Wording(
            "a value is missing before this", "add it, or put the sign in quotes if it is a text"
        ),
    ),
    (
        "expected alphabetic or numeric character",
        _Wording("a name is missing after this sign", _QUOTE_IT),
    ),
    (
        "in a block scalar",
        _Wording(
            "the first lines of this text block are indented more than the rest",
            "indent all of its lines alike",
        ),
    ),
    (
        "while scanning a block scalar",
        _Wording(
            "nothing but `-`, `+`, a digit or a comment may follow `|` and `>` on their line",
            "begin the text on the next line, or put it in quotes",
        ),
    ),
)
_OTHER: Final = _Wording("this is not valid YAML", _QUOTE_IT)
_TYPE_WITH_BRACKETS: Final = re.compile(r"[{,]\s*\w+: +\w+\[$", re.ASCII)
_UNQUOTED_BRACKETS: Final = _Wording(
    "a bracket cannot stand in a text inside of `{…}`",
    'put the text in quotes, such as `type: "list[integer]"`',
)
_IS_INCOMPLETE: Final = re.compile(r"found unexpected|expected ','|expected ':'")
_BEYOND_UNICODE: Final = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}")
_ANY_SIGN: Final = re.compile(r"found character '(.)' that cannot start any token")


def report_syntax_error(
    error: MarkedYAMLError, text: str, file: PurePosixPath, diagnostics: Diagnostics
) -> None:
    """Report what the parser of YAML raised for `text`, at its place."""
    # Any, because the library says nothing of the types of what an error carries.
    marked: Any = error
    line, column = _place(marked)
    position = Position(file, line, column)
    if _is_tab(text, line, column):
        diagnostics.report(
            "DS006",
            position,
            "a tab stands where only spaces may indent",
            hint="replace the tabs of this file by spaces",
            end_column=column + 1,
        )
        return
    wording = _UNQUOTED_BRACKETS if _is_bracket(text, line, column) else _wording(marked)
    diagnostics.report("DS005", position, wording.message, hint=wording.hint)


def report_escape_beyond_unicode(text: str, file: PurePosixPath, diagnostics: Diagnostics) -> None:
    """Report the first escape of `text` that names a number beyond the last character."""
    found = _BEYOND_UNICODE.search(text)
    index = 0 if found is None else found.start()
    start = text.rfind("\n", 0, index) + 1
    diagnostics.report(
        "DS005",
        Position(file, text.count("\n", 0, index) + 1, index - start + 1),
        "this escape names no character",
        hint="characters end at \\U0010FFFF; write two backslashes for one",
        end_column=index - start + 11,
    )


def _place(error: Any) -> tuple[int, int]:
    problem, context = error.problem_mark, error.context_mark
    # Where a text, brace or key begins that is not completed helps more than where the parser noticed.
    began_elsewhere = context is not None and problem is not None and context.line != problem.line
    is_incomplete = _IS_INCOMPLETE.search(error.problem or "") is not None
    mark: Any = context if problem is None or (began_elsewhere and is_incomplete) else problem
    # The parser points behind the backslash of an escape.
    back = 1 if "unknown escape" in (error.problem or "") else 0
    return mark.line + 1, mark.column + 1 - back


def _is_tab(text: str, line: int, column: int) -> bool:
    lines = text.split("\n", line)
    found = lines[line - 1] if line <= len(lines) else ""
    return found[column - 1 : column] == "\t" and not found[: column - 1].strip()


def _is_bracket(text: str, line: int, column: int) -> bool:
    found = text.split("\n", line)[line - 1 : line]
    return bool(found) and _TYPE_WITH_BRACKETS.search(found[0][:column]) is not None


def _wording(error: Any) -> _Wording:
    said = f"{error.context or ''} {error.problem or ''}"
    for part, wording in _WORDINGS:
        if part in said:
            return wording
    if (sign := _ANY_SIGN.search(said)) is not None:
        return _Wording(f"a text cannot begin with `{sign.group(1)}`", _QUOTE_IT)
    return _Wording(f"{_OTHER.message}: {escaped(' '.join(said.split()))}", _OTHER.hint)
