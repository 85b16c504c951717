"""Codes of lint: specs that are well formed and resolve, but look wrong."""

from __future__ import annotations

from typing import Final

from dialspec.diagnostics.code_info import CodeInfo

CODES: Final[tuple[CodeInfo, ...]] = ()
