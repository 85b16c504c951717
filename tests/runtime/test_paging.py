"""Single cases of paging, one oddity each: what is asked for, what comes out, what is told."""

from __future__ import annotations

import json
import logging
import tracemalloc
from collections.abc import Iterable, Mapping

import pytest

from dialspec_runtime.errors import InvalidArgument
from dialspec_runtime.frozen import changed
from dialspec_runtime.listing import Listing
from dialspec_runtime.operation import Offset, PageNumber
from dialspec_runtime.page_answers import whole_number
from dialspec_runtime.pagers import Pager
from dialspec_runtime.paging_error import PagingError
from dialspec_runtime.position import Position
from paged_vendor import (
    KEY,
    NIO,
    STYLES,
    Fault,
    PagedVendor,
    Row,
    RowPage,
    as_text,
    empty,
    inflated,
    no_counts,
    no_rows,
    not_counted,
    numbered,
    short,
)

UNCOUNTED = STYLES["page and limit without a total"]
OFFSET = STYLES["offset and limit"]
TOTAL_ONLY = STYLES["pageNum and pageSize in the body"]


def pager(
    vendor: PagedVendor,
    *,
    size: int = 10,
    start: int | None = None,
    max_items: int | None = None,
    resume: Position | None = None,
) -> Pager[Row]:
    paging = vendor.paging
    first = paging.first if isinstance(paging, PageNumber) else 0
    listing = Listing(
        Row,
        paging,
        "vendor.list",
        size=size,
        start=first if start is None else start,
        max_items=max_items,
        resume=resume,
    )
    return Pager(listing, vendor.answer)


def ids(records: Iterable[Row]) -> list[int | None]:
    return [record.id for record in records]


def pages_asked(vendor: PagedVendor) -> list[object]:
    paging = vendor.paging
    wire = paging.page if isinstance(paging, PageNumber) else paging.offset
    return [values[wire] for values in vendor.requests]


# What is asked for.


def test_pages_are_asked_for_by_number_until_the_total_is_reached() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    assert ids(pager(vendor)) == list(range(25))
    assert vendor.requests == [{"current": page, "size": 10} for page in (1, 2, 3)]


def test_pages_are_asked_for_by_rows_where_the_vendor_counts_rows() -> None:
    vendor = PagedVendor(OFFSET, numbered(25))
    assert ids(pager(vendor)) == list(range(25))
    assert vendor.requests == [{"offset": row, "limit": 10} for row in (0, 10, 20)]


def test_a_total_that_fills_the_last_page_costs_no_further_request() -> None:
    vendor = PagedVendor(TOTAL_ONLY, numbered(20))
    assert ids(pager(vendor)) == list(range(20))
    assert pages_asked(vendor) == [1, 2]


def test_pages_counted_from_zero_begin_with_zero() -> None:
    vendor = PagedVendor(changed(NIO, first=0), numbered(15))
    assert ids(pager(vendor)) == list(range(15))
    assert pages_asked(vendor) == [0, 1]


def test_start_names_a_page_where_pages_are_numbered() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    assert ids(pager(vendor, start=3)) == list(range(20, 25))


def test_start_names_a_row_where_rows_are_counted() -> None:
    vendor = PagedVendor(OFFSET, numbered(25))
    assert ids(pager(vendor, start=7)) == list(range(7, 25))
    assert pages_asked(vendor) == [7, 17]


def test_max_items_ends_the_walk_without_a_further_request() -> None:
    vendor = PagedVendor(NIO, numbered(100))
    limited = pager(vendor, max_items=20)
    assert ids(limited) == list(range(20))
    assert pages_asked(vendor) == [1, 2]


def test_max_items_zero_hands_out_nothing_but_can_tell_the_total() -> None:
    vendor = PagedVendor(NIO, numbered(100))
    limited = pager(vendor, max_items=0)
    assert ids(limited) == []
    assert list(limited.pages()) == []
    assert vendor.requests == []
    assert (limited.total, limited.items) == (100, ())


# Counts.


