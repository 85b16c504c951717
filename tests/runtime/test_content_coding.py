"""Compressed answers, undone piece by piece."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec_runtime.content_coding import BodyReader, DamagedError, TooLargeError, is_too_long


def read(coding: str, body: bytes, *, limit: int = 10_000, piece: int = 7) -> bytes:
    """Read a body in small pieces."""
    reader = BodyReader(coding, limit)
    for start in range(0, len(body), piece):
        reader.feed(body[start : start + piece])
    return reader.finish()


@given(body=st.binary(max_size=500), piece=st.integers(1, 50))
def test_every_coding_gives_the_body_back(body: bytes, piece: int) -> None:
    raw = zlib.compress(body, wbits=-15)
    assert read("", body, piece=piece) == body
    assert read("identity", body, piece=piece) == body
    assert read("gzip", gzip.compress(body), piece=piece) == body
    assert read(" GZIP ", gzip.compress(body), piece=piece) == body
    assert read("deflate", zlib.compress(body), piece=piece) == body
    if raw[0] & 0x0F != 8:
        assert read("deflate", raw, piece=piece) == body


def test_gzip_members_may_follow_each_other() -> None:
    assert read("gzip", gzip.compress(b"one ") + gzip.compress(b"two")) == b"one two"


def test_what_follows_a_deflated_body_is_ignored() -> None:
    assert read("deflate", zlib.compress(b"body") + b"junk") == b"body"


def test_an_empty_compressed_body_is_empty() -> None:
    assert read("gzip", b"") == b""


@pytest.mark.parametrize(
    ("coding", "body", "problem"),
    [
        ("gzip", gzip.compress(b"body" * 50, mtime=0)[:-9], "ends too early"),
        ("gzip", b"not gzip", "incorrect header"),
        ("gzip", gzip.compress(b"body", mtime=0) + b"junk", "incorrect header"),
        ("deflate", zlib.compress(b"body" * 50)[:-5], "ends too early"),
        ("br", b"x", "'br' was not asked for"),
        ("gzip, gzip", b"x", "was not asked for"),
    ],
)
def test_damage_is_noticed(coding: str, body: bytes, problem: str) -> None:
    with pytest.raises(DamagedError, match=problem):
        read(coding, body)


def test_a_body_of_just_the_limit_is_read_and_one_byte_more_is_not() -> None:
    assert len(read("gzip", gzip.compress(b"x" * 10_000))) == 10_000
    with pytest.raises(TooLargeError):
        read("gzip", gzip.compress(b"x" * 10_001))
    assert len(read("", b"x" * 10_000)) == 10_000
    with pytest.raises(TooLargeError):
        read("", b"x" * 10_001)


def test_a_few_bytes_never_unfold_into_more_than_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, compresslevel=9)
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            read("gzip", bomb, limit=1_000_000, piece=65_536)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("length", "too_long"),
    [
        (None, False),
        ("5", False),
        ("10", False),
        ("11", True),
        ("9" * 30, True),
        ("x", False),
        ("-5", False),
        ("５", False),
    ],
)
def test_an_announced_length_is_believed_only_if_it_is_one(
    length: str | None, too_long: bool
) -> None:
    assert is_too_long(length, 10) is too_long
