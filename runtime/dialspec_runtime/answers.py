"""What an answer says, as `decode` finds out and `exchange` acts upon: one of four."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .codes import DocumentedCode
    from .records import Record


class Accepted(NamedTuple):
    """A success, decoded."""

    document: Record
    mended: bool = False


class Refused(NamedTuple):
    """A result code that is not success; not shown in tracebacks, since vendors echo what they were sent."""

    code: str
    message: str
    documented: DocumentedCode | None

    def __repr__(self) -> str:
        return "<Refused>"


class Unreadable(NamedTuple):
    """An answer that is not what is documented."""

    problem: str
    where: str = ""
    excerpt: str = ""
    may_pass: bool = False
    """Whether another try may bring a better one: cut off, empty, or the page of some gateway."""


class BadStatus(NamedTuple):
    """An HTTP status other than 2xx, without the vendor's envelope."""

    excerpt: str


Answer = Accepted | Refused | Unreadable | BadStatus
