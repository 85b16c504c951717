"""Which endpoints and pushes of the specs a page is about.

The host of an address decides the provider; a placeholder host, such as `{ip}:{port}`, stands for the providers without
a fixed address, and a path alone for any. Placeholders in paths match whatever they are called. A page that prints no
address of an API may be that of a push, which is found by the addresses of pages that it cites.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from dialspec.coverage.specified import specified
from dialspec.spec.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dialspec.api import Api, LeftOut, Provider
    from dialspec.coverage.addresses import Address
    from dialspec.coverage.specified import Specified

_PLACEHOLDER: Final = re.compile(r"[{<$:].*|.*\d.*")
_VERSION: Final = re.compile(r"v\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Absent:
    """A documented address that the specs have no endpoint for; `recorded` says why, if they do."""

    address: str
    path: str
    line: int
    recorded: str | None
    nearest: str | None
    known: str = ""
    """What the specs know of an endpoint that they leave out."""


class Directory:
    """Everything in an API that a page may be about."""

    def __init__(self, api: Api) -> None:
        self.providers = {provider.name: provider for provider in api.providers}
        self.endpoints = {
            provider.name: [
                specified(provider, endpoint, resource.name)
                for resource in provider.resources
                for endpoint in resource.endpoints
            ]
            for provider in api.providers
        }
        self.pushes = [
            specified(provider, push, resource.name)
            for provider in api.providers
            for resource in provider.resources
            for push in resource.pushes
        ]

    def provider_called(self, name: str) -> Provider | None:
        """The provider of this name."""
        return next((given for given in self.providers.values() if given.name == name), None)

    def all(self) -> list[Specified]:
        """Every endpoint and push."""
        return [*(spec for given in self.endpoints.values() for spec in given), *self.pushes]

    def named(self, name: str) -> Specified | None:
        """The endpoint or push of this full name."""
        return next((spec for spec in self.all() if spec.name == name), None)

    def nearest_name(self, name: str) -> str | None:
        """The full name that is most like this one."""
        return nearest(name, [spec.name for spec in self.all()])

    def is_api(self, address: Address) -> bool:
        """Tell whether an address may be one of an API, rather than that of some page."""
        known = any(_same_host(provider, address.host) for provider in self.providers.values())
        return known or address.labelled or not _is_public(address.host)

    def find(self, given: Iterable[Address]) -> tuple[list[Specified], list[Absent]]:
        """Give the endpoints at the addresses of a page, and the addresses that have none."""
        found: dict[str, Specified] = {}
        absent: list[Absent] = []
        listed = list(given)
        for address in listed:
            at = [spec for spec in self._candidates(address) if _is_at(spec, address)]
            fitting = [spec for spec in at if not address.verbs or spec.method in address.verbs]
            found.update((spec.name, spec) for spec in fitting)
            if not fitting:
                absent.append(self._absent(address, " or ".join(address.verbs)))
        if len(listed) == 1 and found:
            # Several methods of one address are several endpoints.
            served = {spec.method for spec in found.values()}
            absent.extend(
                self._absent(listed[0], verb) for verb in listed[0].verbs if verb not in served
            )
        return list(found.values()), [_with_words(item, found.values()) for item in absent]

    def pushes_of(self, cited: Iterable[str]) -> list[Specified]:
        """The pushes read on the first of these pages that any push was read on."""
        for page in map(_page_key, cited):
            if found := [push for push in self.pushes if page in map(_page_key, push.pages)]:
                return found
        return []

    def _serving(self, host: str) -> list[Provider]:
        providers = list(self.providers.values())
        if not host:
            return providers
        if _is_public(host):
            return [provider for provider in providers if _same_host(provider, host)]
        return [provider for provider in providers if provider.base_url is None]

    def _candidates(self, address: Address) -> list[Specified]:
        return [spec for p in self._serving(address.host) for spec in self.endpoints[p.name]]

    def _absent(self, address: Address, verb: str) -> Absent:
        shown = f"https://{address.host}{address.path}" if address.host else address.path
        absent = Absent(f"{verb} {shown}".strip(), address.path, address.line, None, None)
        for provider in self._serving(address.host):
            for resource in provider.resources:
                for item in resource.left_out:
                    if _is_left_out(item, address, verb):
                        words = (item.summary, item.reason, *((item.known,) if item.known else ()))
                        known = " ".join(text.reveal() for text in words)
                        name = f"left_out: {provider.name}.{resource.name}.{item.name}"
                        return replace(absent, recorded=name, known=known)
        paths = {path: spec.name for spec in self._candidates(address) for path in spec.paths}
        near = nearest(address.path, paths)
        return replace(absent, nearest=None if near is None else paths[near])


def _with_words(absent: Absent, found: Iterable[Specified]) -> Absent:
    """An address that a deviation of the page's other endpoint names is recorded, too."""
    words = {
        word.strip(".,;()")
        for spec in found
        for record in spec.records
        for word in record.text.split()
    }
    if absent.recorded is None and absent.path in words:
        return replace(absent, recorded="deviation")
    return absent


def _same_host(provider: Provider, host: str) -> bool:
    return provider.base_url is not None and urlsplit(provider.base_url).netloc.lower() == host


def _is_public(host: str) -> bool:
    """Tell whether a host is a real name, and not a placeholder such as `{ip}:{port}` or `ip:port`."""
    return re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?", host) is not None


def _is_at(spec: Specified, address: Address) -> bool:
    return any(_same_path(path, address.path) for path in spec.paths)


def _same_path(known: str, printed: str) -> bool:
    ours, theirs = known.strip("/").split("/"), printed.strip("/").split("/")
    return len(ours) == len(theirs) and all(map(_same_segment, ours, theirs))


def _same_segment(ours: str, theirs: str) -> bool:
    if ours.startswith("{"):
        return _PLACEHOLDER.fullmatch(theirs) is not None and _VERSION.fullmatch(theirs) is None
    return ours == theirs


def _is_left_out(item: LeftOut, address: Address, verb: str) -> bool:
    method, _, path = item.http.reveal().rpartition(" ")
    return _same_path(path, address.path) and (
        not method or method in verb.split(" or ") or not verb
    )


def _page_key(address: str) -> str:
    key = re.sub(r"^https?://", "", address.strip().lower())
    return re.sub(r"^(?:www|m)\.|\.(?:html?|md)$|/+$", "", key).rstrip("/")


def cited_pages(text: str) -> list[str]:
    """The addresses of pages in a text, with or without a scheme."""
    return re.findall(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/[\w./-]*[\w/]", text)
