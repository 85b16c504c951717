"""Spans, where the application uses OpenTelemetry; nothing where it does not."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from dialspec_runtime import HttpStatusError, InvalidParameterError
from sample_client import API_KEY, AsyncSample, Sample
from scripted_vendor import ScriptedVendor, answer

OK = answer({"status": 0, "data": {"keyId": 7}})


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """The spans of a test."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    yield exporter
    provider.shutdown()


def test_a_call_is_one_span_with_all_its_tries(
    vendor: ScriptedVendor, client: Sample, spans: InMemorySpanExporter
) -> None:
    vendor.says(answer({}, status=500), OK)
    client.calls.get(call_id="8613800138000", language="zh")
    [span] = spans.get_finished_spans()
    assert span.name == "sample calls.get"
    assert span.kind is SpanKind.CLIENT
    assert dict(span.attributes or {}) == {
        "dialspec.provider": "sample",
        "dialspec.endpoint": "calls.get",
        "http.request.method": "GET",
        "url.template": "/v3/calls/{callId}",
        "server.address": f"127.0.0.1:{vendor.port}",
        "dialspec.tries": 2,
        "http.response.status_code": 200,
    }
    assert span.status.status_code is StatusCode.UNSET


def test_a_lost_call_says_why(
    vendor: ScriptedVendor, client: Sample, spans: InMemorySpanExporter
) -> None:
    vendor.says(answer({"status": -22, "reason": f"bad 8613800138000 {API_KEY}"}))
    with pytest.raises(InvalidParameterError) as caught:
        client.calls.get(call_id="7")
    [span] = spans.get_finished_spans()
    assert span.attributes is not None
    assert span.attributes["error.type"] == "InvalidParameterError"
    assert span.attributes["dialspec.code"] == "-22"
    assert span.status.status_code is StatusCode.ERROR
    assert span.status.description == caught.value.message
    assert "8613800138000" not in span.to_json()
    assert API_KEY not in span.to_json()
    assert not span.events


def test_what_is_no_error_of_ours_is_told_by_its_name(
    vendor: ScriptedVendor,
    client: Sample,
    spans: InMemorySpanExporter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dialspec_runtime import _sync_transport

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_sync_transport.SyncTransport, "send", interrupt)
    with pytest.raises(KeyboardInterrupt):
        client.calls.get(call_id="7")
    [span] = spans.get_finished_spans()
    assert span.attributes is not None
    assert span.attributes["error.type"] == "KeyboardInterrupt"
    assert "http.response.status_code" not in span.attributes
    assert vendor.received == []


def test_async_calls_are_traced_too(vendor: ScriptedVendor, spans: InMemorySpanExporter) -> None:
    vendor.says(answer({}, status=400))

    async def main() -> None:
        async with AsyncSample(vendor.url) as client:
            with pytest.raises(HttpStatusError):
                await client.calls.get(call_id="7")

    asyncio.run(main())
    assert [span.name for span in spans.get_finished_spans()] == ["sample calls.get"]


def test_calls_go_on_where_opentelemetry_is_not_in_use(
    vendor: ScriptedVendor, client: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor.says(OK)
    monkeypatch.delitem(sys.modules, "opentelemetry.trace")

    async def main() -> None:
        async with AsyncSample(vendor.url) as async_client:
            await async_client.calls.get(call_id="7")

    client.calls.get(call_id="7")
    asyncio.run(main())
    assert len(vendor.received) == 2


def test_without_opentelemetry_in_use_nothing_of_it_is_loaded(vendor: ScriptedVendor) -> None:
    vendor.says(OK)
    code = (
        "import sys; sys.path.insert(0, 'tests/support')\n"
        "from sample_client import Sample\n"
        f"with Sample({vendor.url!r}) as client:\n    client.calls.get(call_id='7')\n"
        "assert not [name for name in sys.modules if name.startswith('opentelemetry')]\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
    assert len(vendor.received) == 1
