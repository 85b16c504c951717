"""`UNSET`: the value of an argument that was left out.

It is not `None`: a parameter left out is not sent at all, `None` is sent as null.
"""

from enum import Enum
from typing import Final, Literal


class Unset(Enum):
    """The type of `UNSET`, for signatures such as `str | None | Unset`."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET
