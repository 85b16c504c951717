"""One HTTP answer, read to its end.

Made by a transport; plain data, so that deciding and decoding need no HTTP library and exceptions that
carry it can be pickled. Its repr shows neither body nor headers: both may hold personal data.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

REQUEST_ID_HEADERS: Final = (
    "x-request-id",
    "request-id",
    "x-trace-id",
    "traceid",
    "eagleeye-traceid",
)


class Reply:
    """Status, headers and decompressed body of one answer."""

    __slots__ = ("_headers", "content", "elapsed", "raw_headers", "status_code")

    def __init__(
        self,
        status_code: int,
        raw_headers: Sequence[tuple[bytes, bytes]],
        content: bytes,
        *,
        elapsed: float = 0.0,
    ) -> None:
        self.status_code = status_code
        self.raw_headers = tuple(raw_headers)
        self.content = content
        self.elapsed = elapsed
        """Seconds from sending to the last byte."""
        self._headers: Mapping[str, str] | None = None

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers by lower-case name; repeated ones joined with a comma."""
        if self._headers is None:
            headers: dict[str, str] = {}
            for raw_name, raw_value in self.raw_headers:
                name = raw_name.decode("latin-1").lower()
                value = raw_value.decode("latin-1")
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
            self._headers = MappingProxyType(headers)
        return self._headers

    @property
    def request_id(self) -> str | None:
        """The vendor's own identification of the request, if the answer has one."""
        return next(
            (self.headers[name] for name in REQUEST_ID_HEADERS if name in self.headers), None
        )

    @property
    def is_success(self) -> bool:
        """Whether the HTTP status is 2xx."""
        return 200 <= self.status_code <= 299

    def __repr__(self) -> str:
        return f"<Reply {self.status_code}, {len(self.content)} bytes>"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (self.status_code, self.raw_headers, self.content, self.elapsed)


def header_in(raw_headers: Sequence[tuple[bytes, bytes]], name: bytes) -> str | None:
    """Return one header as text, repeated ones joined with a comma; `name` is in lower case."""
    found = [value for each, value in raw_headers if each.lower() == name]
    return b", ".join(found).decode("latin-1") if found else None


def _rebuilt(
    status_code: int, raw_headers: Sequence[tuple[bytes, bytes]], content: bytes, elapsed: float
) -> Reply:
    return Reply(status_code, raw_headers, content, elapsed=elapsed)
