"""The one error of publication."""

from __future__ import annotations


class PublishError(Exception):
    """The output folder cannot be brought up to date; the message says why and what to do."""
