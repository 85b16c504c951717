"""What a code means, for the terminal (`explain`) and as the docs page of all codes (`codes_page`)."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Final

from dialspec.diagnostics.quoting import escaped
from dialspec.diagnostics.registry import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialspec.diagnostics.code_info import CodeInfo

_WIDTH: Final = 96
_INTRODUCTION: Final = (
    "Every problem that dialspec finds in specs has a code that keeps its meaning. "
    "`dialspec explain CODE` prints what this page says of it."
)
_STAGES: Final = {
    "DS0": "Reading files",
    "DS1": "Structure",
    "DS3": "Names, types and references",
    "DS4": "Lint",
}


def explain(code: str) -> str:
    """Give the explanation of a code with its examples, as plain text.

    Raises:
        KeyError: there is no such code.
    """
    info = CODES[code]
    lines = [f"{info.code} {info.severity}: {info.title}", ""]
    lines += textwrap.wrap(info.explanation, _WIDTH)
    for title, file, text in _examples(info):
        lines += ["", f"{title}:", *(f"    {line}" for line in _shown(file, text))]
    return "".join(f"{line}\n" for line in lines)


def codes_page() -> str:
    """Give the Markdown page that describes all codes, in the order of the stages that report them."""
    lines = [
        "# Diagnostics",
        "",
        _INTRODUCTION,
        "",
    ]
    for stage, infos in groupby(CODES.values(), lambda info: info.code[:3]):
        lines += [f"## {_STAGES.get(stage, 'Other')}", ""]
        for info in infos:
            lines += _section(info)
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(info: CodeInfo) -> Iterator[str]:
    yield from (
        f"### {info.code}: {info.title}",
        "",
        f"*{info.severity.capitalize()}.* {info.explanation}",
        "",
    )
    for title, file, text in _examples(info):
        yield from (f"{title}:", "", "```yaml", *_shown(file, text), "```", "")


def _examples(info: CodeInfo) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    line, column = info.at.split(":")[1:]
    place = f"Wrong, at line {line}, column {column} of `{info.file}`"
    return (
        (place, info.file, info.wrong),
        ("Right", info.right_file or info.file, info.right),
    )


def _shown(file: str, text: str) -> Iterator[str]:
    if not text:
        yield f"# {file} is absent"
    for line in text.removesuffix("\n").split("\n") if text else ():
        yield escaped(line)
