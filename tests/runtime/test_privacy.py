"""No secret, no signature and no telephone number in anything that the runtime prints."""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from dialspec_runtime import CredentialsError, DialspecError, InvalidJsonWarning
from sample_client import API_KEY, API_SECRET, FakeTime, Sample
from scripted_vendor import HANG, RESET, Answer, ScriptedVendor, answer

NUMBER = "8613800138000"
SPACED = "+86 138 0013 8000"
ROW = f'{{"keyId": 7, "called": "{NUMBER}", "seatName": "Zhang San", "pin": "4711"}}'
SENSITIVE = (NUMBER, "13800138000", "0013 8000", "Zhang San", '"4711"', "hunter2")

FAULTS = {
    "success": answer(body=f'{{"status": 0, "data": {ROW}}}'.encode()),
    "code with text": answer(
        {"status": -22, "reason": f"bad number {NUMBER} or {SPACED}", "data": None}
    ),
    "unknown code": answer({"status": -999, "reason": f"{API_SECRET} {NUMBER}"}),
    "clock": answer({"status": -16, "reason": API_KEY}),
    "status with page": answer(body=f"<html>{NUMBER} {API_KEY}</html>".encode(), status=500),
    "unauthorized": answer({"password": "hunter2"}, status=401),
    "bad type": answer(body=f'{{"status": 0, "data": {{"keyId": "tel {NUMBER}"}}}}'.encode()),
    "bad type at number": answer(
        body=f'{{"status": 0, "data": {{"called": {{"x": "{NUMBER}"}}}}}}'.encode()
    ),
    "number as a key": answer(
        body=f'{{"status": 0, "data": {{"{NUMBER}": 1, "keyId": []}}}}'.encode()
    ),
    "cut": answer(body=f'{{"status": 0, "data": {ROW}'[:-20].encode()),
    "cut in a name": answer(body=b'{"status": 0, "data": {"seatName": "Zhang San'),
    "bad escape": answer(body=f'{{"status": 0, "data": {ROW[:-1]}, "p": "c:\\e"}}}}'.encode()),
    "html": answer(body=f"<html>{SPACED}</html>".encode()),
    "reset": RESET,
    "truncated": Answer(
        f"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{ROW}".encode(), then="close"
    ),
    "no HTTP": Answer(f"{NUMBER}\r\n\r\n".encode(), then="close"),
    "hang": HANG,
    "echo": answer({"status": -22, "reason": "Api-Key: " + API_KEY}),
    "too large": answer(body=b'"' + NUMBER.encode() * 100_000 + b'"'),
}


@dataclass
class Logs:
    """What was logged, down to DEBUG."""

    ours: str = ""
    all: str = ""


@pytest.fixture
def logs() -> Iterator[Logs]:
    """Everything that is logged, by the runtime and by what it stands on."""
    logs = Logs()

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logs.all += self.format(record) + "\n"
            if record.name.startswith("dialspec"):
                logs.ours += self.format(record) + "\n"

    keeper = Keeper()
    root = logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    yield logs
    root.removeHandler(keeper)
    root.setLevel(level)


def spoken(error: BaseException) -> str:
    """Return every form in which an exception gets printed."""
    return "\n".join([repr(error), str(error), *traceback.format_exception(error)])


def frames(error: BaseException) -> str:
    """Return what a traceback with local variables shows of the runtime, through all causes."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    text = ""
    chain: traceback.TracebackException | None = shown
    while chain is not None:
        for frame in chain.stack:
            if "dialspec_runtime" in frame.filename or "site-packages" in frame.filename:
                text += f"{frame.name} {frame.locals}\n"
        chain = chain.__cause__ or chain.__context__
    return text


def sent_signatures(vendor: ScriptedVendor) -> set[str]:
    """Return the signatures that went over the line."""
    return {request.headers["sign"] for request in vendor.received}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.parametrize("method", ["get", "start", "list"])
@pytest.mark.filterwarnings("ignore::dialspec_runtime.InvalidJsonWarning")
def test_whatever_happens_nothing_secret_is_printed(
    vendor: ScriptedVendor, time: FakeTime, logs: Logs, fault: Answer, method: str
) -> None:
    vendor.says(fault)
    text = inner = ""
    with Sample(vendor.url, time=time, timeout=0.2, max_retries=1, log_bodies=True) as client:
        try:
            if method == "get":
                text += repr(client.calls.get(call_id=NUMBER, language=SPACED))
            elif method == "start":
                text += repr(client.calls.start(callee={"number": NUMBER}, note=SPACED))
            else:
                text += repr(client.calls.list(task_id=1, called=NUMBER).items)
        except DialspecError as error:
            text += spoken(error)
            text += repr(pickle.loads(pickle.dumps(error)))  # noqa: S301  # our own
            text += repr(error.response)
            inner = frames(error)
        text += repr(client)
    assert vendor.received
    assert logs.ours
    for secret in (API_KEY, API_SECRET, *sent_signatures(vendor)):
        assert secret not in text
        assert secret not in inner
        assert secret not in logs.all
    for word in SENSITIVE:
        assert word not in text, word
        assert word not in logs.ours, word


def test_bodies_are_logged_only_on_request(
    vendor: ScriptedVendor, time: FakeTime, logs: Logs
) -> None:
    vendor.says(FAULTS["success"])
    with Sample(vendor.url, time=time) as client:
        client.calls.get(call_id="7")
    assert "body" not in logs.ours
    with Sample(vendor.url, time=time, log_bodies=True) as client:
        client.calls.start(note="hello")
    assert 'request body: {"note":"hello"}' in logs.ours
    assert '"called": "***"' in logs.ours


@pytest.mark.parametrize("bad", ["", "with space ", "line\nbreak", "ключ"])
def test_credentials_that_can_not_be_sent_are_refused_without_showing_them(bad: str) -> None:
    with pytest.raises(CredentialsError) as caught:
        Sample("https://api.example.com", api_secret=bad)
    assert "api_secret" in caught.value.message
    assert "SAMPLE_API_SECRET" in caught.value.message
    if bad:
        assert bad not in caught.value.message


def test_a_users_own_client_hides_as_much(vendor: ScriptedVendor, time: FakeTime) -> None:
    vendor.says(RESET)
    with (
        httpx.Client() as own,
        Sample(vendor.url, time=time, http_client=own) as client,
        pytest.raises(DialspecError) as caught,
    ):
        client.calls.start(callee={"number": NUMBER})
    text = spoken(caught.value) + frames(caught.value)
    for secret in (API_KEY, API_SECRET, *sent_signatures(vendor)):
        assert secret not in text


def test_a_warning_tells_no_number(vendor: ScriptedVendor, client: Sample) -> None:
    vendor.says(FAULTS["bad escape"])
    with pytest.warns(InvalidJsonWarning) as caught:
        client.calls.get(call_id=NUMBER)
    assert NUMBER not in str(caught[0].message)
