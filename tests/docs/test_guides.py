"""The guides do what they say: a campaign is not started twice, and a user's tests pass on the simulator."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from dialspec_clients.nio import Nio
from dialspec_runtime import ConnectionFailed, ConnectionLost
from running_simulator import Vendor

MARK = "campaign 7"
TASK = {"taskId": 17, "remark": MARK}


@pytest.fixture
def create(
    root: Path, vendor: Vendor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., int | None]:
    """`create` of the guide's first program, which has run."""
    text = (root / "docs/tutorials/run_a_campaign.md").read_text(encoding="utf-8")
    source = text.split("```python\n")[1].split("```")[0]
    for variable, value in vendor.environment("nio").items():
        monkeypatch.setenv(variable, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(time, "sleep", no_pause)
    Path("numbers.xlsx").write_bytes(b"sample")
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(source, "run_a_campaign.md", "exec"), names)  # noqa: S102 - our own page
    made: Callable[..., int | None] = names["create"]
    return made


def no_pause(_seconds: float) -> None:
    """Wait for nothing."""


class LossyVendor:
    """A vendor whose answer to a new task is lost, and whose list holds what a test puts in."""

    def __init__(self, fault: type[httpx.TransportError]) -> None:
        self.rows: list[Mapping[str, object]] = []
        self.made = 0
        self._fault = fault

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("submitTask"):
            self.made += 1
            raise self._fault("lost")
        page = {"records": self.rows, "total": len(self.rows), "current": 1, "pages": 1}
        return httpx.Response(200, json={"status": 0, "reason": "ok", "data": page})

    def client(self) -> Nio:
        http = httpx.Client(transport=httpx.MockTransport(self.answer))
        return Nio(api_key="key", api_secret="secret", http_client=http, max_retries=0)


def test_a_task_whose_answer_was_lost_is_found_by_its_mark(
    create: Callable[..., int | None],
) -> None:
    lossy = LossyVendor(httpx.ReadError)
    lossy.rows = [{"taskId": 16, "remark": "another"}, TASK]
    assert create(lossy.client(), "/a.xls", "a.xls", MARK) == 17
    assert lossy.made == 1


def test_a_task_that_does_not_show_up_is_left_to_a_person(
    create: Callable[..., int | None],
) -> None:
    lossy = LossyVendor(httpx.ReadError)
    with pytest.raises(ConnectionLost):
        create(lossy.client(), "/a.xls", "a.xls", MARK)
    assert lossy.made == 1


def test_a_failure_before_anything_happened_needs_no_look(
    create: Callable[..., int | None],
) -> None:
    lossy = LossyVendor(httpx.ConnectError)
    lossy.rows = [TASK]
    with pytest.raises(ConnectionFailed):
        create(lossy.client(), "/a.xls", "a.xls", MARK)


def test_the_tests_of_the_guide_pass(root: Path, tmp_path: Path) -> None:
    text = (root / "docs/tutorials/test_your_program.md").read_text(encoding="utf-8")
    files = re.findall(r'^```python title="([^"]+)"\n(.*?)^```$', text, re.MULTILINE | re.DOTALL)
    assert {name for name, _ in files} == {"campaign.py", "conftest.py", "test_campaign.py"}
    for name, source in files:
        (tmp_path / name).write_text(source, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tmp_path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout
