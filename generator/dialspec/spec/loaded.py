"""What loading gives: the validated models of all files, each with its places. Frozen, sorted by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from dialspec.spec.language.documents import PlatformSpec, ProviderSpec, ResourceSpec
from dialspec.spec.language.notation import SpecModel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path, PurePosixPath

    from dialspec.diagnostics import Position
    from dialspec.spec.positions import PathKey, Positions

M = TypeVar("M", bound=SpecModel, covariant=True)
"""The model of a file."""


@dataclass(frozen=True, slots=True)
class LoadedFile(Generic[M]):
    """One validated file. `path` is relative to the specs folder; `text` is the file with LF line ends."""

    path: PurePosixPath
    model: M
    positions: Positions
    text: str

    def at(self, *path: PathKey) -> Position:
        """Position of the key at `path`, or of the nearest ancestor that the file has."""
        return self.positions.at(*path)

    def value_at(self, *path: PathKey) -> Position:
        """Position of the value at `path`, or of the nearest ancestor's key."""
        return self.positions.value_at(*path)


@dataclass(frozen=True, slots=True)
class LoadedFolder(Generic[M]):
    """A folder of the specs: its main file, its resource files, and the texts of `examples/` by file name.

    `complete` is false when one of its files was refused: what refers to that file cannot be judged, so that
    later stages leave the folder alone rather than report what is not there.
    """

    folder: str
    file: LoadedFile[M]
    resources: tuple[LoadedFile[ResourceSpec], ...]
    examples: Mapping[str, bytes]
    complete: bool = True


LoadedPlatform = LoadedFolder[PlatformSpec]
LoadedProvider = LoadedFolder[ProviderSpec]


@dataclass(frozen=True, slots=True)
class LoadedSpecs:
    """All that was read from a specs folder. What was refused is missing, and in the diagnostics.

    `refused` names the folders whose main file was refused.
    """

    folder: Path
    platforms: tuple[LoadedPlatform, ...]
    providers: tuple[LoadedProvider, ...]
    refused: frozenset[str] = frozenset()

    def is_complete(self, provider: LoadedProvider) -> bool:
        """Whether all files of a provider, and of its platform, were accepted, so that it can be judged."""
        named = provider.file.model.platform
        platform = next((one for one in self.platforms if one.folder == named), None)
        is_platform_complete = named not in self.refused if platform is None else platform.complete
        return provider.complete and is_platform_complete
