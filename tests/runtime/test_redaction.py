"""What must not be printed is masked."""

from __future__ import annotations

import copy
import pickle
import time as real_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec_runtime import JsonText, ListOf, MapOf, ObjectOf, Parameter
from dialspec_runtime.excerpt import body_for_log, excerpt_of, sensitive_names
from dialspec_runtime.frozen import changed
from dialspec_runtime.redaction import Redactor, mask_numbers, mask_value
from dialspec_runtime.secret import Secret
from sample_client import LIST_CALLS, START_CALL, Callee


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("call 8613800138000 now", "call ***00 now"),
        ("+86 138-0013-8000", "***00"),
        ("(0731) 8888.9999", "(***99"),
        ("1234567", "***67"),
        ("123456", "123456"),
        ("code -22, page 3 of 100", "code -22, page 3 of 100"),
        ("at 2024-06-04 14:49:36.123", "at 2024-06-04 14:49:36.123"),
        ("on 2024-06-04", "on 2024-06-04"),
        ("2024-06-04T14:49:36", "2024-06-04T14:49:36"),
        ("12024-06-04", "***04"),
        ("２３４５６７８９", "***８９"),
        ("no digits", "no digits"),
    ],
)
def test_whatever_could_be_a_telephone_number_is_masked(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


@given(
    st.text(alphabet="0123456789 -+.()", max_size=30),
    st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True),
)
def test_no_number_survives_wherever_it_stands(noise: str, number: str) -> None:
    assert number not in mask_numbers(f"{noise}x{number}x{noise}")
    assert number not in mask_numbers(noise + number + noise) or not noise.isascii()


@pytest.mark.parametrize(
    ("value", "sensitivity", "shown"),
    [
        ("8613800138000", "phone", "'***00'"),
        (8613800138000, "phone", "'***00'"),
        ("110", "phone", "'***'"),
        (["8613800138000"], "phone", "'***'"),
        (None, "phone", "None"),
        ("hunter2", "secret", "'***'"),
        ("Zhang San", "personal", "'***'"),
        ("plain", None, "'plain'"),
        ({"n": "8613800138000"}, None, "{'n': '***00'}"),
    ],
)
def test_values_are_shown_as_their_field_allows(
    value: object, sensitivity: object, shown: str
) -> None:
    assert mask_value(value, sensitivity) == shown  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # literals by way of parameters


def test_secrets_are_masked_the_longest_first() -> None:
    redactor = Redactor(["key", "key-secret", ""])
    assert redactor.text("a key-secret and a key") == "a *** and a ***"
    assert "key" not in repr(redactor)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"name": "Zhang \\"San\\"", "age": 5}', '{"name": "***", "age": 5}'),
        ('{"name":5,"age":5}', '{"name":"***","age":5}'),
        ('{"name": ["a", "b"], "age": 5}', '{"name": "***", "age": 5}'),
        ('{"name": "cut sho', '{"name": "***"'),
        ('{"name": {"first": "San"}, "age": 5}', '{"name": "***", "age": 5}'),
        ('{"Password": "x", "AUTHORIZATION":"y"}', '{"Password": "***", "AUTHORIZATION":"***"}'),
        ('{"n": "138 0013 8000"}', '{"n": "***00"}'),
        ('{"other": "x"}', '{"other": "x"}'),
    ],
)
def test_sensitive_names_are_masked_in_json_broken_or_not(text: str, shown: str) -> None:
    assert Redactor([]).json(text, {"name": "personal"}) == shown


def test_an_excerpt_ends_shortly_after_the_trouble() -> None:
    body = b'{"seatName": "' + b"Z" * 500 + b'", "x": [' + b'"ok", ' * 200 + b'"\x01here"]}'
    shown = excerpt_of(body, LIST_CALLS, Redactor([]), body.index(b"here"))
    assert shown.startswith("…")
    assert "here" in shown
    assert "ZZ" not in shown
    assert len(shown) <= 202


def test_an_excerpt_of_a_long_body_is_its_start() -> None:
    shown = excerpt_of(b'{"x": ' + b"a " * 500, LIST_CALLS, Redactor([]))
    assert shown.startswith('{"x": a a')
    assert shown.endswith("…")
    assert len(shown) <= 202


def test_a_long_body_is_cut_in_the_log() -> None:
    shown = body_for_log(b"a " * 5000, LIST_CALLS, Redactor([]))
    assert shown.endswith("… (5904 bytes more)")


def test_names_are_sensitive_in_requests_answers_and_nested_objects() -> None:
    assert sensitive_names(LIST_CALLS) == {
        "called": "phone",
        "seatName": "personal",
        "pin": "secret",
    }
    assert sensitive_names(START_CALL)["calleeNumber"] == "phone"
    for codec in (ListOf(ObjectOf(Callee)), JsonText(MapOf(ObjectOf(Callee)))):
        operation = changed(START_CALL, parameters=(Parameter("x", "x", codec),))
        assert sensitive_names(operation)["calleeNumber"] == "phone"


def test_a_secret_never_prints_itself() -> None:
    secret = Secret("hunter2")
    percent = "%s" % secret  # noqa: UP031  # it is one of the ways to print
    for text in (repr(secret), str(secret), f"{secret}", f"{secret:>10}", percent, repr([secret])):
        assert "hunter2" not in text
    assert secret.reveal() == "hunter2"
    assert secret == Secret("hunter2")
    assert secret != Secret("other")
    assert secret != "hunter2"
    assert len({secret, Secret("hunter2")}) == 1


def test_a_secret_does_not_leave_the_process() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Secret("hunter2"))
    with pytest.raises(TypeError, match="not pickled"):
        copy.copy(Secret("hunter2"))


def test_masking_takes_no_time_whatever_the_text() -> None:
    started = real_time.process_time()
    for text in (
        "1 " * 50_000,
        "1" * 100_000,
        "2024-06-" * 10_000,
        '"name": "' * 10_000,
        "(" * 100_000,
    ):
        Redactor(["x"]).json(text, {"name": "personal"})
    assert real_time.process_time() - started < 2
