"""Whole runs: what the last one of a project gave, so that a run with nothing changed has nothing to do.

A run counts only if it was made from the same specs by the same tool (`fingerprint`), and if it had nothing to say:
with a warning, the next run says it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, TypeGuard

from dialspec.cache.fingerprint import fingerprint_of_specs, fingerprint_of_tool
from dialspec.cache.store import Store

MAXIMUM_ENTRIES: Final = 200


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run depends on: the tool with its templates and options, and the specs."""

    tool: str
    specs: str

    @classmethod
    def of(
        cls, specs: Path, settings: tuple[str, ...], overrides: Path | None = None
    ) -> Self | None:
        """Sum up what is there now; None if that cannot be done safely."""
        tool = fingerprint_of_tool(settings, overrides)
        found = None if tool is None else fingerprint_of_specs(specs)
        return None if tool is None or found is None else cls(tool, found)


@dataclass(frozen=True, slots=True)
class Generated:
    """A run of `generate`: the hash of each file by its path below the output folder, and that of `schema.json`.

    `parts` has the paths of the files that each part gave, by the key of the part (`dialspec.cache.parts`).
    """

    inputs: Inputs
    files: Mapping[str, str]
    schema: str
    parts: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Linted:
    """A run of `lint` that found nothing: what it read."""

    inputs: Inputs
    providers: int
    endpoints: int


class Runs:
    """The last runs of whoever runs this, by project."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def of_user(cls) -> Self:
        """Those below the user's cache folder."""
        return cls(Store.of_user("runs", MAXIMUM_ENTRIES))

    def generated(self, specs: Path, settings: tuple[str, ...]) -> Generated | None:
        """The last run of `generate` from this folder with these settings."""
        entry = self._read("generated", specs, settings)
        inputs, schema = _inputs(entry), entry.get("schema")
        files, parts = entry.get("files"), entry.get("parts")
        if inputs is None or not isinstance(schema, str):
            return None
        if not _are_texts(files) or not _are_lists(parts):
            return None
        return Generated(inputs, files, schema, parts)

    def remember_generated(self, specs: Path, settings: tuple[str, ...], run: Generated) -> None:
        """Keep a run of `generate`."""
        entry = {"schema": run.schema, "files": dict(run.files), "parts": dict(run.parts)}
        self._write("generated", specs, settings, run.inputs, entry)

    def linted(self, specs: Path) -> Linted | None:
        """The last run of `lint` on this folder, if it found nothing."""
        entry = self._read("linted", specs, ())
        inputs, providers, endpoints = (
            _inputs(entry),
            entry.get("providers"),
            entry.get("endpoints"),
        )
        if inputs is None or not isinstance(providers, int) or not isinstance(endpoints, int):
            return None
        return Linted(inputs, providers, endpoints)

    def remember_linted(self, specs: Path, run: Linted) -> None:
        """Keep a run of `lint` that found nothing."""
        entry = {"providers": run.providers, "endpoints": run.endpoints}
        self._write("linted", specs, (), run.inputs, entry)

    def _read(self, kind: str, specs: Path, settings: tuple[str, ...]) -> Mapping[str, object]:
        body = self._store.get(_name(kind, specs, settings))
        try:
            entry: object = None if body is None else json.loads(body)
        except ValueError:
            return {}
        return entry if _is_mapping(entry) else {}

    def _write(
        self,
        kind: str,
        specs: Path,
        settings: tuple[str, ...],
        inputs: Inputs,
        entry: Mapping[str, object],
    ) -> None:
        whole = {"tool": inputs.tool, "specs": inputs.specs, **entry}
        self._store.put(_name(kind, specs, settings), json.dumps(whole).encode())


def _name(kind: str, specs: Path, settings: tuple[str, ...]) -> str:
    about = json.dumps([kind, str(specs.resolve()), *settings])
    return hashlib.sha256(about.encode()).hexdigest()


def _inputs(entry: Mapping[str, object]) -> Inputs | None:
    tool, specs = entry.get("tool"), entry.get("specs")
    return Inputs(tool, specs) if isinstance(tool, str) and isinstance(specs, str) else None


def _is_mapping(value: object) -> TypeGuard[dict[str, object]]:
    """Whether JSON gave a mapping, whose keys are texts then."""
    return isinstance(value, dict)


def _are_texts(value: object) -> TypeGuard[dict[str, str]]:
    return _is_mapping(value) and all(isinstance(text, str) for text in value.values())


def _are_lists(value: object) -> TypeGuard[dict[str, list[str]]]:
    return _is_mapping(value) and all(map(_is_list_of_texts, value.values()))


def _is_list_of_texts(value: object) -> TypeGuard[list[str]]:
    return _is_list(value) and all(isinstance(item, str) for item in value)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)
