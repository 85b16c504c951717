"""The forms in which diagnostics are printed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from dialspec.diagnostics.as_github import as_github
from dialspec.diagnostics.as_json import as_json
from dialspec.diagnostics.as_sarif import as_sarif
from dialspec.diagnostics.as_text import as_text
from dialspec.diagnostics.selection import MOST_SHOWN, select

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from dialspec.diagnostics.diagnostic import Diagnostics

Format: TypeAlias = Literal["text", "json", "github", "sarif"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def render_diagnostics(
    diagnostics: Diagnostics,
    output_format: str = "text",
    stream: TextIO | None = None,
    *,
    most: int = MOST_SHOWN,
) -> str:
    """Give what to write to `stream`: in colour if it is a terminal that wants it, and the format is text.

    JSON and SARIF are whole documents even without a problem; text and GitHub commands are then empty.
    """
    selection = select(diagnostics, most)
    if output_format == "text":
        return as_text(diagnostics, selection, coloured=wants_colour(stream, os.environ))
    if output_format == "github":
        return as_github(selection)
    if output_format == "json":
        return as_json(selection)
    if output_format == "sarif":
        return as_sarif(selection)
    raise ValueError(f"there is no format {output_format!r}")


def wants_colour(stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Whether `stream` is a terminal, and neither NO_COLOR nor TERM=dumb asks for plain text."""
    if stream is None or environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return stream.isatty()
