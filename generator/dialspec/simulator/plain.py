"""Answers of an endpoint that is not paged: one document, the same for the same arguments.

A read looks the document up by its ids; a call that changes something gets a new document each time, so that two
calls never answer with the same new id. Ids of the request come back in the result.
"""

from __future__ import annotations

from dialspec.api import Endpoint
from dialspec.simulator.envelopes import EnvelopeSpelling
from dialspec.simulator.fiction import noise
from dialspec.simulator.ids import ids_of
from dialspec.simulator.parameters import Arguments
from dialspec.simulator.records import DIFFERENT_ROWS
from dialspec.simulator.values import Inventor
from dialspec.simulator.wire import Json, as_text, dumps
from dialspec.spec.model import Effect


class PlainAnswers:
    """The documents of one endpoint."""

    def __init__(self, endpoint: Endpoint, inventor: Inventor, spelling: EnvelopeSpelling) -> None:
        self._endpoint = endpoint
        self._inventor = inventor
        self._spelling = spelling
        self._ids = ids_of(endpoint)

    def answer(self, arguments: Arguments, done_before: int, *, empty: bool) -> bytes:
        """Write the document for these arguments; `empty`, with null for the result."""
        ids = {
            item.wire.reveal(): arguments[item.name] for item in self._ids if item.name in arguments
        }
        ordinal = done_before
        if self._endpoint.effect is Effect.READ:
            ordinal = noise(dumps(ids)) % DIFFERENT_ROWS if ids else 0
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
