"""What a call, a page and a harvest cost, counted in what happens: requests, signatures, validations, Python calls.

No seconds here: counts are the same on every machine, and what makes a call slow shows in them first.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from types import CodeType, FrameType
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator

from dialspec_runtime import (
    Effect,
    Md5Sign,
    Operation,
    ProviderInfo,
    Record,
    Reply,
    SigningParts,
    SyncResource,
)
from dialspec_runtime.decode import read_answer
from dialspec_runtime.frozen import changed
from dialspec_runtime.listing import Listing
from dialspec_runtime.pagers import Pager
from dialspec_runtime.redaction import Redactor
from dialspec_runtime.signing import Credentials
from paged_vendor import NIO, STYLES, PagedVendor, Row, numbered
from sample_client import ENVELOPE, PROVIDER, AsyncSample, Sample
from scripted_vendor import ScriptedVendor, answer

MOST_CALLS_OF_A_PLAIN_CALL = 100
MOST_CALLS_OF_A_FIRST_PAGE = 200
MOST_CALLS_OF_A_PAGE = 80

looked_at: Counter[str] = Counter()


def note(value: str | None) -> str | None:
    """Count that a value was validated."""
    looked_at["validations"] += 1
    return value


class Counted(Record):
    """A row that counts how often it is validated."""

    name: Annotated[str | None, AfterValidator(note)] = None


class CountedRows(Record):
    """An answer with such rows."""

    status: str | None = None
    rows: list[Counted] | None = None


LIST: Operation = Operation(
    provider="sample",
    name="rows.list",
    method="POST",
    path="/rows",
    effect=Effect.READ,
    document=CountedRows,
    envelope=ENVELOPE,
)


class Rows(SyncResource):
    """One endpoint, without a result path: a call gives the whole answer."""

    def all(self) -> CountedRows:
        """Get all rows."""
        return self._call(CountedRows, LIST, {})


class CountingSign(Md5Sign):
    """A scheme that counts how often it signs."""

    def sign(
        self, parts: SigningParts, credentials: Credentials, now: float, /
    ) -> list[tuple[str, str]]:
        """Count, and sign."""
        looked_at["signatures"] += 1
        return super().sign(parts, credentials, now)


COUNTING: ProviderInfo = changed(
    PROVIDER,
    signer=CountingSign(
        key_header="Api-Key", timestamp_header="Timestamp", signature_header="Sign"
    ),
)


@pytest.fixture(autouse=True)
def _from_zero() -> None:
    looked_at.clear()


def calls_of(work: Callable[[], Any]) -> int:
    """Count the Python functions of ours that some work enters."""
    count = 0

    def enter(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        if event == "call" and "dialspec_runtime" in frame.f_code.co_filename:
            count += 1

    before = sys.getprofile()
    sys.setprofile(enter)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def rows(count: int) -> dict[str, object]:
    """An answer with so many rows."""
    return {"status": 0, "rows": [{"name": str(number)} for number in range(count)]}


def length(records: Iterable[object]) -> int:
    """Go through all records."""
    return sum(1 for _ in records)


# One call.


def test_a_call_is_one_request_one_signature_and_one_validation_of_each_value(
    vendor: ScriptedVendor,
) -> None:
    vendor.says(answer(rows(100)))
    with Sample(vendor.url, provider=COUNTING) as client:
        found = Rows(client).all()
    assert length(found.rows or ()) == 100
    assert len(vendor.received) == 1
    assert looked_at == {"signatures": 1, "validations": 100}


def test_each_further_try_is_one_more_request_and_signature_and_nothing_else(
    vendor: ScriptedVendor,
) -> None:
    vendor.says(answer({}, status=503), answer({}, status=503), answer(rows(3)))
    with Sample(vendor.url, provider=COUNTING) as client:
        Rows(client).all()
    assert len(vendor.received) == 3
    assert looked_at == {"signatures": 3, "validations": 3}


def test_a_page_is_one_request_however_often_it_is_looked_at(vendor: ScriptedVendor) -> None:
    vendor.says(answer({"status": 0, "data": {"total": 1, "records": [{"keyId": 1}]}}))
    with Sample(vendor.url, provider=COUNTING) as client:
        page = client.calls.list(task_id=1)
        assert (page.total, len(page.items), page.has_next_page()) == (1, 1, False)
        assert length(page) == 1
    assert len(vendor.received) == 1
    assert looked_at["signatures"] == 1


def test_a_call_enters_few_functions(vendor: ScriptedVendor) -> None:
    vendor.says(answer({"status": 0, "data": {"keyId": 7}}))
    with Sample(vendor.url) as client:
        client.calls.get(call_id="7")  # opens the connection and builds the models
        count = calls_of(lambda: client.calls.get(call_id="7"))
    assert 20 < count < MOST_CALLS_OF_A_PLAIN_CALL


def test_a_first_page_enters_few_functions(vendor: ScriptedVendor) -> None:
    vendor.says(answer({"status": 0, "data": {"total": 1, "records": [{"keyId": 1}]}}))
    with Sample(vendor.url) as client:
        assert length(client.calls.list(task_id=1).items) == 1
        count = calls_of(lambda: client.calls.list(task_id=1).items)
    assert 50 < count < MOST_CALLS_OF_A_FIRST_PAGE


def test_an_async_call_enters_few_functions(vendor: ScriptedVendor) -> None:
    vendor.says(answer({"status": 0, "data": {"keyId": 7}}))

    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            await client.calls.get(call_id="7")
            entered: set[CodeType] = set()  # a coroutine is entered anew each time that it goes on

            def enter(frame: FrameType, event: str, _argument: object) -> None:
                if event == "call" and "dialspec_runtime" in frame.f_code.co_filename:
                    entered.add(frame.f_code)

            sys.setprofile(enter)
            try:
                await client.calls.get(call_id="7")
            finally:
                sys.setprofile(None)
            assert 20 < len(entered) < MOST_CALLS_OF_A_PLAIN_CALL

    asyncio.run(main())


# Models.


def test_models_are_built_by_the_first_answer_and_only_those_it_needs() -> None:
    class Inner(Record):
        name: str | None = None

    class Outer(Record):
        inner: Inner | None = None

    class Other(Record):
        name: str | None = None

    operation = changed(LIST, document=Outer, envelope=changed(ENVELOPE, optional=True))
    assert not Outer.__pydantic_complete__
    read_answer(operation, Reply(200, (), b'{"inner": {"name": "x"}}'), redactor=Redactor(()))
    assert Outer.__pydantic_complete__
    built = Outer.__pydantic_validator__
    read_answer(operation, Reply(200, (), b'{"inner": null}'), redactor=Redactor(()))
    assert Outer.__pydantic_validator__ is built
    assert not Other.__pydantic_complete__


# Growth: twice as much takes twice as long, not four times.


@pytest.mark.parametrize("keyed", [True, False])
@pytest.mark.parametrize("prefetch", [0, 10])
@pytest.mark.parametrize("style", STYLES)
def test_a_harvest_twice_as_long_takes_twice_as_many_steps(
    style: str, prefetch: int, keyed: bool
) -> None:
    paging = STYLES[style] if keyed else changed(STYLES[style], key=())

    def harvest(pages: int) -> int:
        vendor = PagedVendor(paging, numbered(pages * 10))

        def read() -> None:
            records = Pager(
                Listing(Row, paging, size=10, start=1, prefetch=prefetch), vendor.answer
            )
            assert length(records) >= pages * 10 - 10

        count = calls_of(read)
        assert len(vendor.requests) <= pages + 2 + 2 * prefetch
        return count

    once, twice = harvest(40), harvest(80)
    assert twice - once <= 40 * MOST_CALLS_OF_A_PAGE
    assert twice <= 2.05 * once


def test_a_page_costs_the_same_at_the_end_of_a_long_list_as_at_its_beginning() -> None:
    vendor = PagedVendor(NIO, numbered(12_000))
    pages = Pager(Listing(Row, NIO, size=10, start=1), vendor.answer).pages()
    counts = [calls_of(lambda: next(pages)) for _ in range(1200)]
    # More rows than the memory of a walk holds have gone by: it forgets as much as it learns.
    assert max(counts[1100:1190]) <= max(counts[10:100]) + 1


@pytest.mark.parametrize("faulty", [False, True])
def test_decoding_twice_as_many_rows_takes_no_more_steps_of_ours(faulty: bool) -> None:
    def decode(count: int) -> int:
        document = str(rows(count)).replace("'", '"').encode()
        content = document[:-9] if faulty else document
        reply = Reply(200, (), content)
        return calls_of(lambda: read_answer(LIST, reply, redactor=Redactor(())))

    decode(1)
    assert decode(2000) == decode(4000)


def test_an_answer_that_is_wrong_all_over_is_looked_at_in_steps_that_are_bounded() -> None:
    def decode(count: int) -> int:
        wrong = b'{"status": 0, "rows": [%s]}' % b",".join([b'{"name": []}'] * count)
        reply = Reply(200, (), wrong)
        return calls_of(lambda: read_answer(LIST, reply, redactor=Redactor(())))

    decode(1)
    assert decode(1000) == decode(2000)


def test_headers_are_read_in_steps_that_grow_with_their_number_only() -> None:
    def read(count: int) -> int:
        headers = tuple((b"X-%d" % number, b"x") for number in range(count))
        return calls_of(lambda: Reply(200, headers, b"").headers)

    assert read(500) == read(1000)
