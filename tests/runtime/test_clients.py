"""Setting a client up, sharing it, and closing it."""

from __future__ import annotations

import gc
import os
import threading
import warnings
from collections.abc import Mapping
from datetime import timedelta, timezone
from typing import Any

import httpx
import pytest

from dialspec_runtime import (
    ConfigurationError,
    CredentialsError,
    HttpStatusError,
    Integer,
    InvalidArgument,
    Parameter,
    ProviderInfo,
    RequestTimeout,
    ResponseTooLarge,
    Setting,
    String,
    SyncClient,
    Timeouts,
    read_environment,
)
from dialspec_runtime.content_coding import BodyReader
from sample_client import API_KEY, API_SECRET, PROVIDER, AsyncSample, FakeTime, Sample
from scripted_vendor import HANG, ScriptedVendor, answer

OK = answer({"status": 0, "data": {"keyId": 7}})


def test_missing_credentials_are_all_named_with_their_variables() -> None:
    with pytest.raises(CredentialsError) as caught:
        Sample("https://api.example.com", api_key="", api_secret="")
    assert caught.value.message == (
        "Sample: api_key is missing (from_env() reads it from SAMPLE_API_KEY); "
        "api_secret is missing (from_env() reads it from SAMPLE_API_SECRET)"
    )


def test_the_environment_names_every_missing_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMPLE_API_KEY", raising=False)
    monkeypatch.setenv("SAMPLE_API_SECRET", " ")
    with pytest.raises(CredentialsError, match=r"variables SAMPLE_API_KEY, SAMPLE_API_SECRET$"):
        read_environment(PROVIDER)
    monkeypatch.setenv("SAMPLE_API_KEY", "key")
    with pytest.raises(CredentialsError, match=r"variable SAMPLE_API_SECRET$"):
        read_environment(PROVIDER)
    monkeypatch.setenv("SAMPLE_API_SECRET", "hunter2")
    found = read_environment(PROVIDER)
    assert (found["api_key"], found["api_secret"]) == ("key", "hunter2")
    assert "hunter2" not in repr(found)


