"""Documented examples hold what the spec says, unless a deviation records the difference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dialspec.api import ObjectRef
from dialspec.diagnostics import quoted
from dialspec.lint.conformance import ITEM, Conformance, Mismatch
from dialspec.lint.documents import documents
from dialspec.resolve.requests import PLACEHOLDER
from dialspec.spec.language.kinds import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialspec.api import Endpoint, Field
    from dialspec.lint.conformance import Json, Step
    from dialspec.lint.documents import Document
    from dialspec.lint.subject import Subject, Vendor

_CODE_OF: Final = {"value": "DS421", "missing": "DS422", "unknown": "DS423"}
_MOST_PER_DOCUMENT: Final = 20
_PATH: Final = "path"


def check_examples(subject: Subject) -> None:
    """DS420 to DS423: not JSON, values that do not fit, required fields that lack, fields that the spec lacks.

    DS424: a target that is not the endpoint's.
    """
    for vendor, endpoint in subject.endpoints():
        _check_targets(subject, vendor, endpoint)
        found = list(documents(subject, vendor, endpoint))
        for document in found:
            _check_validity(subject, document, found)
            if document.problem is None or document.value is not None:
                _check_content(subject, vendor, endpoint, document)


def _check_targets(subject: Subject, vendor: Vendor, endpoint: Endpoint) -> None:
    if any(item.at.reveal() == _PATH for item in endpoint.deviations):
        return
    for index, example in enumerate(endpoint.examples):
        target = "" if example.target is None else example.target.reveal()
        if example.target is not None and _target_of(endpoint).fullmatch(target) is None:
            subject.report(
                "DS424",
                subject.part_at(vendor, endpoint, "examples", index, "target"),
                f"the example was sent to {quoted(target)}, and the endpoint is at {quoted(endpoint.path)}",
                "mend the path or the example, or record a deviation `at: path`",
            )


def _target_of(endpoint: Endpoint) -> re.Pattern[str]:
    """What a target looks like: the path with something for each placeholder, and perhaps a query."""
    fixed = PLACEHOLDER.split(endpoint.path.reveal())[::2]
    return re.compile("[^/?#]+".join(map(re.escape, fixed)) + r"(?:\?.*)?", re.DOTALL)


def _check_validity(subject: Subject, document: Document, all_documents: list[Document]) -> None:
    example = document.example
    is_said_invalid = example.invalid is not None or example.cut is not None
    if document.problem is not None and not is_said_invalid:
        subject.report(
            "DS420",
            document.position(),
            f"the {document.side} example is not JSON: {document.problem}",
            "copy it again; if the vendor prints it so, say with `invalid:` what is wrong with it, and with `cut:` "
            "where the copy ends if it does so before the text",
        )
    elif is_said_invalid and all(
        other.was_valid for other in all_documents if other.example is document.example
    ):
        subject.report(
            "DS420",
            document.position(),
            f"`{'cut' if example.invalid is None else 'invalid'}` says that the example is not JSON, but it is",
            "remove that, or copy the example as the vendor prints it",
        )


def _check_content(
    subject: Subject, vendor: Vendor, endpoint: Endpoint, document: Document
) -> None:
    excused = set(_excused(endpoint, document))
    told: set[tuple[str, str]] = set()
    for mismatch in _mismatches(vendor, endpoint, document):
        place = dotted(mismatch.path)
        if _plain(place) in excused or (place, mismatch.kind) in told:
            continue
        if len(told) == _MOST_PER_DOCUMENT:
            break
        told.add((place, mismatch.kind))
        subject.report(
            _CODE_OF[mismatch.kind],
            document.position(),
            f"the {document.side} example differs from the spec: {quoted(place)} {mismatch.problem}",
            _REMEDIES[mismatch.kind].format(f"{document.side}.{place}"),
        )


_REMEDIES: Final = {
    "value": "mend the type, or record a deviation `at: {}`",
    "missing": "make it optional, or record a deviation `at: {}`",
    "unknown": "add the field with `documented: false`, or record a deviation `at: {}`",
}


def _mismatches(vendor: Vendor, endpoint: Endpoint, document: Document) -> Iterator[Mismatch]:
    conformance = Conformance(vendor)
    if document.side == "response":
        yield from conformance.of_type(document.value, ObjectRef(endpoint.response.document), ())
    elif isinstance(document.value, dict):
        yield from _of_request(conformance, endpoint, document.value)
    else:
        yield Mismatch((), "value", "is not an object")


def _of_request(
    conformance: Conformance, endpoint: Endpoint, value: dict[str, Json]
) -> Iterator[Mismatch]:
    """Compare a request, as it is printed: fields of body and query at its root, or in their wrappers."""
    by_wrapper: dict[str, list[Field]] = {"": []}
    if endpoint.wrapper is not None:
        by_wrapper[endpoint.wrapper.reveal()] = []
    for parameter in endpoint.parameters:
        if parameter.location in {Location.BODY, Location.QUERY}:
            by_wrapper.setdefault(parameter.at.reveal(), []).append(parameter.field)
    paging_fields = set[str]()
    if endpoint.paging is not None:
        paging_fields = {endpoint.paging.start.reveal(), endpoint.paging.size.reveal()}
    root = {
        name: item
        for name, item in value.items()
        if name not in paging_fields and name not in by_wrapper
    }
    yield from conformance.of_fields(root, tuple(by_wrapper.pop("")), ())
    for name in paging_fields & value.keys():
        if not isinstance(value[name], int):
            yield Mismatch((name,), "value", "is not a whole number")
    for wrapper, fields in by_wrapper.items():
        inner = value.get(wrapper, {})
        if isinstance(inner, dict):
            yield from conformance.of_fields(inner, tuple(fields), (wrapper,))
        else:
            yield Mismatch((wrapper,), "value", "is not an object")


def _excused(endpoint: Endpoint, document: Document) -> Iterator[str]:
    """The places whose differences are recorded, as `_plain` writes them."""
    wrapper = None if endpoint.wrapper is None else endpoint.wrapper.reveal()
    # Vendors spell the keys of one envelope in several ways; a deviation of one spelling is one of all.
    code_keys = {key.reveal() for key in endpoint.response.envelope.code}
    for deviation in endpoint.deviations:
        side, _, place = deviation.at.reveal().partition(".")
        if side == document.side and place:
            yield _plain(place)
            if side == "response" and place in code_keys:
                yield from code_keys
            if side == "request" and wrapper is not None:
                yield _plain(f"{wrapper}.{place}")


def dotted(path: Iterable[Step]) -> str:
    """Write a path as deviations do: `data.records[].called`."""
    return ".".join(path).replace(f".{ITEM}", ITEM)


def _plain(place: str) -> str:
    return re.sub(r"\[\d*\]", "", place)
