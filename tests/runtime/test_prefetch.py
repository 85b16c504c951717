"""Prefetching: same records, same order, bounded, and nothing left behind however it ends."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialspec_runtime.errors import ConfigurationError, InvalidArgument
from dialspec_runtime.listing import Listing
from dialspec_runtime.operation import PageNumber
from dialspec_runtime.pagers import AsyncPager, Pager
from dialspec_runtime.paging_error import PagingError
from dialspec_runtime.prefetch import Slot, TaskFetch
from paged_vendor import (
    NIO,
    STYLES,
    PagedVendor,
    Row,
    RowPage,
    empty,
    no_counts,
    no_rows,
    numbered,
)

UNCOUNTED = STYLES["page and limit without a total"]


class SlowVendor(PagedVendor):
    """Takes its time, and watches how many ask at once."""

    delay: Callable[[], float] = staticmethod(lambda: 0.002)
    broken: Mapping[int, BaseException] = {}
    """Pages that fail, by number."""

    def slow_answer(self, values: Mapping[str, object]) -> RowPage:
        with self.lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            time.sleep(self.delay())
            return self.answer_or_break(values)
        finally:
            with self.lock:
                self.at_once -= 1

    async def slow_async_answer(
        self, values: Mapping[str, object], slot: Slot | None = None, /
    ) -> RowPage:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.delay())
        finally:
            self.at_once -= 1
        if slot is not None:
            await slot.leave()
        return self.answer_or_break(values)

    def answer_or_break(self, values: Mapping[str, object]) -> RowPage:
        number = values.get("current")
        if isinstance(number, int) and number in self.broken:
            raise self.broken[number]
        return self.answer(values)


def options(vendor: PagedVendor, **given: Any) -> dict[str, Any]:
    first = vendor.paging.first if isinstance(vendor.paging, PageNumber) else 0
    return {"size": 10, "start": first, "prefetch": 4, "endpoint": "vendor.list", **given}


def pager(vendor: SlowVendor, **given: Any) -> Pager[Row]:
    return Pager(Listing(Row, vendor.paging, **options(vendor, **given)), vendor.slow_answer)


def async_pager(vendor: SlowVendor, **given: Any) -> AsyncPager[Row]:
    return AsyncPager(
        Listing(Row, vendor.paging, **options(vendor, **given)), vendor.slow_async_answer
    )


def prefetch_threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("dialspec-prefetch")]


async def other_tasks() -> set[asyncio.Task[Any]]:
    """What still runs beside this task, once the loop has gone round a few times."""
    for _ in range(5):
        await asyncio.sleep(0)
    return asyncio.all_tasks() - {asyncio.current_task()}


def ids(records: Any) -> list[int]:
    return [record.id for record in records]


# Order and bounds.


@pytest.mark.parametrize("style", STYLES)
def test_records_come_in_order_with_threads(style: str) -> None:
    jitter = random.Random(1)  # noqa: S311  # jitter, not a secret
    vendor = SlowVendor(STYLES[style], numbered(255))
    vendor.delay = lambda: jitter.uniform(0, 0.005)
    assert ids(pager(vendor)) == list(range(255))
    assert 2 <= vendor.most_at_once <= 4
    assert prefetch_threads() == []


@pytest.mark.parametrize("style", STYLES)
def test_records_come_in_order_with_tasks(style: str) -> None:
    async def main() -> None:
        jitter = random.Random(1)  # noqa: S311  # jitter, not a secret
        vendor = SlowVendor(STYLES[style], numbered(255))
        vendor.delay = lambda: jitter.uniform(0, 0.005)
        assert [record.id async for record in async_pager(vendor)] == list(range(255))
        assert 2 <= vendor.most_at_once <= 4
        assert await other_tasks() == set()

    asyncio.run(main())


def test_the_documented_concurrency_is_not_exceeded() -> None:
    vendor = SlowVendor(NIO, numbered(200))
    assert ids(pager(vendor, prefetch=8, maximum_concurrency=2)) == list(range(200))
    assert vendor.most_at_once == 2

    async def main() -> None:
        vendor = SlowVendor(NIO, numbered(200))
        records = async_pager(vendor, prefetch=8, maximum_concurrency=2)
        assert [record.id async for record in records] == list(range(200))
        assert vendor.most_at_once == 2

    asyncio.run(main())


def test_no_page_is_asked_for_in_vain_when_the_total_is_known() -> None:
    vendor = SlowVendor(NIO, numbered(95))
    assert ids(pager(vendor, prefetch=8)) == list(range(95))
    assert len(vendor.requests) == 10


def test_max_items_bounds_what_is_asked_for() -> None:
    vendor = SlowVendor(NIO, numbered(500))
    assert ids(pager(vendor, prefetch=8, max_items=25)) == list(range(25))
    assert len(vendor.requests) == 3


def test_a_slow_consumer_does_not_let_pages_pile_up() -> None:
    vendor = SlowVendor(NIO, numbered(1_000))
    vendor.delay = lambda: 0.0
    records = iter(pager(vendor, prefetch=3))
    next(records)
    time.sleep(0.05)
    assert len(vendor.requests) <= 1 + 2 * 3
    records.close()  # type: ignore[attr-defined]  # a generator


def test_the_first_page_read_before_is_not_asked_for_again() -> None:
    vendor = SlowVendor(NIO, numbered(95))
    records = pager(vendor)
    assert records.total == 95
    assert ids(records) == list(range(95))
    assert len(vendor.requests) == 10


def test_a_negative_prefetch_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="prefetch: -1"):
        pager(SlowVendor(NIO), prefetch=-1)


def test_threads_see_the_context_of_their_caller() -> None:
    name: contextvars.ContextVar[str] = contextvars.ContextVar("name", default="nobody")
    seen: list[str] = []
    vendor = SlowVendor(NIO, numbered(40))

    def answer(values: Mapping[str, object]) -> RowPage:
        seen.append(name.get())
        return vendor.answer(values)

    name.set("caller")
    assert ids(Pager(Listing(Row, NIO, **options(vendor)), answer)) == list(range(40))
    assert seen == ["caller"] * 4


# Odd answers and lists that move.


def test_wrong_answers_are_mended_while_others_are_under_way() -> None:
    for seed in range(5):
        chance = random.Random(seed)  # noqa: S311  # chance, not a secret
        vendor = SlowVendor(NIO, numbered(600))
        vendor.delay = lambda: 0.0
        vendor.faults = [
            (
                chance.choice([vendor.repeat, no_rows, no_counts, empty])
                if chance.random() < 0.2
                else None
            )
            for _ in range(200)
        ]
        assert ids(pager(vendor, prefetch=8)) == list(range(600))


@settings(max_examples=30, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(2, 25), st.integers(1, 15)), max_size=4),
    prefetch=st.integers(0, 6),
    removal=st.booleans(),
    style=st.sampled_from([name for name in STYLES if STYLES[name].total]),
)
def test_a_list_that_moves_under_a_prefetching_harvest_loses_and_doubles_nothing(
    changes: list[tuple[int, int]], prefetch: int, removal: bool, style: str
) -> None:
    """Rows are removed, or inserted, while requests are under way; those that stay come once, in order."""

    class Moving(SlowVendor):
        def answer(self, values: Mapping[str, object]) -> RowPage:
            document = super().answer(values)
            with self.lock:
                for when, count in changes:
                    if when == len(self.requests) and removal:
                        del self.rows[1 : 1 + count]
                    elif when == len(self.requests):
                        self.rows[:0] = numbered(count, 1_000 * when)
            return document

    async def harvest() -> list[int]:
        vendor = Moving(STYLES[style], numbered(150))
        vendor.delay = lambda: 0.0
        got = [record.id async for record in async_pager(vendor, prefetch=prefetch)]
        kept = [row.id for row in vendor.rows if row.id is not None and row.id < 1_000]
        in_order = [each for each in got if each in set(kept)]
        assert in_order == kept
        return [each for each in got if each is not None]

    got = asyncio.run(harvest())
    assert len(got) == len(set(got))


# Endings.


@pytest.mark.parametrize("prefetch", [0, 1, 4])
def test_an_error_surfaces_after_the_records_before_it(prefetch: int) -> None:
    vendor = SlowVendor(NIO, numbered(200))
    vendor.broken = {6: ValueError("page six"), 8: ValueError("page eight")}
    records = pager(vendor, prefetch=prefetch)
    got: list[int] = []
    with pytest.raises(ValueError, match="page six"):
        got.extend(record.id for record in records if record.id is not None)
    assert got == list(range(50))
    assert records.position["row"] == 50
    assert prefetch_threads() == []

    async def main() -> None:
        vendor.delay = lambda: 0.001
        got: list[int] = []

        async def harvest() -> None:
            async for record in async_pager(vendor, prefetch=prefetch):
                assert record.id is not None
                got.append(record.id)

        with pytest.raises(ValueError, match="page six"):
            await harvest()
        assert got == list(range(50))
        assert await other_tasks() == set()

    asyncio.run(main())


def test_errors_of_pages_that_are_never_taken_go_unnoticed() -> None:
    async def main() -> None:
        vendor = SlowVendor(UNCOUNTED, numbered(35))
        vendor.delay = lambda: 0.0

        async def answer(values: Mapping[str, object], _slot: Slot | None = None, /) -> RowPage:
            page = values["page"]
            assert isinstance(page, int)
            if page > 6:
                raise ValueError("no such page")
            return vendor.answer(values)

        records = AsyncPager(Listing(Row, UNCOUNTED, **options(vendor, prefetch=4)), answer)
        assert [record.id async for record in records] == list(range(35))
        assert await other_tasks() == set()
        gc.collect()

    asyncio.run(main())


def test_leaving_the_loop_early_leaves_no_thread_behind() -> None:
    vendor = SlowVendor(NIO, numbered(500))
    for record in pager(vendor, prefetch=6):
        if record.id == 33:
            break
    assert prefetch_threads() == []
    assert vendor.at_once == 0


def test_leaving_the_async_loop_early_leaves_no_task_behind() -> None:
    async def main() -> None:
        vendor = SlowVendor(NIO, numbered(500))
        async for record in async_pager(vendor, prefetch=6):
            if record.id == 33:
                break
        assert await other_tasks() == set()
        assert vendor.at_once == 0
        async for page in async_pager(vendor, prefetch=6).pages():
            if page.number == 4:
                break
        assert await other_tasks() == set()
        assert vendor.at_once == 0

    asyncio.run(main())


@pytest.mark.parametrize("prefetch", [0, 6])
def test_cancelling_leaves_no_task_behind(prefetch: int) -> None:
    async def main() -> None:
        vendor = SlowVendor(NIO, numbered(5_000))
        got: list[int] = []

        async def harvest() -> None:
            async for record in async_pager(vendor, prefetch=prefetch):
                assert record.id is not None
                got.append(record.id)

        task = asyncio.create_task(harvest())
        await asyncio.sleep(0.03)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await other_tasks() == set()
        assert vendor.at_once == 0
        assert got == list(range(len(got)))

    asyncio.run(main())


@pytest.mark.parametrize("prefetch", [0, 4])
def test_an_interrupt_leaves_no_thread_behind(prefetch: int) -> None:
    vendor = SlowVendor(NIO, numbered(500))

    def interrupted() -> None:
        for record in pager(vendor, prefetch=prefetch):
            if record.id == 33:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert prefetch_threads() == []
    vendor.broken = {7: KeyboardInterrupt()}
    with pytest.raises(KeyboardInterrupt):
        list(pager(vendor, prefetch=prefetch))
    assert prefetch_threads() == []


def test_a_pager_in_a_reference_cycle_can_be_collected_anywhere() -> None:
    vendor = SlowVendor(NIO, numbered(5_000))
    vendor.delay = lambda: 0.001

    class Holder:
        records: Any = None

    def abandon() -> None:
        holder = Holder()
        holder.records = iter(pager(vendor, prefetch=3))
        cycle: list[object] = [holder]
        cycle.append(cycle)
        next(holder.records)

    abandon()
    gc.collect()
    for _ in range(200):
        if not prefetch_threads():
            break
        time.sleep(0.005)
    assert prefetch_threads() == []


def test_collected_by_one_of_its_own_threads_it_does_not_wait_for_itself() -> None:
    from dialspec_runtime.prefetch import ThreadedFetch

    closed = threading.Event()

    def close_from_inside(values: Mapping[str, object]) -> str:
        source.close()
        closed.set()
        return "done"

    source: ThreadedFetch[str] = ThreadedFetch(close_from_inside, lambda page: {"page": page}, 1)
    assert source.take(1) == "done"
    assert closed.wait(5)


def test_pages_that_are_no_longer_wanted_are_dropped() -> None:
    async def main() -> None:
        """The list turns out to be shorter than the first total said, while pages are under way."""

        class Shrinking(SlowVendor):
            async def slow_async_answer(
                self, values: Mapping[str, object], slot: Slot | None = None, /
            ) -> RowPage:
                document = await super().slow_async_answer(values, slot)
                if len(self.requests) == 1:
                    del self.rows[40:]
                return document

        vendor = Shrinking(NIO, numbered(400))
        records = async_pager(vendor, prefetch=6)
        assert [record.id async for record in records] == list(range(40))
        assert await other_tasks() == set()

    asyncio.run(main())


def test_prefetching_needs_asyncio_and_says_so() -> None:
    """Driven by hand, as under another event loop."""
    vendor = SlowVendor(NIO, numbered(30))
    step = async_pager(vendor).__aiter__().__anext__()
    with pytest.raises(ConfigurationError, match="prefetch needs asyncio"):
        next(iter(step.__await__()))


def test_a_paging_error_is_raised_with_prefetching_too() -> None:
    vendor = SlowVendor(STYLES["pageNum and pageSize in the body"], numbered(100))
    vendor.delay = lambda: 0.0
    vendor.faults = [None, *[no_rows] * 500]
    with pytest.raises(PagingError, match="page 2 came without its rows"):
        list(pager(vendor))
    assert prefetch_threads() == []


def test_the_next_request_is_sent_before_an_answer_is_read() -> None:
    async def main() -> list[str]:
        seen: list[str] = []

        async def fetch(values: Mapping[str, object], slot: Slot | None = None, /) -> object:
            assert slot is not None
            seen.append(f"send {values['page']}")
            await asyncio.sleep(0)
            await slot.leave()
            seen.append(f"read {values['page']}")
            return values["page"]

        source: TaskFetch[object] = TaskFetch(fetch, lambda page: {"page": page}, 1)
        source.top_up([1, 2])
        assert [await source.take(1), await source.take(2)] == [1, 2]
        await source.close()
        return seen

    assert asyncio.run(main()) == ["send 1", "send 2", "read 1", "read 2"]


def test_a_page_that_is_asked_for_again_waits_for_its_slot() -> None:
    async def main() -> int:
        under_way = most = 0

        async def fetch(_: Mapping[str, object], slot: Slot | None = None, /) -> object:
            nonlocal under_way, most
            assert slot is not None
            for _try in range(3):
                await slot.take()
                under_way += 1
                most = max(most, under_way)
                await asyncio.sleep(0.001)
                under_way -= 1
                await slot.leave()
            return None

        source: TaskFetch[object] = TaskFetch(fetch, lambda page: {"page": page}, 2)
        source.top_up(range(4))
        for page in range(4):
            await source.take(page)
        await source.close()
        return most

    assert asyncio.run(main()) == 2
