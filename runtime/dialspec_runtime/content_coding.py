"""Compressed answers, undone piece by piece and never past the size limit.

In: the value of `Content-Encoding` and the pieces as they arrive. Out: the body. Refused: a coding that was not
asked for, data that is damaged or cut off, and a body that grows beyond the limit, of which no more than the
limit is ever held in memory: a few bytes can unfold into gigabytes.
"""

import zlib
from typing import Final, Protocol

_GZIP: Final = 16 + zlib.MAX_WBITS


class TooLargeError(Exception):
    """A body beyond the size limit."""


class DamagedError(Exception):
    """A body that can't be unfolded."""


class Inflater(Protocol):
    """What `zlib.decompressobj` returns."""

    @property
    def eof(self) -> bool:
        """Whether the end of the compressed data was seen."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What follows that end."""
        ...

    @property
    def unconsumed_tail(self) -> bytes:
        """What was not unfolded because of the limit."""
        ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Unfold no more than `max_length` bytes."""
        ...


class BodyReader:
    """Collects one body; not for sharing."""

    __slots__ = ("_coding", "_inflate", "_left", "_pieces", "_raw_start")

    def __init__(self, content_encoding: str, limit: int) -> None:
        self._coding = content_encoding.strip().lower()
        self._inflate = self._decompressor()
        self._left = limit
        self._pieces: list[bytes] = []
        self._raw_start = True

    def _decompressor(self) -> "Inflater | None":
        match self._coding:
            case "" | "identity":
                return None
            case "gzip" | "x-gzip":
                return zlib.decompressobj(_GZIP)
            case "deflate":
                return zlib.decompressobj()
            case other:
                raise DamagedError(f"Content-Encoding {other[:40]!r} was not asked for")

    def feed(self, piece: bytes) -> None:
        """Take the next piece."""
        if self._inflate is None:
            self._keep(piece)
            return
        try:
            self._unfold(piece)
        except zlib.error as error:
            raise DamagedError(str(error)) from None

    def _unfold(self, piece: bytes) -> None:
        inflate = self._inflate
        assert inflate is not None  # noqa: S101  # `feed` has looked
        is_first = self._raw_start and piece
        # Servers disagree on whether "deflate" has the zlib header; without it the first byte gives it away.
        if is_first and self._coding == "deflate" and piece[0] & 0x0F != 8:
            inflate = self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._raw_start = self._raw_start and not piece
        while piece:
            if inflate.eof:  # gzip files may stand one after the other
                if self._coding == "deflate":
                    return
                inflate = self._inflate = zlib.decompressobj(_GZIP)
            # One byte more than allowed, so that going beyond is noticed without unfolding the rest.
            self._keep(inflate.decompress(piece, self._left + 1))
            piece = inflate.unused_data if inflate.eof else inflate.unconsumed_tail

    def _keep(self, piece: bytes) -> None:
        self._left -= len(piece)
        if self._left < 0:
            raise TooLargeError
        self._pieces.append(piece)

    def finish(self) -> bytes:
        """Return the body; raise `DamagedError` if compressed data was cut off."""
        if self._inflate is not None and not self._inflate.eof and not self._raw_start:
            raise DamagedError("the compressed body ends too early")
        return b"".join(self._pieces)


def is_too_long(content_length: str | None, limit: int) -> bool:
    """Whether an answer says beforehand that it is beyond the limit."""
    return (
        content_length is not None
        and content_length.isascii()
        and content_length.isdigit()
        and (len(content_length) > 18 or int(content_length) > limit)
    )
