"""Answers: the whole document of an endpoint as object types, and where in it the result lies.

Every endpoint gets a document type of its own, so that one pass over the bytes decodes envelope, page and rows.
A paged answer whose rows lie one level down (`data.records`) gets a page type too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dialspec.api import (
    Constraints,
    Envelope,
    Field,
    ListOf,
    ObjectRef,
    ObjectType,
    Origin,
    Response,
    Type,
)
from dialspec.diagnostics.quoting import quoted
from dialspec.resolve.fields import origins_below, report_same_names, resolve_fields, resolve_type
from dialspec.resolve.names import RESERVED_FIELDS, derived_name, reason_against
from dialspec.spec.language.endpoints import ResponseSpec
from dialspec.spec.language.protocol import EnvelopeSpec, PagingSpec
from dialspec.text import ClassName, PythonName, SpecText, words

if TYPE_CHECKING:
    from dialspec.api import Paging
    from dialspec.resolve.context import Context
    from dialspec.resolve.definitions import Defined
    from dialspec.resolve.inherit import Inherited


_ROWS: Final = SpecText("The rows.")
_PAGE: Final = SpecText("The page.")


@dataclass(frozen=True, slots=True)
class Answer:
    """A resolved response with the object types that it adds to the provider."""

    response: Response
    types: tuple[ObjectType, ...]


def resolve_envelope(name: PythonName, spec: EnvelopeSpec) -> Envelope:
    """Settle an envelope."""
    return Envelope(
        name=name,
        code=tuple(spec.code),
        message=tuple(spec.message),
        success=tuple(spec.success),
        data=spec.data,
        summary=spec.summary,
        optional=spec.optional,
    )


def resolve_answer(
    context: Context,
    inherited: Inherited,
    resource: PythonName,
    name: PythonName,
    paged: tuple[Paging, Defined[PagingSpec]] | None,
) -> Answer | None:
    """Resolve what an endpoint answers; None, and a report, if its envelope is unknown."""
    spec = inherited.spec.response or ResponseSpec()
    defined = _envelope(context, inherited, spec)
    if defined is None:
        return None
    envelope_name, envelope_spec = defined
    envelope = resolve_envelope(envelope_name, envelope_spec.spec)
    origin = inherited.part("response")
    prefix = "".join(word.capitalize() for word in (*words(resource), *words(name)))
    builder = _Documents(context, resource, prefix, origin)
    place = _below(origin, "at") if spec.at is not None else _below(envelope_spec.origin, "data")
    root = [
        *resolve_fields(
            context,
            envelope_spec.spec.fields,
            origins_below(_below(envelope_spec.origin, "fields"), envelope_spec.spec.fields),
            RESERVED_FIELDS,
        ),
        *resolve_fields(
            context,
            spec.fields,
            origins_below(_below(origin, "fields"), spec.fields),
            RESERVED_FIELDS,
        ),
    ]
    if paged is not None:
        return builder.paged(root, envelope, spec, *paged)
    return builder.plain(root, envelope, spec, place)


class _Documents:
    """Builds the document types of one endpoint."""

    def __init__(self, context: Context, resource: PythonName, prefix: str, origin: Origin) -> None:
        self._context = context
        self._resource = resource
        self._document = ClassName(f"{prefix}Response")
        self._page = ClassName(f"{prefix}Page")
        self._origin = origin

    def plain(
        self, root: list[Field], envelope: Envelope, spec: ResponseSpec, written_at: Origin
    ) -> Answer:
        """An answer whose result is the object at one place, or the document itself."""
        if spec.record is not None:
            self._report_record_without_paging()
        place = _place(spec, envelope)
        if spec.type is None or place is None:
            result: tuple[str, ...] = ()
            type_: Type = ObjectRef(self._document)
        else:
            result = place
            type_ = resolve_type(self._context, spec.type, _below(self._origin, "type"))
            self._put(root, self._payload(result[0], type_, spec.summary), written_at)
            if isinstance(type_, ListOf):
                # What is decoded is a list, whether the vendor put an array around a lone item or not.
                type_ = ListOf(type_.item)
        return self._answer(root, (), envelope, spec, result, type_)

    def paged(
        self,
        root: list[Field],
        envelope: Envelope,
        spec: ResponseSpec,
        paging: Paging,
        style: Defined[PagingSpec],
    ) -> Answer:
        """An answer whose rows lie at the root (`data`) or one level down (`data.records`)."""
        if spec.record is None:
            self._context.report(
                "DS333",
                self._context.position(self._origin),
                "a paged endpoint says nothing of its rows",
                "name the type of one row with `record:`",
            )
            record: Type = ObjectRef(self._document)
        else:
            record = resolve_type(self._context, spec.record, _below(self._origin, "record"))
        rows = ListOf(record)
        beside = resolve_fields(
            self._context,
            style.spec.fields,
            origins_below(_below(style.origin, "fields"), style.spec.fields),
            RESERVED_FIELDS,
        )
        items = _below(style.origin, "items")
        if len(paging.items) == 1:
            for field in beside:
                self._put(root, field, field.origin)
            self._put(root, self._payload(paging.items[0], rows, spec.summary or _ROWS), items)
            return self._answer(root, (), envelope, spec, paging.items, record)
        page_fields = list(beside)
        self._put(page_fields, self._payload(paging.items[1], rows, spec.summary or _ROWS), items)
        report_same_names(self._context, page_fields)
        page = self._object(self._page, page_fields)
        self._put(root, self._payload(paging.items[0], ObjectRef(self._page), _PAGE), items)
        return self._answer(root, (page,), envelope, spec, paging.items, record)

    def _answer(
        self,
        root: list[Field],
        more: tuple[ObjectType, ...],
        envelope: Envelope,
        spec: ResponseSpec,
        result: tuple[str, ...],
        type_: Type,
    ) -> Answer:
        report_same_names(self._context, root)
        response = Response(self._document, envelope, result, type_, spec.summary, spec.nullable)
        return Answer(response, (*more, self._object(self._document, root)))

    def _object(self, name: ClassName, fields: list[Field]) -> ObjectType:
        return ObjectType(
            name=name,
            summary=None,
            fields=tuple(fields),
            key=(),
            partial=None,
            role="answer",
            module=self._resource,
            origin=self._origin,
        )

    def _payload(self, wire: str, type_: Type, summary: SpecText | None) -> Field:
        return Field(
            name=derived_name(wire) or PythonName("payload"),
            wire=SpecText(wire),
            type=type_,
            summary=summary,
            labels={},
            required=False,
            nullable=True,
            documented=True,
            constraints=Constraints(),
            default=None,
            unit=None,
            sensitive=None,
            deprecated=None,
            example=None,
            origin=self._origin,
        )

    def _put(self, fields: list[Field], payload: Field, written_at: Origin) -> None:
        """Add `payload`, or give its type to the field of that wire name which is described already."""
        for index, field in enumerate(fields):
            if field.wire == payload.wire:
                kept = field.summary or payload.summary
                fields[index] = replace(field, type=payload.type, summary=kept)
                return
        reason = reason_against(payload.name, RESERVED_FIELDS)
        if reason is not None:
            self._context.report(
                "DS310",
                self._context.value_position(written_at),
                f"{quoted(payload.wire)} makes the field {payload.name}, which {reason}",
                "describe the field under `fields:` of the envelope, the paging style or the response, with `name:`",
            )
        fields.append(payload)

    def _report_record_without_paging(self) -> None:
        self._context.report(
            "DS334",
            self._context.value_position(self._origin, "record"),
            "`record` is for paged endpoints, and this one names no paging",
            "name the paging style with `paging:`, or use `type:` for the payload",
        )


def _envelope(
    context: Context, inherited: Inherited, spec: ResponseSpec
) -> tuple[PythonName, Defined[EnvelopeSpec]] | None:
    known = context.names("envelopes")
    name = spec.envelope or (PythonName(known[0]) if known else None)
    defined = context.lookup("envelopes", name) if name is not None else None
    if name is None or defined is None:
        context.report(
            "DS335",
            context.value_position(inherited.part("response"), "envelope"),
            f"there is no envelope {quoted(name)}" if name else "the provider defines no envelope",
            f"envelopes: {', '.join(known) or 'none is defined; add one under `envelopes:`'}",
        )
        return None
    return name, defined


def _place(spec: ResponseSpec, envelope: Envelope) -> tuple[str, ...] | None:
    if spec.at is not None:
        return tuple(spec.at.split("."))
    return (envelope.data.reveal(),) if envelope.data is not None else None


def _below(origin: Origin, name: str) -> Origin:
    return Origin(origin.file, (*origin.path, name))
