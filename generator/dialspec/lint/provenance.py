"""Provenance: each endpoint says where its facts were read, and admits what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialspec.diagnostics import quoted

if TYPE_CHECKING:
    from dialspec.lint.subject import Subject


def check_provenance(subject: Subject) -> None:
    """DS460: an endpoint has no source; DS461: `status` and `missing` contradict each other.

    DS463: an endpoint is described, and left out.
    """
    _check_left_out(subject)
    for vendor, endpoint in subject.endpoints():
        if endpoint.source is None:
            subject.report(
                "DS460",
                subject.at(endpoint.origin),
                f"{endpoint.full_name} does not say where its facts were read",
                "add `source: {page: …, retrieved: …}`",
            )
        if endpoint.status == "complete" and endpoint.missing:
            subject.report(
                "DS461",
                subject.part_at(vendor, endpoint, "missing"),
                f"{endpoint.full_name} lists what is missing, but its status is `complete`",
                "set `status: partial`, or remove `missing:`",
            )
        elif endpoint.status != "complete" and not endpoint.missing:
            subject.report(
                "DS461",
                subject.part_at(vendor, endpoint, "status"),
                f"{endpoint.full_name} is {quoted(endpoint.status)}, but nothing says what is missing",
                "list it under `missing:`, or set `status: complete`",
            )


def _check_left_out(subject: Subject) -> None:
    for vendor in subject.vendors:
        for resource in vendor.provider.resources:
            described = {endpoint.name for endpoint in resource.endpoints}
            for item in resource.left_out:
                if item.name in described:
                    subject.report(
                        "DS463",
                        subject.at(item.origin),
                        f"{resource.name}.{item.name} is left out here, and described above",
                        "remove it from `left_out:`, or give it another name",
                    )
