"""Labels and summaries: what has a label in a language has siblings that have one too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialspec.api import Origin
from dialspec.diagnostics import quoted
from dialspec.text import SpecText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dialspec.api import Field, Labels
    from dialspec.lint.subject import Subject


@dataclass(frozen=True, slots=True)
class _Labelled:
    """Something that may have labels, and what messages call it."""

    shown: str
    labels: Labels
    origin: Origin


def check_labels(subject: Subject) -> None:
    """DS450: a label lacks a language that most siblings have; DS451: a field is not described at all."""
    excused = _fields_with_deviations(subject)
    for vendor in subject.vendors:
        for enum in vendor.provider.enums:
            if enum.partial is not None:
                continue
            _check_group(
                subject,
                [_Labelled(quoted(one.name), one.labels, one.origin) for one in enum.members],
            )
        for type_ in vendor.provider.types:
            _check_fields(subject, type_.fields, excused)
    for _, endpoint in subject.endpoints():
        _check_fields(subject, [one.field for one in endpoint.parameters], excused)


def _check_fields(subject: Subject, fields: Iterable[Field], excused: set[SpecText]) -> None:
    told = [field for field in fields if field.documented]
    _check_group(
        subject,
        [
            _Labelled(quoted(field.wire), field.labels, field.origin)
            for field in told
            if field.wire not in excused
        ],
    )
    for field in told:
        is_written = bool({"fields", "request", "field_groups"} & set(field.origin.path))
        if is_written and field.summary is None and not field.labels:
            subject.report(
                "DS451",
                subject.at(field.origin),
                f"nothing says what {quoted(field.wire)} means",
                "add `summary:` with the meaning, or `label:` with the vendor's own words",
            )


def _check_group(subject: Subject, group: list[_Labelled]) -> None:
    """Report members of a group that lack a language which more than half of the labelled ones have."""
    labelled = [one for one in group if one.labels]
    counts = Counter(language for one in labelled for language in one.labels)
    for language in sorted(counts):
        if counts[language] * 2 <= len(labelled):
            continue
        for one in group:
            if language not in one.labels:
                subject.report(
                    "DS450",
                    subject.at(one.origin, "label"),
                    f"{one.shown} has no label in {quoted(language)}, but most of its siblings have one",
                    f"add `{language}:` to its `label:`, as the vendor prints it",
                )


def _fields_with_deviations(subject: Subject) -> set[SpecText]:
    """Fields whose row of the table is recorded as odd: the label may be what is lost."""
    return {
        SpecText(deviation.at.reveal().rpartition(".")[2])
        for _, endpoint in subject.endpoints()
        for deviation in endpoint.deviations
    }
