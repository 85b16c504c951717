"""Documented examples, and what of them the models do not know."""

from __future__ import annotations

from typing import cast

from dialspec_runtime import Record


def completed(text: str) -> str:
    """A text that is cut after a value, with what is open closed."""
    closers: list[str] = []
    is_quoted = False
    for character in text:
        if character == '"':
            is_quoted = not is_quoted
        elif not is_quoted and character in "{[":
            closers.append("}" if character == "{" else "]")
        elif not is_quoted and character in "}]":
            closers.pop()
    return text.rstrip().rstrip(",") + "".join(reversed(closers))


def undocumented(record: Record) -> list[str]:
    """Names of fields that a record holds and the specs do not."""
    found = list(record.model_extra or {})
    for value in record.__dict__.values():
        for item in cast("list[object]", value) if isinstance(value, list) else [value]:
            if isinstance(item, Record):
                found += undocumented(item)
    return found
