"""A vendor made up for the tests of the runtime, written as the generator writes real ones.

Its envelope, codes and page shape are those of NIO; its endpoints cover each effect, place of a parameter and
style of paging.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar, Final

from pydantic import Field

from dialspec_runtime import (
    UNSET,
    AsyncClient,
    AsyncHttpClient,
    AsyncPager,
    AsyncResource,
    DateTime,
    DocumentedCode,
    Effect,
    EnumOf,
    Envelope,
    ErrorKind,
    HttpClient,
    Integer,
    Limits,
    ListOf,
    LocalDateTime,
    Md5Sign,
    ObjectOf,
    OpenIntEnum,
    Operation,
    PageNumber,
    Pager,
    Parameter,
    ProviderInfo,
    Record,
    RequestObject,
    RequiredWhen,
    Sensitivity,
    String,
    SyncClient,
    SyncResource,
    Timeouts,
    Unset,
    Upload,
    async_raw_call,
    async_raw_pages,
    raw_call,
    raw_mode,
    raw_pages,
)
from dialspec_runtime.surroundings import Surroundings

API_KEY: Final = "key-bDqJFiq9"
API_SECRET: Final = "secret-7bz1lzh9"


class CallState(OpenIntEnum):
    """State of a call."""

    CALLING = 1, "Call in progress"
    NOT_CALLED = 5, {"en": "Not called", "zh": "未呼叫"}


class Call(Record):
    """One call of a task."""

    __sensitive__: ClassVar[Mapping[str, Sensitivity]] = MappingProxyType(
        {"called": "phone", "seat_name": "personal", "pin": "secret"}
    )

    key_id: int | None = Field(default=None, alias="keyId")
    called: str | None = None
    seat_name: str | None = Field(default=None, alias="seatName")
    pin: str | None = None
    state: CallState | None = None
    rate: float | None = None
    created: LocalDateTime | None = Field(default=None, alias="createdTime")


class CallPage(Record):
    """The object at `data` of a page."""

    total: int | None = None
    size: int | None = None
    current: int | None = None
    pages: int | None = None
    records: list[Call] | None = None


class CallPageResponse(Record):
    """An answer with a page of calls."""

    status: str | None = None
    reason: str | None = None
    data: CallPage | None = None


class CallResponse(Record):
    """An answer with one call."""

    status: str | None = None
    reason: str | None = None
    data: Call | None = None


class Callee(RequestObject):
    """Whom to call."""

    __sensitive__: ClassVar[Mapping[str, Sensitivity]] = MappingProxyType({"number": "phone"})

    number: str = Field(
        validation_alias="calleeNumber", serialization_alias="calleeNumber", min_length=7
    )
    at: LocalDateTime | None = None


ENVELOPE: Final = Envelope(code=("status", "code"), message=("reason", "msg"))

CODES: Final[Mapping[str, DocumentedCode]] = MappingProxyType(
    {
        row.code: row
        for row in (
            DocumentedCode(
                "-1",
                "authentication_failed",
                ErrorKind.AUTHENTICATION,
                {"en": "Authentication error", "zh": "账号认证异常"},
                advice="check key and secret.",
                refused=True,
            ),
            DocumentedCode("-10", "balance_too_low", ErrorKind.BALANCE, {"en": "Balance too low"}),
            DocumentedCode(
                "-15",
                "too_often",
                ErrorKind.LIMIT,
                {"en": "Too often"},
                transient=True,
                refused=True,
            ),
            DocumentedCode(
                "-16",
                "timestamp_expired",
                ErrorKind.CLOCK,
                {"en": "Timestamp expires"},
                refused=True,
            ),
            DocumentedCode(
                "-18",
                "platform_error",
                ErrorKind.SERVER,
                {"en": "Port program unusual"},
                transient=True,
            ),
            DocumentedCode(
                "-22", "bad_parameter", ErrorKind.INVALID_PARAMETER, {"en": "Parameter exception"}
            ),
        )
    }
)

PROVIDER: Final = ProviderInfo(
    name="sample",
    title="Sample",
    signer=Md5Sign(key_header="Api-Key", timestamp_header="Timestamp", signature_header="Sign"),
    environment=MappingProxyType({"api_key": "SAMPLE_API_KEY", "api_secret": "SAMPLE_API_SECRET"}),
    headers=MappingProxyType({"Content-Type": "application/json;charset=UTF-8"}),
    clock_statuses=frozenset({401}),
)

LIST_CALLS: Final = Operation(
    provider="sample",
    name="calls.list",
    method="POST",
    path="/v3/calls/list",
    effect=Effect.READ,
    parameters=(
        Parameter("task_id", "taskId", Integer(minimum=1), at="params", required=True),
        Parameter("called", "called", String(max_length=18), at="params", sensitive="phone"),
        Parameter("states", "stateList", ListOf(EnumOf(CallState)), at="params"),
    ),
    wrapper="params",
    document=CallPageResponse,
    envelope=ENVELOPE,
    result=("data",),
    paging=PageNumber(
        page="current",
        size="size",
        at="body",
        maximum_size=100,
        items=("data", "records"),
        total=("data", "total"),
        pages=("data", "pages"),
        current=("data", "current"),
        key=("key_id",),
    ),
    codes=CODES,
    docs_url="https://docs.example.com/calls/list/",
)

GET_CALL: Final = Operation(
    provider="sample",
    name="calls.get",
    method="GET",
    path="/v3/calls/{callId}",
    effect=Effect.READ,
    parameters=(
        Parameter("call_id", "callId", String(), at="path", required=True),
        Parameter("language", "lang", String(), at="query"),
        Parameter("locale", "X-Locale", String(), at="header"),
    ),
    body="none",
    document=CallResponse,
    envelope=ENVELOPE,
    result=("data",),
    codes=CODES,
    docs_url="https://docs.example.com/calls/get/",
)

START_CALL: Final = Operation(
    provider="sample",
    name="calls.start",
    method="POST",
    path="/v3/calls/start",
    effect=Effect.UNSAFE,
    parameters=(
        Parameter("callee", "callee", ObjectOf(Callee)),
        Parameter("note", "note", String(), nullable=True),
        Parameter("source", "source", Integer()),
        Parameter("file_id", "fileId", Integer()),
        Parameter("begin", "beginTime", DateTime()),
    ),
    rules=(RequiredWhen("file_id", when="source", equals=(1,)),),
    document=CallResponse,
    envelope=ENVELOPE,
    result=("data",),
    codes=CODES,
)

PAUSE_CALL: Final = Operation(
    provider="sample",
    name="calls.pause",
    method="PUT",
    path="/v3/calls/pause",
    effect=Effect.IDEMPOTENT,
    document=CallResponse,
    envelope=ENVELOPE,
    codes=CODES,
)

UPLOAD_NUMBERS: Final = Operation(
    provider="sample",
    name="calls.upload",
    method="POST",
    path="/v3/calls/upload",
    effect=Effect.UNSAFE,
    parameters=(
        Parameter("file", "file", Upload(), required=True),
        Parameter("task_id", "taskId", Integer()),
    ),
    body="multipart",
    document=CallResponse,
    envelope=ENVELOPE,
    codes=CODES,
)

SLOW_STATISTICS: Final = Operation(
    provider="sample",
    name="calls.statistics",
    method="POST",
    path="/v3/calls/statistics",
    effect=Effect.READ,
    document=CallResponse,
    envelope=ENVELOPE,
    codes=CODES,
    limits=Limits(concurrency=2, interval=1.5),
)


class Calls(SyncResource):
    """Calls."""

    def list(
        self,
        *,
        task_id: int,
        called: str | Unset = UNSET,
        states: list[CallState | int] | Unset = UNSET,
        size: int = 100,
        start: int = 1,
        max_retries: int | Unset = UNSET,
    ) -> Pager[Call]:
        """List the calls of a task."""
        return self._page(
            Call,
            LIST_CALLS,
            {"task_id": task_id, "called": called, "states": states},
            size=size,
            start=start,
            max_retries=max_retries,
        )

    def get(
        self,
        *,
        call_id: str,
        language: str | Unset = UNSET,
        locale: str | Unset = UNSET,
        timeout: float | Timeouts | Unset | None = UNSET,
        deadline: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
        extra_headers: Mapping[str, str] | None = None,
    ) -> Call:
        """Get one call."""
        return self._call(
            Call,
            GET_CALL,
            {"call_id": call_id, "language": language, "locale": locale},
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            extra_headers=extra_headers,
        )

    def start(
        self,
        *,
        callee: Callee | Mapping[str, object] | Unset = UNSET,
        note: str | Unset | None = UNSET,
        source: int | Unset = UNSET,
        file_id: int | Unset = UNSET,
        begin: datetime | Unset = UNSET,
        max_retries: int | Unset = UNSET,
    ) -> Call:
        """Start a call: twice would ring twice."""
        arguments = {
            "callee": callee,
            "note": note,
            "source": source,
            "file_id": file_id,
            "begin": begin,
        }
        return self._call(Call, START_CALL, arguments, max_retries=max_retries)

    def pause(self) -> CallResponse:
        """Pause everything."""
        return self._call(CallResponse, PAUSE_CALL, {})

    def upload(self, *, file: object, task_id: int | Unset = UNSET) -> CallResponse:
        """Upload numbers."""
        return self._call(CallResponse, UPLOAD_NUMBERS, {"file": file, "task_id": task_id})

    def statistics(
        self,
        *,
        timeout: float | Unset | None = UNSET,
        deadline: float | Unset | None = UNSET,
    ) -> CallResponse:
        """Count calls; the vendor limits the pace."""
        return self._call(CallResponse, SLOW_STATISTICS, {}, timeout=timeout, deadline=deadline)


class AsyncCalls(AsyncResource):
    """Calls."""

    def list(
        self, *, task_id: int, size: int = 100, start: int = 1, prefetch: int = 0
    ) -> AsyncPager[Call]:
        """List the calls of a task."""
        return self._page(
            Call, LIST_CALLS, {"task_id": task_id}, size=size, start=start, prefetch=prefetch
        )

    async def get(
        self,
        *,
        call_id: str,
        timeout: float | Timeouts | Unset | None = UNSET,  # as generated
        deadline: float | Unset | None = UNSET,
        max_retries: int | Unset = UNSET,
    ) -> Call:
        """Get one call."""
        return await self._call(
            Call,
            GET_CALL,
            {"call_id": call_id},
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
        )

    async def start(self) -> Call:
        """Start a call: twice would ring twice."""
        return await self._call(Call, START_CALL, {})

    async def upload(self, *, file: object) -> CallResponse:
        """Upload numbers."""
        return await self._call(CallResponse, UPLOAD_NUMBERS, {"file": file})

    async def statistics(self, *, deadline: float | Unset | None = UNSET) -> CallResponse:
        """Count calls; the vendor limits the pace."""
        return await self._call(CallResponse, SLOW_STATISTICS, {}, deadline=deadline)


class CallsWithRawResponse:
    """The same, with raw answers."""

    def __init__(self, calls: Calls) -> None:
        raw = raw_mode(calls)
        self.get = raw_call(raw.get)
        self.list = raw_pages(raw.list)


class AsyncCallsWithRawResponse:
    """The same, with raw answers."""

    def __init__(self, calls: AsyncCalls) -> None:
        raw = raw_mode(calls)
        self.get = async_raw_call(raw.get)
        self.list = async_raw_pages(raw.list)


@dataclass
class FakeTime:
    """Clocks that run only while somebody sleeps, and a die that always shows its highest face."""

    now: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list[float])
    die: float = 1.0
    when_slept: Callable[[], None] | None = None
    """What happens while somebody sleeps."""

    def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        self.slept.append(seconds)
        self.now += seconds
        if self.when_slept is not None:
            self.when_slept()

    async def async_sleep(self, seconds: float) -> None:
        """Let the time pass."""
        self.sleep(seconds)
        await asyncio.sleep(0)

    def surroundings(self) -> Surroundings:
        """Return what a client takes."""
        return Surroundings(
            wall=lambda: self.now,
            monotonic=lambda: self.now,
            sleep=self.sleep,
            async_sleep=self.async_sleep,
            dice=lambda: self.die,
        )


class Sample(SyncClient):
    """The sample vendor, sync."""

    def __init__(
        self,
        base_url: str,
        *,
        api_key: str = API_KEY,
        api_secret: str = API_SECRET,
        time: FakeTime | None = None,
        http_client: HttpClient | None = None,
        timeout: float | Timeouts | None = 10.0,
        deadline: float | None = None,
        max_retries: int = 2,
        max_response_bytes: int = 1_000_000,
        strict: bool = False,
        log_bodies: bool = False,
        extra_headers: Mapping[str, str] | None = None,
        allow_plain_http: bool = False,
        provider: ProviderInfo = PROVIDER,
    ) -> None:
        super().__init__(
            provider,
            credentials={"api_key": api_key, "api_secret": api_secret},
            base_url=base_url,
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            http_client=http_client,
            max_response_bytes=max_response_bytes,
            strict=strict,
            log_bodies=log_bodies,
            extra_headers=extra_headers,
            allow_plain_http=allow_plain_http,
            _surroundings=None if time is None else time.surroundings(),
        )

    @cached_property
    def calls(self) -> Calls:
        """Calls."""
        return Calls(self)

    @property
    def raw_calls(self) -> CallsWithRawResponse:
        """Calls, raw."""
        return CallsWithRawResponse(self.calls)


class AsyncSample(AsyncClient):
    """The sample vendor, async."""

    def __init__(
        self,
        base_url: str,
        *,
        api_key: str = API_KEY,
        api_secret: str = API_SECRET,
        time: FakeTime | None = None,
        http_client: AsyncHttpClient | None = None,
        timeout: float | Timeouts | None = 10.0,
        max_response_bytes: int = 1_000_000,
        max_retries: int = 2,
    ) -> None:
        super().__init__(
            PROVIDER,
            credentials={"api_key": api_key, "api_secret": api_secret},
            base_url=base_url,
            timeout=timeout,
            http_client=http_client,
            max_response_bytes=max_response_bytes,
            max_retries=max_retries,
            _surroundings=None if time is None else time.surroundings(),
        )

    @cached_property
    def calls(self) -> AsyncCalls:
        """Calls."""
        return AsyncCalls(self)

    @property
    def raw_calls(self) -> AsyncCallsWithRawResponse:
        """Calls, raw."""
        return AsyncCallsWithRawResponse(self.calls)