def test_the_environment_may_hold_numbers_and_a_base_url(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = ProviderInfo(
        "hw",
        "Huawei",
        PROVIDER.signer,
        environment={"base_url": "HW_BASE_URL", "vdn_id": "HW_VDN_ID"},
    )
    monkeypatch.setenv("HW_VDN_ID", "12")
    monkeypatch.delenv("HW_BASE_URL", raising=False)
    with pytest.raises(CredentialsError, match="HW_BASE_URL"):
        read_environment(provider)
    assert read_environment(provider, default_base_url="https://d")["base_url"] == "https://d"
    monkeypatch.setenv("HW_BASE_URL", "https://e")
    assert read_environment(provider, default_base_url="https://d")["base_url"] == "https://e"
    found = read_environment(provider, base_url="https://g")
    assert found["base_url"] == "https://g"
    assert found.integer("vdn_id") == 12
    monkeypatch.setenv("HW_VDN_ID", "twelve")
    with pytest.raises(ConfigurationError, match="HW_VDN_ID has to be a whole number"):
        read_environment(provider, base_url="https://g").integer("vdn_id")


@pytest.mark.parametrize(
    ("base_url", "problem"),
    [
        ("http://api.example.com", "over plain http: use https, or say allow_plain_http=True"),
        ("http://10.0.0.1:8080", "over plain http"),
        ("http://localhost.example.com", "over plain http"),
        ("ftp://api.example.com", "has to look like"),
        ("api.example.com", "has to look like"),
        ("https://", "has to look like"),
        ("https://user:hunter2@api.example.com", "holds a user name"),
        ("https://api.example.com/?a=1", "holds a query or fragment"),
        ("https://api.example.com/#a", "holds a query or fragment"),
        ("https://api.example.com:99999", "can't be read"),
        ("https://api.example.com/a b", "ASCII without spaces"),
        ("https://bücher.example.com", "ASCII without spaces"),
        (None, "ASCII without spaces"),
    ],
)
def test_base_urls_that_can_not_be_right_are_refused(base_url: str, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem) as caught:
        Sample(base_url)
    assert "hunter2" not in caught.value.message


@pytest.mark.parametrize(
    ("base_url", "shown"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("https://API.example.com:443/", "https://api.example.com"),
        ("https://203.0.113.7:28443/cc/", "https://203.0.113.7:28443/cc"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://vendor.localhost", "http://vendor.localhost"),
        ("http://127.0.0.2:80", "http://127.0.0.2"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_base_urls_are_taken_in_every_sensible_form(base_url: str, shown: str) -> None:
    assert repr(Sample(base_url)) == f"<Sample {shown}, clock offset +0.0 s>"


def test_plain_http_is_possible_when_asked_for_by_name() -> None:
    assert "http://10.0.0.1" in repr(Sample("http://10.0.0.1", allow_plain_http=True))


def test_a_prefix_of_the_base_url_comes_before_every_path(vendor: ScriptedVendor) -> None:
    with Sample(f"{vendor.url}/gateway/") as client:
        client.calls.get(call_id="7")
    assert vendor.received[0].target == "/gateway/v3/calls/7"


WITH_SETTING = ProviderInfo(
    "hw",
    "Huawei",
    PROVIDER.signer,
    settings=(
        Parameter("vdn_id", "vdnId", Integer(minimum=1, maximum=9999), at="path", required=True),
    ),
)


def with_setting(settings: Mapping[str, object]) -> SyncClient:
    """Make a client that has a setting."""
    return SyncClient(
        WITH_SETTING,
        credentials={"api_key": "k", "api_secret": "s"},
        settings=settings,
        base_url="https://api.example.com",
    )


@pytest.mark.parametrize("settings", [{"vdnId": Setting(7)}, {"vdn_id": 7}, {"vdnId": 7}])
def test_settings_are_shown_in_the_repr(settings: dict[str, object]) -> None:
    assert "vdnId=7" in repr(with_setting(settings))


@pytest.mark.parametrize("value", [0, 10_000, "7", True, None])
def test_settings_are_checked_against_their_range(value: object) -> None:
    with pytest.raises(
        InvalidArgument, match=r"vdn_id=.* is refused: expected an integer from 1 to 9999"
    ):
        with_setting({"vdnId": value})


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (
            {"timeout": 0},
            "timeout is refused: expected a positive number of seconds, at most 1,000,000, or None",
        ),
        ({"timeout": "5"}, "timeout is refused"),
        ({"timeout": float("inf")}, "timeout is refused"),
        ({"timeout": Timeouts(read=-1)}, "timeout.read is refused"),
        ({"deadline": -1}, "deadline is refused"),
        ({"max_retries": -1}, "max_retries is refused: expected an integer of at least 0"),
        ({"max_retries": True}, "max_retries is refused"),
        ({"max_response_bytes": 0}, "max_response_bytes has to be an integer of at least 1"),
        ({"extra_headers": [("A", "b")]}, "expected a mapping from names to values"),
        ({"timeout": 1e300}, "at most 1,000,000"),
        ({"extra_headers": {"Sign": "x"}}, "other headers than Sign"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        Sample("https://api.example.com", **options)


def test_the_zone_has_to_be_one() -> None:
    client = Sample("https://api.example.com")
    with pytest.raises(ConfigurationError, match="timezone is refused"):
        client.with_options(timezone="Asia/Shanghai")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # that is the point
    client.with_options(timezone=timezone(timedelta(hours=8))).with_options(timezone=None)


def test_copies_share_connections_but_not_options(vendor: ScriptedVendor, client: Sample) -> None:
    client.calls.get(call_id="7")
    copy = client.with_options(
        timeout=None, max_retries=0, deadline=None, extra_headers={"X-A": "1"}
    )
    copy.calls.get(call_id="7")
    assert type(copy) is Sample
    assert copy.calls is not client.calls
    assert vendor.connections == 1
    assert vendor.received[1].headers["x-a"] == "1"
    client.calls.get(call_id="7")
    assert "x-a" not in vendor.received[2].headers


def test_timeouts_can_differ_by_phase(vendor: ScriptedVendor) -> None:
    vendor.says(HANG)
    with (
        Sample(vendor.url, timeout=Timeouts(connect=5, read=0.05)) as client,
        pytest.raises(RequestTimeout, match="waiting for the answer took too long"),
    ):
        client.calls.get(call_id="7", max_retries=0)


def test_a_closed_client_refuses_calls(vendor: ScriptedVendor) -> None:
    client = Sample(vendor.url)
    with client:
        client.calls.get(call_id="7")
    client.close()
    with pytest.raises(ConfigurationError, match="closed"):
        client.calls.get(call_id="7")
    Sample(vendor.url).close()


def test_a_client_that_is_closed_between_two_tries_sends_nothing_more(
    vendor: ScriptedVendor, time: FakeTime
) -> None:
    vendor.says(answer({}, status=500), answer({"status": 0, "data": {"keyId": 7}}))
    client = Sample(vendor.url, time=time)
    time.when_slept = client.close
    with pytest.raises(ConfigurationError, match="closed"):
        client.calls.get(call_id="7")
    assert len(vendor.received) == 1


def test_a_users_own_client_may_not_sign_too(vendor: ScriptedVendor) -> None:
    with (
        httpx.Client(auth=("user", "pass")) as own,
        pytest.raises(ConfigurationError, match="http_client has auth="),
    ):
        Sample(vendor.url, http_client=own)


def test_what_a_hook_of_the_users_own_client_raises_is_the_users(vendor: ScriptedVendor) -> None:
    vendor.says(answer({}, status=404))

    def complain(response: httpx.Response) -> None:
        response.raise_for_status()

    with (
        httpx.Client(event_hooks={"response": [complain]}) as own,
        Sample(vendor.url, http_client=own) as client,
        pytest.raises(httpx.HTTPStatusError),
    ):
        client.calls.get(call_id="7")
    assert len(vendor.received) == 1


@pytest.mark.parametrize("switch", ["allow_plain_http", "strict", "log_bodies"])
def test_a_switch_is_no_text(vendor: ScriptedVendor, switch: str) -> None:
    given: dict[str, Any] = {switch: "false"}
    with pytest.raises(ConfigurationError, match=f"{switch} is refused: expected True or False"):
        Sample(vendor.url, **given)


def test_a_number_where_text_is_expected_may_be_a_telephone_number(
    vendor: ScriptedVendor, client: Sample
) -> None:
    with pytest.raises(InvalidArgument, match=r"call_id=\*\*\*00 is refused: expected text"):
        client.calls.get(call_id=8613800138000)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(InvalidArgument, match=r"task_id=an integer of 16610 bits is refused"):
        client.calls.list(task_id=10**5000)
    assert vendor.received == []


def test_a_users_own_client_is_used_and_not_closed(vendor: ScriptedVendor) -> None:
    with httpx.Client(headers={"X-Own": "1"}, follow_redirects=True) as own:
        with Sample(vendor.url, http_client=own) as client:
            client.calls.get(call_id="7")
        assert not own.is_closed
        assert own.get(vendor.url).status_code == 200
    assert vendor.received[0].headers["api-key"] == API_KEY


def test_redirects_are_not_followed_even_by_a_users_own_client(vendor: ScriptedVendor) -> None:
    vendor.says(answer({}, status=307, headers={"Location": "https://elsewhere.example.com/"}), OK)
    with (
        httpx.Client(follow_redirects=True) as own,
        Sample(vendor.url, http_client=own) as client,
        pytest.raises(HttpStatusError, match="HTTP 307, a redirect; those are not followed"),
    ):
        client.calls.start()
    assert len(vendor.received) == 1


def test_an_event_hook_of_a_users_own_client_may_read_the_answer(vendor: ScriptedVendor) -> None:
    def read(response: httpx.Response) -> None:
        response.read()

    with httpx.Client(event_hooks={"response": [read]}) as own:
        with Sample(vendor.url, http_client=own) as client:
            assert client.calls.get(call_id="7").key_id == 7
        with (
            Sample(vendor.url, http_client=own, max_response_bytes=5) as client,
            pytest.raises(ResponseTooLarge, match="larger than max_response_bytes=5"),
        ):
            client.calls.get(call_id="7")


def test_a_users_own_client_may_be_a_mock() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"status": 0, "data": {"keyId": 9}})

    with httpx.Client(transport=httpx.MockTransport(respond)) as own:
        client = Sample("https://api.example.com", http_client=own)
        assert client.calls.get(call_id="7").key_id == 9


@pytest.mark.parametrize("wrong", [5, httpx.AsyncClient, "client"])
def test_what_can_not_send_is_no_http_client(wrong: object) -> None:
    made: Any = wrong() if isinstance(wrong, type) else wrong
    with pytest.raises(ConfigurationError, match=r"http_client has to be an httpx\.Client"):
        Sample("https://api.example.com", http_client=made)


def test_a_sync_http_client_is_refused_by_an_async_client() -> None:
    with httpx.Client() as own:
        wrong: Any = own
        with pytest.raises(ConfigurationError, match=r"has to be an httpx\.AsyncClient"):
            AsyncSample("https://api.example.com", http_client=wrong)


def test_a_client_that_is_dropped_leaves_no_open_socket(vendor: ScriptedVendor) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client = Sample(vendor.url)
        client.calls.get(call_id="7")
        del client
        gc.collect()


def test_many_threads_share_a_client(vendor: ScriptedVendor) -> None:
    vendor.says(OK)
    failures: list[Exception] = []
    with Sample(vendor.url) as client:

        def work() -> None:
            try:
                for _ in range(20):
                    assert client.calls.get(call_id="7").key_id == 7
            except Exception as error:  # noqa: BLE001  # whatever it is, the test has to see it
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert len(vendor.received) == 200
    assert vendor.connections < 200


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_gets_connections_of_its_own(vendor: ScriptedVendor) -> None:
    vendor.says(OK)
    with Sample(vendor.url) as client, httpx.Client() as own:
        other = Sample(vendor.url, http_client=own)
        client.calls.get(call_id="parent")
        other.calls.get(call_id="parent")
        child = os.fork()
        if child == 0:  # pragma: no cover  # measured in the parent only
            status = 1
            try:
                client.calls.get(call_id="child")
                try:
                    other.calls.get(call_id="child")
                except ConfigurationError as error:
                    status = 0 if "forked" in error.message else 2
                client.close()
            finally:
                os._exit(status)
        assert os.waitpid(child, 0)[1] == 0
        client.calls.get(call_id="parent again")
    targets = [request.target for request in vendor.received]
    assert targets == ["/v3/calls/parent"] * 2 + ["/v3/calls/child", "/v3/calls/parent%20again"]
    assert vendor.connections == 3


def test_a_keyboard_interrupt_leaves_no_half_used_connection(
    vendor: ScriptedVendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = BodyReader.feed

    def interrupt(self: object, piece: bytes) -> None:
        raise KeyboardInterrupt

    vendor.says(OK)
    with Sample(vendor.url) as client:
        monkeypatch.setattr(BodyReader, "feed", interrupt)
        with pytest.raises(KeyboardInterrupt):
            client.calls.get(call_id="7")
        monkeypatch.setattr(BodyReader, "feed", feed)
        assert client.calls.get(call_id="7").key_id == 7
    assert vendor.connections == 2


def test_secrets_do_not_stand_in_the_attributes_of_a_client() -> None:
    client = Sample("https://api.example.com")
    assert API_SECRET not in repr(vars(client))
    assert API_KEY not in repr(vars(client))
    assert client.clock_offset == 0.0


def test_after_a_fork_the_parents_connections_are_left_alone(
    vendor: ScriptedVendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = os.getpid()
    with httpx.Client() as own, Sample(vendor.url) as client:
        other = Sample(vendor.url, http_client=own)
        client.calls.get(call_id="7")
        other.calls.get(call_id="7")
        monkeypatch.setattr(os, "getpid", lambda: parent + 1)
        client.calls.get(call_id="7")
        with pytest.raises(ConfigurationError, match="this process was forked: its http_client"):
            other.calls.get(call_id="7")
        client.calls.get(call_id="7")
    assert vendor.connections == 3


def test_two_threads_that_come_first_open_one_set_of_connections(vendor: ScriptedVendor) -> None:
    with Sample(vendor.url) as client:
        _, _, line = client.__inside__()
        line._lock.acquire()  # pyright: ignore[reportPrivateUsage]  # to hold the first thread in the door
        found: list[object] = []
        threads = [
            threading.Thread(target=lambda: found.append(line.transport())) for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        line._lock.release()  # pyright: ignore[reportPrivateUsage]  # as above
        for thread in threads:
            thread.join()
    assert found[0] is found[1]


TEXT_SETTING = ProviderInfo(
    "hw",
    "Huawei",
    PROVIDER.signer,
    settings=(Parameter("tenant", "tenant", String(), at="path", required=True),),
)


def test_a_setting_that_changes_the_path_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="tenant is refused: it can't be a part of a path"):
        SyncClient(
            TEXT_SETTING,
            credentials={"api_key": "k", "api_secret": "s"},
            settings={"tenant": ".."},
            base_url="https://api.example.com",
        )
