"""What a vendor documents about one result code.

A provider's code table is a mapping from the code as text (`"-16"`, `"0200005"`) to a `DocumentedCode`.
"""

from collections.abc import Mapping
from enum import StrEnum

from .frozen import frozen


class ErrorKind(StrEnum):
    """What went wrong, in terms that hold for every vendor; each kind has its exception class."""

    AUTHENTICATION = "authentication"
    PERMISSION = "permission"
    CLOCK = "clock"
    INVALID_PARAMETER = "invalid_parameter"
    CONFLICT = "conflict"
    NOT_FOUND = "not_found"
    STATE = "state"
    BALANCE = "balance"
    LIMIT = "limit"
    SERVER = "server"
    UNKNOWN = "unknown"


@frozen
class DocumentedCode:
    """One row of a vendor's code table."""

    code: str
    name: str
    kind: ErrorKind
    labels: Mapping[str, str]
    """What the vendor prints for it, by language."""
    advice: str | None = None
    """What a user can do about it."""
    transient: bool = False
    """Whether the same request may succeed a little later."""
    refused: bool = False
    """Whether the answer proves that nothing has happened at the vendor."""

    @property
    def meaning(self) -> str:
        """The documented meaning, in English where there is one."""
        return self.labels.get("en") or next(iter(self.labels.values()), "")