@pytest.mark.parametrize("fault", [as_text, no_counts, not_counted, inflated])
@pytest.mark.parametrize("style", STYLES)
def test_the_walk_is_complete_whatever_the_counts_look_like(style: str, fault: Fault) -> None:
    vendor = PagedVendor(STYLES[style], numbered(25), faults=[fault] * 30)
    assert ids(pager(vendor)) == list(range(25))


def test_counts_as_text_cost_no_further_request() -> None:
    vendor = PagedVendor(NIO, numbered(25), faults=[as_text] * 9)
    assert pager(vendor).total == 25
    assert ids(pager(vendor)) == list(range(25))
    assert pages_asked(vendor) == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (7, 7),
        ("7", 7),
        (" 7 ", 7),
        (7.0, 7),
        (7.5, None),
        ("seven", None),
        ("", None),
        (None, None),
        (-1, None),
        (True, None),
        ([7], None),
        ("²", None),
        ("9" * 5_000, None),
        (float("nan"), None),
    ],
)
def test_a_count_is_a_whole_number_or_not_told(told: object, read: int | None) -> None:
    assert whole_number(told) == read


def test_a_list_without_counts_ends_with_an_empty_page() -> None:
    vendor = PagedVendor(UNCOUNTED, numbered(20))
    assert ids(pager(vendor)) == list(range(20))
    assert pages_asked(vendor) == [1, 2, 3, 3]  # an empty page after a full one is confirmed once


def test_the_number_of_pages_alone_is_enough() -> None:
    vendor = PagedVendor(changed(NIO, total=None), numbered(25))
    assert ids(pager(vendor)) == list(range(25))
    assert pages_asked(vendor) == [1, 2, 3]


# Pages without rows.


def test_an_empty_list_takes_one_request() -> None:
    for paging in STYLES.values():
        vendor = PagedVendor(paging)
        nobody = pager(vendor)
        assert nobody.items == ()
        assert not nobody.has_next_page()
        assert ids(nobody) == []
        assert len(vendor.requests) == 1


def test_success_without_rows_is_asked_for_again() -> None:
    vendor = PagedVendor(NIO, numbered(25), faults=[no_rows, no_rows, None, no_rows])
    assert ids(pager(vendor)) == list(range(25))


def test_a_first_page_that_never_has_rows_nor_counts_is_an_empty_list() -> None:
    vendor = PagedVendor(NIO, numbered(25), faults=[no_rows] * 4)
    assert ids(pager(vendor)) == []
    assert len(vendor.requests) == 4


def test_a_later_page_that_never_has_rows_is_an_error_not_an_end() -> None:
    vendor = PagedVendor(UNCOUNTED, numbered(25), faults=[None, *[no_rows] * 9])
    some = pager(vendor)
    got: list[Row] = []
    with pytest.raises(PagingError, match=r"vendor\.list: page 2 came without its rows") as caught:
        got.extend(some)
    assert ids(got) == list(range(10))
    assert some.position["row"] == 10
    assert caught.value.endpoint == "vendor.list"
    assert caught.value.fault == "vendor"
    assert ids(pager(vendor, resume=some.position))[-15:] == list(range(10, 25))


def test_rows_that_are_null_beside_a_total_of_zero_are_an_empty_list() -> None:
    def null_list(good: RowPage) -> RowPage:
        return good.model_copy(update={"rows": None, "total": 0})

    vendor = PagedVendor(NIO, faults=[null_list])
    assert ids(pager(vendor)) == []
    assert len(vendor.requests) == 1


def test_an_empty_page_in_the_middle_is_asked_for_again() -> None:
    vendor = PagedVendor(NIO, numbered(30), faults=[None, empty])
    assert ids(pager(vendor)) == list(range(30))
    assert pages_asked(vendor) == [1, 2, 2, 3]


def test_a_page_that_stays_empty_is_passed_over_and_told(caplog: pytest.LogCaptureFixture) -> None:
    vendor = PagedVendor(NIO, numbered(30), faults=[None, *[empty] * 6])
    holed = pager(vendor)
    with caplog.at_level(logging.WARNING, "dialspec.paging"):
        assert ids(holed) == [*range(10), *range(20, 30)]
    assert holed.skipped == 10
    assert "vendor.list: 10 rows that the vendor counted never came" in caplog.text


