"""Answers of an endpoint that is not paged: one document, the same for the same arguments.

A read looks the document up by its ids; a call that changes something gets a new document each time, so that two
calls never answer with the same new id. Ids of the request come back in the result.
"""

from __future__ import annotations

from typing import Final

from dialspec.api import Endpoint
from dialspec.simulator.envelopes import EnvelopeSpelling
from dialspec.simulator.fiction import noise
from dialspec.simulator.ids import ids_of
from dialspec.simulator.parameters import Arguments
from dialspec.simulator.records import DIFFERENT_ROWS
from dialspec.simulator.values import Inventor
from dialspec.simulator.wire import Json, as_text, dumps
from dialspec.spec.language.kinds import Effect

MOST_KEPT: Final = 1000
"""Answers of reads that are kept for the next time; then all are made anew."""


class PlainAnswers:
    """The documents of one endpoint."""

    def __init__(self, endpoint: Endpoint, inventor: Inventor, spelling: EnvelopeSpelling) -> None:
        self._endpoint = endpoint
        self._inventor = inventor
        self._spelling = spelling
        self._ids = ids_of(endpoint)
        self._kept: dict[tuple[bytes, bool], bytes] = {}

    def answer(self, arguments: Arguments, done_before: int, *, empty: bool) -> bytes:
        """Write the document for these arguments; `empty`, with null for the result."""
        ids = {
            item.wire.reveal(): arguments[item.name] for item in self._ids if item.name in arguments
        }
        if self._endpoint.effect is not Effect.READ:
            return self._made(ids, done_before, empty=empty)
        key = (dumps(ids), empty)
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._made(ids, noise(key[0]) % DIFFERENT_ROWS if ids else 0, empty=empty)
            self._kept[key] = kept
        return kept

    def _made(self, ids: dict[str, Json], ordinal: int, *, empty: bool) -> bytes:
        response = self._endpoint.response
        invented = self._inventor.record(response.document, (), ordinal)
        document = self._spelling.success()
        for key, value in invented.items():
            if not self._spelling.is_envelope(key):
                document[key] = value
        if empty and response.result:
            document[response.result[0]] = None
        else:
            _echo(document, response.result, ids)
        return dumps(document)


def _echo(document: dict[str, Json], result: tuple[str, ...], ids: dict[str, Json]) -> None:
    value: Json = document
    for key in result:
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, dict):
        return
    for wire, given in ids.items():
        if wire in value and isinstance(given, int | str):
            as_number = isinstance(value[wire], int) and as_text(given).isdecimal()
            value[wire] = int(given) if as_number else as_text(given)
