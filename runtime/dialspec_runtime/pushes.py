"""Pushes: what a vendor posts to an address of the customer's, read as its pages document it.

In: the body of such a request, as it came. Out: the model, or the list of models, that the generated function
promises; what is not documented is a `DecodeError` with its place and a masked excerpt, and nothing else is raised,
whatever arrives. The body is parsed once, straight from bytes.

No vendor documents that a push is signed: whoever knows the address can send one.
"""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from pydantic import Field, create_model

from .answers import Accepted, Answer, Unreadable
from .decode import read_answer
from .errors import Circumstances, DecodeError, InvalidArgument, InvalidJsonWarning
from .operation import Effect, Envelope, Operation, Path, walk
from .records import Record
from .redaction import Redactor
from .reply import Reply

if TYPE_CHECKING:
    from datetime import tzinfo

T = TypeVar("T")

_AT_ROOT: Final = "body"
"""Key under which a bare array is put for reading."""
_PAYLOAD: Final = "payload"
"""Attribute of the models that are made here: keys of a vendor may be no Python names."""
_SPACE: Final = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*")


@dataclass(frozen=True)
class Push:
    """What is known of one push."""

    provider: str
    name: str
    record: type[Record]
    """The model of one event."""
    is_list: bool = False
    at: Path = ()
    """Keys that lead from the root of the body to the payload."""
    docs_url: str | None = None
    """The vendor's page of it."""

    @cached_property
    def keys(self) -> Path:
        """The keys under which the payload is read; a bare array is put under one."""
        return self.at or ((_AT_ROOT,) if self.is_list else ())

    @cached_property
    def operation(self) -> Operation:
        """The push, as what an endpoint without an envelope would answer."""
        document = self.record
        for depth, key in enumerate(reversed(self.keys)):
            document = _holding(document, key, is_list=self.is_list and depth == 0)
        return Operation(
            provider=self.provider,
            name=self.name,
            method="POST",
            path="",
            effect=Effect.READ,
            document=document,
            envelope=Envelope(),
            result=(_PAYLOAD,) * len(self.keys),
            docs_url=self.docs_url,
        )


def _holding(record: type[Record], key: str, *, is_list: bool) -> type[Record]:
    """Make the model of an object that holds one event, or a list of them, under a key."""
    payload = list[record] if is_list else record  # type: ignore[valid-type]  # known when it runs
    fields: Any = {_PAYLOAD: (payload | None, Field(default=None, alias=key))}
    return create_model(f"{record.__name__}Push", __base__=Record, **fields)


def parse_push(
    _record: type[T], push: Push, body: bytes, *, timezone: tzinfo | None, strict: bool
) -> T:
    """Read a push that holds one event."""
    return cast("T", _read(push, body, timezone, strict=strict))


def parse_pushed_list(
    _record: type[T], push: Push, body: bytes, *, timezone: tzinfo | None, strict: bool
) -> list[T]:
    """Read a push that holds several events; a bare array and one under its key are the same."""
    return cast("list[T]", _read(push, body, timezone, strict=strict))


def _read(push: Push, body: object, timezone: tzinfo | None, *, strict: bool) -> object:
    if not isinstance(body, bytes):
        raise InvalidArgument(
            f"{push.provider} {push.name}: body is refused: expected bytes, as they came",
            Circumstances(provider=push.provider, endpoint=push.name),
            parameter="body",
        )
    operation = push.operation
    reply = Reply(200, (), _under_its_key(body, push))
    answer = read_answer(operation, reply, redactor=Redactor(()), timezone=timezone, strict=strict)
    if isinstance(answer, Unreadable):
        place = answer.where
        at = f", at {place}" if place else ""
        found = f"; found {answer.excerpt!r}" if answer.excerpt else ""
        raise _unreadable(push, f"{at}: {answer.problem}{found}", place, answer.excerpt)
    document, mended = _accepted(answer)
    if mended:
        warnings.warn(
            f"{operation.full_name}: the push held a lone backslash inside a string, which is no JSON; it was read "
            "as a backslash",
            InvalidJsonWarning,
            stacklevel=4,
        )
    payload = walk(document, operation.result) if operation.result else document
    if payload is None:
        place = ".".join(push.at)
        raise _unreadable(push, f": there is nothing at {place or 'the root'}", place, "")
    for index, event in enumerate(cast("list[Record]", payload if push.is_list else [payload])):
        if not event.model_fields_set & type(event).model_fields.keys():
            place = ".".join(push.keys) + (f"[{index}]" if push.is_list else "")
            raise _unreadable(
                push, f": there is no documented field at {place or 'the root'}", place, ""
            )
    return payload


def _accepted(answer: Answer) -> tuple[Record, bool]:
    if isinstance(answer, Accepted):
        return answer.document, answer.mended
    raise AssertionError("without an envelope nothing is refused")


def _under_its_key(body: bytes, push: Push) -> bytes:
    """Put a bare array under the key at which the document holds it."""
    space = _SPACE.match(body)
    start = 0 if space is None else space.end()
    if not push.is_list or len(push.keys) != 1 or body[start : start + 1] != b"[":
        return body
    return b"{%s:%s}" % (json.dumps(push.keys[0]).encode(), body[start:])


def _unreadable(push: Push, problem: str, where: str, excerpt: str) -> DecodeError:
    return DecodeError(
        f"{push.provider} {push.name}: the push is not what is documented{problem}",
        Circumstances(provider=push.provider, endpoint=push.name),
        where=where,
        excerpt=excerpt,
    )
