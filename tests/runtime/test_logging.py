"""One line per try and per outcome, on loggers that an application can find."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from dialspec_runtime import HttpStatusError, InvalidParameterError
from sample_client import Sample
from scripted_vendor import ScriptedVendor, answer

OK = answer({"status": 0, "data": {"keyId": 7}})


def test_tries_retries_and_outcomes_are_logged(
    vendor: ScriptedVendor, client: Sample, caplog: pytest.LogCaptureFixture
) -> None:
    vendor.says(answer({}, status=500), OK)
    with caplog.at_level(logging.DEBUG, logger="dialspec"):
        client.calls.get(call_id="secret-name")
    lines = [(record.name, record.levelname, record.getMessage()) for record in caplog.records]
    names, levels, messages = zip(
        *[line for line in lines if line[0].startswith("dialspec")], strict=True
    )
    assert set(names) == {"dialspec.sample"}
    assert levels == ("DEBUG", "DEBUG", "INFO", "DEBUG", "DEBUG", "DEBUG")
    assert messages[0] == "calls.get: try 1: GET /v3/calls/{callId}"
    assert messages[1].startswith("calls.get: try 1: HTTP 500, 2 bytes in ")
    assert messages[2] == "calls.get: try 1 failed (HTTP 500); next in 0.5 s"
    assert messages[5] == "calls.get: done after 2 tries"


def test_a_lost_call_is_a_warning_with_the_line_of_its_exception(
    vendor: ScriptedVendor, client: Sample, caplog: pytest.LogCaptureFixture
) -> None:
    vendor.says(answer({"status": -22}))
    with (
        caplog.at_level(logging.INFO, logger="dialspec"),
        pytest.raises(InvalidParameterError) as caught,
    ):
        client.calls.get(call_id="7")
    assert [record.getMessage() for record in caplog.records] == [caught.value.message]
    assert caplog.records[0].levelname == "WARNING"


def test_uploads_are_not_logged_whole(
    vendor: ScriptedVendor, caplog: pytest.LogCaptureFixture
) -> None:
    vendor.says(answer({"status": 0}))
    with caplog.at_level(logging.DEBUG), Sample(vendor.url, log_bodies=True) as client:
        client.calls.upload(file=b"13800138000")
    assert "request body: <MultipartBody, " in caplog.text
    assert "13800138000" not in caplog.text


def test_an_application_that_sets_up_no_logging_sees_nothing(vendor: ScriptedVendor) -> None:
    vendor.says(answer({}, status=500))
    code = (
        "import sys; sys.path.insert(0, 'tests/support')\n"
        "from sample_client import Sample\n"
        "from dialspec_runtime import HttpStatusError\n"
        f"with Sample({vendor.url!r}, max_retries=0) as client:\n"
        "    try: client.calls.get(call_id='7')\n"
        "    except HttpStatusError: print('lost')\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("lost\n", "")


def test_retries_say_why(
    vendor: ScriptedVendor, client: Sample, caplog: pytest.LogCaptureFixture
) -> None:
    vendor.says(answer(body=b"<html>"), answer({"status": -18}), answer({}, status=502))
    with caplog.at_level(logging.INFO, logger="dialspec"), pytest.raises(HttpStatusError):
        client.calls.get(call_id="7")
    assert [
        record.getMessage().partition("(")[2].partition(")")[0] for record in caplog.records[:2]
    ] == [
        "not the documented answer",
        "code -18",
    ]
