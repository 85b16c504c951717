"""OpenTelemetry spans, if the application uses OpenTelemetry.

A span per call, named after vendor and endpoint, with method, path as documented, status, result code and number
of tries; no argument and no header ever. Whether to trace is known from whether somebody has imported
`opentelemetry.trace`: without an application that sets it up a span would go nowhere, so nothing is imported
here, and looking costs one access to a dict.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .errors import ApiError, DialspecError
from .version import VERSION

if TYPE_CHECKING:
    from collections.abc import Generator

    from opentelemetry.trace import Tracer

    from .core import ClientCore
    from .exchange import Exchange
    from .operation import Operation


def active_tracer() -> Tracer | None:
    """Return a tracer if the application has loaded OpenTelemetry."""
    module = sys.modules.get("opentelemetry.trace")
    if module is None:
        return None
    tracer: Tracer = module.get_tracer("dialspec_runtime", VERSION)
    return tracer


@contextmanager
def call_span(
    tracer: Tracer, core: ClientCore, operation: Operation, exchange: Exchange
) -> Generator[None]:
    """Trace one call with all its tries."""
    from opentelemetry.trace import SpanKind, Status, StatusCode

    attributes = {
        "dialspec.provider": operation.provider,
        "dialspec.endpoint": operation.name,
        "http.request.method": operation.method,
        "url.template": operation.path,
        "server.address": core.base.netloc,
    }
    with tracer.start_as_current_span(
        operation.full_name,
        kind=SpanKind.CLIENT,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        try:
            yield
        except BaseException as error:
            span.set_attribute("error.type", type(error).__qualname__)
            if isinstance(error, ApiError):
                span.set_attribute("dialspec.code", error.code)
            description = error.message if isinstance(error, DialspecError) else None
            span.set_status(Status(StatusCode.ERROR, description))
            raise
        finally:
            span.set_attribute("dialspec.tries", exchange.attempts)
            if exchange.reply is not None:
                span.set_attribute("http.response.status_code", exchange.reply.status_code)
