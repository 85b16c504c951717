"""One run at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dialspec.publish import PublishError, publish
from dialspec.publish.lock import locked, open_stand_in, stand_in

HOLD = """
import sys, time
from pathlib import Path
from dialspec.publish.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(out: Path) -> subprocess.Popen[str]:
    """Another process that has the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(out)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_second_run_says_that_another_is_at_work(tmp_path: Path) -> None:
    other = holder(tmp_path)
    try:
        with pytest.raises(PublishError, match="another run of dialspec is writing here"):
            publish({"a": "x"}, tmp_path, patience=0.2)
        assert list(tmp_path.iterdir()) == []
    finally:
        end(other)


def test_a_second_run_waits_for_the_first_to_end(tmp_path: Path) -> None:
    other = holder(tmp_path)
    timer = threading.Timer(0.5, other.send_signal, [signal.SIGTERM])
    timer.start()
    begun = time.monotonic()
    publish({"a": "x"}, tmp_path, patience=30)
    assert 0.3 < time.monotonic() - begun < 20
    timer.join()
    end(other)


def test_a_killed_run_leaves_no_lock(tmp_path: Path) -> None:
    end(holder(tmp_path))
    publish({"a": "x"}, tmp_path, patience=0)


def test_the_lock_leaves_no_file_in_the_output(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert list(tmp_path.iterdir()) == []


def test_the_lock_is_given_back_when_a_run_fails(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(RuntimeError), locked(tmp_path, 0):
            raise RuntimeError


def open_without_locks(out: Path) -> int:
    """A handle that the system refuses to lock, as it does for some network folders."""
    return os.open(out, os.O_PATH)


def test_a_folder_without_locks_is_locked_by_a_file_elsewhere(tmp_path: Path) -> None:
    places = (open_without_locks, open_stand_in)
    try:
        with locked(tmp_path, 0, places):
            assert stand_in(tmp_path).is_file()
            with pytest.raises(PublishError, match="another run"), locked(tmp_path, 0, places):
                pass
        assert list(tmp_path.iterdir()) == []
    finally:
        stand_in(tmp_path).unlink(missing_ok=True)


def test_a_system_without_any_lock_is_reported(tmp_path: Path) -> None:
    with (
        pytest.raises(PublishError, match="cannot be locked"),
        locked(tmp_path, 0, (open_without_locks,)),
    ):
        pass
