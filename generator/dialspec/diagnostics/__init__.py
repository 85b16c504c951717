"""Diagnostics: problems in specs, each with a code, a place, a message and what to do about it."""

from dialspec.diagnostics.code_info import CodeInfo, Severity
from dialspec.diagnostics.diagnostic import Diagnostic, Diagnostics, SpecErrors
from dialspec.diagnostics.explain import codes_page, explain
from dialspec.diagnostics.position import Position
from dialspec.diagnostics.quoting import quoted
from dialspec.diagnostics.registry import CODES

__all__ = [
    "CODES",
    "CodeInfo",
    "Diagnostic",
    "Diagnostics",
    "Position",
    "Severity",
    "SpecErrors",
    "codes_page",
    "explain",
    "quoted",
]
