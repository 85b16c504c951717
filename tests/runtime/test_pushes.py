"""Pushes: whatever arrives is a model or a `DecodeError`."""

from __future__ import annotations

import json
import warnings
from datetime import timedelta, timezone, tzinfo
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from dialspec_runtime import (
    DecodeError,
    InvalidArgument,
    InvalidJsonWarning,
    LocalDateTime,
    Push,
    Record,
    parse_push,
    parse_pushed_list,
)

SHANGHAI = timezone(timedelta(hours=8))


class Call(Record):
    """One call."""

    call_id: str | None = Field(default=None, alias="callId")
    called: str | None = None
    seconds: int | None = None
    ended: LocalDateTime | None = None


class Batch(Record):
    """An object that holds one call."""

    call: Call | None = None


ONE = Push(provider="acme", name="calls.ended", record=Call)
BARE = Push(provider="acme", name="calls.all_ended", record=Call, is_list=True)
KEYED = Push(provider="acme", name="calls.batch", record=Call, is_list=True, at=("array",))
DEEP = Push(provider="acme", name="calls.deep", record=Call, is_list=True, at=("2x", "model_y"))
INSIDE = Push(provider="acme", name="calls.inside", record=Call, at=("class",))


def one(
    body: bytes, push: Push = ONE, *, timezone: tzinfo | None = None, strict: bool = False
) -> Call:
    return parse_push(Call, push, body, timezone=timezone, strict=strict)


def several(body: bytes, push: Push = BARE) -> list[Call]:
    return parse_pushed_list(Call, push, body, timezone=None, strict=False)


def test_one_event_is_the_body() -> None:
    call = one(b'{"callId": 7, "seconds": "12", "new": true}')
    assert (call.call_id, call.seconds) == ("7", 12)
    assert call.model_extra == {"new": True}


def test_one_event_may_stand_under_a_key() -> None:
    assert one(b'{"class": {"callId": "7"}}', INSIDE).call_id == "7"


def test_several_events_come_bare_or_under_their_key() -> None:
    rows = b'[{"callId": "1"}, {"callId": "2"}]'
    for push in (BARE, KEYED):
        assert [call.call_id for call in several(rows, push)] == ["1", "2"]
        assert [call.call_id for call in several(b"\xef\xbb\xbf \r\n" + rows, push)] == ["1", "2"]
    keyed = b'{"array": %s}' % rows
    assert [call.call_id for call in several(keyed, KEYED)] == ["1", "2"]


def test_keys_may_be_what_python_can_not_name() -> None:
    body = b'{"2x": {"model_y": [{"callId": "1"}]}}'
    assert [call.call_id for call in several(body, DEEP)] == ["1"]


def test_no_events_are_no_events() -> None:
    assert several(b"[]") == []


def test_a_time_without_a_zone_takes_the_one_that_is_given() -> None:
    body = b'{"ended": "2025-07-24 21:54:00"}'
    assert one(body).ended is not None
    aware = one(body, timezone=SHANGHAI).ended
    assert aware is not None
    assert aware.utcoffset() == timedelta(hours=8)


def test_a_lone_backslash_is_mended_with_a_warning() -> None:
    with pytest.warns(
        InvalidJsonWarning, match=r"acme calls\.ended: the push held a lone backslash"
    ):
        assert one(rb'{"callId": "a\b\c"}').call_id is not None


def test_strict_refuses_what_is_not_documented() -> None:
    with pytest.raises(DecodeError, match=r"at new: a field that is not documented"):
        one(b'{"callId": "7", "new": true}', strict=True)


@pytest.mark.parametrize(
    ("push", "body", "problem"),
    [
        (ONE, b"", "the body is empty"),
        (ONE, b"<html>", "an HTML or XML page where JSON is documented"),
        (ONE, b"null", "Input should be an object; found 'null'"),
        (ONE, b"{}", "there is no documented field at the root"),
        (ONE, b'{"seconds": "soon"}', "at seconds: "),
        (BARE, b"{}", "there is nothing at the root"),
        (BARE, b"[null]", r"at body\[0\]: Input should be an object"),
        (BARE, b'[{"callId": "1"}, {"new": 1}]', r"no documented field at body\[1\]"),
        (KEYED, b'{"array": null}', "there is nothing at array"),
        (KEYED, b'{"array": [{"x": 1}]}', r"no documented field at array\[0\]"),
        (DEEP, b'{"2x": {}}', r"there is nothing at 2x\.model_y"),
        (INSIDE, b'{"class": []}', "at class: Input should be an object"),
    ],
)
def test_what_is_not_documented_is_an_error_with_its_place(
    push: Push, body: bytes, problem: str
) -> None:
    read = several if push.is_list else one
    with pytest.raises(DecodeError, match=problem) as caught:
        read(body, push)
    assert caught.value.message.startswith(f"acme {push.name}: the push is not what is documented")
    assert (caught.value.provider, caught.value.endpoint) == ("acme", push.name)


def test_an_error_shows_no_number() -> None:
    with pytest.raises(DecodeError) as caught:
        several(b'["+8613800138000"]')
    assert "1380013" not in str(caught.value)


def test_text_is_not_taken_for_bytes() -> None:
    text: Any = '{"callId": "7"}'
    with pytest.raises(InvalidArgument, match="body is refused: expected bytes"):
        one(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["callId", "called", "seconds", "ended", "array", "call", "x"]), inner
    ),
    max_leaves=8,
)


@given(JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60))
def test_anything_is_read_or_refused_and_nothing_else_is_raised(body: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InvalidJsonWarning)
        for push in (ONE, BARE, KEYED, DEEP, INSIDE):
            try:
                found: Any = (several if push.is_list else one)(body, push)
            except DecodeError:
                continue
            assert all(isinstance(call, Call) for call in (found if push.is_list else [found]))


def test_nesting_without_end_is_refused() -> None:
    for body in (b"[" * 100_000, b'{"array":' * 100_000, b'[{"callId":' + b"[" * 100_000):
        with pytest.raises(DecodeError):
            several(body, KEYED)