def test_many_empty_pages_that_are_counted_are_an_error() -> None:
    vendor = PagedVendor(NIO, numbered(100), faults=[None, *[empty] * 99])
    with pytest.raises(PagingError, match="page 5 and those before it are empty"):
        list(pager(vendor))
    assert len(vendor.requests) == 1 + 4 * 6


def test_rows_that_are_counted_but_of_which_none_ever_comes_are_an_error() -> None:
    vendor = PagedVendor(NIO, numbered(5), faults=[empty] * 9)
    with pytest.raises(PagingError, match="empty although the vendor counts rows"):
        list(pager(vendor))


def test_a_total_that_grows_for_ever_without_rows_ends_the_walk() -> None:
    def growing(good: RowPage) -> RowPage:
        return good.model_copy(update={"total": 100 + 10 * len(vendor.requests), "pages": None})

    vendor = PagedVendor(NIO, numbered(20), faults=[growing] * 99)
    assert ids(pager(vendor)) == list(range(20))


# Short pages.


def test_a_short_page_in_the_middle_is_asked_for_again() -> None:
    vendor = PagedVendor(NIO, numbered(30), faults=[None, short])
    assert ids(pager(vendor)) == list(range(30))


def test_a_short_page_is_asked_for_again_where_nothing_is_counted() -> None:
    vendor = PagedVendor(UNCOUNTED, numbered(30), faults=[None, short])
    assert ids(pager(vendor)) == list(range(30))


def test_pages_smaller_than_asked_for_are_walked_to_the_real_end() -> None:
    vendor = PagedVendor(changed(NIO, pages=None), numbered(30), cap=4)
    capped = pager(vendor)
    assert ids(capped) == list(range(30))
    assert capped.skipped == 0


def test_a_vendor_that_caps_the_limit_below_the_step_is_an_error_with_the_remedy() -> None:
    vendor = PagedVendor(OFFSET, numbered(30), cap=4)
    with pytest.raises(PagingError, match="ask with size=4"):
        list(pager(vendor))


def test_a_page_that_stays_short_is_counted() -> None:
    vendor = PagedVendor(NIO, numbered(30), faults=[None, short, short, short])
    shortened = pager(vendor)
    assert ids(shortened) == [*range(15), *range(20, 30)]
    assert shortened.skipped == 5


# Repeated pages.


@pytest.mark.parametrize("key", [KEY, ()])
def test_a_page_that_comes_twice_is_asked_for_again(key: tuple[str, ...]) -> None:
    for paging in STYLES.values():
        vendor = PagedVendor(changed(paging, key=key), numbered(30))
        vendor.faults = [None, vendor.repeat, vendor.repeat, None, vendor.repeat]
        again = pager(vendor)
        assert ids(again) == list(range(30))


@pytest.mark.parametrize("key", [KEY, ()])
def test_a_vendor_that_ignores_the_page_number_is_an_error(key: tuple[str, ...]) -> None:
    vendor = PagedVendor(changed(TOTAL_ONLY, key=key), numbered(30))
    vendor.faults = [None, *[vendor.repeat] * 99]
    with pytest.raises(PagingError, match="page 2 was answered with another page each time"):
        list(pager(vendor))
    assert len(vendor.requests) == 7


def test_an_answer_that_carries_another_number_is_not_believed() -> None:
    vendor = PagedVendor(changed(NIO, key=()), numbered(30))

    def page_after(good: RowPage) -> RowPage:
        return vendor.good_answer({"current": 3, "size": 10})

    vendor.faults = [None, page_after]
    assert ids(pager(vendor)) == list(range(30))
    vendor.faults = [None, *[page_after] * 9]
    with pytest.raises(PagingError, match="page 2 was answered with another page each time"):
        list(pager(vendor))


