"""A brand's endpoint over its platform's: what the brand says replaces what the platform says, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from dialspec.api import Origin
from dialspec.spec.model import EndpointSpec, Inherit, PushSpec
from dialspec.text import PythonName, SpecText

if TYPE_CHECKING:
    from dialspec.resolve.context import Context, ResourcePair


@dataclass(frozen=True, slots=True)
class Inherited:
    """An endpoint's spec after inheritance, with the places where its parts were written."""

    spec: EndpointSpec
    origin: Origin
    base: Origin | None
    own_parts: frozenset[str]
    request: Mapping[SpecText, Origin]

    def part(self, name: str) -> Origin:
        """Where the part `name` (`http`, `paging`, …) was written."""
        origin = self.origin if self.base is None or name in self.own_parts else self.base
        return Origin(origin.file, (*origin.path, name))


def inherit_endpoint(context: Context, pair: ResourcePair, name: PythonName) -> Inherited | None:
    """Merge the endpoint `name` of a resource with its platform's; None, and a report, if that lacks it."""
    own = pair.own.model.endpoints[name]
    origin = Origin(str(pair.own.path), ("endpoints", name))
    own_request = _request_origins(origin, own)
    if own.platform is None:
        return Inherited(own, origin, None, frozenset(own.model_fields_set), own_request)
    wanted = own.platform.endpoint if isinstance(own.platform, Inherit) else None
    base_name = wanted or name
    base = _platform_part(context, pair, origin, "endpoints", base_name)
    if base is None:
        return None
    base_spec: EndpointSpec = base[0]
    dropped = set(own.platform.drop_request) if isinstance(own.platform, Inherit) else set()
    request = {wire: spec for wire, spec in base_spec.request.items() if wire not in dropped}
    origins = {
        wire: place
        for wire, place in _request_origins(base[1], base_spec).items()
        if wire not in dropped
    }
    request.update(own.request)
    origins.update(own_request)
    given = _given(own)
    merged = base_spec.model_copy(update={**given, "request": request})
    return Inherited(merged, origin, base[1], frozenset(given), origins)


def inherit_push(
    context: Context, pair: ResourcePair, name: PythonName
) -> tuple[PushSpec, Origin] | None:
    """Merge the push `name` of a resource with its platform's."""
    own = pair.own.model.pushes[name]
    origin = Origin(str(pair.own.path), ("pushes", name))
    if own.platform is None:
        return own, origin
    base = _platform_part(context, pair, origin, "pushes", name)
    if base is None:
        return None
    return base[0].model_copy(update=_given(own)), origin


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


def _request_origins(origin: Origin, spec: EndpointSpec) -> dict[SpecText, Origin]:
    return {
        wire: Origin(origin.file, (*origin.path, "request", wire.reveal())) for wire in spec.request
    }
