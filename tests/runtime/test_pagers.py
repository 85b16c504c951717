"""Pagers and pages as their users meet them, sync and async."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from dialspec_runtime.listing import Listing
from dialspec_runtime.operation import Offset, PageNumber
from dialspec_runtime.pagers import (
    AsyncPage,
    AsyncPager,
    Page,
    Pager,
    async_single_page,
    single_page,
)
from dialspec_runtime.paging_error import PagingError
from dialspec_runtime.prefetch import Slot
from paged_vendor import NIO, STYLES, PagedVendor, Row, RowPage, no_rows, numbered

OFFSET = STYLES["offset and limit"]
UNCOUNTED = STYLES["page and limit without a total"]


def pager(vendor: PagedVendor, **options: Any) -> Pager[Row]:
    given: dict[str, Any] = {"size": 10, "start": 1, "endpoint": "vendor.list", **options}
    return Pager(Listing(Row, vendor.paging, **given), vendor.answer)


def async_pager(vendor: PagedVendor, **options: Any) -> AsyncPager[Row]:
    async def answer(values: Mapping[str, object], _slot: Slot | None = None, /) -> RowPage:
        await asyncio.sleep(0)
        return vendor.answer(values)

    given: dict[str, Any] = {"size": 10, "start": 1, "endpoint": "vendor.list", **options}
    return AsyncPager(Listing(Row, vendor.paging, **given), answer)


def ids(records: Any) -> list[int]:
    return [record.id for record in records]


# Sync.


def test_nothing_is_sent_before_something_is_asked_for() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    lazy = pager(vendor)
    assert repr(lazy) == "<Pager of Row from vendor.list>"
    assert lazy.size == 10
    iter(lazy)
    assert vendor.requests == []


def test_a_pager_stands_for_its_first_page() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    first = pager(vendor)
    assert ids(first.items) == list(range(10))
    assert (first.total, first.page_count, first.number, first.size) == (25, 3, 1, 10)
    assert isinstance(first.document, RowPage)
    assert first.has_next_page()
    assert ids(first.next_page()) == list(range(10, 20))
    assert len(vendor.requests) == 2


def test_the_first_page_is_not_asked_for_twice() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    records = pager(vendor)
    assert records.total == 25
    assert ids(records) == list(range(25))
    assert len(vendor.requests) == 3


def test_each_iteration_reads_the_list_anew() -> None:
    vendor = PagedVendor(NIO, numbered(15))
    records = pager(vendor)
    assert ids(records) == list(range(15))
    vendor.rows += numbered(5, 15)
    assert ids(records) == list(range(20))
    assert records.total == 20


def test_the_first_page_asked_for_after_an_iteration_does_not_disturb_its_position() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    records = pager(vendor)
    taken = iter(records)
    for _ in range(12):
        next(taken)
    assert records.total == 25
    assert records.position["row"] == 12
    assert ids(taken) == list(range(12, 25))


def test_pages_are_typed_and_hold_their_own_records() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    pages = list(pager(vendor).pages())
    assert [ids(page) for page in pages] == [
        list(range(10)),
        list(range(10, 20)),
        list(range(20, 25)),
    ]
    assert [page.number for page in pages] == [1, 2, 3]
    assert [page.has_next_page() for page in pages] == [True, True, False]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert all(page.size == 10 and page.total == 25 and page.page_count == 3 for page in pages)
    assert isinstance(pages[0].document, RowPage)
    assert repr(pages[2]) == "<Page 3: 5 of 25 Row>"


def test_an_empty_page_is_true_like_any_object() -> None:
    assert pager(PagedVendor(NIO)).next_page is not None
    (page,) = pager(PagedVendor(NIO)).pages()
    assert bool(page)
    assert repr(page) == "<Page 1: 0 of 0 Row>"


def test_going_from_page_to_page_takes_one_request_each() -> None:
    for paging in STYLES.values():
        vendor = PagedVendor(paging, numbered(25))
        page = next(
            pager(vendor, start=paging.first if isinstance(paging, PageNumber) else 0).pages()
        )
        got = ids(page)
        while page.has_next_page():
            page = page.next_page()
            got += ids(page)
        assert got == list(range(25))
        counted = 0 if paging.total else 2  # the end must show
        assert len(vendor.requests) <= 3 + counted


def test_next_page_keeps_what_max_items_leaves() -> None:
    page = next(pager(PagedVendor(NIO, numbered(50)), max_items=15).pages())
    last = page.next_page()
    assert ids(last) == list(range(10, 15))
    assert not last.has_next_page()


def test_next_page_leaves_off_what_was_pushed_onto_it() -> None:
    vendor = PagedVendor(NIO, numbered(30))
    page = next(pager(vendor).pages())
    vendor.rows[:0] = numbered(4, 100)
    assert ids(page.next_page()) == list(range(10, 16))


def test_there_is_no_page_after_the_last_one() -> None:
    last = pager(PagedVendor(NIO, numbered(5)))
    with pytest.raises(PagingError, match=r"vendor\.list: there is no page after page 1"):
        last.next_page()


def test_the_position_follows_pages_as_well() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    records = pager(vendor)
    pages = records.pages()
    next(pages)
    assert records.position["row"] == 10
    page = next(pages)
    assert records.position == page.position
    assert ids(pager(vendor, resume=page.position)) == list(range(20, 25))


def test_an_error_comes_after_the_records_before_it() -> None:
    vendor = PagedVendor(NIO, numbered(25), faults=[None, None, *[no_rows] * 9])
    records = pager(vendor)
    got: list[int] = []
    with pytest.raises(PagingError):
        got.extend(record.id for record in records if record.id is not None)
    assert got == list(range(20))
    vendor.faults.clear()
    assert ids(pager(vendor, resume=records.position)) == list(range(20, 25))


# A page on its own.


def listing_of(paging: PageNumber | Offset) -> Listing[Row]:
    """What a single page is asked for with."""
    start = paging.first if isinstance(paging, PageNumber) else 0
    return Listing(Row, paging, "vendor.list", size=paging.default_size, start=start)


def test_a_single_page_holds_what_its_answer_says() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    values = {"current": 2, "size": 10}
    page = single_page(listing_of(NIO), vendor.answer(values), values)
    assert isinstance(page, Page)
    assert ids(page) == list(range(10, 20))
    assert (page.number, page.size, page.total, page.page_count) == (2, 10, 25, 3)
    assert page.has_next_page()
    with pytest.raises(PagingError, match="read from a single answer"):
        page.next_page()


def test_a_single_page_is_not_judged() -> None:
    values: dict[str, object] = {"offset": 20, "limit": 10}
    assert isinstance(OFFSET, Offset)
    page = single_page(listing_of(OFFSET), RowPage(), values)
    assert (page.items, page.total, page.number, page.has_next_page()) == ((), None, 3, False)
    twice = RowPage(rows=[Row(id=1), Row(id=1)])
    assert len(single_page(listing_of(OFFSET), twice, {}).items) == 2


async def read_a_single_page() -> None:
    values = {"current": 1, "size": 10}
    page = async_single_page(listing_of(NIO), PagedVendor(NIO, numbered(25)).answer(values), values)
    assert isinstance(page, AsyncPage)
    assert ids(page) == list(range(10))
    with pytest.raises(PagingError, match="read from a single answer"):
        await page.next_page()


def test_a_single_page_of_an_async_client_is_the_same() -> None:
    asyncio.run(read_a_single_page())


# Async.


def test_an_async_pager_is_awaited_for_its_first_page() -> None:
    async def main() -> None:
        vendor = PagedVendor(NIO, numbered(25))
        records = async_pager(vendor)
        assert vendor.requests == []
        page = await records
        assert isinstance(page, AsyncPage)
        assert ids(page.items) == list(range(10))
        assert (page.total, page.has_next_page()) == (25, True)
        assert ids(await page.next_page()) == list(range(10, 20))
        assert ids(await records.next_page()) == list(range(10, 20))
        assert (await records) is page
        assert [record.id async for record in records] == list(range(25))
        assert len(vendor.requests) == 5
        assert repr(records) == "<AsyncPager of Row from vendor.list>"
        assert repr(page) == "<AsyncPage 1: 10 of 25 Row>"

    asyncio.run(main())


def test_an_async_pager_goes_through_pages_and_resumes() -> None:
    async def main() -> None:
        vendor = PagedVendor(NIO, numbered(25))
        records = async_pager(vendor)
        got: list[int] = []
        async for page in records.pages():
            got += ids(page)
            if page.number == 2:
                break
        assert records.position["row"] == 20
        rest = async_pager(vendor, resume=records.position)
        assert [record.id async for record in rest] == list(range(20, 25))
        again = [page.number async for page in async_pager(vendor).pages()]
        assert again == [1, 2, 3]
        last = await async_pager(PagedVendor(NIO, numbered(5)))
        with pytest.raises(PagingError, match="there is no page after page 1"):
            await last.next_page()

    asyncio.run(main())


def test_an_async_pager_counts_like_a_sync_one() -> None:
    async def main() -> None:
        vendor = PagedVendor(NIO, numbered(30))
        vendor.faults = [None, vendor.repeat, no_rows]
        records = async_pager(vendor)
        assert [record.id async for record in records] == list(range(30))
        # Its number alone tells that the repeated page is another one, so its rows are not counted.
        assert (records.repeated, records.skipped) == (0, 0)
        assert [record async for record in async_pager(vendor, max_items=0)] == []
        assert [page async for page in async_pager(vendor, max_items=0).pages()] == []
        reread = async_pager(vendor)
        assert [record.id async for record in reread] == list(range(30))
        assert (await reread).total == 30

    asyncio.run(main())


def test_a_list_without_counts_can_be_walked_page_by_page() -> None:
    pages = list(pager(PagedVendor(UNCOUNTED, numbered(20))).pages())
    assert [ids(page) for page in pages] == [list(range(10)), list(range(10, 20))]
    assert (pages[0].total, pages[0].page_count) == (None, None)
    assert repr(pages[0]) == "<Page 1: 10 Row>"
