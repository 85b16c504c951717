"""Single values: members, defaults, conditions and examples that the type or the range around them does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialspec.diagnostics import quoted
from dialspec.lint.conformance import Conformance, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dialspec.api import Field
    from dialspec.lint.subject import Subject


def check_values(subject: Subject) -> None:
    """DS413: an enum value outside of the documented range; DS414: another value that its type does not allow."""
    _check_enums(subject)
    for vendor in subject.vendors:
        conformance = Conformance(vendor)
        for type_ in vendor.provider.types:
            for field in type_.fields:
                _check_field(subject, conformance, field)
            _check_conditions(subject, conformance, type_.fields)
    for vendor, endpoint in subject.endpoints():
        conformance = Conformance(vendor)
        fields = [parameter.field for parameter in endpoint.parameters]
        for field in fields:
            _check_field(subject, conformance, field)
        _check_conditions(subject, conformance, fields)


def _check_enums(subject: Subject) -> None:
    for file in subject.files.values():
        for name, enum in file.model.enums.items():
            for value in enum.members:
                if not isinstance(value, int):
                    continue
                too_low = enum.minimum is not None and value < enum.minimum
                if too_low or (enum.maximum is not None and value > enum.maximum):
                    low = "…" if enum.minimum is None else enum.minimum
                    high = "…" if enum.maximum is None else enum.maximum
                    subject.report(
                        "DS413",
                        file.at("enums", name, "members", value),
                        f"the value {value} lies outside of the documented range {low} to {high}",
                        "check the page: mend the value, or the range of the enum",
                    )


def _check_field(subject: Subject, conformance: Conformance, field: Field) -> None:
    for key in ("default", "example"):
        value = plain(getattr(field, key))
        if value is None:
            continue
        for mismatch in conformance.of_field(value, field):
            subject.report(
                "DS414",
                subject.value_at(field.origin, key),
                f"`{key}` of {quoted(field.wire)} {mismatch.problem}",
                "mend the value, or the type",
            )


def _check_conditions(subject: Subject, conformance: Conformance, fields: Sequence[Field]) -> None:
    by_name = {field.name: field for field in fields}
    for field in fields:
        for condition in field.required_when:
            for value in condition.equals:
                for mismatch in conformance.of_field(plain(value), by_name[condition.parameter]):
                    subject.report(
                        "DS414",
                        subject.value_at(field.origin, "required_when"),
                        f"the condition on {quoted(condition.wire)} cannot hold: the value {mismatch.problem}",
                        "compare with a value that the other field can have",
                    )
