"""What stops a comparison; every message says what to do about it."""

from __future__ import annotations


class PageError(Exception):
    """A page cannot be read, or nothing on it can be compared."""
