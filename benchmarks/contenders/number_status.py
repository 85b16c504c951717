"""The status of a number, as a closed enum of the standard library."""

from __future__ import annotations

from enum import IntEnum


class NumberStatus(IntEnum):
    """How far the call of one number has come."""

    CALLING = 1
    NOT_CALLED = 5
    ABNORMAL = 7
    CALLED = 9
