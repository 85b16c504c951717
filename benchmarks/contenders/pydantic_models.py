"""The answer as hand-written pydantic models: aliases, an enum, unknown fields kept; what a careful user would write."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from benchmarks.contenders.number_status import NumberStatus


class Model(BaseModel):
    """Base of all models."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


class TaskNumber(Model):
    """One number of a task."""

    key_id: int | None = Field(default=None, alias="keyId")
    called: str | None = None
    encrypt_called: str | None = Field(default=None, alias="encryptCalled")
    called_info: str | None = Field(default=None, alias="calledInfo")
    seat_name: str | None = Field(default=None, alias="seatName")
    sip_group_name: str | None = Field(default=None, alias="sipGroupName")
    label_name: str | None = Field(default=None, alias="labelName")
    remark: str | None = None
    call_id: int | None = Field(default=None, alias="callId")
    error_reason: str | None = Field(default=None, alias="errorReason")
    status: NumberStatus | None = None
    call_count: float | None = Field(default=None, alias="callCount")
    var01: str | None = None
    var02: str | None = None
    var03: str | None = None
    var04: str | None = None
    var05: str | None = None
    var06: str | None = None
    var07: str | None = None
    var08: str | None = None
    var09: str | None = None
    var10: str | None = None
    var11: str | None = None
    var12: str | None = None
    var13: str | None = None
    var14: str | None = None
    var15: str | None = None
    var16: str | None = None
    var17: str | None = None
    var18: str | None = None
    var19: str | None = None
    var20: str | None = None


class Page(Model):
    """One page of rows."""

    total: int | None = None
    size: int | None = None
    current: int | None = None
    pages: int | None = None
    search_count: bool | None = Field(default=None, alias="searchCount")
    records: list[TaskNumber] | None = None


class Answer(Model):
    """The whole answer."""

    status: int | None = None
    reason: str | None = None
    data: Page | None = None
