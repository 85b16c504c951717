"""A user's program with the first endpoints, written by hand; type checkers must accept it as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from dialspec_clients.huawei_isales import Appointment, AsyncHuaweiIsales, HuaweiIsales
from dialspec_clients.laaffic import (
    AsyncLaaffic,
    FinishFlag,
    Laaffic,
    PreviewTask,
    PreviewTaskStatus,
    PreviewTaskType,
)
from dialspec_clients.nio import (
    AsyncNio,
    GroupCall,
    GroupCallStatus,
    Nio,
    NumberStatus,
    RecallFlow,
    TaskNumber,
)
from dialspec_runtime import ApiError, AsyncPage, Page, Pager, RawResponse, Timeouts


def nio_calls(nio: Nio) -> Iterator[str | None]:
    numbers: Pager[TaskNumber] = nio.preview_tasks.list_numbers(
        task_id=123,
        called="447700900001",
        sip_group_id=1,
        seat_id=[1, 2],
        label_names=["vip"],
        remark="call back",
        status_list=[NumberStatus.NOT_CALLED, 9],
        size=50,
        start=2,
        max_items=10,
        prefetch=2,
        timeout=Timeouts(connect=1.0, read=5.0),
        deadline=30.0,
        max_retries=0,
        extra_headers={"X-Trace": "1"},
    )
    for number in numbers:
        status: NumberStatus | None = number.status
        yield status.label if status is not None else None
    page: Page[TaskNumber] = next(iter(numbers.pages()))
    total: int | None = page.total
    while page.has_next_page():
        page = page.next_page()
    resumed = nio.preview_tasks.list_numbers(task_id=123, resume=numbers.position)
    yield str((total, resumed.items, resumed.total, resumed.has_next_page(), resumed.next_page()))
    flow: RecallFlow = nio.recall_flows.get(key_id=12)
    yield from (str(node.node_status) for node in flow.node_list or [])
    calls: Pager[GroupCall] = nio.group_calls.list(
        str_time=datetime(2024, 1, 1),  # noqa: DTZ001 - the vendor documents no zone
        end_time=datetime(2024, 6, 3, 15, 13, 1),  # noqa: DTZ001
        status_list=[GroupCallStatus.CALLING],
        idx_app_id=1,
        search_condition="greeting",
    )
    for call in calls:
        yield call.task_name


def laaffic_calls(laaffic: Laaffic) -> Iterator[str | None]:
    tasks: Pager[PreviewTask] = laaffic.preview_tasks.list(
        start_time=date(2025, 1, 10),
        end_time=date(2025, 2, 10),
        task_id="5000525",
        task_status=[PreviewTaskStatus.PAUSED],
        task_type=PreviewTaskType.GROUP_CALL_TO_AGENT,
        finish_flag=FinishFlag.NOT_FINISHED,
        voice_group_ids=[1000006],
    )
    for task in tasks:
        yield task.seat_group_name


def huawei_calls(isales: HuaweiIsales) -> Iterator[timedelta | None]:
    for call in isales.appointments.list(
        called_no="66660001",
        user_account_list=["116"],
        begin_time=datetime(2025, 5, 1, tzinfo=UTC),
        end_time=datetime(2025, 5, 31, tzinfo=UTC),
        task_id="1106025109",
    ):
        begin, end = call.begin_time, call.end_time
        yield end - begin if begin is not None and end is not None else None


def raw_calls(nio: Nio, laaffic: Laaffic, isales: HuaweiIsales) -> list[int]:
    flow: RawResponse[RecallFlow] = nio.with_raw_response.recall_flows.get(key_id=12)
    page: RawResponse[Page[TaskNumber]] = nio.with_raw_response.preview_tasks.list_numbers(
        task_id=1
    )
    tasks = laaffic.with_raw_response.preview_tasks.list()
    calls = isales.with_raw_response.appointments.list()
    appointments: Page[Appointment] = calls.parse()
    return [flow.status_code, page.status_code, tasks.status_code, len(appointments.items)]


async def async_calls() -> list[str | None]:
    names: list[str | None] = []
    async with AsyncNio.from_env() as nio:
        patient = nio.with_options(timeout=120.0, max_retries=5)
        numbers = patient.preview_tasks.list_numbers(task_id=123)
        names += [number.seat_name async for number in numbers]
        page: AsyncPage[GroupCall] = await nio.group_calls.list(
            str_time=datetime(2024, 1, 1),  # noqa: DTZ001
            end_time=datetime(2024, 6, 3),  # noqa: DTZ001
        )
        if page.has_next_page():
            page = await page.next_page()
        flow: RecallFlow = await nio.recall_flows.get(key_id=12)
        names.append(str(flow.recall_type))
    async with AsyncLaaffic(api_key="key", api_secret="secret") as laaffic:
        async for tasks in laaffic.preview_tasks.list().pages():
            names += [task.remark for task in tasks.items]
    isales = AsyncHuaweiIsales(
        base_url="https://203.0.113.7:28443", access_key="ak", secret_key="sk", vdn_id=1
    )
    try:
        async for call in isales.appointments.list(prefetch=4):
            names.append(call.user_name)
        raw = await isales.with_raw_response.appointments.list()
        names.append(str(raw.status_code))
    except ApiError as error:
        names.append(f"{error.code} {error.is_retry_safe}")
    finally:
        await isales.aclose()
    return names
