"""Two resources that send one request: most often somebody described an endpoint that was there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dialspec.api import Endpoint
    from dialspec.lint.subject import Subject
    from dialspec.text import PythonName


def check_same_requests(subject: Subject) -> None:
    """DS403: endpoints of two resources have the same method and path; within one resource that is no accident."""
    firsts: dict[tuple[PythonName, str, str], Endpoint] = {}
    for vendor, endpoint in subject.endpoints():
        request = (vendor.provider.name, endpoint.method, endpoint.path.reveal())
        first = firsts.setdefault(request, endpoint)
        if first.resource != endpoint.resource:
            subject.report(
                "DS403",
                subject.part_at(vendor, endpoint, "http"),
                f"{endpoint.full_name} goes where {first.full_name} goes",
                f"use {first.full_name}, or put both into one resource if they are two forms of one endpoint",
            )
