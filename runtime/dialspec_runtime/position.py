"""`Position`: where a harvest stands, as a small value that JSON can hold.

A position names the endpoint, the row after the last record handed out, and marks of the last records
themselves, by which the place is found again after rows were inserted or removed. It holds no
request parameters: resume with the same ones.
"""

from collections.abc import Mapping
from typing import Final, TypedDict, cast

from .errors import InvalidArgument, circumstances_of

__all__ = ["MARKS_KEPT", "Position", "checked_position"]

MARKS_KEPT: Final = 32
"""How many of the last records a position remembers."""


class Position(TypedDict):
    """A place between two records of a list. Made by a pager, taken by `resume=`; JSON-safe."""

    endpoint: str
    row: int
    """Rows of the vendor's list that lie before the place."""
    start: int
    """The row at which the harvest began."""
    total: int | None
    """The vendor's count when the last page was read, if it gave one."""
    recent: list[str]
    """Marks (hashes of keys) of the last records handed out, oldest first."""


def checked_position(value: object, endpoint: str) -> Position:
    """Take a position as it comes back from storage; refuse what is none, or belongs elsewhere."""
    if not isinstance(value, Mapping):
        raise _refused(endpoint, "a position is a mapping, as `pager.position` gives it")
    given = cast("Mapping[str, object]", value)
    row, start, total = given.get("row"), given.get("start"), given.get("total")
    recent = given.get("recent")
    if (
        not _is_count(row)
        or not _is_count(start)
        or not (total is None or _is_count(total))
        or not isinstance(recent, (list, tuple))
        or not all(isinstance(each, str) for each in cast("list[object]", recent))
    ):
        raise _refused(endpoint, "this is not a whole position; pass `pager.position` unchanged")
    if given.get("endpoint") != endpoint:
        raise _refused(endpoint, "this position was taken from a list of another endpoint")
    return Position(
        endpoint=endpoint,
        row=cast("int", row),
        start=cast("int", start),
        total=cast("int | None", total),
        recent=list(cast("list[str]", recent)),
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _refused(endpoint: str, reason: str) -> InvalidArgument:
    return InvalidArgument(f"resume: {reason}", circumstances_of(endpoint), parameter="resume")
