"""Definitions that nothing refers to: most often what is left after a rename."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dialspec.diagnostics import Position, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialspec.lint.subject import Subject, Vendor
    from dialspec.spec.loaded import LoadedFile, LoadedFolder

_NOUNS = {
    "enums": "enum",
    "types": "type",
    "envelopes": "envelope",
    "paging": "paging style",
    "errors": "family of codes",
    "code_groups": "group of codes",
    "field_groups": "group of fields",
}


def check_unused(subject: Subject) -> None:
    """DS402: an enum, type, envelope, paging style, family or group of codes, group of fields or platform is not used.

    Nor is a file in examples/.
    """
    _check_example_files(subject)
    used_of_platform: dict[str, set[tuple[str, str]]] = defaultdict(set)
    brands: set[str] = set()
    for vendor in subject.vendors:
        used = set(_used(vendor))
        _report(subject, vendor.folder, used)
        if vendor.platform is not None:
            brands.add(vendor.platform.folder)
            used_of_platform[vendor.platform.folder] |= used
    for platform in subject.loaded.platforms:
        if platform.folder in brands:
            _report(subject, platform, used_of_platform[platform.folder])
        else:
            subject.report(
                "DS402",
                platform.file.value_at("platform"),
                f"no provider sells the platform {quoted(platform.folder)}",
                "name it with `platform:` in a provider.yaml, or remove its folder",
            )


def _check_example_files(subject: Subject) -> None:
    """Files are shared between a platform and its brands: one that any of them names is used."""
    families: dict[str, list[LoadedFolder[Any]]] = defaultdict(list)
    for platform in subject.loaded.platforms:
        families[platform.folder].append(platform)
    for provider in subject.loaded.providers:
        families[provider.file.model.platform or provider.folder].append(provider)
    for folders in families.values():
        named = set(_named_files(folders))
        for folder in folders:
            place = folder.file.positions.file.parent / "examples"
            for name in folder.examples:
                if name not in named:
                    subject.report(
                        "DS402",
                        Position(place / name),
                        f"no example names the file {quoted(name)}",
                        "name it as `request:` or `response:` of an example, or remove it",
                    )


def _named_files(folders: Iterable[LoadedFolder[Any]]) -> Iterator[str]:
    for folder in folders:
        for file in folder.resources:
            examples = [
                *(example for item in file.model.endpoints.values() for example in item.examples),
                *(example for item in file.model.pushes.values() for example in item.examples),
            ]
            for example in examples:
                for text in (example.request, example.response):
                    if text is not None:
                        yield text.reveal()


def _used(vendor: Vendor) -> Iterator[tuple[str, str]]:
    for enum in vendor.provider.enums:
        yield "enums", enum.name
    for type_ in vendor.provider.types:
        yield "types", type_.name
    for endpoint in vendor.provider.endpoints():
        yield "envelopes", endpoint.response.envelope.name
        if endpoint.paging is not None:
            yield "paging", endpoint.paging.name
        if endpoint.family is not None:
            yield "errors", endpoint.family
    for folder in (vendor.folder, vendor.platform):
        for file in () if folder is None else (folder.file, *folder.resources):
            yield from _included(file)


def _included(file: LoadedFile[Any]) -> Iterator[tuple[str, str]]:
    """Groups leave no trace in the resolved API: they are used where a file says so."""
    endpoints = getattr(file.model, "endpoints", {}).values()
    for taking in (*file.model.types.values(), *endpoints):
        for name in taking.include:
            yield "field_groups", name
    for endpoint in endpoints:
        for name in () if endpoint.errors is None else endpoint.errors.include:
            yield "code_groups", name


def _report(subject: Subject, folder: LoadedFolder[Any], used: set[tuple[str, str]]) -> None:
    for file in (folder.file, *folder.resources):
        for section, name in _defined(file):
            if (section, name) not in used:
                subject.report(
                    "DS402",
                    file.at(section, name),
                    f"the {_NOUNS[section]} {quoted(name)} is not used",
                    "refer to it, or remove it",
                )


def _defined(file: LoadedFile[Any]) -> Iterator[tuple[str, str]]:
    for section in _NOUNS:
        for name in getattr(file.model, section, ()):
            yield section, name
