"""The one error of publication."""

from __future__ import annotations


class PublishError(Exception):
    """The output folder can not be brought up to date; the message says why and what to do."""
