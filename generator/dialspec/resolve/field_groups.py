"""Groups of fields that endpoints and types take over with `include:`.

The fields of the groups come first, in the order in which the groups are named; a field that the endpoint or type
gives itself replaces the one of a group in its place. A name that no group has is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dialspec.api import Origin
from dialspec.diagnostics.quoting import quoted
from dialspec.resolve.definitions import Defined
from dialspec.text import PythonName, SpecText

if TYPE_CHECKING:
    from dialspec.diagnostics.diagnostic import Diagnostics
    from dialspec.spec.language.endpoints import EndpointSpec
    from dialspec.spec.language.fields import Fields, TypeSpec
    from dialspec.spec.loader import LoadedFile


@dataclass(frozen=True, slots=True)
class FieldGroups:
    """The groups of one provider, those of its platform included."""

    groups: Mapping[str, Defined[Fields]]
    files: Mapping[str, LoadedFile[Any]] = field(repr=False)
    diagnostics: Diagnostics = field(repr=False)

    def request_of(
        self, spec: EndpointSpec, origin: Origin
    ) -> tuple[Fields, dict[SpecText, Origin]]:
        """The request fields of an endpoint, and the place of each."""
        fields, origins = self._included(spec.include, origin)
        fields.update(spec.request)
        origins.update(
            (wire, Origin(origin.file, (*origin.path, "request", wire.reveal())))
            for wire in spec.request
        )
        return fields, origins

    def filled(self, defined: Defined[TypeSpec]) -> Defined[TypeSpec]:
        """A type with the fields of its groups written out."""
        spec = defined.spec
        if not spec.include:
            return defined
        fields, origins = self._included(spec.include, defined.origin)
        elsewhere = {wire: place for wire, place in origins.items() if wire not in spec.fields}
        fields.update(spec.fields)
        written_out = spec.model_copy(update={"fields": fields})
        return replace(defined, spec=written_out, elsewhere=elsewhere)

    def _included(
        self, names: Sequence[PythonName], origin: Origin
    ) -> tuple[Fields, dict[SpecText, Origin]]:
        fields: Fields = {}
        origins: dict[SpecText, Origin] = {}
        for index, name in enumerate(names):
            group = self.groups.get(name)
            if group is None:
                known = ", ".join(self.groups) or "none is defined"
                self.diagnostics.report(
                    "DS348",
                    self.files[origin.file].value_at(*origin.path, "include", index),
                    f"there is no group of fields {quoted(name)}",
                    hint=f"groups: {known}",
                )
                continue
            fields.update(group.spec)
            origins.update(
                (wire, Origin(group.origin.file, (*group.origin.path, wire.reveal())))
                for wire in group.spec
            )
        return fields, origins
