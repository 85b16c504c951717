"""A definition of the specs with its place: what resolution passes around until it is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from dialspec.api import Origin
from dialspec.text import PythonName, SpecText

Definition = TypeVar("Definition")
SHARED = PythonName("shared")
"""Module of what a provider or platform defines outside any resource."""


@dataclass(frozen=True, slots=True)
class Defined(Generic[Definition]):
    """A definition with its place and the generated module it belongs to."""

    spec: Definition
    origin: Origin
    module: PythonName = SHARED
    elsewhere: Mapping[SpecText, Origin] = field(default_factory=dict[SpecText, Origin])
    """Places of the fields of a type that stand in a group, or that a platform wrote and a brand refines."""

    def field_origin(self, wire: SpecText) -> Origin:
        """Where the field of this wire name is written."""
        known = self.elsewhere.get(wire)
        if known is not None:
            return known
        return Origin(self.origin.file, (*self.origin.path, "fields", wire.reveal()))
