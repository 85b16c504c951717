"""What one provider's specs define, and where: the dictionary that resolution looks things up in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dialspec.api import Origin
from dialspec.diagnostics.quoting import quoted
from dialspec.resolve.definitions import SHARED, Defined
from dialspec.resolve.field_groups import FieldGroups
from dialspec.text import ClassName, PythonName

if TYPE_CHECKING:
    from dialspec.diagnostics.diagnostic import Diagnostics
    from dialspec.diagnostics.position import Position
    from dialspec.spec.language.documents import ProviderSpec, ResourceSpec, SharedSpec
    from dialspec.spec.language.fields import EnumSpec, TypeSpec
    from dialspec.spec.loader import LoadedFile, LoadedPlatform, LoadedProvider


@dataclass(frozen=True, slots=True)
class ResourcePair:
    """A resource file of the provider, and the platform's file of the same resource if there is one."""

    own: LoadedFile[ResourceSpec]
    platform: LoadedFile[ResourceSpec] | None


@dataclass(frozen=True, slots=True)
class Context:
    """One provider on its way through resolution."""

    provider: LoadedProvider
    platform: LoadedPlatform | None
    diagnostics: Diagnostics
    resources: tuple[ResourcePair, ...]
    enums: Mapping[ClassName, Defined[EnumSpec]]
    types: Mapping[ClassName, Defined[TypeSpec]]
    field_groups: FieldGroups
    _files: Mapping[str, LoadedFile[Any]] = field(repr=False)

    @classmethod
    def of(
        cls,
        provider: LoadedProvider,
        platforms: Mapping[PythonName, LoadedPlatform],
        diagnostics: Diagnostics,
    ) -> Context | None:
        """Gather the definitions of `provider` and of its platform; None if the platform is unknown."""
        named = provider.file.model.platform
        platform = platforms.get(named) if named is not None else None
        if named is not None and platform is None:
            known = ", ".join(sorted(platforms)) or "none is defined"
            diagnostics.report(
                "DS301",
                provider.file.value_at("platform"),
                f"there is no platform {named}",
                hint=f"platforms: {known}",
            )
            return None
        bases = {file.model.resource: file for file in platform.resources} if platform else {}
        resources = tuple(
            ResourcePair(file, bases.get(file.model.resource)) for file in provider.resources
        )
        files: dict[str, LoadedFile[Any]] = {}
        for file in _all_files(provider, platform):
            files[str(file.path)] = file
        own_files = [
            (provider.file, SHARED),
            *((file, file.model.resource) for file in provider.resources),
        ]
        base_files = (
            [(platform.file, SHARED), *((file, file.model.resource) for file in platform.resources)]
            if platform
            else []
        )
        # A brand may refine its platform's types, but an enum or a group of the same name would replace the platform's
        # in every resource of the brand.
        enums = _gather("enums", [*base_files, *own_files], diagnostics)
        gathered = _gather("field_groups", [*base_files, *own_files], diagnostics)
        groups = FieldGroups(
            {str(name): item for name, item in gathered.items()}, files, diagnostics
        )
        types = {
            name: groups.filled(item)
            for name, item in _gather("types", base_files, diagnostics).items()
        }
        for item in types.values():
            _check_drop(item, None, files, diagnostics)
        for name, own in _gather("types", own_files, diagnostics).items():
            _check_drop(own, types.get(name), files, diagnostics)
            types[name] = _refined(types.get(name), groups.filled(own))
        return cls(provider, platform, diagnostics, resources, enums, types, groups, files)

    @property
    def spec(self) -> ProviderSpec:
        """The provider's own spec."""
        return self.provider.file.model

    @property
    def shared(self) -> tuple[tuple[LoadedFile[Any], SharedSpec], ...]:
        """The provider's file, then its platform's: where shared definitions are looked up, in this order."""
        own: tuple[LoadedFile[Any], SharedSpec] = (self.provider.file, self.spec)
        if self.platform is None:
            return (own,)
        return (own, (self.platform.file, self.platform.file.model))

    def position(self, origin: Origin) -> Position:
        """Where `origin` is written."""
        return self._files[origin.file].at(*origin.path)

    def value_position(self, origin: Origin, *path: str | int) -> Position:
        """Where the value below `origin` is written."""
        return self._files[origin.file].value_at(*origin.path, *path)

    def report(self, code: str, position: Position, message: str, hint: str | None = None) -> None:
        """Report a problem of this provider."""
        self.diagnostics.report(code, position, message, hint=hint)

    def lookup(self, section: str, name: str) -> Defined[Any] | None:
        """Find `name` in a section (`envelopes`, `paging`, `errors`) of the provider, then of its platform."""
        for file, spec in self.shared:
            definitions: Mapping[str, Any] = getattr(spec, section)
            if name in definitions:
                return Defined(definitions[name], Origin(str(file.path), (section, name)))
        return None

    def names(self, section: str) -> list[str]:
        """The names that a section defines, the provider's first."""
        found: dict[str, None] = {}
        for _, spec in self.shared:
            definitions: Mapping[str, Any] = getattr(spec, section)
            found.update(dict.fromkeys(definitions))
        return list(found)


