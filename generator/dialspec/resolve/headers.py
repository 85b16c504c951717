"""Headers: which ones a spec may set, and which the client writes itself.

A header that signs a request or that frames it is written once, by the client. Names are compared as HTTP compares
them: in whatever case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.api import Origin
from dialspec.diagnostics.quoting import quoted
from dialspec.spec.language.notation import HEADER_NAME, HEADER_NAME_RULE
from dialspec.spec.language.protocol import Md5SignSpec
from dialspec.text import SpecText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialspec.resolve.context import Context

_FRAMING: Final = frozenset({"host", "content-length", "transfer-encoding", "connection"})
_SIGNING_KEYS: Final = ("key_header", "timestamp_header", "signature_header")


def standing_headers(context: Context) -> dict[SpecText, SpecText]:
    """The headers of every request, a brand's over those of its platform."""
    _check_signing(context)
    merged: dict[str, tuple[SpecText, SpecText]] = {}
    for file, shared in reversed(context.shared):
        seen: dict[str, str] = {}
        for name, value in shared.headers.items():
            origin = Origin(str(file.path), ("headers", name))
            first = seen.setdefault(name.lower(), name)
            if first != name:
                _report(context, origin, name, f"stands here as {quoted(first)} already")
            check_header(context, SpecText(name), origin)
            merged[name.lower()] = (SpecText(name), SpecText(value))
    return dict(merged.values())


def check_header(context: Context, wire: SpecText, origin: Origin) -> None:
    """Report a header that cannot be sent, or that is not a spec's to set."""
    name = wire.reveal()
    if HEADER_NAME.fullmatch(name) is None:
        context.report(
            "DS105",
            context.position(origin),
            f"{quoted(wire)} is no name of a header: {HEADER_NAME_RULE}",
            "write it as the vendor's page does",
        )
    elif name.lower() in _FRAMING:
        _report(context, origin, name, "is written by the client, which frames requests")
    elif name.lower() in {signing.lower() for _, signing in _signing(context)}:
        _report(context, origin, name, "is written by the client, which signs requests")


def _check_signing(context: Context) -> None:
    seen: dict[str, str] = {}
    for origin, name in _signing(context):
        first = seen.setdefault(name.lower(), name)
        if first is not name:
            _report(context, origin, name, "carries another part of the signature already")
        elif name.lower() in _FRAMING:
            _report(context, origin, name, "is written by the client, which frames requests")


def _signing(context: Context) -> Iterator[tuple[Origin, str]]:
    """The headers that sign a request, and where they are named."""
    for file, shared in context.shared:
        if shared.auth is None:
            continue
        origin = Origin(str(file.path), ("auth",))
        if isinstance(shared.auth, Md5SignSpec):
            for key in _SIGNING_KEYS:
                yield Origin(origin.file, ("auth", key)), getattr(shared.auth, key)
        else:
            yield origin, "Authorization"
        return


def _report(context: Context, origin: Origin, name: str, problem: str) -> None:
    context.report(
        "DS354",
        context.position(origin),
        f"the header {quoted(name)} {problem}",
        "name another header, or remove it",
    )
