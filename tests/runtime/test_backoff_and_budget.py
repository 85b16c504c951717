"""How long to wait, and when to stop trying."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialspec_runtime.backoff import LARGEST_BOUND, parse_retry_after, pause_before_retry
from dialspec_runtime.budget import RetryBudget
from sample_client import FakeTime


@given(tries=st.integers(1, 10_000), die=st.floats(0, 1))
def test_a_pause_is_anything_up_to_a_bound_that_doubles(tries: int, die: float) -> None:
    pause = pause_before_retry(tries, None, lambda: die)
    assert 0 <= pause <= min(LARGEST_BOUND, 0.5 * 2 ** min(tries - 1, 10))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        (" 7.5 ", 7.5),
        ("0", 0.0),
        ("Tue, 14 Nov 2023 22:13:30 GMT", 10.0),
        ("Tue, 14 Nov 2023 22:13:10 GMT", 0.0),
        ("1e300", 1e9),
        ("inf", 1e9),
        ("-5", None),
        ("nan", None),
        ("", None),
        ("soon", None),
    ],
)
def test_retry_after_is_read_in_every_form(text: str, seconds: float | None) -> None:
    assert parse_retry_after(text, 1_700_000_000.0) == seconds


def test_a_retry_after_keeps_some_jitter_on_top() -> None:
    assert pause_before_retry(1, 10.0, lambda: 0.5) == 10.25
    assert pause_before_retry(9, 10.0, lambda: 1.0) == 11.0
    assert pause_before_retry(1, 1e9, lambda: 0.0) == 60.0


def test_the_budget_runs_out_and_is_filled_by_success_and_time() -> None:
    time = FakeTime()
    budget = RetryBudget(lambda: time.now, capacity=3, refund=0.5, refill=0.1)
    assert [budget.take() for _ in range(4)] == [True, True, True, False]
    budget.succeeded()
    assert not budget.take()
    budget.succeeded()
    assert budget.take()
    assert budget.tokens == 0.0
    time.sleep(15)
    assert budget.tokens == 1.5
    time.sleep(1000)
    assert budget.tokens == 3.0
    budget.succeeded()
    assert budget.tokens == 3.0


def test_threads_never_take_more_than_there_is() -> None:
    budget = RetryBudget(lambda: 0.0, capacity=50)
    taken: list[bool] = []

    def take() -> None:
        taken.extend(budget.take() for _ in range(20))

    threads = [threading.Thread(target=take) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 50
