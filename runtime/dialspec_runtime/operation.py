"""What a generated client says about one endpoint, as plain frozen data.

Everything in which one endpoint differs from another is in here: where its parameters go, what its answer
looks like, how it is paged, what its codes mean and whether it may be sent again. Nothing in here does I/O.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from .frozen import frozen
from .lazy import loaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from .codecs import Codec
    from .codes import DocumentedCode
    from .records import Record
    from .redaction import Sensitivity
    from .rules import Rule

__all__ = [
    "Effect",
    "Envelope",
    "Limits",
    "Offset",
    "Operation",
    "PageNumber",
    "Parameter",
    "Path",
    "walk",
]

Path = tuple[str, ...]
"""Attribute names that lead from a document to a value in it."""

NOT_TOLD: Final[Path] = ("__class__",)
"""Where to look for what a vendor does not tell: every document has it, and it is no count."""

NO_CODES: Final[Mapping[str, DocumentedCode]] = MappingProxyType({})


class Effect(StrEnum):
    """What a call does at the vendor; decides what may be sent again."""

    READ = "read"
    """Changes nothing: may be repeated at will."""
    IDEMPOTENT = "idempotent"
    """Changes something, but twice is the same as once."""
    UNSAFE = "unsafe"
    """Twice is worse than once: repeated only if the first surely did nothing."""

    @property
    def may_repeat(self) -> bool:
        """Whether sending it twice can do no harm."""
        return self is not Effect.UNSAFE


@frozen
class Parameter:
    """One argument of a method, and where it goes in the request."""

    name: str
    """The Python name."""
    wire: str
    """The name on the wire."""
    codec: Codec
    at: str = "body"
    """`path`, `query`, `header`, `body` (or empty) for the root of the body, or the wrapper's name."""
    required: bool = False
    nullable: bool = False
    """Whether `None` may be sent, as null."""
    sensitive: Sensitivity | None = None


@frozen
class Envelope:
    """How an answer says whether the call succeeded: wire names at the root, tried in this order."""

    code: Path = ()
    """Empty where the vendor documents no code."""
    message: Path = ()
    success: tuple[str, ...] = ("0",)
    optional: bool = False
    """Whether an answer without any code is a success."""


@frozen
class Limits:
    """What the vendor documents about the pace of an endpoint; the client keeps it."""

    concurrency: int | None = None
    interval: float | None = None
    """Seconds from the start of one call to the start of the next."""


class _Paging:
    """What both styles of paging are asked for again and again, worked out once."""

    items: Path
    total: Path | None
    key: tuple[str, ...]

    @property
    def _counts(self) -> tuple[Path | None, Path | None, Path | None]:
        """Where the total, the number of pages and the number of this page are told."""
        return self.total, None, None

    @cached_property
    def told(self) -> tuple[Path, ...]:
        """The paths of the rows and of the three counts."""
        return self.items, *(path or NOT_TOLD for path in self._counts)

    @cached_property
    def values_at(self) -> Callable[[Record], tuple[object, ...]]:
        """Read all of that from a document; AttributeError if something on the way there is null."""
        return attrgetter(*map(".".join, self.told))

    @cached_property
    def key_of(self) -> Callable[[object], object] | None:
        """Read the key of a record; None if it has none."""
        return attrgetter(*self.key) if self.key else None


@frozen
class PageNumber(_Paging):
    """Pages asked for by number. Paths are Python attribute names into the answer's document."""

    page: str
    size: str
    at: Literal["body", "query"]
    first: int = 1
    minimum_size: int = 1
    maximum_size: int | None = None
    default_size: int = 100
    maximum_number: int | None = None
    """Highest number that the vendor takes."""
    items: Path = ()
    total: Path | None = None
    pages: Path | None = None
    current: Path | None = None
    key: tuple[str, ...] = ()

    @property
    def _counts(self) -> tuple[Path | None, Path | None, Path | None]:
        return self.total, self.pages, self.current


@frozen
class Offset(_Paging):
    """Pages asked for by the number of rows before them."""

    offset: str
    size: str
    at: Literal["body", "query"]
    minimum_size: int = 1
    maximum_size: int | None = None
    default_size: int = 100
    items: Path = ()
    total: Path | None = None
    key: tuple[str, ...] = ()


@frozen
class Operation:
    """One endpoint."""

    provider: str
    name: str
    method: str
    path: str
    """Below the base URL; may hold `{placeholders}` named after path parameters or client settings."""
    effect: Effect
    document: type[Record]
    """The model of the whole answer; may be a `LazyClass`."""
    envelope: Envelope
    parameters: tuple[Parameter, ...] = ()
    rules: tuple[Rule, ...] = ()
    body: Literal["json", "multipart", "none"] = "json"
    wrapper: str | None = None
    """Name of the object around the parameters; always sent when there is one, even empty."""
    result: Path = ()
    """Where in the document a plain call finds what it returns."""
    result_may_be_null: bool = False
    """Whether the vendor documents null there after success; a plain call then returns None."""
    paging: PageNumber | Offset | None = None
    codes: Mapping[str, DocumentedCode] = NO_CODES
    limits: Limits = Limits()
    docs_url: str | None = None
    """The vendor's page of it."""
    inferred_from: str | None = None
    """The page of another brand after which the endpoint is described, if the vendor's own pages lack it."""

    @property
    def full_name(self) -> str:
        """Vendor and endpoint, such as `nio preview_tasks.list_numbers`."""
        return f"{self.provider} {self.name}"

    @cached_property
    def model(self) -> type[Record]:
        """The model of the whole answer, loaded."""
        return loaded(self.document)

    @cached_property
    def envelope_fields(self) -> EnvelopeFields:
        """Where this endpoint's document keeps what the envelope names."""
        return EnvelopeFields(
            code=tuple(_attribute_of(self.model, name) for name in self.envelope.code),
            message=tuple(_attribute_of(self.model, name) for name in self.envelope.message),
            success=frozenset(self.envelope.success),
            optional=self.envelope.optional,
        )


@frozen
class EnvelopeFields:
    """An envelope in terms of one model: pairs of Python name (or None) and wire name."""

    code: tuple[tuple[str | None, str], ...]
    message: tuple[tuple[str | None, str], ...]
    success: frozenset[str]
    optional: bool = False


def _attribute_of(model: type[Record], wire: str) -> tuple[str | None, str]:
    for name, each in model.model_fields.items():
        if (each.alias or name) == wire or each.validation_alias == wire:
            return name, wire
    return None, wire


def walk(document: object, path: Path) -> object:
    """Return the value at `path` below `document`, or None where any step of the way is missing."""
    value = document
    for name in path:
        if value is None:
            return None
        value = getattr(value, name, None)
    return value
