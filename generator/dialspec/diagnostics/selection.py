"""Which problems are shown: all up to a limit, errors before warnings, in the order of their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from dialspec.diagnostics.code_info import Severity

if TYPE_CHECKING:
    from dialspec.diagnostics.diagnostic import Diagnostic, Diagnostics

MOST_SHOWN: Final = 50


class Selection(NamedTuple):
    """What is shown, with the numbers of all there is."""

    shown: tuple[Diagnostic, ...]
    errors: int
    warnings: int

    @property
    def omitted(self) -> int:
        """How many are not shown."""
        return self.errors + self.warnings - len(self.shown)


def select(diagnostics: Diagnostics, most: int = MOST_SHOWN) -> Selection:
    """Choose what to show: at most `most`, and no warning in place of an error."""
    found = tuple(diagnostics)
    errors = sum(1 for one in found if one.severity is Severity.ERROR)
    if len(found) > most:
        room_for_warnings = max(0, most - errors)
        kept: list[Diagnostic] = []
        seen = {Severity.ERROR: 0, Severity.WARNING: 0}
        room = {Severity.ERROR: most, Severity.WARNING: room_for_warnings}
        for one in found:
            if seen[one.severity] < room[one.severity]:
                seen[one.severity] += 1
                kept.append(one)
        return Selection(tuple(kept), errors, len(found) - errors)
    return Selection(found, errors, len(found) - errors)
