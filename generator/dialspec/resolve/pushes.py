"""Pushes: what a vendor posts to its customers, as one object or a list of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialspec.api import Example, ListOf, ObjectRef, Origin, Push
from dialspec.diagnostics.quoting import quoted
from dialspec.resolve.endpoints import resolve_deviations, resolve_example_text, resolve_source
from dialspec.resolve.fields import resolve_type
from dialspec.resolve.inherit import inherit_push
from dialspec.resolve.names import check_file_name, check_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dialspec.resolve.context import Context, ResourcePair
    from dialspec.spec.language.endpoints import PushSpec
    from dialspec.text import PythonName


def resolve_push(context: Context, pair: ResourcePair, name: PythonName) -> Push | None:
    """Resolve one push of a resource; None if it can't be used, which is reported."""
    inherited = inherit_push(context, pair, name)
    if inherited is None:
        return None
    spec, origin = inherited.spec, inherited.origin
    check_name(context, name, origin, frozenset(), "a push")
    check_file_name(context, name, origin, "a push")
    if spec.payload is None or spec.summary is None:
        context.report(
            "DS339",
            context.position(origin),
            f"the push has no `{'payload' if spec.payload is None else 'summary'}`",
            "add it, here or at the platform",
        )
        return None
    payload_origin = Origin(origin.file, (*origin.path, "payload"))
    payload = resolve_type(context, spec.payload, payload_origin)
    event = payload.item if isinstance(payload, ListOf) else payload
    if not isinstance(event, ObjectRef):
        context.report(
            "DS350",
            context.value_position(payload_origin),
            f"a push holds {quoted(spec.payload)}, which is neither an object nor a list of objects",
            "name a type of `types:`, or list[…] of one",
        )
        return None
    return Push(
        name=name,
        resource=pair.own.model.resource,
        summary=spec.summary,
        description=spec.description,
        source=resolve_source(spec.source),
        status=spec.status,
        missing=tuple(spec.missing),
        payload=payload,
        at=tuple(spec.at.split(".")) if spec.at else (),
        answer=spec.answer,
        answer_body=spec.answer_body,
        repeats=spec.repeats,
        deviations=resolve_deviations(inherited.deviations),
        examples=tuple(_examples(context, spec)),
        notes=tuple(spec.notes),
        origin=origin,
    )


def _examples(context: Context, spec: PushSpec) -> Iterable[Example]:
    files = dict(context.platform.examples) if context.platform is not None else {}
    files.update(context.provider.examples)
    for item in spec.examples:
        text = resolve_example_text(item.request, files)
        yield Example(
            title=item.title,
            request=None if text == "missing" else text,
            response=None,
            invalid=item.invalid,
            note=item.note,
            cut=item.cut,
            shortened=item.shortened,
        )
