"""The five endpoints that the project began with, called as users call them, against a simulator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from dialspec_clients.huawei_isales import AsyncHuaweiIsales, HuaweiIsales
from dialspec_clients.laaffic import AsyncLaaffic, Laaffic, PreviewTaskStatus
from dialspec_clients.nio import AsyncNio, GroupCallStatus, Nio, NumberStatus
from dialspec_runtime import (
    AuthenticationError,
    ConfigurationError,
    CredentialsError,
    InvalidArgument,
)
from running_simulator import Vendor

LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - the vendor documents no zone
FAR_AHEAD = datetime(2100, 1, 1)  # noqa: DTZ001
PERIOD: dict[str, Any] = {"str_time": LONG_AGO, "end_time": FAR_AHEAD}


@contextmanager
def sync_listings(vendor: Vendor) -> Generator[list[tuple[str, Any]]]:
    with (
        Nio(**vendor.arguments("nio")) as nio,
        Laaffic(**vendor.arguments("laaffic")) as laaffic,
        HuaweiIsales(**vendor.arguments("huawei_isales")) as isales,
    ):
        yield [
            ("key_id", nio.preview.query_task_detail(task_id=123)),
            ("job_id", nio.group_call.query(**PERIOD)),
            ("task_id", laaffic.preview.query()),
            ("appoint_id", isales.appointments.list()),
        ]


@asynccontextmanager
async def async_listings(vendor: Vendor) -> AsyncGenerator[list[tuple[str, Any]]]:
    async with (
        AsyncNio(**vendor.arguments("nio")) as nio,
        AsyncLaaffic(**vendor.arguments("laaffic")) as laaffic,
        AsyncHuaweiIsales(**vendor.arguments("huawei_isales")) as isales,
    ):
        yield [
            ("key_id", nio.preview.query_task_detail(task_id=123)),
            ("job_id", nio.group_call.query(**PERIOD)),
            ("task_id", laaffic.preview.query()),
            ("appoint_id", isales.appointments.list()),
        ]


def test_each_listing_gives_every_record_once(vendor: Vendor) -> None:
    with sync_listings(vendor) as listings:
        for key, pager in listings:
            keys = [getattr(record, key) for record in pager]
            assert len(keys) == len(set(keys)) == pager.total
            # A period leaves out the rows whose time is null.
            assert 200 < len(keys) <= 250


def test_async_listings_give_the_same_records_in_the_same_order(vendor: Vendor) -> None:
    async def harvest() -> list[list[Any]]:
        async with async_listings(vendor) as listings:
            return [[getattr(record, key) async for record in pager] for key, pager in listings]

    with sync_listings(vendor) as listings:
        expected = [[getattr(record, key) for record in pager] for key, pager in listings]
    assert asyncio.run(harvest()) == expected


def test_a_listing_is_walked_page_by_page(vendor: Vendor) -> None:
    with Nio(**vendor.arguments("nio")) as nio:
        page = nio.preview.query_task_detail(task_id=123, size=100)
        assert (len(page.items), page.total, page.has_next_page()) == (100, 250, True)
        second = page.next_page()
        third = second.next_page()
        assert (second.number, third.number, len(third.items)) == (2, 3, 50)
        assert not third.has_next_page()


def test_an_async_listing_can_be_awaited_for_its_first_page(vendor: Vendor) -> None:
    async def first_and_second() -> tuple[int, int]:
        async with AsyncNio(**vendor.arguments("nio")) as nio:
            page = await nio.group_call.query(**PERIOD, size=60)
            following = await page.next_page()
            return len(page.items), following.number or 0

    assert asyncio.run(first_and_second()) == (60, 2)


def test_offset_paging_skips_the_rows_before_start(vendor: Vendor) -> None:
    with HuaweiIsales(**vendor.arguments("huawei_isales")) as isales:
        everything = [call.appoint_id for call in isales.appointments.list(size=30)]
        rest = [call.appoint_id for call in isales.appointments.list(size=30, start=45)]
    assert rest == everything[45:]


def test_max_items_stops_the_walk(vendor: Vendor) -> None:
    with Laaffic(**vendor.arguments("laaffic")) as laaffic:
        assert len(list(laaffic.preview.query(size=10, max_items=25))) == 25
    assert vendor.simulator.received.total == 3


def test_a_filter_reaches_the_vendor(vendor: Vendor) -> None:
    with Nio(**vendor.arguments("nio")) as nio:
        numbers = list(
            nio.preview.query_task_detail(task_id=123, status_list=[NumberStatus.NOT_CALLED])
        )
        assert 0 < len(numbers) < 250
        assert {number.status for number in numbers} == {NumberStatus.NOT_CALLED}
        calls = list(nio.group_call.query(**PERIOD, status_list=[GroupCallStatus.CALLING]))
        assert {call.status for call in calls} == {GroupCallStatus.CALLING}
    with Laaffic(**vendor.arguments("laaffic")) as laaffic:
        tasks = list(laaffic.preview.query(task_status=[PreviewTaskStatus.PAUSED]))
        assert {task.task_status for task in tasks} == {PreviewTaskStatus.PAUSED}


def test_every_documented_enum_value_and_null_arrives(vendor: Vendor) -> None:
    with Nio(**vendor.arguments("nio")) as nio:
        numbers = list(nio.preview.query_task_detail(task_id=123))
    assert {number.status for number in numbers} >= set(NumberStatus)
    assert any(number.seat_name is None for number in numbers)


def test_a_plain_call_gives_its_record(vendor: Vendor) -> None:
    with Nio(**vendor.arguments("nio")) as nio:
        flow = nio.recall_flow.query_detail(key_id=12)
    assert flow.key_id == 12
    assert flow.node_list is not None


def test_zone_less_times_are_naive_until_a_zone_is_given(vendor: Vendor) -> None:
    shanghai = timezone(timedelta(hours=8))
    with Nio(**vendor.arguments("nio")) as nio:
        naive = nio.group_call.query(**PERIOD, max_items=1).items[0].created_time
    with Nio(**vendor.arguments("nio"), timezone=shanghai) as nio:
        begin = LONG_AGO.replace(tzinfo=UTC)
        end = FAR_AHEAD.replace(tzinfo=UTC)
        aware = (
            nio.group_call.query(str_time=begin, end_time=end, max_items=1).items[0].created_time
        )
    assert naive is not None
    assert naive.tzinfo is None
    assert aware == naive.replace(tzinfo=shanghai)


def test_epoch_milliseconds_are_aware(vendor: Vendor) -> None:
    with HuaweiIsales(**vendor.arguments("huawei_isales")) as isales:
        times = [call.create_time for call in isales.appointments.list(max_items=20)]
    assert all(time.tzinfo is not None for time in times if time is not None)
    assert any(time is not None for time in times)


def test_a_raw_response_is_one_request_with_its_bytes(vendor: Vendor) -> None:
    with Nio(**vendor.arguments("nio")) as nio:
        raw = nio.with_raw_response.preview.query_task_detail(task_id=123, size=10)
        assert vendor.simulator.received.total == 1
        assert raw.status_code == 200
        assert raw.content.startswith(b"{")
        assert len(raw.parse().items) == 10
        flow = nio.with_raw_response.recall_flow.query_detail(key_id=12)
        assert flow.parse().key_id == 12


@pytest.mark.parametrize("provider", ["nio", "laaffic", "huawei_isales"])
def test_a_client_is_made_from_the_environment(
    vendor: Vendor, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in vendor.environment(provider).items():
        monkeypatch.setenv(name, value)
    made: Any = type(vendor.client(provider))
    client: Any = made.from_env()
    with client:
        assert provider in repr(client).lower() or "127.0.0.1" in repr(client)


def test_missing_variables_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BASE_URL", "ACCESS_KEY", "SECRET_KEY", "VDN_ID"):
        monkeypatch.delenv(f"HUAWEI_ISALES_{name}", raising=False)
    with pytest.raises(CredentialsError) as caught:
        HuaweiIsales.from_env()
    for name in ("BASE_URL", "ACCESS_KEY", "SECRET_KEY", "VDN_ID"):
        assert f"HUAWEI_ISALES_{name}" in str(caught.value)


def test_empty_credentials_are_refused_before_anything_is_sent() -> None:
    with pytest.raises(CredentialsError, match="api_secret"):
        Nio(api_key="key", api_secret="")


def test_a_wrong_secret_is_an_authentication_error(vendor: Vendor) -> None:
    arguments: dict[str, Any] = vendor.arguments("nio") | {"api_secret": "wrong"}
    with Nio(**arguments) as nio, pytest.raises(AuthenticationError) as caught:
        nio.recall_flow.query_detail(key_id=12)
    assert caught.value.code == "-1"
    isales_arguments: dict[str, Any] = vendor.arguments("huawei_isales") | {"secret_key": "wrong"}
    with HuaweiIsales(**isales_arguments) as isales, pytest.raises(AuthenticationError):
        isales.appointments.list().items  # noqa: B018 - the first use sends


def query(**arguments: Any) -> Callable[[Nio], object]:
    """A call whose arguments no type checker sees, as from a user who runs none."""
    return lambda nio: nio.preview.query_task_detail(**arguments)


@pytest.mark.parametrize(
    ("call", "named", "documented"),
    [
        (query(task_id=1, size=101), "size", "100"),
        (query(task_id=1, size=0), "size", "1"),
        (query(task_id="x"), "task_id", "integer"),
        (query(task_id=True), "task_id", "integer"),
        (query(task_id=1, status_list=[3]), "status_list", "1"),
    ],
)
def test_an_argument_out_of_range_is_refused_before_anything_is_sent(
    vendor: Vendor, call: Callable[[Nio], object], named: str, documented: str
) -> None:
    with Nio(**vendor.arguments("nio")) as nio, pytest.raises(InvalidArgument) as caught:
        call(nio)
    assert named in str(caught.value)
    assert documented in str(caught.value)
    assert vendor.simulator.received.total == 0


@pytest.mark.parametrize(("brand", "most"), [("nio", 200), ("laaffic", 1000), ("onbuka", 1000)])
def test_numbers_of_one_call_are_counted_as_the_brands_page_counts_them(
    vendor: Vendor, brand: str, most: int
) -> None:
    def play(numbers: list[str]) -> None:
        client.calls.play(callees=",".join(numbers), file_id="a.mp3", app_id="a")  # type: ignore[attr-defined]  # of each brand

    with vendor.client(brand) as client:
        play(["6281234567890"] * most)
        for refused in (["6281234567890"] * (most + 1), ["628123"], ["6281234567890", ""]):
            with pytest.raises(InvalidArgument, match="callees"):
                play(refused)
    assert vendor.simulator.received.total == 1


def test_each_number_of_a_list_has_its_documented_form(vendor: Vendor) -> None:
    with vendor.client("nio") as nio:
        task = {"task_name": "may", "app_id": "a", "source": 1, "voice_file_id": "a.mp3"}
        for numbers, plays, named in (
            (["6281234567890", "1"], 1, "number_list"),
            (["6281234567890"], -5, "loop_count"),
        ):
            with pytest.raises(InvalidArgument, match=named):
                nio.group_calls.create(  # type: ignore[attr-defined]  # of each brand
                    number_list=numbers, loop_count=plays, max_talk_seconds=9, **task
                )
    assert vendor.simulator.received.total == 0


def test_laaffics_displayed_number_may_be_empty(vendor: Vendor) -> None:
    with vendor.client("laaffic") as laaffic:
        laaffic.calls.play(  # type: ignore[attr-defined]  # of each brand
            callees="6281234567890", file_id="a.mp3", app_id="a", display_num=""
        )
    assert vendor.simulator.received.total == 1


def test_a_setting_out_of_range_is_refused(vendor: Vendor) -> None:
    arguments: dict[str, Any] = vendor.arguments("huawei_isales") | {"vdn_id": 10000}
    with pytest.raises(InvalidArgument, match=r"vdn_id.*9999"):
        HuaweiIsales(**arguments)


def test_plain_http_to_another_machine_is_refused_unless_asked_for() -> None:
    with pytest.raises(ConfigurationError, match="http"):
        Nio(api_key="key", api_secret="secret", base_url="http://api.example.com")
    Nio(
        api_key="key", api_secret="secret", base_url="http://api.example.com", allow_plain_http=True
    ).close()


def test_options_of_a_derived_client_do_not_change_the_first(vendor: Vendor) -> None:
    with Nio(**vendor.arguments("nio")) as nio:
        patient = nio.with_options(timeout=120.0, max_retries=7)
        assert type(patient) is Nio
        assert patient is not nio
        assert patient.recall_flow.query_detail(key_id=1).key_id == 1
        assert nio.recall_flow.query_detail(key_id=2).key_id == 2
