"""Raw answers: what came over the line, with the typed result one call of `parse()` away.

In raw mode a method sends one request at once and returns the answer, whatever it says. The functions here give
those methods their types; the work is done by the resource.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from .pagers import AsyncPage, AsyncPager, Page, Pager
    from .reply import Reply

T = TypeVar("T")
P = ParamSpec("P")


class RawResponse(Generic[T]):
    """One answer, not yet judged; its repr shows neither headers nor body."""

    __slots__ = ("_parse", "_parsed", "_reply")

    def __init__(self, reply: Reply, parse: Callable[[], T]) -> None:
        self._reply = reply
        self._parse = parse
        self._parsed: tuple[T] | None = None

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        return self._reply.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, by lower-case name."""
        return self._reply.headers

    @property
    def content(self) -> bytes:
        """The body, decompressed."""
        return self._reply.content

    @property
    def request_id(self) -> str | None:
        """The vendor's own identification of the request, if the answer has one."""
        return self._reply.request_id

    @property
    def elapsed(self) -> float:
        """Seconds from sending to the last byte."""
        return self._reply.elapsed

    def parse(self) -> T:
        """Return what the method returns outside raw mode, or raise what it raises."""
        if self._parsed is None:
            self._parsed = (self._parse(),)
        return self._parsed[0]

    def __repr__(self) -> str:
        return f"<RawResponse {self.status_code}, {len(self.content)} bytes>"


def raw_call(method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
    """Type a plain method of a sync resource in raw mode."""
    return cast("Callable[P, RawResponse[T]]", method)


def raw_pages(method: Callable[P, Pager[T]]) -> Callable[P, RawResponse[Page[T]]]:
    """Type a paged method of a sync resource in raw mode."""
    return cast("Callable[P, RawResponse[Page[T]]]", method)


def async_raw_call(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawResponse[T]]]:
    """Type a plain method of an async resource in raw mode."""
    return cast("Callable[P, Awaitable[RawResponse[T]]]", method)


def async_raw_pages(
    method: Callable[P, AsyncPager[T]],
) -> Callable[P, Awaitable[RawResponse[AsyncPage[T]]]]:
    """Type a paged method of an async resource in raw mode."""
    return cast("Callable[P, Awaitable[RawResponse[AsyncPage[T]]]]", method)
