"""Clients on a bad day: retries, clocks, budgets, and what is said about it all."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from dialspec.api import Api
from dialspec.simulator import FAULTS, Faults, Simulator, serve
from dialspec_clients.huawei_isales import AsyncHuaweiIsales, HuaweiIsales
from dialspec_clients.nio import AsyncNio, Nio
from dialspec_runtime import ClockError, DialspecError, Timeouts

PHONE = "447700900456"
HOUR = 3600


def vendor(api: Api, *faults: str, seed: int = 1, records: int = 250) -> Simulator:
    """A vendor on a bad day."""
    return Simulator(api, records=records, faults=Faults.parse(faults, seed=seed))


def nio_arguments(simulator: Simulator, root: str, **options: Any) -> dict[str, Any]:
    url = simulator.base_url("nio", root)
    return {"base_url": url, **simulator.credentials("nio"), **options}


def isales_arguments(simulator: Simulator, root: str, **options: Any) -> dict[str, Any]:
    url = simulator.base_url("huawei_isales", root)
    return {"base_url": url, **simulator.credentials("huawei_isales"), **options}


@pytest.mark.parametrize("prefetch", [0, 4])
def test_a_harvest_under_faults_is_complete_and_in_order(api: Api, prefetch: int) -> None:
    simulator = vendor(
        api,
        *("http_500:0.05", "reset:0.05", "truncate:0.03", "code_transient:0.05", "gzip:0.1"),
        *("bad_escape:0.02", "repeated_page:0.03", "null_data:0.03", "numbers_as_text:0.1"),
        records=1000,
    )
    with (
        serve(simulator) as root,
        warnings.catch_warnings(),
        Nio(**nio_arguments(simulator, root, max_retries=10)) as nio,
    ):
        warnings.simplefilter("ignore")
        pager = nio.preview_tasks.list_numbers(task_id=123, size=20, prefetch=prefetch)
        keys = [number.key_id or 0 for number in pager]
    assert len(keys) == 1000
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("skew", [HOUR, -HOUR])
def test_a_clock_that_is_off_costs_one_extra_request(api: Api, skew: int) -> None:
    simulator = vendor(api, f"clock_skew:{skew}")
    with serve(simulator) as root, Nio(**nio_arguments(simulator, root)) as nio:
        nio.recall_flows.get(key_id=1)
        assert simulator.received.total == 2
        nio.recall_flows.get(key_id=2)
        assert simulator.received.total == 3
        assert "clock offset" in repr(nio)
        simulator.reset()
        with HuaweiIsales(**isales_arguments(simulator, root)) as isales:
            assert isales.appointments.list(max_items=1).total is not None
            assert simulator.received.total == 2
            assert isales.appointments.list(max_items=1).total is not None
            assert simulator.received.total == 3


def test_an_async_client_mends_its_clock_likewise(api: Api) -> None:
    simulator = vendor(api, f"clock_skew:{HOUR}")

    async def run(root: str) -> None:
        async with AsyncNio(**nio_arguments(simulator, root)) as nio:
            for expected in (2, 3):
                await nio.recall_flows.get(key_id=1)
                assert simulator.received.total == expected
        simulator.reset()
        async with AsyncHuaweiIsales(**isales_arguments(simulator, root)) as isales:
            for expected in (2, 3):
                await isales.appointments.list(max_items=1)
                assert simulator.received.total == expected

    with serve(simulator) as root:
        asyncio.run(run(root))


def test_a_clock_that_is_off_is_told_when_no_retry_is_wanted(api: Api) -> None:
    simulator = vendor(api, f"clock_skew:{HOUR}")
    arguments_of = nio_arguments
    with (
        serve(simulator) as root,
        Nio(**arguments_of(simulator, root, max_retries=0)) as nio,
        pytest.raises(ClockError) as caught,
    ):
        nio.recall_flows.get(key_id=1)
    assert simulator.received.total == 1
    assert "3600" in str(caught.value) or "1:00" in str(caught.value)


FAILING = [
    name
    for name in FAULTS
    if name not in {"clock_skew", "slow", "gzip", "chunked", "extra_field", "insert_front"}
]


@pytest.mark.parametrize("fault", FAILING)
def test_no_retries_means_exactly_one_request(api: Api, fault: str) -> None:
    rate = fault if fault == "clock_once" else f"{fault}:1"
    simulator = vendor(api, rate)
    with (
        serve(simulator) as root,
        warnings.catch_warnings(),
        Nio(**nio_arguments(simulator, root, max_retries=0, timeout=5.0)) as nio,
    ):
        warnings.simplefilter("ignore")
        with contextlib.suppress(DialspecError):
            nio.recall_flows.get(key_id=1)
    assert simulator.received.total == 1


@pytest.mark.parametrize("fault", [*FAULTS, "wrong secret"])
def test_no_secret_signature_or_number_is_ever_told(
    api: Api, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    faults = {"clock_skew": "clock_skew:7200", "clock_once": "clock_once", "wrong secret": None}
    chosen = faults.get(fault, f"{fault}:1")
    simulator = vendor(api, *([chosen] if chosen is not None else []))
    options: dict[str, Any] = {
        "max_retries": 1,
        "log_bodies": True,
        "timeout": Timeouts(connect=5.0, read=0.3 if fault == "slow" else 5.0),
    }
    said: list[str] = []
    secrets: set[str] = {PHONE}
    caplog.set_level(logging.DEBUG)
    with serve(simulator) as root, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        nio_options = nio_arguments(simulator, root, **options)
        isales_options = isales_arguments(simulator, root, **options)
        if fault == "wrong secret":
            nio_options["api_secret"] = isales_options["secret_key"] = "not-the-secret-at-all"
        for name in ("api_key", "api_secret"):
            secrets.add(nio_options[name])
        for name in ("access_key", "secret_key"):
            secrets.add(isales_options[name])
        with Nio(**nio_options) as nio, HuaweiIsales(**isales_options) as isales:
            uses: list[Callable[[], Any]] = [
                lambda: list(nio.preview_tasks.list_numbers(task_id=1, called=PHONE, max_items=5)),
                lambda: nio.recall_flows.get(key_id=1),
                lambda: list(isales.appointments.list(called_no=PHONE, max_items=5)),
                lambda: list(isales.appointments.list(max_items=5)),
            ]
            for use in uses:
                try:
                    records: Any = use() or []
                    for record in records:
                        said.append(repr(record))
                        said.append(str(record))
                        secrets.update(
                            value
                            for name in ("called", "encrypt_called", "called_no", "caller_no")
                            if (value := getattr(record, name, None))
                        )
                except DialspecError as error:
                    said += [str(error), repr(error)]
                    told = traceback.TracebackException.from_exception(error, capture_locals=True)
                    # Frames of this test hold the arguments that it was given itself.
                    told.stack = traceback.StackSummary.from_list(
                        [frame for frame in told.stack if "/tests/" not in frame.filename]
                    )
                    said += told.format()
                except TypeError:
                    pass
            said += [repr(nio), str(nio), repr(isales), str(isales)]
        said += [str(warning.message) for warning in caught]
    said += [record.getMessage() for record in caplog.records if record.name.startswith("dialspec")]
    assert any(record.name.startswith("dialspec") for record in caplog.records)
    text = "\n".join(said)
    found = [secret for secret in secrets if secret in text]
    assert found == []
    # A signature is 32 or 64 hexadecimal digits, whatever the key.
    assert re.findall(r"[0-9a-f]{32}", text) == []
