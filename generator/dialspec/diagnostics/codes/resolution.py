"""Codes of resolution: names, types, inheritance and collisions, found when an Api is made from the specs."""

from __future__ import annotations

from typing import Final

from dialspec.diagnostics.code_info import CodeInfo

CODES: Final[tuple[CodeInfo, ...]] = ()
