"""What the rules look at: the resolved API beside the loaded files, with the places of both.

Rules report through `Subject.report`; places are those of the file in which a thing was written, which for a brand's
endpoint may be the platform's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dialspec.api import ObjectRef
from dialspec.resolve.types import innermost
from dialspec.spec.language.endpoints import Inherit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dialspec.api import (
        Api,
        Endpoint,
        Enum,
        Field,
        ObjectType,
        Origin,
        Provider,
        Type,
    )
    from dialspec.diagnostics import Diagnostics, Position
    from dialspec.spec.loaded import LoadedFile, LoadedFolder, LoadedSpecs
    from dialspec.spec.positions import PathKey
    from dialspec.text import ClassName, PythonName


@dataclass(frozen=True, slots=True)
class Vendor:
    """One provider with quick look-up of its types, and the files that describe it, its own before its platform's."""

    provider: Provider
    folder: LoadedFolder[Any]
    platform: LoadedFolder[Any] | None
    types: Mapping[ClassName, ObjectType]
    enums: Mapping[ClassName, Enum]

    def fields_of(self, type_: Type) -> tuple[Field, ...]:
        """The fields of the objects that a type is made of; none if it is not made of objects."""
        inner = innermost(type_)
        return self.types[inner.name].fields if isinstance(inner, ObjectRef) else ()

    def field_at(self, type_: Type, path: Iterable[str]) -> Field | None:
        """The field that a path of wire names leads to from `type_`, through lists as if they were not there."""
        found: Field | None = None
        for wire in path:
            found = next(
                (item for item in self.fields_of(type_) if item.wire.reveal() == wire), None
            )
            if found is None:
                return None
            type_ = found.type
        return found


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything to be checked."""

    api: Api
    loaded: LoadedSpecs
    diagnostics: Diagnostics
    vendors: tuple[Vendor, ...]
    files: Mapping[str, LoadedFile[Any]] = field(repr=False)

    @classmethod
    def of(cls, api: Api, loaded: LoadedSpecs, diagnostics: Diagnostics) -> Subject:
        """Put the two views of the specs beside each other."""
        platforms = {folder.folder: folder for folder in loaded.platforms}
        folders = {folder.folder: folder for folder in loaded.providers}
        vendors = tuple(
            Vendor(
                provider=provider,
                folder=folders[provider.name],
                platform=None if provider.platform is None else platforms[provider.platform],
                types={item.name: item for item in provider.types},
                enums={item.name: item for item in provider.enums},
            )
            for provider in api.providers
        )
        files = {
            str(file.path): file
            for folder in (*loaded.platforms, *loaded.providers)
            for file in (folder.file, *folder.resources)
        }
        return cls(api, loaded, diagnostics, vendors, files)

    def endpoints(self) -> Iterator[tuple[Vendor, Endpoint]]:
        """Every endpoint with its vendor."""
        for vendor in self.vendors:
            for endpoint in vendor.provider.endpoints():
                yield vendor, endpoint

    def at(self, origin: Origin, *path: PathKey) -> Position:
        """Where the key below `origin` is written."""
        return self.files[origin.file].at(*origin.path, *path)

    def value_at(self, origin: Origin, *path: PathKey) -> Position:
        """Where the value below `origin` is written."""
        return self.files[origin.file].value_at(*origin.path, *path)

    def part_at(self, vendor: Vendor, endpoint: Endpoint, *path: PathKey) -> Position:
        """Where the value of a part of an endpoint is written: at the brand, else at its platform."""
        file, name = self._writer_of(vendor, endpoint, path[0])
        return file.value_at("endpoints", name, *path)

    def part_key_at(self, vendor: Vendor, endpoint: Endpoint, *path: PathKey) -> Position:
        """Where the key of a part of an endpoint is written."""
        file, name = self._writer_of(vendor, endpoint, path[0])
        return file.at("endpoints", name, *path)

    def part_spec(self, vendor: Vendor, endpoint: Endpoint, part: str) -> object:
        """A part of an endpoint as it is written there; None if it is nowhere."""
        file, name = self._writer_of(vendor, endpoint, part)
        found: object = getattr(file.model.endpoints[name], part)
        return found

    def _writer_of(
        self, vendor: Vendor, endpoint: Endpoint, part: PathKey
    ) -> tuple[LoadedFile[Any], PythonName]:
        """The file that says something of a part of an endpoint, with the endpoint's name in it."""
        found = list(self._described(vendor, endpoint))
        for file, name in found:
            if ("endpoints", name, part) in file.positions:
                return file, name
        return found[0]

    def _described(
        self, vendor: Vendor, endpoint: Endpoint
    ) -> Iterator[tuple[LoadedFile[Any], PythonName]]:
        """The files that describe an endpoint, the brand's first."""
        own = self.files[endpoint.origin.file]
        yield own, endpoint.name
        given = own.model.endpoints[endpoint.name].platform
        renamed = given.endpoint if isinstance(given, Inherit) else None
        for file in () if vendor.platform is None or given is None else vendor.platform.resources:
            if file.model.resource == own.model.resource:
                yield file, renamed or endpoint.name

    def report(self, code: str, position: Position, message: str, hint: str) -> None:
        """Report what a rule found."""
        self.diagnostics.report(code, position, message, hint=hint)
