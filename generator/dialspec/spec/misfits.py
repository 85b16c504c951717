"""Pydantic's complaints about a document, with real paths and without the noise of unions.

Pydantic reports every member of a union (`FieldSpec | TypeExpression`) and puts the member's name into the location.
Here a location becomes a path of the document, and the complaints about one value are reduced: a member whose
very shape differs from what was written (a text where the member is a mapping) says nothing that helps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dialspec.spec.structure import has_inside, value_inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import ValidationError

    from dialspec.spec.yaml import Data

Path: TypeAlias = tuple[str | int, ...]

_KEY: Final = "[key]"


@dataclass(frozen=True, slots=True)
class Misfit:
    """One complaint: its kind (pydantic's error type), the path of the value, or of the key if `is_key`."""

    kind: str
    path: Path
    is_key: bool
    context: Mapping[str, Any]
    members: tuple[tuple[int, str], ...]
    """The members of unions it went through: length of the path there, and the member's name."""


def misfits(error: ValidationError, data: Data) -> list[Misfit]:
    """Give the complaints of a failed validation of `data` that are worth a message."""
    found = [
        _misfit(details["type"], details["loc"], details.get("ctx", {}), data)
        for details in error.errors(include_url=False, include_input=False)
    ]
    level = 0
    while any(len(misfit.members) > level for misfit in found):
        found = _reduced(found, level)
        level += 1
    return found


def _misfit(
    kind: str, location: tuple[str | int, ...], context: Mapping[str, Any], data: Data
) -> Misfit:
    path: list[str | int] = []
    members: list[tuple[int, str]] = []
    is_key = False
    value = data
    # What is missing or too much is named last, and stands for itself.
    named_last = kind in {"missing", "extra_forbidden"}
    for index, step in enumerate(location):
        if named_last and index == len(location) - 1:
            path.append(step)
        elif has_inside(value, step):
            path.append(step)
            value = value_inside(value, step)
        elif step == _KEY:
            is_key = True
        else:
            members.append((len(path), str(step)))
    return Misfit(kind, tuple(path), is_key, context, tuple(members))


def _reduced(found: list[Misfit], level: int) -> list[Misfit]:
    kept: list[Misfit] = []
    unions: dict[tuple[Path, bool, tuple[tuple[int, str], ...]], list[Misfit]] = {}
    for misfit in found:
        if len(misfit.members) <= level:
            kept.append(misfit)
            continue
        place = misfit.path[: misfit.members[level][0]]
        unions.setdefault((place, misfit.is_key, misfit.members[:level]), []).append(misfit)
    for (place, is_key, _), group in unions.items():
        kept.extend(_worth_telling(place, is_key, group, level))
    return kept


def _worth_telling(place: Path, is_key: bool, group: list[Misfit], level: int) -> Iterable[Misfit]:
    by_member: dict[str, list[Misfit]] = {}
    for misfit in group:
        by_member.setdefault(misfit.members[level][1], []).append(misfit)
    fitting = [
        complaints
        for complaints in by_member.values()
        if not any(_wrong_shape(misfit, place) for misfit in complaints)
    ]
    if len(fitting) == 1:
        return fitting[0]
    # No member has this shape, or several do and none accepts it: one complaint about the union as a whole.
    kind = "union" if not fitting else fitting[0][0].kind
    return [
        replace(group[0], kind=kind, path=place, is_key=is_key, members=group[0].members[:level])
    ]


def _wrong_shape(misfit: Misfit, place: Path) -> bool:
    return misfit.path == place and (
        misfit.kind.endswith("_type") or misfit.kind == "literal_error"
    )
