"""Answers that come from something in front of the vendor: a proxy, a firewall, a broken gateway."""

from __future__ import annotations

from email.utils import formatdate

from dialspec.simulator.faults import Faults
from dialspec.simulator.messages import Answer

_HTML = "text/html; charset=utf-8"


def outage(fault: str, faults: Faults, ordinal: int, now: float) -> Answer | None:
    """Give the answer that a fault puts in the place of the vendor's; None if it puts none."""
    match fault:
        case "http_500" | "http_500_before" | "http_500_after":
            return Answer(500, b'{"timestamp":0,"status":500,"error":"Internal Server Error"}')
        case "http_502_html":
            return Answer(502, _html("502 Bad Gateway"), content_type=_HTML)
        case "http_403_waf":
            return Answer(403, _html("Request blocked by the firewall"), content_type=_HTML)
        case "http_429_retry_after":
            seconds = faults.amount(fault)
            # Both documented forms of the header, in turn.
            after = formatdate(now + seconds, usegmt=True) if ordinal % 2 else f"{seconds:g}"
            return Answer(429, b'{"error":"Too Many Requests"}', headers=[("retry-after", after)])
        case _:
            return None


def _html(title: str) -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>".encode()
