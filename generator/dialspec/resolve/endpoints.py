"""One endpoint: target, effect, parameters, answer, codes and provenance settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from dialspec.api import (
    Deviation,
    Endpoint,
    Example,
    Limits,
    ObjectType,
    Source,
)
from dialspec.diagnostics.quoting import quoted
from dialspec.resolve.codes import resolve_codes
from dialspec.resolve.inherit import Inherited, Placed, inherit_endpoint
from dialspec.resolve.names import check_file_name, check_name
from dialspec.resolve.paging import resolve_paging
from dialspec.resolve.requests import placeholders_of, resolve_parameters, resolve_rules
from dialspec.resolve.responses import resolve_answer
from dialspec.spec.language.kinds import Effect, Location
from dialspec.text import PythonName, SpecText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dialspec.api import Parameter
    from dialspec.resolve.context import Context, ResourcePair
    from dialspec.spec.language.endpoints import LimitsSpec
    from dialspec.spec.language.evidence import ExampleSpec
    from dialspec.spec.language.evidence import Source as SourceSpec

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
_UNKNOWN = SpecText("")


@dataclass(frozen=True, slots=True)
class ResolvedEndpoint:
    """An endpoint with the object types that its answer adds."""

    endpoint: Endpoint
    types: tuple[ObjectType, ...]


def resolve_endpoint(
    context: Context, pair: ResourcePair, name: PythonName
) -> ResolvedEndpoint | None:
    """Resolve one endpoint; None if so much is wrong that nothing useful is left, all of it reported."""
    inherited = inherit_endpoint(context, pair, name)
    if inherited is None:
        return None
    spec = inherited.spec
    resource = pair.own.model.resource
    check_name(context, name, inherited.origin, frozenset(), "an endpoint")
    check_file_name(context, name, inherited.origin, "an endpoint")
    if not _has_essentials(context, inherited):
        return None
    method, path = _target(context, inherited)
    paged = resolve_paging(context, inherited)
    parameters = resolve_parameters(context, inherited, method, path, paged[0] if paged else None)
    _check_placeholders(context, inherited, path, parameters)
    answer = resolve_answer(context, inherited, resource, name, paged)
    if answer is None:
        return None
    family, codes = resolve_codes(context, spec.errors, inherited.part("errors"))
    sends_body = any(parameter.location is Location.BODY for parameter in parameters)
    sends_body = sends_body or (paged is not None and paged[0].location == "body")
    endpoint = Endpoint(
        name=name,
        resource=resource,
        summary=spec.summary or _UNKNOWN,
        description=spec.description,
        method=method,
        path=SpecText(path),
        effect=spec.effect or Effect.UNSAFE,
        effect_reason=spec.effect_reason,
        source=resolve_source(spec.source),
        status=spec.status,
        missing=tuple(spec.missing),
        deprecated=spec.deprecated,
        aliases=tuple(_alias(alias) for alias in spec.aliases),
        body=spec.body or ("json" if sends_body else "none"),
        wrapper=spec.wrapper or (paged[0].wrapper if paged else None),
        parameters=parameters,
        rules=resolve_rules(context, spec.rules, parameters, inherited.part("rules")),
        paging=paged[0] if paged else None,
        response=answer.response,
        family=family,
        codes=codes,
        limits=resolve_limits(spec.limits),
        deviations=resolve_deviations(inherited.deviations),
        examples=tuple(_example(context, pair, inherited, item) for item in spec.examples),
        notes=tuple(spec.notes),
        origin=inherited.origin,
    )
    return ResolvedEndpoint(endpoint, answer.types)


def resolve_source(source: SourceSpec | None, about: SpecText | None = None) -> Source | None:
    """Settle a provenance."""
    if source is None:
        return None
    return Source(source.page, source.retrieved, tuple(source.also), source.note, about)


def resolve_deviations(deviations: Sequence[Placed]) -> tuple[Deviation, ...]:
    """Settle deviations."""
    return tuple(
        Deviation(item.at, item.documented, item.observed, item.handled, origin)
        for item, origin in deviations
    )


def resolve_limits(limits: LimitsSpec | None) -> Limits:
    """Settle limits."""
    if limits is None:
        return Limits()
    interval = float(limits.interval) if limits.interval is not None else None
    return Limits(limits.concurrency, interval, tuple(limits.notes))


def resolve_example_text(
    text: SpecText | None, examples: Mapping[str, bytes]
) -> SpecText | Literal["missing"] | None:
    """The text of an example: given in place, or read from the file it names."""
    if text is None:
        return None
    raw = text.reveal()
    if raw.lstrip()[:1] in {"{", "["}:
        return text
    content = examples.get(raw)
    if content is None:
        return "missing"
    return SpecText(content.decode("utf-8", "replace"))


def _example(
    context: Context, pair: ResourcePair, inherited: Inherited, spec: ExampleSpec
) -> Example:
    origin = inherited.part("examples")
    index = inherited.spec.examples.index(spec)
    files = dict(context.platform.examples) if context.platform is not None else {}
    # What a platform writes means its own files; what a brand writes means its own before the platform's.
    if str(pair.own.path) == origin.file:
        files.update(context.provider.examples)
    texts: dict[str, SpecText | None] = {}
    for part in ("request", "response"):
        given: SpecText | None = getattr(spec, part)
        text = resolve_example_text(given, files)
        if text == "missing" and given is not None:
            context.report(
                "DS338",
                context.value_position(origin, index, part),
                f"there is no file {quoted(given.reveal())} in examples/ beside the spec",
                "give the JSON text here, or the name of a file in that folder",
            )
            text = None
        texts[part] = cast("SpecText | None", text)
    return Example(
        title=spec.title,
        request=texts["request"],
        response=texts["response"],
        invalid=spec.invalid,
        note=spec.note,
        target=spec.target,
        cut=spec.cut,
        shortened=spec.shortened,
    )


def _has_essentials(context: Context, inherited: Inherited) -> bool:
    spec = inherited.spec
    complete = True
    for part in ("summary", "http", "effect"):
        if getattr(spec, part) is None:
            complete = False
            context.report(
                "DS339",
                context.position(inherited.origin),
                f"the endpoint has no `{part}`",
                f"add `{part}:`, here or at the platform",
            )
    return complete


def _target(context: Context, inherited: Inherited) -> tuple[Method, str]:
    method, _, path = (inherited.spec.http or "").partition(" ")
    for name, prefix in _prefixes(context).items():
        path = path.replace("{" + name + "}", prefix.reveal())
    return cast("Method", method), path


def _prefixes(context: Context) -> dict[PythonName, SpecText]:
    base = context.platform.file.model.prefixes if context.platform is not None else {}
    return {**base, **context.spec.prefixes}


def _check_placeholders(
    context: Context, inherited: Inherited, path: str, parameters: Sequence[Parameter]
) -> None:
    filled = {
        parameter.wire.reveal() for parameter in parameters if parameter.location is Location.PATH
    }
    settings = {setting.wire.reveal() for setting in context.spec.settings.values()}
    placeholders = placeholders_of(path)
    for placeholder in placeholders:
        if placeholder not in filled | settings:
            context.report(
                "DS340",
                context.value_position(inherited.part("http")),
                f"nothing fills {quoted('{' + placeholder + '}')} of the path",
                "add a request field of this wire name, or a setting or prefix of the provider",
            )
    for parameter in parameters:
        if parameter.location is Location.PATH and parameter.wire.reveal() not in placeholders:
            context.report(
                "DS341",
                context.position(parameter.field.origin),
                f"the path has no place for {quoted(parameter.wire.reveal())}",
                "write it in braces in `http:`, or change its location",
            )


def _alias(alias: str) -> tuple[PythonName, PythonName]:
    resource, _, method = alias.partition(".")
    return PythonName(resource), PythonName(method)
