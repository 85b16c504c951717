"""Paging and filters: the places that they name in an answer exist there, and what is walked is a read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialspec.api import ObjectRef
from dialspec.diagnostics import quoted
from dialspec.spec.language.endpoints import PagingUse
from dialspec.spec.language.kinds import Effect

if TYPE_CHECKING:
    from dialspec.api import Endpoint, Paging
    from dialspec.diagnostics import Position
    from dialspec.lint.subject import Subject, Vendor


def check_paging(subject: Subject) -> None:
    """DS410: a paging place that answers lack; DS411: a filter on no field of the row; DS412: a walk that is no read.

    DS415: a parameter that paging sends by itself.
    """
    for vendor, endpoint in subject.endpoints():
        if endpoint.paging is not None:
            _check_places(subject, vendor, endpoint, endpoint.paging)
            _check_effect(subject, vendor, endpoint)
            _check_parameters(subject, endpoint, endpoint.paging)
        _check_filters(subject, vendor, endpoint)


def _check_places(subject: Subject, vendor: Vendor, endpoint: Endpoint, paging: Paging) -> None:
    document = ObjectRef(endpoint.response.document)
    for name in ("items", "total", "pages", "current"):
        path: tuple[str, ...] | None = getattr(paging, name)
        if path is None:
            continue
        found = vendor.field_at(document, path)
        if found is None:
            subject.report(
                "DS410",
                _place_of(subject, vendor, endpoint, paging, name),
                f"paging reads `{name}` at {quoted('.'.join(path))}, which the answers of "
                f"{endpoint.full_name} lack",
                "mend the path, or add the field under `fields:` of the paging style or of the response",
            )


def _place_of(
    subject: Subject, vendor: Vendor, endpoint: Endpoint, paging: Paging, name: str
) -> Position:
    """Where a path of paging is written: at the endpoint if it differs there, else at the style."""
    given = subject.part_spec(vendor, endpoint, "paging")
    if isinstance(given, PagingUse) and getattr(given, name, None) is not None:
        return subject.part_at(vendor, endpoint, "paging", name)
    # A style that the brand does not define itself is its platform's.
    is_own = ("paging", paging.name) in vendor.folder.file.positions
    folder = vendor.folder if is_own else vendor.platform or vendor.folder
    return folder.file.value_at("paging", paging.name, name)


def _check_filters(subject: Subject, vendor: Vendor, endpoint: Endpoint) -> None:
    for parameter in endpoint.parameters:
        path = parameter.filters
        if path and vendor.field_at(endpoint.response.result_type, path) is None:
            subject.report(
                "DS411",
                subject.value_at(parameter.field.origin, "filters"),
                f"{quoted(parameter.wire)} filters by {quoted('.'.join(path))}, which is no field of a row",
                "name a field of the record by its wire name, or remove `filters:`",
            )


def _check_effect(subject: Subject, vendor: Vendor, endpoint: Endpoint) -> None:
    if endpoint.effect is not Effect.READ:
        subject.report(
            "DS412",
            subject.part_at(vendor, endpoint, "effect"),
            f"{endpoint.full_name} is walked page by page, but its effect is {quoted(endpoint.effect.value)}",
            "make it `read`, or remove `paging:`: walking calls it many times",
        )


def _check_parameters(subject: Subject, endpoint: Endpoint, paging: Paging) -> None:
    sent = {
        name.reveal() for name in (paging.start, paging.size, paging.wrapper) if name is not None
    }
    for parameter in endpoint.parameters:
        if parameter.location == paging.location and parameter.wire.reveal() in sent:
            subject.report(
                "DS415",
                subject.at(parameter.field.origin),
                f"paging of {endpoint.full_name} sends {quoted(parameter.wire)} by itself",
                f"remove it from `request:`; the paging style is {quoted(paging.name)}",
            )
