"""What the simulator received: counts that prove what was sent and done twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hand_made_caller import Caller

CREATE = {"called": ["447700900123"], "seatId": 7}
CONTROL = "/_simulator"


def test_requests_are_counted_by_endpoint_and_status(caller: Caller) -> None:
    caller.acme("/calls/create", CREATE)
    caller.acme("/calls/create", {})
    caller.acme("/calls/7", method="GET")
    caller.acme("/nowhere")
    received = caller.simulator.received
    assert received.total == 4
    assert received.by_endpoint == {"acme.calls.create": 2, "acme.calls.read": 1}
    assert received.by_status == {200: 3, 404: 1}
    assert received.done == {"acme.calls.create": 1, "acme.calls.read": 1}


def test_equal_requests_have_equal_markers(caller: Caller) -> None:
    for _ in range(3):
        caller.acme("/calls/create", CREATE)
    caller.acme("/calls/create", {**CREATE, "seatId": 8})
    received = caller.simulator.received
    assert list(received.sent_twice().values()) == [3]
    assert list(received.done_twice().values()) == [3]


def test_a_header_may_mark_a_request(caller: Caller) -> None:
    caller.acme("/calls/create", CREATE, Idempotency_Key="one")
    caller.acme("/calls/create", CREATE, Idempotency_Key="two")
    received = caller.simulator.received
    assert received.carried_out == {"one": 1, "two": 1}
    assert received.done_twice() == {}


def test_a_try_that_was_not_carried_out_is_sent_but_not_done(
    calling: Callable[..., Caller],
) -> None:
    caller = calling("reset_before")
    for _ in range(2):
        with pytest.raises(ConnectionResetError):
            caller.acme("/calls/create", CREATE)
    assert list(caller.simulator.received.sent_twice().values()) == [2]
    assert caller.simulator.received.done_twice() == {}


def test_the_log_tells_the_latest_requests(calling: Callable[..., Caller]) -> None:
    caller = calling("extra_field")
    caller.acme("/calls/create", {})
    entry = caller.simulator.received.log[-1]
    assert entry.ordinal == 0
    assert entry.endpoint == "acme.calls.create"
    assert (entry.method, entry.path) == ("POST", "/acme/calls/create")
    assert (entry.status, entry.code, entry.done) == (200, "-22", False)
    assert entry.reason == "called is required"
    assert entry.faults == ("extra_field",)


def test_neither_secrets_nor_bodies_are_kept(caller: Caller) -> None:
    answer = caller.acme("/calls/create", CREATE)
    shown = caller.send("GET", f"{CONTROL}/received", b"", {}).text
    for secret in (
        *caller.simulator.credentials("acme").values(),
        answer.request.headers["sign"],
        "447700900123",
    ):
        assert secret not in shown


def test_people_can_read_what_was_received(caller: Caller) -> None:
    caller.acme("/calls/create", CREATE)
    caller.acme("/calls/create", CREATE)
    shown = caller.send("GET", f"{CONTROL}/received", b"", {}).json()
    assert shown["total"] == 2
    assert list(shown["done_twice"].values()) == [2]
    assert [entry["endpoint"] for entry in shown["latest"]] == ["acme.calls.create"] * 2


def test_reset_forgets_everything(caller: Caller) -> None:
    before = caller.acme("/calls/create", CREATE).json()
    assert caller.send("POST", f"{CONTROL}/reset", b"", {}).json() == {"reset": True}
    assert caller.simulator.received.total == 0
    assert caller.acme("/calls/create", CREATE).json() == before


@pytest.mark.parametrize(("method", "path"), [("POST", "received"), ("GET", "reset"), ("GET", "")])
def test_there_are_no_other_controls(caller: Caller, method: str, path: str) -> None:
    assert caller.send(method, f"{CONTROL}/{path}", b"", {}).status_code == 404
    assert caller.simulator.received.total == 0
