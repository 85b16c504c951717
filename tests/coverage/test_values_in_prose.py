"""Values that vendors enumerate in words."""

from __future__ import annotations

import pytest

from dialspec.coverage.value_lists import is_open, listed_values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0 no; 1 yes", "0 1"),
        ("Status: 1-Call in progress, 5 not called, 7-call abnormal", "1 5 7"),
        ("任务状态,1-启用,2禁用,16-提交中", "1 2 16"),
        ("0- Waiting, 4, Cancelled, 5, Suspended 6, Submitting", "0 4 5 6"),
        ("Send status 0- Waiting, 1 calling", "0 1"),
        ("MANUAL (by hand); AUTO (at a time)", "MANUAL AUTO"),
        ("conditions: CALL_LOSS lost; NO_ANSWER", "CALL_LOSS NO_ANSWER"),
        ("SG_FS- Singapore; USA_FS- USA", "SG_FS USA_FS"),
        ('"0" per hour; "1" per day', "0 1"),
        ("1 / 5 / 7 as in statusList", "1 5 7"),
        ("20+20; 60+60", "20+20 60+60"),
        ("each round works on the last; 0 all; 1 failed only", "0 1"),
        ("type (0: off, 1: on)", "0 1"),
        ("2 running, or done; 3 paused; 3 again", "2 3"),
        ("1 a; X b", ""),
        ("Page number, 1-N", ""),
        ("Rows per page,1-100", ""),
        ("7-15 digits, country code + number; 6-18 on newer copies", ""),
        ("at most 20 numbers, each at most 24", ""),
        ("-1 none; else the key", ""),
        ("yyyy-MM-dd HH:mm:ss; span at most 7 days", ""),
        ("ISO 8601 with zone; at most 31 days", ""),
        ("", ""),
    ],
)
def test_lists_of_values_are_told_from_ranges_and_lengths(text: str, values: str) -> None:
    assert " ".join(listed_values(text)) == values


@pytest.mark.parametrize(
    "text", ["0 ok; else failed", "1 a; 2 b; see notes", "0 a…", "1 / 5 as in x"]
)
def test_lists_that_are_not_whole_say_so(text: str) -> None:
    assert is_open(text)


def test_a_list_that_is_whole_is_not_open() -> None:
    assert not is_open("0 elsewhere; 1 overseen")


def test_very_long_cells_are_read_in_no_time() -> None:
    assert listed_values("x " * 1_000_000) == ()
