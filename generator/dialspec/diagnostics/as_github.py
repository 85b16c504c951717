"""Diagnostics as commands of GitHub Actions, which become annotations of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialspec.diagnostics.quoting import escaped
from dialspec.diagnostics.registry import CODES

if TYPE_CHECKING:
    from dialspec.diagnostics.diagnostic import Diagnostic
    from dialspec.diagnostics.selection import Selection


def as_github(selection: Selection) -> str:
    """Give one `::error file=…,line=…,col=…::message` for each problem, and a notice of what is not shown."""
    lines = [_command(found) for found in selection.shown]
    if selection.omitted:
        lines.append(f"::notice title=dialspec::{selection.omitted:,} more problems are not shown")
    return "".join(f"{line}\n" for line in lines)


def _command(found: Diagnostic) -> str:
    position = found.position
    properties = {
        "file": escaped(str(position.file)),
        "line": str(position.line),
        "col": str(position.column),
        "endColumn": None if found.end_column is None else str(found.end_column),
        "title": f"{found.code} {CODES[found.code].title}",
    }
    given = ",".join(
        f"{name}={_property(value)}" for name, value in properties.items() if value is not None
    )
    parts = [found.message, found.hint]
    parts += [f"{place}: {message}" for place, message in found.related]
    text = "%0A".join(_data(escaped(part)) for part in parts if part)
    return f"::{found.severity} {given}::{text}"


def _data(text: str) -> str:
    return text.replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