def _all_files(
    provider: LoadedProvider, platform: LoadedPlatform | None
) -> Iterator[LoadedFile[Any]]:
    yield provider.file
    yield from provider.resources
    if platform is not None:
        yield platform.file
        yield from platform.resources


def _gather(
    section: str, files: Iterable[tuple[LoadedFile[Any], PythonName]], diagnostics: Diagnostics
) -> dict[ClassName, Defined[Any]]:
    """Collect one section (`enums` or `types`) of all files; a name given twice is reported."""
    found: dict[ClassName, Defined[Any]] = {}
    givers: dict[ClassName, LoadedFile[Any]] = {}
    for file, module in files:
        definitions: Mapping[ClassName, Any] = getattr(file.model, section)
        for name, spec in definitions.items():
            if name in found:
                diagnostics.report(
                    "DS302",
                    file.at(section, name),
                    f"{name} is defined twice",
                    hint="give one of them another name",
                    related=[(givers[name].at(section, name), "the other definition")],
                )
                continue
            found[name] = Defined(spec, Origin(str(file.path), (section, name)), module)
            givers[name] = file
    return found


def _check_drop(
    own: Defined[TypeSpec],
    base: Defined[TypeSpec] | None,
    files: Mapping[str, LoadedFile[Any]],
    diagnostics: Diagnostics,
) -> None:
    """Report what a type drops although there is nothing to drop."""
    for index, wire in enumerate(own.spec.drop):
        if base is None or wire not in base.spec.fields:
            origin = own.origin
            diagnostics.report(
                "DS355",
                files[origin.file].value_at(*origin.path, "drop", index),
                (
                    f"{quoted(wire)} is no field of the platform's {origin.path[-1]}"
                    if base is not None
                    else f"{quoted(wire)} is dropped from a type that no platform has"
                ),
                hint="name a field of the platform's type by its wire name, or remove it",
            )


def _refined(base: Defined[TypeSpec] | None, own: Defined[TypeSpec]) -> Defined[TypeSpec]:
    """A brand's type over its platform's of the same name: fields replaced, added and dropped."""
    if base is None:
        return own
    dropped = set(own.spec.drop)
    fields = {wire: spec for wire, spec in base.spec.fields.items() if wire not in dropped}
    elsewhere = {wire: base.field_origin(wire) for wire in fields if wire not in own.spec.fields}
    elsewhere.update(own.elsewhere)
    fields.update(own.spec.fields)
    given = {name: getattr(own.spec, name) for name in own.spec.model_fields_set}
    merged = base.spec.model_copy(update={**given, "fields": fields})
    return Defined(merged, own.origin, own.module, elsewhere)
