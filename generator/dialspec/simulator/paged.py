"""Answers of a paged endpoint: which rows a request selects, and the page that holds them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from dialspec.api import Endpoint, ListOf, Paging
from dialspec.simulator.envelopes import EnvelopeSpelling
from dialspec.simulator.faults import Plan
from dialspec.simulator.pages import PageRequest, PageWriter, read_page
from dialspec.simulator.parameters import Given
from dialspec.simulator.records import Records
from dialspec.simulator.selections import Selection, filters_of, select
from dialspec.simulator.values import Inventor
from dialspec.simulator.wire import Json, dumps

_KEPT: Final = 64
"""Filters whose selection is remembered."""

_PAGES: Final = 8
"""Pages that are remembered: many clients of a test ask for the same few."""


class PagedAnswers:
    """The rows of one endpoint, and what faults did to them."""

    def __init__(
        self,
        endpoint: Endpoint,
        paging: Paging,
        inventor: Inventor,
        spelling: EnvelopeSpelling,
        count: int,
    ) -> None:
        row = endpoint.response.result_type
        while isinstance(row, ListOf):
            row = row.item
        self._paging = paging
        self._writer = PageWriter(endpoint, paging, inventor, spelling)
        self._filters = filters_of(endpoint.parameters, inventor, row)
        self.records = Records(inventor, row, paging.items, count)
        self._selections: OrderedDict[tuple[int, bytes], Selection] = OrderedDict()
        self._written = lru_cache(_PAGES)(self._write)
        self._first = 0
        self._growth = 0

    def reset(self) -> None:
        """Undo what faults inserted, deleted and added."""
        self._first = 0
        self._growth = 0

    def answer(self, given: Given, plan: Plan, *, empty: bool) -> bytes:
        """Write the page that a request asks for; `empty`, as if no row matched.

        Raises:
            InvalidRequestError: if the paging fields are missing or out of range.
        """
        paging = self._paging
        page = read_page(paging, given.body if paging.location == "body" else given.query)
        if empty:
            return self._writer.write(page, 0, b"")
        if plan:
            self._disturb(plan)
        selection = self._selection(given.arguments)
        total, start = selection.count, page.start
        if "growing_total" in plan:
            self._growth += 1
            total += self._growth
        if "repeated_page" in plan and start >= page.size:
            start -= page.size
        return self._written(selection, page, start, total)

    def _write(self, selection: Selection, page: PageRequest, start: int, total: int) -> bytes:
        rows = self.records.encoded(selection.rows(start, page.size))
        return self._writer.write(page, total, rows)

    def _disturb(self, plan: Plan) -> None:
        if "insert_front" in plan:
            self._first -= 1
        if "delete_front" in plan:
            self._first = min(self._first + 1, self.records.count)

    def _selection(self, arguments: Mapping[str, Json]) -> Selection:
        asked: dict[str, Json] = {}
        for item in self._filters:
            name = item.parameter.name
            if name in arguments:
                asked[name] = arguments[name]
        key = (self._first, dumps(asked))
        known = self._selections.get(key)
        if known is None:
            known = select(self.records, self._filters, asked, self._first)
            self._selections[key] = known
            if len(self._selections) > _KEPT:
                self._selections.popitem(last=False)
        else:
            self._selections.move_to_end(key)
        return known
