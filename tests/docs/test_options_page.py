"""The page of the options: none is missing, and its recipes do what they say."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from dialspec_clients.huawei_isales import AsyncHuaweiIsales, HuaweiIsales
from dialspec_clients.nio import AsyncNio, Nio
from dialspec_runtime import ConfigurationError
from forward_proxy import ForwardProxy
from running_simulator import Vendor

OF_THE_VENDOR = {"api_key", "api_secret", "access_key", "secret_key", "vdn_id"}


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/concepts/options.md").read_text(encoding="utf-8")


def names_in(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)=`", text))


@pytest.mark.parametrize("client", [Nio, AsyncNio, HuaweiIsales, AsyncHuaweiIsales])
def test_the_page_lists_each_option_of_a_client(
    client: type[Nio | AsyncNio | HuaweiIsales | AsyncHuaweiIsales], page: str
) -> None:
    listed = set(re.findall(r"^\| `(\w+)=`", page, re.MULTILINE))
    assert listed == set(inspect.signature(client).parameters) - OF_THE_VENDOR
    assert listed == set(inspect.signature(client.from_env).parameters)


def test_the_page_lists_each_option_of_a_call_and_of_a_copy(page: str) -> None:
    call, copy = (
        page.split(heading)[1].split("\n\n")[1]
        for heading in ("## Of a call", "## A copy with other options")
    )
    with Nio(api_key="key", api_secret="secret") as nio:
        of_a_call = set(inspect.signature(nio.recall_flows.get).parameters) - {"key_id"}
        of_a_copy = set(inspect.signature(nio.with_options).parameters)
    assert names_in(call) == of_a_call
    assert names_in(copy) == of_a_copy


def test_proxies_of_the_environment_are_not_used(
    vendor: Vendor, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.asked_for.clear()
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, proxy.url)
    monkeypatch.setenv("NO_PROXY", "")
    with Nio(**vendor.arguments("nio")) as nio:
        nio.recall_flows.get(key_id=12)
    assert proxy.asked_for == []


def test_the_recipes_go_through_the_proxy(
    vendor: Vendor, proxy: ForwardProxy, page: str, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    recipes = [
        source
        for source in re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
        if "COMPANY_PROXY" in source
    ]
    assert len(recipes) == 2
    for variable, value in vendor.environment("nio").items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("COMPANY_CA", str(root / "tests/support/loopback_tls.pem"))
    monkeypatch.setenv("COMPANY_PROXY", proxy.url)
    proxy.asked_for.clear()
    for recipe in recipes:
        exec(compile(recipe, "options.md", "exec"), {"__name__": "__main__"})  # noqa: S102
    here = f"{vendor.environment('nio')['NIO_BASE_URL']}/voice/recallFlow/queryDetail"
    assert proxy.asked_for == [here] * 3


def test_closing_a_copy_closes_the_original() -> None:
    nio = Nio(api_key="key", api_secret="secret")
    nio.with_options(max_retries=8).close()
    with pytest.raises(ConfigurationError, match="closed"):
        nio.recall_flows.get(key_id=12)
