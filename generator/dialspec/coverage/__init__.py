"""Coverage: what vendors' pages document, compared with what the specs say.

A page (text, Markdown or HTML) becomes blocks, its blocks become documented endpoints, and those are compared with the
resolved API. Nothing is fetched: pages are files.
"""

from __future__ import annotations

from dialspec.coverage.errors import PageError
from dialspec.coverage.survey import Survey, survey

__all__ = ["PageError", "Survey", "survey"]
