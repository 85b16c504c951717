"""All diagnostic codes: the one list that messages, `dialspec explain`, the docs page and the tests are made from.

A new code needs one `CodeInfo` in the module of its stage below `codes/`, and nothing else: a test runs its `wrong`
example and expects the code at `at`, then runs its `right` example and expects the code to be gone.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from dialspec.diagnostics.codes import lint, reading, resolution, structure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dialspec.diagnostics.code_info import CodeInfo


def _all_codes() -> Mapping[str, CodeInfo]:
    found: dict[str, CodeInfo] = {}
    for stage in (reading, structure, resolution, lint):
        for info in stage.CODES:
            if info.code in found:
                raise ValueError(f"the diagnostic code {info.code} is defined twice")
            found[info.code] = info
    return MappingProxyType(dict(sorted(found.items())))


CODES: Final[Mapping[str, CodeInfo]] = _all_codes()