def test_numbers_that_are_wrong_from_the_first_page_on_are_not_looked_at() -> None:
    def from_zero(good: RowPage) -> RowPage:
        assert isinstance(good.current, int)
        return good.model_copy(update={"current": good.current - 1})

    vendor = PagedVendor(NIO, numbered(30), faults=[from_zero] * 99)
    assert ids(pager(vendor)) == list(range(30))


def test_a_vendor_without_counts_that_answers_the_last_page_for_ever_ends() -> None:
    for key in (KEY, ()):
        vendor = PagedVendor(changed(UNCOUNTED, key=key), numbered(30), clamp=3)
        assert ids(pager(vendor)) == list(range(30))


def test_a_clamped_answer_with_its_number_ends_a_list_without_counts() -> None:
    assert isinstance(UNCOUNTED, PageNumber)
    vendor = PagedVendor(changed(UNCOUNTED, current=("current",)), numbered(30), clamp=3)
    assert ids(pager(vendor)) == list(range(30))


def test_equal_rows_without_a_key_are_not_taken_for_a_repetition() -> None:
    vendor = PagedVendor(changed(NIO, key=()), [Row(id=7)] * 30)
    assert ids(pager(vendor)) == [7] * 30


def test_a_page_of_one_row_that_comes_twice_is_not_taken_for_the_next_one() -> None:
    vendor = PagedVendor(changed(TOTAL_ONLY, key=()), numbered(4))
    vendor.faults = [None, vendor.repeat, vendor.repeat]
    assert ids(pager(vendor, size=1)) == [0, 1, 2, 3]
    assert pages_asked(vendor) == [1, 2, 2, 2, 3, 4]


def test_equal_rows_without_key_and_counts_end_nevertheless() -> None:
    vendor = PagedVendor(changed(UNCOUNTED, key=()), [Row(id=7)] * 30)
    assert set(ids(pager(vendor))) == {7}
    assert len(vendor.requests) < 30


# Keys.


def test_records_without_a_value_for_the_key_are_all_handed_out() -> None:
    vendor = PagedVendor(TOTAL_ONLY, [Row(note=str(number)) for number in range(30)])
    assert [row.note for row in pager(vendor)] == [str(number) for number in range(30)]


def test_different_records_under_one_key_are_all_handed_out() -> None:
    rows = [Row(id=1, note="a"), Row(id=1, note="b"), Row(id=2), Row(id=2)]
    assert list(pager(PagedVendor(NIO, rows))) == rows[:3]


