"""Load a specs folder: files in, validated models with places out, everything wrong reported in one go.

    specs/<folder>/provider.yaml or platform.yaml     one of them
    specs/<folder>/*.yaml                             resource files
    specs/<folder>/examples/*                         documented examples, as texts
    specs/schema.json, README.md, .*                  left alone

Anything else is refused, and so is a file that is a symbolic link, that is not YAML in UTF-8, or that does not fit
the models. A refused file is left out of the result, and its folder is then not `complete`.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from dialspec.diagnostics import Position, quoted
from dialspec.spec.language.documents import PlatformSpec, ProviderSpec, ResourceSpec
from dialspec.spec.language.notation import SpecModel
from dialspec.spec.loaded import (
    LoadedFile,
    LoadedFolder,
    LoadedPlatform,
    LoadedProvider,
    LoadedSpecs,
)
from dialspec.spec.positions import Positions
from dialspec.spec.source import Limits, decode, read_bytes
from dialspec.spec.validation import validate
from dialspec.spec.yaml import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dialspec.diagnostics import Diagnostics

__all__ = ["Limits", "LoadedFile", "LoadedPlatform", "LoadedProvider", "LoadedSpecs", "load"]

_M = TypeVar("_M", bound=SpecModel)

_PROVIDER: Final = "provider.yaml"
_PLATFORM: Final = "platform.yaml"
_EXAMPLES: Final = "examples"
_LEFT_ALONE: Final = "README.md"
_SCHEMA: Final = "schema.json"


def load(
    folder: Path,
    diagnostics: Diagnostics,
    *,
    limits: Limits | None = None,
    shown: PurePosixPath | None = None,
) -> LoadedSpecs:
    """Read and validate every spec below `folder`; report what is refused to `diagnostics`, and leave it out.

    `shown` is how messages call the folder; by default, its bare name.
    """
    shown = shown or PurePosixPath(folder.resolve().name)
    return _Loader(folder, shown, limits or Limits(), diagnostics).load()


class _Loader:
    def __init__(
        self, folder: Path, shown: PurePosixPath, limits: Limits, diagnostics: Diagnostics
    ) -> None:
        self._folder = folder
        self._shown_folder = shown
        self._limits = limits
        self._diagnostics = diagnostics

    def load(self) -> LoadedSpecs:
        platforms: list[LoadedPlatform] = []
        providers: list[LoadedProvider] = []
        folders: set[str] = set()
        for entry in self._entries(self._folder):
            if entry.name in {_SCHEMA, _LEFT_ALONE}:
                continue
            if entry.is_symlink() or not entry.is_dir():
                self._refuse(
                    entry,
                    "the specs folder holds folders only",
                    "put it into the folder of its provider, or remove it",
                )
                continue
            folders.add(entry.name)
            self._load_folder(entry, platforms, providers)
        if not providers and not self._diagnostics.has_errors:
            self._diagnostics.report(
                "DS001",
                Position(self._shown(self._folder)),
                "the folder describes no provider",
                hint=f"add a folder with {_PROVIDER}, or name the folder of the specs with --specs",
            )
        accepted = {one.folder for one in (*platforms, *providers)}
        return LoadedSpecs(
            self._folder, tuple(platforms), tuple(providers), frozenset(folders - accepted)
        )

    def _load_folder(
        self, folder: Path, platforms: list[LoadedPlatform], providers: list[LoadedProvider]
    ) -> None:
        entries = {entry.name: entry for entry in self._entries(folder)}
        examples = entries.pop(_EXAMPLES, None)
        platform, provider = entries.pop(_PLATFORM, None), entries.pop(_PROVIDER, None)
        # Read even if the main file is refused or absent: their problems are shown in the same run.
        resources, all_read = self._load_resources(entries)
        texts = self._load_examples(examples)
        if platform is not None and provider is not None:
            self._diagnostics.report(
                "DS001",
                Position(self._shown(platform)),
                f"the folder holds both {_PLATFORM} and {_PROVIDER}",
                hint="a folder describes one of them; move the other to a folder of its own",
            )
        elif platform is not None:
            if (
                file := self._load_file(platform, PlatformSpec, "platform", folder.name)
            ) is not None:
                platforms.append(LoadedFolder(folder.name, file, resources, texts, all_read))
        elif provider is not None:
            if (
                file_ := self._load_file(provider, ProviderSpec, "provider", folder.name)
            ) is not None:
                providers.append(LoadedFolder(folder.name, file_, resources, texts, all_read))
        else:
            self._diagnostics.report(
                "DS001",
                Position(self._shown(folder / _PROVIDER)),
                f"the folder {quoted(folder.name)} has neither {_PROVIDER} nor {_PLATFORM}",
                hint=f"add {_PROVIDER} with title, summary, client, server and credentials",
            )

    def _load_resources(
        self, entries: Mapping[str, Path]
    ) -> tuple[tuple[LoadedFile[ResourceSpec], ...], bool]:
        resources: list[LoadedFile[ResourceSpec]] = []
        all_read = True
        for name, entry in entries.items():
            if name == _LEFT_ALONE:
                continue
            if entry.suffix != ".yaml":
                hint = (
                    f"name it {quoted(entry.stem + '.yaml')}"
                    if entry.suffix.lower() in {".yml", ".yaml"}
                    else f"move an example to {_EXAMPLES}/; remove anything else"
                )
                self._refuse(
                    entry, "only files that end in .yaml and examples/ are read here", hint
                )
                continue
            file = self._load_file(entry, ResourceSpec, "resource", entry.stem)
            if file is None:
                all_read = False
            else:
                resources.append(file)
        return tuple(resources), all_read

    def _load_examples(self, folder: Path | None) -> Mapping[str, bytes]:
        texts: dict[str, bytes] = {}
        if folder is None:
            return texts
        if folder.is_symlink() or not folder.is_dir():
            self._refuse(folder, "examples is a folder of texts", "make it a folder, or remove it")
            return texts
        for entry in self._entries(folder):
            if entry.is_dir():
                self._refuse(
                    entry, "examples/ holds no folders", "put its files into examples/ itself"
                )
                continue
            data = read_bytes(entry, self._shown(entry), self._limits, self._diagnostics)
            if data is not None:
                texts[entry.name] = data
        return MappingProxyType(texts)

    def _load_file(
        self, path: Path, model: type[_M], name_key: str, expected_name: str
    ) -> LoadedFile[_M] | None:
        shown = self._shown(path)
        data = read_bytes(path, shown, self._limits, self._diagnostics)
        text = None if data is None else decode(data, shown, self._diagnostics)
        if text is None:
            return None
        document = read_document(text, shown, self._limits, self._diagnostics)
        if document is None:
            return None
        positions = Positions(shown, document.root)
        validated = validate(model, document, positions, self._diagnostics, self._limits.problems)
        if validated is None or document.refused:
            return None
        name = document.data[name_key]
        if name != expected_name:
            self._diagnostics.report(
                "DS107",
                positions.value_at(name_key),
                f"`{name_key}` is {quoted(name)}, but its "
                f"{'file' if name_key == 'resource' else 'folder'} is named {quoted(expected_name)}",
                hint="give both the same name",
                end_column=positions.value_mark(name_key).end_column,
            )
            return None
        relative = PurePosixPath(path.relative_to(self._folder).as_posix())
        return LoadedFile(relative, validated, positions, text)

    def _entries(self, folder: Path) -> list[Path]:
        try:
            found = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._diagnostics.report(
                "DS001",
                Position(self._shown(folder)),
                f"the folder cannot be read: {reason}",
                hint="check its name and its permissions",
            )
            return []
        return sorted(found, key=lambda entry: entry.name)

    def _refuse(self, path: Path, message: str, hint: str) -> None:
        self._diagnostics.report("DS002", Position(self._shown(path)), message, hint=hint)

    def _shown(self, path: Path) -> PurePosixPath:
        """The path as messages show it: `specs/nio/preview.yaml`."""
        return self._shown_folder / path.relative_to(self._folder).as_posix()
