"""Diagnostics as SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from dialspec.diagnostics.quoting import escaped
from dialspec.diagnostics.registry import CODES

if TYPE_CHECKING:
    from dialspec.diagnostics.diagnostic import Diagnostic
    from dialspec.diagnostics.position import Position
    from dialspec.diagnostics.selection import Selection

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(selection: Selection) -> str:
    """Give a log with one run, whose rules are the codes that occur."""
    rules = sorted({found.code for found in selection.shown})
    run = {
        "tool": {"driver": {"name": "dialspec", "rules": [_rule(code) for code in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, rules.index(found.code)) for found in selection.shown],
        "properties": {
            "errors": selection.errors,
            "warnings": selection.warnings,
            "omitted": selection.omitted,
        },
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=True, indent=2) + "\n"


def _rule(code: str) -> dict[str, object]:
    info = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.explanation},
        "defaultConfiguration": {"level": info.severity.value},
    }


def _result(found: Diagnostic, rule_index: int) -> dict[str, object]:
    text = found.message if found.hint is None else f"{found.message}: {found.hint}"
    result: dict[str, object] = {
        "ruleId": found.code,
        "ruleIndex": rule_index,
        "level": found.severity.value,
        "message": {"text": escaped(text)},
        "locations": [{"physicalLocation": _place(found.position, found.end_column)}],
    }
    if found.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": escaped(message)},
                "physicalLocation": _place(position, None),
            }
            for number, (position, message) in enumerate(found.related)
        ]
    return result


def _place(position: Position, end_column: int | None) -> dict[str, object]:
    region = {"startLine": position.line, "startColumn": position.column}
    if end_column is not None:
        region["endColumn"] = end_column
    # A file name may hold bytes that are no text; in an address they are escaped like any other.
    address = quote(str(position.file), errors="surrogateescape")
    return {"artifactLocation": {"uri": address}, "region": region}
