"""Times in the vendors' wire forms, read and printed by the simulator's own code."""

from __future__ import annotations

import pytest

from dialspec.api import ListOf, Scalar, ScalarKind
from dialspec.simulator.times import guess_time, is_time, minute_of_day, print_time, read_time
from dialspec.simulator.wire import Json
from dialspec.spec.language.kinds import TimeFormat

INSTANT = 1_735_787_045_000
"""2025-01-02 03:04:05 in UTC."""

DAY = Scalar(ScalarKind.DATE)
MINUS = Scalar(ScalarKind.DATETIME, TimeFormat.LOCAL, "-05:30")


def moment(format_: TimeFormat | None, zone: str = "none") -> Scalar:
    return Scalar(ScalarKind.DATETIME, format_, zone)


PRINTED = [
    (moment(None), "2025-01-02 03:04:05"),
    (moment(TimeFormat.LOCAL), "2025-01-02 03:04:05"),
    (moment(TimeFormat.LOCAL, "utc"), "2025-01-02 03:04:05"),
    (moment(TimeFormat.LOCAL, "+08:00"), "2025-01-02 11:04:05"),
    (MINUS, "2025-01-01 21:34:05"),
    (moment(TimeFormat.ISO8601, "+08:00"), "2025-01-02T11:04:05+08:00"),
    (moment(TimeFormat.EPOCH_MS), INSTANT),
    (moment(TimeFormat.EPOCH_S), INSTANT // 1000),
]


@pytest.mark.parametrize(("type_", "text"), PRINTED)
def test_every_form_is_printed_and_read(type_: Scalar, text: Json) -> None:
    assert print_time(INSTANT, type_) == text
    assert read_time(text, type_) == INSTANT
    assert guess_time(text, type_) == INSTANT


def test_a_day_is_its_first_instant() -> None:
    assert print_time(INSTANT, DAY) == "2025-01-02"
    assert read_time("2025-01-02", DAY) == INSTANT - INSTANT % 86_400_000


@pytest.mark.parametrize(
    ("type_", "sample", "text"),
    [
        (moment(TimeFormat.ISO8601), "2024-01-01 00:00:00", "2025-01-02 03:04:05"),
        (moment(TimeFormat.LOCAL), "2024-01-01", "2025-01-02"),
        (moment(TimeFormat.EPOCH_MS), "1", str(INSTANT)),
        (moment(TimeFormat.EPOCH_S), "1", str(INSTANT // 1000)),
        (moment(TimeFormat.LOCAL), "soon", "2025-01-02 03:04:05"),
    ],
)
def test_an_example_that_prints_another_form_wins(type_: Scalar, sample: str, text: str) -> None:
    assert print_time(INSTANT, type_, sample) == text


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2025-01-02T03:04:05Z", INSTANT),
        ("2025-01-02 03:04:05", INSTANT),
        (INSTANT, INSTANT),
        (INSTANT // 1000, INSTANT),
        (str(INSTANT), INSTANT),
        ("soon", None),
        (None, None),
        (True, None),
        (1.5, None),
    ],
)
def test_a_time_may_be_guessed_from_any_form(value: Json, instant: int | None) -> None:
    assert guess_time(value, Scalar(ScalarKind.STRING)) == instant


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (moment(TimeFormat.LOCAL), "2025-01-02T03:04:05"),
        (moment(TimeFormat.LOCAL), 5),
        (moment(TimeFormat.ISO8601), "2025-01-02 03:04:05"),
        (moment(TimeFormat.ISO8601), "T"),
        (moment(TimeFormat.EPOCH_MS), True),
        (moment(TimeFormat.EPOCH_MS), "1.5"),
        (DAY, "2025-02-30"),
    ],
)
def test_another_form_than_documented_is_refused(type_: Scalar, value: Json) -> None:
    with pytest.raises(ValueError, match=r"must|Invalid|out of range"):
        read_time(value, type_)


def test_times_of_day_are_minutes() -> None:
    assert [minute_of_day(text) for text in ("00:00", "09:30", "23:59:59")] == [0, 570, 1439]


def test_only_days_and_instants_are_times() -> None:
    assert is_time(DAY)
    assert is_time(MINUS)
    assert not is_time(Scalar(ScalarKind.TIME))
    assert not is_time(ListOf(DAY))
