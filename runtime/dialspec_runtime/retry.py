"""Whether to send a call again: the decision, and nothing else.

In: what one try ended with (`Ending`), what the endpoint does (`Effect`). Out: whether another try can do no
harm and may help. How often, how soon, and whether the budget allows it, is decided by `exchange`.

    a read or an idempotent call   faults of the transport, 408, 429, 5xx, statuses that the provider's spec
                                   names, pages where JSON should be, transient codes
    an unsafe call                 only if no byte can have reached the vendor, or the code proves a refusal
                                   before anything happened and is transient
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .faults import NEVER_REPEATED

if TYPE_CHECKING:
    from .answers import Refused, Unreadable
    from .faults import TransportFault
    from .operation import Effect

RETRY_STATUSES: Final = frozenset({408, 429})


def retries_fault(effect: Effect, fault: TransportFault) -> bool:
    """Decide after a fault of the transport."""
    if fault.kind in NEVER_REPEATED:
        return False
    return effect.may_repeat or fault.nothing_sent


def retries_status(effect: Effect, status: int, named: frozenset[int]) -> bool:
    """Decide after an HTTP status without the vendor's envelope."""
    return effect.may_repeat and (
        status in RETRY_STATUSES or 500 <= status <= 599 or status in named
    )


def retries_code(effect: Effect, refused: Refused, status: int, named: frozenset[int]) -> bool:
    """Decide after a result code."""
    documented = refused.documented
    if documented is not None and documented.transient:
        return effect.may_repeat or documented.refused
    return documented is None and retries_status(effect, status, named)


def retries_unreadable(effect: Effect, answer: Unreadable) -> bool:
    """Decide after an answer that could not be read."""
    return effect.may_repeat and answer.may_pass
