"""The laws of paging, for each style, against a vendor whose list moves and whose answers go wrong.

The state machine plays both sides by hand: it changes the list, spoils answers, hands out records one by
one, stores the position and resumes from it, at any point and in any order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dialspec_runtime.frozen import changed
from dialspec_runtime.operation import Offset, PageNumber
from dialspec_runtime.page_batch import Batch
from dialspec_runtime.paging import Walk
from dialspec_runtime.position import checked_position
from paged_vendor import (
    STYLES,
    Fault,
    PagedVendor,
    Row,
    as_text,
    empty,
    inflated,
    no_counts,
    no_rows,
    numbered,
    short,
)

ENDPOINT = "vendor.list"


class Harvest(RuleBasedStateMachine):
    """A harvest of a list that does not change, through answers that may be wrong."""

    paging: PageNumber | Offset
    faults: tuple[str, ...] = ("repeat", "no_rows", "short", "as_text", "no_counts", "inflated")

    @initialize(
        count=st.integers(0, 60), size=st.integers(1, 12), start=st.integers(0, 3), data=st.data()
    )
    def begin(self, count: int, size: int, start: int, data: st.DataObject) -> None:
        self.vendor = PagedVendor(self.paging, numbered(count))
        self.size = size
        self.first_row = start * size
        self.next_id = count
        self.expected: list[Row] = []
        """Rows that a complete harvest must hold: there from the first answer to the end."""
        self.handed: list[Row] = []
        self.walk: Walk[Row] = Walk(
            self.paging, size=size, first_row=self.first_row, endpoint=ENDPOINT
        )
        self.batches: list[Batch[Row]] = []
        self.cursor: Iterator[Row] = iter(())
        self.changed: str | None = None

    # The consumer.

    def turn_page(self) -> bool:
        """Get the next batch under way; False at the end."""
        if not self.batches and self.walk.wanted is not None:
            if not self.vendor.requests:
                self.expected = list(self.vendor.rows[self.first_row :])
            document = self.vendor.answer(self.walk.values(self.walk.wanted))
            self.batches = list(self.walk.accept(document))
            if self.batches:
                self.changed = None
        if self.batches:
            self.cursor = self.walk.place.hand_out(self.batches.pop(0))
        return bool(self.batches) or self.walk.wanted is not None

    def take_one(self) -> bool:
        for record in self.cursor:
            self.handed.append(record)
            return True
        return False

    @rule(records=st.integers(1, 20))
    def read(self, records: int) -> None:
        for _ in range(records):
            if not self.take_one():
                self.turn_page()

    resumed = False

    def handed_in_order(self) -> bool:
        """Whether records stand as they were handed out; if not, a position remembers too few of them."""
        handed = self.ids(self.handed)
        still = set(handed)
        standing = [each for each in self.ids(self.vendor.rows) if each in still]
        there = set(standing)
        return standing == [each for each in handed if each in there]

    @precondition(lambda self: self.handed_in_order())
    @rule(size=st.one_of(st.none(), st.integers(1, 12)))
    def stop_and_resume(self, size: int | None) -> None:
        stored = json.dumps(self.walk.place.position)
        assert len(stored) < 2_000
        self.size = size or self.size
        self.resumed = True
        self.walk = Walk(
            self.paging,
            size=self.size,
            resume=checked_position(json.loads(stored), ENDPOINT),
            endpoint=ENDPOINT,
        )
        self.batches, self.cursor = [], iter(())
        self.vendor.previous = None
        if not self.handed:  # nothing is known yet: this is a new beginning
            self.vendor.requests.clear()
            if self.needs_total:
                self.vendor.faults.clear()

    # The vendor.

    def fault(self, name: str) -> Fault:
        return {
            "repeat": self.vendor.repeat,
            "no_rows": no_rows,
            "short": short,
            "empty": empty,
            "as_text": as_text,
            "no_counts": no_counts,
            "inflated": inflated,
        }[name]

    needs_total = False
    """Whether the first answer must be good: a removal shows only against a total told before."""

    @precondition(lambda self: self.vendor.requests or not self.needs_total)
    @rule(data=st.data())
    def go_wrong(self, data: st.DataObject) -> None:
        if not self.vendor.faults:
            # Without a total a page that is short twice running can't be told from the last one.
            possible = [name for name in self.faults if name != "short" or self.paging.total]
            names = data.draw(st.lists(st.sampled_from(possible), min_size=1, max_size=2))
            self.vendor.faults += [*map(self.fault, names), None]

    # The law.

    def teardown(self) -> None:
        if not hasattr(self, "walk"):
            return
        self.vendor.faults.clear()
        bound = len(self.vendor.requests) + 20 + 4 * self.next_id
        goes_on = True
        while goes_on:
            while self.take_one():
                pass
            assert len(self.vendor.requests) <= bound, "the walk does not end"
            goes_on = self.turn_page()
        while self.take_one():
            pass
        self.check()

    def check(self) -> None:
        self.check_nothing_lost()
        assert self.ids(self.handed) == self.ids(self.expected)

    def ids(self, rows: list[Row]) -> list[int]:
        return [cast("int", row.id) for row in rows]

    def check_nothing_lost(self) -> None:
        lost = set(self.ids(self.expected)) - set(self.ids(self.handed))
        assert not lost, f"lost {sorted(lost)}, handed out {self.ids(self.handed)}"

    def check_once_and_in_order(self) -> None:
        handed = self.ids(self.handed)
        assert len(handed) == len(set(handed)), f"twice: {handed}"
        kept = set(self.ids(self.expected))
        assert [each for each in handed if each in kept] == self.ids(self.expected)


class InsertionHarvest(Harvest):
    """Rows are inserted anywhere, and appended, while the harvest goes on."""

    faults: tuple[str, ...] = ("repeat", "no_rows", "as_text", "no_counts")

    @rule(data=st.data(), count=st.integers(1, 15))
    def insert(self, data: st.DataObject, count: int) -> None:
        place = data.draw(st.one_of(st.just(0), st.integers(0, len(self.vendor.rows))))
        self.vendor.rows[place:place] = numbered(count, self.next_id)
        self.next_id += count

    def check(self) -> None:
        self.check_nothing_lost()
        # Without a total, nothing tells on resuming that, or how far, rows have moved.
        if self.paging.total or not self.resumed:
            self.check_once_and_in_order()


class RemovalHarvest(Harvest):
    """Rows are removed anywhere while the harvest goes on; what stays must be found."""

    faults: tuple[str, ...] = ("as_text", "no_counts")
    needs_total = True

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        places = data.draw(st.sets(st.integers(0, max(0, len(self.vendor.rows) - 1)), max_size=12))
        gone = {id(row) for place, row in enumerate(self.vendor.rows) if place in places}
        self.vendor.rows = [row for row in self.vendor.rows if id(row) not in gone]
        self.expected = [row for row in self.expected if id(row) not in gone]

    def check(self) -> None:
        self.check_nothing_lost()
        self.check_once_and_in_order()


class MovingHarvest(InsertionHarvest):
    """Insertions and removals by turns: what the total shows between two answers is one or the other."""

    faults: tuple[str, ...] = ("as_text", "no_counts")
    needs_total = True

    @precondition(lambda self: self.changed != "removal")
    @rule(data=st.data(), count=st.integers(1, 15))
    def insert(self, data: st.DataObject, count: int) -> None:
        self.changed = "insertion"
        InsertionHarvest.insert(self, data, count)

    @precondition(lambda self: self.changed != "insertion")
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.changed = "removal"
        RemovalHarvest.remove(cast("RemovalHarvest", self), data)


MACHINES: dict[str, type[Harvest]] = {
    "wrong answers": Harvest,
    "insertions": InsertionHarvest,
    "removals": RemovalHarvest,
    "insertions and removals": MovingHarvest,
}
"""What happens while the harvest goes on."""


def hold(machine: type[Harvest], paging: PageNumber | Offset) -> None:
    """Let hypothesis play a machine for one paging style."""
    played = type(machine.__name__, (machine,), {"paging": paging})
    run_state_machine_as_test(  # pyright: ignore[reportUnknownMemberType]
        played,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


@pytest.mark.parametrize("happening", MACHINES)
@pytest.mark.parametrize("style", STYLES)
def test_a_harvest_by_key_is_complete_in_order_and_once(style: str, happening: str) -> None:
    paging = STYLES[style]
    if "removals" in happening and paging.total is None:
        pytest.skip("a removal can't be noticed in a list without a total")
    hold(MACHINES[happening], paging)


@pytest.mark.parametrize("style", STYLES)
def test_a_harvest_of_a_steady_list_without_a_key_is_complete_in_order_and_once(style: str) -> None:
    hold(Harvest, changed(STYLES[style], key=()))
