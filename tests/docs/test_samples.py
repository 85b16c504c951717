"""Every Python sample that a reader may copy runs as it stands: README, hand-written pages, generated pages.

A sample gets credentials and addresses from environment variables, as a reader's own program would, and a folder of
its own with the files that samples upload. A block that is not meant to run alone is marked as `text` or `console`
in its page, never skipped here.
"""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import black
import httpx
import pytest

from dialspec.api import Auth, Md5Sign
from dialspec.rendering.docs.sample_values import sample_arguments
from dialspec.rendering.docs.wire import wire_request
from dialspec.signing_samples import SampleCredentials
from dialspec.text import SpecText
from forward_proxy import ForwardProxy
from running_simulator import Vendor

REPOSITORY = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(?P<language>python|bash)\n(?P<source>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, language: str) -> list[str]:
    return [match["source"] for match in BLOCK.finditer(text) if match["language"] == language]


def hand_written() -> Iterator[Any]:
    for path in [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]:
        name, text = path.relative_to(REPOSITORY).as_posix(), path.read_text(encoding="utf-8")
        if '```yaml title="specs/' in text:
            continue  # a tutorial that generates its own client first: test_tutorials follows it
        for number, source in enumerate(blocks(text, "python"), 1):
            yield pytest.param(source, id=f"{name}#{number}")


@pytest.fixture
def at_a_reader(
    vendor: Vendor, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[None]:
    for provider in vendor.simulator.api.providers:
        for variable, value in vendor.environment(provider.name).items():
            monkeypatch.setenv(variable, value)
    monkeypatch.setenv("COMPANY_CA", str(REPOSITORY / "tests/support/loopback_tls.pem"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMPANY_PROXY", proxy.url)
    yield
    for name in (
        "dialspec",
        "httpx",
    ):  # samples set levels, and later tests are no part of their program
        logging.getLogger(name).setLevel(logging.NOTSET)


def run(source: str, name: str) -> None:
    for uploaded in re.findall(r'Path\("([^"]+)"\)', source):
        Path(uploaded).write_bytes(b"sample")
    exec(compile(source, name, "exec"), {"__name__": "__main__"})  # noqa: S102 - our own pages


@pytest.mark.usefixtures("at_a_reader")
@pytest.mark.parametrize("source", list(hand_written()))
def test_a_sample_of_a_hand_written_page_runs(source: str, request: pytest.FixtureRequest) -> None:
    run(source, request.node.name)


@pytest.mark.usefixtures("at_a_reader")
def test_every_sample_of_the_generated_pages_runs_and_prints(
    pages: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    ran = 0
    for path, text in pages.items():
        for source in blocks(text, "python"):
            if "/push_" in path:
                continue  # a receiver, which waits for a push: the next test sends one
            run(source, path)
            assert capsys.readouterr().out.strip(), f"{path}: the sample printed nothing"
            ran += 1
    assert ran >= 10


@pytest.mark.parametrize("framework", ["starlette", "fastapi"])
def test_every_sample_receiver_takes_its_push(
    framework: str, pages: dict[str, str], vendor: Vendor, capsys: pytest.CaptureFixture[str]
) -> None:
    received = 0
    for provider in vendor.simulator.api.providers:
        for push in (push for resource in provider.resources for push in resource.pushes):
            page = pages[f"docs/{provider.name}/{push.resource}/push_{push.name}.md"]
            (source,) = (text for text in blocks(page, "python") if f"from {framework}" in text)
            names: dict[str, Any] = {}
            exec(compile(source, push.full_name, "exec"), names)  # noqa: S102 - our own pages
            body = vendor.simulator.push_body(provider.name, push.full_name)
            path = f"/pushes/{provider.name}/{push.resource}/{push.name}"
            answer = asyncio.run(post(names["app"], path, body))
            assert answer.status_code == 200, answer.text
            expected = "" if push.answer_body is None else push.answer_body.reveal()
            assert answer.text == expected
            assert capsys.readouterr().out.strip()
            assert asyncio.run(post(names["app"], path, b"no JSON")).status_code == 400
            received += 1
    assert received >= 14


async def post(app: Any, path: str, body: bytes) -> httpx.Response:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://receiver") as client:
        return await client.post(path, content=body)


def test_python_samples_have_the_shape_of_black(pages: dict[str, str]) -> None:
    mode = black.Mode(line_length=100)
    for path, text in pages.items():
        for source in blocks(text, "python"):
            assert black.format_str(source, mode=mode) == source, path


def test_every_endpoint_has_a_sync_an_async_and_a_curl_sample(pages: dict[str, str]) -> None:
    endpoint_pages = [text for text in pages.values() if "## Parameters" in text]
    assert endpoint_pages
    for text in endpoint_pages:
        sync_sample, async_sample = blocks(text, "python")
        assert "async" not in sync_sample
        assert "await " in async_sample or "async for " in async_sample
        assert [source.split()[0] for source in blocks(text, "bash")] == ["curl"]


@pytest.mark.usefixtures("at_a_reader")
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_a_shell_signs_and_calls_with_the_command_of_the_overview(
    pages: dict[str, str], vendor: Vendor
) -> None:
    (command,) = (
        source for source in blocks(pages["docs/nio/index.md"], "bash") if "date +%s" in source
    )
    here = command.replace("https://api.itniotech.com", vendor.environment("nio")["NIO_BASE_URL"])
    assert here != command
    done = subprocess.run(
        ["bash", "-euc", here.replace("curl ", "curl --silent --fail ")],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert '"success"' in done.stdout


def test_a_request_as_the_docs_sign_it_is_accepted_by_the_simulator(vendor: Vendor) -> None:
    """Docs and simulator read the vendors' signing rules separately; here they agree on every endpoint."""
    simulator = vendor.simulator
    for provider in simulator.api.providers:
        given = simulator.credentials(provider.name)
        here = replace(provider, base_url=simulator.base_url(provider.name, vendor.root))
        credentials = SampleCredentials(
            given[provider.auth.key], given[provider.auth.secret], present(provider.auth)
        )
        for endpoint in provider.endpoints():
            request = wire_request(here, endpoint, sample_arguments(here, endpoint), credentials)
            answer = httpx.request(
                request.method, request.url, headers=request.headers, content=request.body
            )
            assert answer.status_code == 200, (endpoint.full_name, answer.text)
            envelope, result = endpoint.response.envelope, answer.json()
            codes = [result[key.reveal()] for key in envelope.code if key.reveal() in result]
            assert codes or envelope.optional, answer.text
            assert all(SpecText(str(code)) in envelope.success for code in codes), answer.text


def present(auth: Auth) -> str:
    now = datetime.now(UTC)
    if isinstance(auth, Md5Sign):
        return str(int(now.timestamp()))
    return now.strftime("%Y-%m-%dT%H:%M:%S.000Z")
