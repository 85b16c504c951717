"""Reading answers as a call of the sample vendor does, without a line to it."""

from __future__ import annotations

import json

from dialspec_runtime import (
    Operation,
)
from dialspec_runtime.answers import Accepted, BadStatus, Refused, Unreadable
from dialspec_runtime.decode import read_answer
from dialspec_runtime.redaction import Redactor
from dialspec_runtime.reply import Reply
from sample_client import LIST_CALLS, Call, CallPageResponse

NO_SECRETS = Redactor([])
ROW = {"keyId": 7, "called": "8613800138000", "state": 5, "rate": 0.5}
PAGE = {"status": 0, "reason": "success", "data": {"total": 1, "records": [ROW]}}
LONE = (
    rb'{"status": 0, "data": {"records": [{"keyId": 7, "path": "/mnt/cc\upload\execl\2025.xls"}]}}'
)
"""An answer of the kind that LAAFFIC prints: backslashes that escape nothing."""


def read(
    body: bytes, *, status: int = 200, operation: Operation = LIST_CALLS, content_type: str = ""
) -> Accepted | Refused | Unreadable | BadStatus:
    """Read an answer as a call does."""
    headers = [(b"Content-Type", content_type.encode())] if content_type else []
    return read_answer(operation, Reply(status, headers, body), redactor=NO_SECRETS)


def read_json(
    document: object, *, status: int = 200
) -> Accepted | Refused | Unreadable | BadStatus:
    """Read a JSON answer."""
    return read(json.dumps(document).encode(), status=status)


def accepted(answer: object) -> CallPageResponse:
    """Expect a success, and return its document."""
    assert isinstance(answer, Accepted), answer
    assert isinstance(answer.document, CallPageResponse)
    return answer.document


def first_row(document: CallPageResponse) -> Call:
    """Return the first record."""
    assert document.data is not None
    assert document.data.records is not None
    return document.data.records[0]
