"""Fields that sound like telephone numbers or secrets are marked, so that they are masked in what we print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.api import ListOf, Scalar, ScalarKind
from dialspec.diagnostics import quoted
from dialspec.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dialspec.api import Field
    from dialspec.lint.subject import Subject

_SUSPECTS: Final = {
    "phone": "phone",
    "phones": "phone",
    "mobile": "phone",
    "mobiles": "phone",
    "telephone": "phone",
    "tel": "phone",
    "callee": "phone",
    "caller": "phone",
    "email": "personal",
    "password": "secret",
    "passwd": "secret",
    "secret": "secret",
    "token": "secret",
}
_HARMLESS_ENDINGS: Final = frozenset(["count", "id", "num", "status", "time", "total", "type"])


def check_sensitivity(subject: Subject) -> None:
    """DS452: a text that sounds sensitive is not marked with `sensitive`."""
    for vendor in subject.vendors:
        for type_ in vendor.provider.types:
            _check(subject, type_.fields)
    for _, endpoint in subject.endpoints():
        _check(subject, (parameter.field for parameter in endpoint.parameters))


def _check(subject: Subject, fields: Iterable[Field]) -> None:
    for field in fields:
        parts = words(field.name)
        suspect = next((part for part in parts if part in _SUSPECTS), None)
        if suspect is None or field.sensitive is not None or parts[-1] in _HARMLESS_ENDINGS:
            continue
        if _is_text(field):
            subject.report(
                "DS452",
                subject.at(field.origin),
                f"{quoted(field.wire)} sounds like something to be masked",
                f"add `sensitive: {_SUSPECTS[suspect]}`; if it is harmless, give it a `name:` that says what it is",
            )


def _is_text(field: Field) -> bool:
    type_ = field.type
    while isinstance(type_, ListOf):
        type_ = type_.item
    return isinstance(type_, Scalar) and type_.kind is ScalarKind.STRING
