"""Result codes: each says what kind of refusal it is, and does not contradict itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dialspec.diagnostics import quoted
from dialspec.spec.language.kinds import ErrorKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialspec.api import Code
    from dialspec.lint.subject import Subject
    from dialspec.spec.language.protocol import ErrorCode
    from dialspec.spec.loaded import LoadedFile

# Another try with the same request meets the same refusal.
_LASTING: Final = frozenset(
    {
        ErrorKind.AUTHENTICATION,
        ErrorKind.PERMISSION,
        ErrorKind.INVALID_PARAMETER,
        ErrorKind.CONFLICT,
        ErrorKind.NOT_FOUND,
        ErrorKind.BALANCE,
    }
)


def check_codes(subject: Subject) -> None:
    """DS442: the kind is unknown; DS443: transient, but of a lasting kind; DS444: an error that means success."""
    for file in subject.files.values():
        for path, documented in _codes_of(file):
            _check_kind(subject, file, path, documented)
    for vendor, endpoint in subject.endpoints():
        success = {text.reveal() for text in endpoint.response.envelope.success}
        for code in endpoint.codes:
            if code.text.reveal() in success:
                subject.report(
                    "DS444",
                    subject.part_key_at(vendor, endpoint, "errors", *_place_below_errors(code)),
                    f"{quoted(code.text)} is an error of {endpoint.full_name}, but its envelope takes it as success",
                    "remove it from the errors, or from `success:` of the envelope",
                )


def _place_below_errors(code: Code) -> tuple[str, ...]:
    return ("own", code.text.reveal()) if code.own else ("codes",)


def _codes_of(file: LoadedFile[Any]) -> Iterator[tuple[tuple[str, ...], ErrorCode]]:
    for family, codes in getattr(file.model, "errors", {}).items():
        for text, code in codes.items():
            yield ("errors", family, text.reveal()), code
    for name, group in getattr(file.model, "code_groups", {}).items():
        for text, code in group.own.items():
            yield ("code_groups", name, "own", text.reveal()), code
    for name, endpoint in getattr(file.model, "endpoints", {}).items():
        if endpoint.errors is not None:
            for text, code in endpoint.errors.own.items():
                yield ("endpoints", name, "errors", "own", text.reveal()), code


def _check_kind(
    subject: Subject, file: LoadedFile[Any], path: tuple[str, ...], code: ErrorCode
) -> None:
    if code.kind is ErrorKind.UNKNOWN and code.advice is None:
        subject.report(
            "DS442",
            file.value_at(*path, "kind"),
            f"the kind of the code {quoted(path[-1])} is unknown, and nothing says what a client should do",
            "choose the kind that comes nearest, or give `advice:`",
        )
    if code.transient and code.kind in _LASTING:
        subject.report(
            "DS443",
            file.value_at(*path, "transient"),
            f"the code {quoted(path[-1])} is marked as transient, but its kind {quoted(code.kind.value)} lasts",
            "remove `transient:`, or choose another kind such as `limit` or `server`",
        )
