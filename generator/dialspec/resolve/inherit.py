"""A brand's endpoint over its platform's: what the brand says replaces what the platform says, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from dialspec.api import Origin
from dialspec.diagnostics.quoting import quoted
from dialspec.spec.language.endpoints import EndpointSpec, Inherit, PushSpec
from dialspec.spec.language.evidence import Deviation
from dialspec.text import PythonName, SpecText

if TYPE_CHECKING:
    from dialspec.resolve.context import Context, ResourcePair

Placed = tuple[Deviation, Origin]
"""A deviation with its place."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """An endpoint's spec after inheritance, with the places where its parts were written."""

    spec: EndpointSpec
    origin: Origin
    base: Origin | None
    own_parts: frozenset[str]
    request: Mapping[SpecText, Origin]
    deviations: Sequence[Placed]

    def part(self, name: str) -> Origin:
        """Where the part `name` (`http`, `paging`, …) was written."""
        origin = self.origin if self.base is None or name in self.own_parts else self.base
        return Origin(origin.file, (*origin.path, name))


@dataclass(frozen=True, slots=True)
class InheritedPush:
    """A push's spec after inheritance, with the places where it and its deviations were written."""

    spec: PushSpec
    origin: Origin
    deviations: Sequence[Placed]


def inherit_endpoint(context: Context, pair: ResourcePair, name: PythonName) -> Inherited | None:
    """Merge the endpoint `name` of a resource with its platform's; None, and a report, if that lacks it."""
    own = pair.own.model.endpoints[name]
    origin = Origin(str(pair.own.path), ("endpoints", name))
    own_request, own_origins = context.field_groups.request_of(own, origin)
    deviations = _deviations(own, origin)
    if own.platform is None:
        spec = own.model_copy(update={"request": own_request})
        parts = frozenset(own.model_fields_set)
        return Inherited(spec, origin, None, parts, own_origins, deviations)
    wanted = own.platform.endpoint if isinstance(own.platform, Inherit) else None
    base_name = wanted or name
    base = _platform_part(context, pair, origin, "endpoints", base_name)
    if base is None:
        return None
    base_spec: EndpointSpec = base[0]
    dropped = (
        set(own.platform.drop_request) if isinstance(own.platform, Inherit) else set[SpecText]()
    )
    request, origins = context.field_groups.request_of(base_spec, base[1])
    if isinstance(own.platform, Inherit):
        for index, wire in enumerate(own.platform.drop_request):
            if wire not in request:
                context.report(
                    "DS355",
                    context.value_position(origin, "platform", "drop_request", index),
                    f"{quoted(wire)} is no request field of the platform's endpoint",
                    "name a field by its wire name, or remove it",
                )
    request = {wire: field for wire, field in request.items() if wire not in dropped}
    origins = {wire: place for wire, place in origins.items() if wire not in dropped}
    request.update(own_request)
    origins.update(own_origins)
    given = _given(own)
    merged = base_spec.model_copy(update={**given, "request": request})
    kept = [item for item in _deviations(base_spec, base[1]) if not _is_about(item[0], dropped)]
    deviations = _merged_deviations(kept, deviations)
    return Inherited(merged, origin, base[1], frozenset(given), origins, deviations)


def inherit_push(context: Context, pair: ResourcePair, name: PythonName) -> InheritedPush | None:
    """Merge the push `name` of a resource with its platform's."""
    own = pair.own.model.pushes[name]
    origin = Origin(str(pair.own.path), ("pushes", name))
    deviations = _deviations(own, origin)
    if own.platform is None:
        return InheritedPush(own, origin, deviations)
    base = _platform_part(context, pair, origin, "pushes", name)
    if base is None:
        return None
    deviations = _merged_deviations(_deviations(base[0], base[1]), deviations)
    return InheritedPush(base[0].model_copy(update=_given(own)), origin, deviations)


def _deviations(spec: EndpointSpec | PushSpec, origin: Origin) -> list[Placed]:
    return [
        (deviation, Origin(origin.file, (*origin.path, "deviations", index)))
        for index, deviation in enumerate(spec.deviations)
    ]


def _is_about(deviation: Deviation, request_fields: set[SpecText]) -> bool:
    side, _, place = deviation.at.reveal().partition(".")
    return side == "request" and SpecText(place.rpartition(".")[2]) in request_fields


def _merged_deviations(base: list[Placed], own: list[Placed]) -> list[Placed]:
    """Those of the platform, then those of the brand, which replace the platform's about the same place."""
    replaced = {deviation.at for deviation, _ in own}
    return [*(item for item in base if item[0].at not in replaced), *own]


def _given(own: EndpointSpec | PushSpec) -> dict[str, Any]:
    return {name: getattr(own, name) for name in own.model_fields_set if name != "platform"}


def _platform_part(
    context: Context,
    pair: ResourcePair,
    origin: Origin,
    section: Literal["endpoints", "pushes"],
    name: PythonName,
) -> tuple[Any, Origin] | None:
    definitions: Mapping[PythonName, Any] = (
        getattr(pair.platform.model, section) if pair.platform is not None else {}
    )
    if pair.platform is not None and name in definitions:
        return definitions[name], Origin(str(pair.platform.path), (section, name))
    resource = pair.own.model.resource
    known = ", ".join(definitions) or "none"
    context.report(
        "DS303",
        context.position(origin),
        f"the platform has no {resource}.{name} to take over",
        f"it has for {resource}: {known}; write the endpoint out, or name the platform's with `platform: {{endpoint: …}}`",
    )
    return None
