"""The endpoint that is called by hand: where it is, what is sent, where the rows are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from benchmarks.api.answers import TASK_ID
from benchmarks.contenders.runs import Rows

Settings = Mapping[str, Any]
"""What a contender is told: `base_url`, `rows` and the like."""

PATH: Final = "/v3/cc/preview/queryTaskDetail"


def body_of(rows: int, number: int = 1) -> dict[str, object]:
    """The body of a request, made anew for each call as a program would."""
    return {"current": number, "size": rows, "params": {"taskId": TASK_ID}}


def rows_of(answer: Any) -> Rows:
    """The rows of a parsed answer."""
    rows: Rows = answer["data"]["records"]
    return rows
