"""Effects against names: an endpoint called a query that may not be repeated, and a change that may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.diagnostics import quoted
from dialspec.spec.language.kinds import Effect
from dialspec.text import words

if TYPE_CHECKING:
    from dialspec.lint.subject import Subject

_READING: Final = frozenset(
    [
        "count",
        "describe",
        "detail",
        "details",
        "download",
        "export",
        "fetch",
        "find",
        "get",
        "list",
        "page",
        "query",
        "search",
        "show",
    ]
)
_CHANGING: Final = frozenset(
    [
        "add",
        "bind",
        "call",
        "cancel",
        "create",
        "delete",
        "dial",
        "edit",
        "import",
        "insert",
        "modify",
        "pause",
        "remove",
        "resume",
        "save",
        "send",
        "set",
        "start",
        "stop",
        "submit",
        "unbind",
        "update",
        "upload",
    ]
)


def check_effects(subject: Subject) -> None:
    """DS440: unsafe, but named like a query; DS441: a read, but named like a change. A reason settles both."""
    for vendor, endpoint in subject.endpoints():
        if endpoint.effect_reason is not None:
            continue
        first = words(endpoint.name)[0]
        if endpoint.effect is Effect.UNSAFE and first in _READING:
            subject.report(
                "DS440",
                subject.part_at(vendor, endpoint, "effect"),
                f"{endpoint.full_name} is unsafe, but {quoted(first)} sounds like a query",
                "make it `read` if it changes nothing; else say why with `effect_reason:`",
            )
        elif endpoint.effect is Effect.READ and first in _CHANGING:
            subject.report(
                "DS441",
                subject.part_at(vendor, endpoint, "effect"),
                f"{endpoint.full_name} is a read, but {quoted(first)} sounds like a change: it would be sent again "
                "after a fault",
                "make it `unsafe` or `idempotent` if it changes anything; else say why with `effect_reason:`",
            )