def test_a_key_of_several_attributes_identifies_by_all_of_them() -> None:
    rows = [Row(id=number // 2, note=str(number % 2)) for number in range(30)]
    vendor = PagedVendor(changed(TOTAL_ONLY, key=("id", "note")), rows)
    vendor.faults = [None, vendor.repeat]
    assert list(pager(vendor)) == rows


def test_a_key_that_can_not_be_hashed_identifies_by_its_text() -> None:
    rows = [Row.model_validate({"id": number, "tags": [number]}) for number in range(30)]
    vendor = PagedVendor(changed(TOTAL_ONLY, key=("tags",)), rows)
    vendor.faults = [None, vendor.repeat]
    assert list(pager(vendor)) == rows


# A list that moves.


def test_rows_inserted_ahead_come_once() -> None:
    vendor = PagedVendor(NIO, numbered(30))
    moving = pager(vendor)
    got: list[int | None] = []
    for record in moving:
        got.append(record.id)
        if record.id == 9:
            vendor.rows[:0] = numbered(4, 100)
    assert got == list(range(30))
    assert moving.repeated == 4


def test_rows_inserted_within_reach_are_handed_out_where_they_are_met() -> None:
    vendor = PagedVendor(NIO, numbered(30))
    got: list[int | None] = []
    for record in pager(vendor):
        got.append(record.id)
        if record.id == 9:
            vendor.rows[:0] = numbered(13, 100)
    assert got == [*range(10), 110, 111, 112, *range(10, 30)]


def test_a_full_page_of_insertions_is_not_taken_for_a_repeated_page() -> None:
    vendor = PagedVendor(NIO, numbered(30))
    got: list[int | None] = []
    for record in pager(vendor):
        got.append(record.id)
        if record.id == 9:
            vendor.rows[:0] = numbered(10, 100)
    assert got == list(range(30))


def test_rows_that_move_up_after_a_removal_are_found() -> None:
    vendor = PagedVendor(NIO, numbered(50))
    got: list[int | None] = []
    for record in pager(vendor):
        got.append(record.id)
        if record.id == 19:
            del vendor.rows[3:8]
    assert got == list(range(50))
    assert pages_asked(vendor) == [1, 2, 3, 2, 4, 5]


def test_a_list_that_loses_rows_with_every_page_is_followed() -> None:
    vendor = PagedVendor(NIO, numbered(200))
    got: list[int | None] = []
    for record in pager(vendor):
        got.append(record.id)
        if len(got) % 10 == 0:
            del vendor.rows[0]  # an agent has dealt with it
    assert got == list(range(200))
    assert len(vendor.requests) <= 2 * 20


def test_more_pages_than_one_are_looked_through_when_many_rows_went() -> None:
    vendor = PagedVendor(NIO, numbered(100))
    got: list[int | None] = []
    for record in pager(vendor):
        got.append(record.id)
        if record.id == 59:
            del vendor.rows[5:50]
    assert got == list(range(100))


def test_a_total_that_flickers_costs_requests_but_no_records(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fewer(good: RowPage) -> RowPage:
        assert isinstance(good.total, int)
        return good.model_copy(update={"total": good.total - 3, "pages": None})

    vendor = PagedVendor(NIO, numbered(60), faults=[None, fewer] * 30)
    assert ids(pager(vendor)) == list(range(60))


def test_without_a_key_a_list_that_shrinks_is_told(caplog: pytest.LogCaptureFixture) -> None:
    vendor = PagedVendor(changed(NIO, key=()), numbered(50))
    shrinking = pager(vendor)
    with caplog.at_level(logging.WARNING, "dialspec.paging"):
        for record in shrinking:
            if record.id == 19:
                del vendor.rows[3:8]
    assert "its records have no key: some may be missing" in caplog.text


# Positions.


def test_a_position_is_small_json_and_holds_no_record_data() -> None:
    vendor = PagedVendor(changed(NIO, key=("note",)), [Row(note=f"138{n:08}") for n in range(100)])
    harvest = pager(vendor)
    for number, _ in enumerate(harvest):
        if number == 54:
            break
    text = json.dumps(harvest.position)
    assert harvest.position["row"] == 55
    assert len(text) < 1_000
    assert "138000" not in text


def test_resuming_goes_on_after_the_last_record_handed_out() -> None:
    for paging in STYLES.values():
        for count in (0, 1, 9, 10, 11, 29, 30):
            vendor = PagedVendor(paging, numbered(30))
            harvest = pager(vendor)
            records = iter(harvest)
            for _ in range(count):
                next(records)
            rest = pager(vendor, resume=json.loads(json.dumps(harvest.position)))
            assert ids(rest) == list(range(count, 30)), (paging, count)


def test_resuming_a_harvest_that_was_complete_finds_what_was_appended() -> None:
    vendor = PagedVendor(NIO, numbered(25))
    harvest = pager(vendor)
    assert ids(harvest) == list(range(25))
    vendor.requests.clear()
    assert ids(pager(vendor, resume=harvest.position)) == []
    assert pages_asked(vendor) == [3]
    vendor.rows += numbered(10, 25)
    assert ids(pager(vendor, resume=harvest.position)) == list(range(25, 35))


def test_resuming_finds_its_place_after_rows_moved_down() -> None:
    vendor = PagedVendor(NIO, numbered(80))
    harvest = pager(vendor, max_items=33)
    assert ids(harvest) == list(range(33))
    vendor.rows[:0] = numbered(34, 100)
    assert ids(pager(vendor, resume=harvest.position)) == list(range(33, 80))


def test_rows_inserted_between_those_that_a_position_remembers_make_none_come_twice() -> None:
    vendor = PagedVendor(NIO, numbered(20))
    harvest = pager(vendor, size=11)
    assert ids(harvest) == list(range(20))
    vendor.rows[1:1] = numbered(18, 100)
    vendor.rows[:0] = numbered(21, 200)
    vendor.rows[48:48] = numbered(8, 300)
    resumed = ids(pager(vendor, size=11, resume=harvest.position))
    assert set(resumed) >= {*range(100, 118), *range(300, 308)}
    assert not set(resumed) & set(range(20))


def test_a_page_that_told_its_total_only_the_second_time_ends_the_list_there() -> None:
    vendor = PagedVendor(TOTAL_ONLY, numbered(3), faults=[no_counts])
    assert ids(pager(vendor, size=2, start=2)) == [2]
    assert pages_asked(vendor) == [2, 2]


def test_a_page_that_comes_for_the_one_before_it_is_asked_for_again() -> None:
    vendor = PagedVendor(TOTAL_ONLY, numbered(4))
    vendor.faults = [inflated, None, vendor.repeat]
    assert ids(pager(vendor, size=2)) == [0, 1, 2, 3]
    assert pages_asked(vendor) == [1, 2, 1, 1]


def test_resuming_finds_its_place_where_no_total_was_told_before() -> None:
    vendor = PagedVendor(TOTAL_ONLY, numbered(14), faults=[no_counts])
    harvest = pager(vendor, size=7, start=2, max_items=1)
    assert ids(harvest) == [7]
    vendor.rows[:0] = numbered(28, 100)
    assert ids(pager(vendor, size=1, resume=harvest.position)) == list(range(8, 14))


def test_rows_that_moved_up_beyond_the_start_are_found_after_the_place_was_lost() -> None:
    vendor = PagedVendor(TOTAL_ONLY, numbered(6))
    harvest = pager(vendor, size=1, start=3, max_items=1)
    assert ids(harvest) == [2]
    del vendor.rows[:4]
    resumed = iter(pager(vendor, size=1, resume=harvest.position))
    assert next(resumed).id == 4
    del vendor.rows[0]
    assert ids(resumed) == [5]


def test_a_page_that_comes_twice_does_not_hide_the_place_to_resume_from() -> None:
    vendor = PagedVendor(OFFSET, numbered(2))
    harvest = pager(vendor, size=1, max_items=1)
    assert ids(harvest) == [0]
    vendor.rows[:0] = numbered(2, 2)
    vendor.faults = [None, vendor.repeat, vendor.repeat]
    assert ids(pager(vendor, size=2, resume=harvest.position)) == [1]


def test_resuming_finds_its_place_after_rows_moved_up() -> None:
    vendor = PagedVendor(NIO, numbered(80))
    harvest = pager(vendor, max_items=45)
    assert ids(harvest) == list(range(45))
    del vendor.rows[0:25]
    assert ids(pager(vendor, resume=harvest.position)) == list(range(45, 80))


def test_a_place_that_is_gone_is_told_and_nothing_is_lost(caplog: pytest.LogCaptureFixture) -> None:
    vendor = PagedVendor(NIO, numbered(100))
    harvest = pager(vendor, max_items=45)
    assert ids(harvest) == list(range(45))
    del vendor.rows[5:45]
    with caplog.at_level(logging.WARNING, "dialspec.paging"):
        rest = ids(pager(vendor, resume=harvest.position))
    assert rest == list(range(45, 100))
    assert "was not found again; went on from row 5" in caplog.text


def test_a_row_removed_just_after_the_place_was_not_found_hides_none_behind_it() -> None:
    vendor = PagedVendor(TOTAL_ONLY, numbered(20))
    harvest = pager(vendor, size=5, start=2, max_items=1)
    assert ids(harvest) == [5]
    del vendor.rows[5]
    vendor.requests.clear()

    def answer(values: Mapping[str, object]) -> RowPage:
        if set(pages_asked(vendor)) == {1, 2, 3} and len(vendor.rows) == 19:
            del vendor.rows[0]  # all pages were looked at in vain; now the rest is asked for
        return vendor.answer(values)

    listing = Listing(Row, TOTAL_ONLY, "vendor.list", size=7, start=1, resume=harvest.position)
    assert set(ids(Pager(listing, answer))) >= set(range(6, 20))


def test_a_place_behind_the_end_of_a_list_stays_where_it_was() -> None:
    vendor = PagedVendor(UNCOUNTED, numbered(19))
    behind = pager(vendor, size=10, start=3)
    position = behind.position
    resumed = pager(vendor, size=3, resume=position)
    assert ids(resumed) == []
    vendor.rows += numbered(2, first=19)
    assert ids(pager(vendor, size=3, resume=resumed.position)) == [20]


def test_a_position_holds_for_another_page_size() -> None:
    vendor = PagedVendor(NIO, numbered(60))
    harvest = pager(vendor, max_items=33)
    assert ids(harvest) == list(range(33))
    assert ids(pager(vendor, size=7, resume=harvest.position)) == list(range(33, 60))


def test_a_position_before_anything_was_asked_for_is_the_beginning() -> None:
    vendor = PagedVendor(NIO, numbered(30))
    position = pager(vendor, start=2).position
    assert position["row"] == 10
    assert ids(pager(vendor, resume=position)) == list(range(10, 30))


@pytest.mark.parametrize(
    "position",
    [
        None,
        "row 5",
        {},
        {"endpoint": "vendor.list", "row": -1, "start": 0, "total": None, "recent": []},
        {"endpoint": "vendor.list", "row": True, "start": 0, "total": None, "recent": []},
        {"endpoint": "vendor.list", "row": 5, "start": 0, "total": "9", "recent": []},
        {"endpoint": "vendor.list", "row": 5, "start": 0, "total": None, "recent": [7]},
        {"endpoint": "vendor.list", "row": 5, "start": 0, "total": None, "recent": "x"},
        {"endpoint": "vendor.other", "row": 5, "start": 0, "total": None, "recent": []},
    ],
)
def test_what_is_no_position_of_this_list_is_refused(position: object) -> None:
    vendor = PagedVendor(NIO, numbered(30))
    if position is None:
        assert len(ids(pager(vendor, resume=None))) == 30
        return
    with pytest.raises(InvalidArgument, match="resume: "):
        pager(vendor, resume=position)  # type: ignore[arg-type]  # refused at run time, as tested
    assert vendor.requests == []


# Arguments.


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("size", 0, "size: 0 was given, but it must be a whole number, 1 to 100"),
        ("size", 101, "size: 101 was given, but it must be a whole number, 1 to 100"),
        ("size", True, "size: True was given"),
        ("start", 0, "start: 0 was given, but it must be a whole number, 1 or more"),
        ("max_items", -1, "max_items: -1 was given, but it must be a whole number, 0 or more"),
    ],
)
def test_sizes_and_starts_that_the_vendor_does_not_take_are_refused(
    name: str, value: int, message: str
) -> None:
    given = {"size": 10, "start": 1, "max_items": 5, name: value}
    with pytest.raises(InvalidArgument, match=message):
        Listing(Row, NIO, size=given["size"], start=given["start"], max_items=given["max_items"])


def test_memory_stays_flat_over_a_thousand_pages() -> None:
    class Endless(PagedVendor):
        def answer(self, values: Mapping[str, object]) -> RowPage:
            page = values["current"]
            assert isinstance(page, int)
            return RowPage(total=100_000, current=page, rows=numbered(100, (page - 1) * 100))

    used: list[int] = []
    handed = 0
    tracemalloc.start()
    try:
        for record in pager(Endless(NIO), size=100):
            assert record.id == handed
            if handed % 10_000 == 0:
                used.append(tracemalloc.get_traced_memory()[0])
            handed += 1
    finally:
        tracemalloc.stop()
    assert handed == 100_000
    assert max(used[2:]) - used[1] < 2 * 2**20


def test_offsets_know_no_page_numbers() -> None:
    assert isinstance(OFFSET, Offset)
    page = next(pager(PagedVendor(OFFSET, numbered(30)), start=10).pages())
    assert (page.number, page.total, page.page_count) == (2, 30, 3)
