"""Diagnostics as one JSON document, for scripts; its keys are stable."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dialspec.diagnostics.quoting import escaped

if TYPE_CHECKING:
    from dialspec.diagnostics.diagnostic import Diagnostic
    from dialspec.diagnostics.position import Position
    from dialspec.diagnostics.selection import Selection


def as_json(selection: Selection) -> str:
    """Give `{"errors", "warnings", "omitted", "diagnostics": [{"code", "severity", "file", "line", …}]}`."""
    document = {
        "errors": selection.errors,
        "warnings": selection.warnings,
        "omitted": selection.omitted,
        "diagnostics": [_one(found) for found in selection.shown],
    }
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def _one(found: Diagnostic) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        **_place(found.position),
        "end_column": found.end_column,
        "message": escaped(found.message),
        "hint": None if found.hint is None else escaped(found.hint),
        "related": [
            {**_place(position), "message": escaped(message)} for position, message in found.related
        ],
    }


def _place(position: Position) -> dict[str, object]:
    return {
        "file": escaped(str(position.file)),
        "line": position.line,
        "column": position.column,
    }
