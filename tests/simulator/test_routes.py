"""Finding the endpoint that a method and path mean."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from dialspec.simulator.routes import Routes
from hand_made_caller import Caller


@pytest.fixture
def routes() -> Routes[str]:
    table: Routes[str] = Routes()
    table.add("POST", "/plain", "plain")
    table.add("GET", "/c/{id}", "one")
    table.add("DELETE", "/c/{id}", "remove")
    table.add("GET", "/c/{id}/list", "list")
    table.add("GET", "/c/query", "query")
    table.add("GET", "/c/{other}/deep/{id}", "deep")
    table.add("GET", "/file-{name}.{ext}", "parts")
    table.add("GET", "/plain", "get")
    table.add("GET", "/plain", "get too")
    return table


def test_a_literal_segment_is_preferred_to_a_placeholder(routes: Routes[str]) -> None:
    found = routes.find("/c/query")
    assert found is not None
    assert (found.targets, found.values) == ({"GET": ["query"]}, {})


def test_a_literal_segment_that_leads_nowhere_falls_back(routes: Routes[str]) -> None:
    found = routes.find("/c/query/list")
    assert found is not None
    assert (found.targets, found.values) == ({"GET": ["list"]}, {"id": "query"})


def test_methods_of_one_path_are_kept_apart(routes: Routes[str]) -> None:
    found = routes.find("/c/5")
    assert found is not None
    assert found.targets == {"GET": ["one"], "DELETE": ["remove"]}


def test_endpoints_may_share_method_and_path(routes: Routes[str]) -> None:
    found = routes.find("/plain")
    assert found is not None
    assert found.targets == {"POST": ["plain"], "GET": ["get", "get too"]}


def test_placeholders_of_other_names_may_share_a_place(routes: Routes[str]) -> None:
    found = routes.find("/c/5/deep/6")
    assert found is not None
    assert found.values == {"other": "5", "id": "6"}


def test_a_placeholder_may_be_part_of_a_segment(routes: Routes[str]) -> None:
    found = routes.find("/file-report.csv")
    assert found is not None
    assert found.values == {"name": "report", "ext": "csv"}


@pytest.mark.parametrize("value", ["a/b", "\n", "100%", "ü", "a?b#c", "."])
def test_a_value_may_hold_what_means_something_in_a_path(routes: Routes[str], value: str) -> None:
    found = routes.find(f"/c/{quote(value, safe='')}/list")
    assert found is not None
    assert found.values == {"id": value}


@pytest.mark.parametrize("path", ["/", "/c", "/c/5/other", "/plain/more", "/file-x", ""])
def test_an_unknown_path_is_not_found(routes: Routes[str], path: str) -> None:
    assert routes.find(path) is None


@pytest.mark.parametrize("path", ["/", "/nobody/calls/query", "/acme", "/acme/calls/query/more"])
def test_an_unknown_path_gets_http_404(caller: Caller, path: str) -> None:
    assert caller.send("POST", path, b"", {}).status_code == 404


def test_another_method_gets_http_405_and_the_right_ones(caller: Caller) -> None:
    answer = caller.acme("/calls/create", method="PUT")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


def test_brands_with_the_same_paths_have_their_own_mount(caller: Caller) -> None:
    assert caller.simulator.base_url("acme", "http://127.0.0.1:80/") == "http://127.0.0.1:80/acme"
    assert caller.send("POST", "/borealis/calls/query", b"", {}).status_code == 404


def test_of_two_endpoints_on_one_path_the_arguments_decide(caller: Caller) -> None:
    details = caller.acme("/calls/detail", {"callId": 7}).json()["data"]
    route = caller.acme("/calls/detail", {"callId": 7, "kind": "01"}).json()["data"]
    assert (details["callId"], "nodeId" in details) == (7, False)
    assert "nodeId" in route
    assert caller.simulator.received.done == {"acme.calls.detail": 1, "acme.calls.route": 1}


def test_what_neither_of_two_endpoints_accepts_is_refused_by_the_plainer(caller: Caller) -> None:
    answer = caller.acme("/calls/detail", {"kind": "01"})
    assert answer.headers["x-simulator-reason"] == "callId is required"
    assert caller.simulator.received.by_endpoint == {"acme.calls.detail": 1}


def test_an_encoded_slash_reaches_the_endpoint_that_it_was_sent_to(caller: Caller) -> None:
    answer = caller.acme("/calls/1%2F2", method="GET")
    assert answer.headers["x-simulator-reason"] == "callId must be a whole number"
