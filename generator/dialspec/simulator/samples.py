"""What an endpoint's documented examples show: values by place, and how they are spelled.

A vendor's table and its example often disagree (a code typed String is printed as 0); the simulator follows the
example, because that is what the real server printed. Examples that are no JSON even after mending are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable

from dialspec.api import Endpoint, Example
from dialspec.simulator.wire import Json, as_text, loads_as_printed
from dialspec.text import SpecText


class Samples:
    """The scalar values of the documented answers, by wire path; lists are looked through."""

    def __init__(self, documents: Iterable[Json]) -> None:
        self._at: dict[tuple[str, ...], list[Json]] = {}
        self._keys: dict[tuple[str, ...], set[str]] = {}
        self.roots: tuple[str, ...] = ()
        """The root keys of the first documented answer, in its order."""
        for document in documents:
            if isinstance(document, dict) and not self.roots:
                self.roots = tuple(document)
            self._collect(document, ())

    @classmethod
    def of_answers(cls, endpoint: Endpoint) -> Samples:
        """Read the documented answers of an endpoint, successful ones first."""
        success = {text.reveal() for text in endpoint.response.envelope.success}
        codes = [text.reveal() for text in endpoint.response.envelope.code]

        def succeeded(document: Json) -> bool:
            if not isinstance(document, dict):
                return False
            return all(as_text(document[code]) in success for code in codes if code in document)

        documents = list(_decoded(endpoint.examples))
        return cls(sorted(documents, key=lambda document: not succeeded(document)))

    @classmethod
    def of_payloads(cls, examples: Iterable[Example]) -> Samples:
        """Read the documented bodies of a push, which the page may print as request or as response."""
        return cls([*_decoded(examples, requests=True), *_decoded(examples)])

    def _collect(self, value: Json, path: tuple[str, ...]) -> None:
        if isinstance(value, dict):
            self._keys.setdefault(path, set()).update(value)
            for key, inner in value.items():
                self._collect(inner, (*path, key))
        elif isinstance(value, list):
            for inner in value:
                self._collect(inner, path)
        elif value is not None:
            known = self._at.setdefault(path, [])
            if value not in known:
                known.append(value)

    def at(self, path: tuple[str, ...]) -> list[Json]:
        """Give the different values seen at a path, null left out."""
        return self._at.get(path, [])

    def shows_beside(self, path: tuple[str, ...]) -> bool:
        """Tell whether an example shows the object that would hold this key, and shows it without the key."""
        beside = self._keys.get(path[:-1], set())
        return bool(beside) and path[-1] not in beside

    def first(self, path: tuple[str, ...]) -> Json:
        """Give the first value seen at a path, or None."""
        values = self._at.get(path)
        return values[0] if values else None


def _decoded(examples: Iterable[Example], *, requests: bool = False) -> Iterable[Json]:
    for example in examples:
        text: SpecText | None = example.request if requests else example.response
        if text is not None:
            try:
                yield loads_as_printed(text.reveal())
            except ValueError:
                continue
