"""All diagnostic codes: the one list that messages, `dialspec explain`, the docs page and the tests are made from.

A new code needs one `CodeInfo` in the module of its stage below `codes/`, and nothing else: a test runs its `wrong`
example and expects the code at `at`, then runs its `right` example and expects the code to be gone.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from dialspec.diagnostics.codes import lint, reading, resolution, structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dialspec.diagnostics.code_info import CodeInfo


def by_code(infos: Iterable[CodeInfo]) -> Mapping[str, CodeInfo]:
    """Give codes by their names, sorted; ValueError if one is defined twice."""
    found: dict[str, CodeInfo] = {}
    for info in infos:
        if info.code in found:
            raise ValueError(f"the diagnostic code {info.code} is defined twice")
        found[info.code] = info
    return MappingProxyType(dict(sorted(found.items())))


CODES: Final[Mapping[str, CodeInfo]] = by_code(
    (*reading.CODES, *structure.CODES, *resolution.CODES, *lint.CODES)
)
