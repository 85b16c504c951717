"""The closed lists of the spec language: effects, kinds of refusal, and how values travel."""

from __future__ import annotations

from enum import StrEnum


class Effect(StrEnum):
    """What a call does at the vendor: decides whether it may be sent again."""

    READ = "read"
    IDEMPOTENT = "idempotent"
    UNSAFE = "unsafe"


class ErrorKind(StrEnum):
    """The kinds of vendor refusal; each is one exception class."""

    AUTHENTICATION = "authentication"
    PERMISSION = "permission"
    CLOCK = "clock"
    INVALID_PARAMETER = "invalid_parameter"
    CONFLICT = "conflict"
    NOT_FOUND = "not_found"
    STATE = "state"
    BALANCE = "balance"
    LIMIT = "limit"
    SERVER = "server"
    UNKNOWN = "unknown"


class Sensitivity(StrEnum):
    """Why a value is masked in what we print."""

    PHONE = "phone"
    SECRET = "secret"  # noqa: S105 - the name of a kind, not a secret
    PERSONAL = "personal"


class Location(StrEnum):
    """Where a request field travels."""

    BODY = "body"
    PATH = "path"
    QUERY = "query"
    HEADER = "header"


class TimeFormat(StrEnum):
    """How a date-time is written on the wire."""

    LOCAL = "yyyy-MM-dd HH:mm:ss"
    ISO8601 = "iso8601"
    EPOCH_MS = "epoch_ms"
    EPOCH_S = "epoch_s"
