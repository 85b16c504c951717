"""The answer that a vendor's page prints for an endpoint, byte for byte, for whoever wants to see just that."""

from __future__ import annotations

from dialspec.api import Endpoint
from dialspec.simulator.wire import as_text, loads_as_printed


def printed_answer(endpoint: Endpoint) -> bytes | None:
    """Give the first documented answer that is whole and tells of success, or None if no page prints one."""
    envelope = endpoint.response.envelope
    success = {text.reveal() for text in envelope.success}
    for example in endpoint.examples:
        if example.response is None or example.cut is not None or example.shortened is not None:
            continue
        text = example.response.reveal()
        try:
            document = loads_as_printed(text)
        except ValueError:
            continue
        if not isinstance(document, dict):
            continue
        codes = [document[key.reveal()] for key in envelope.code if key.reveal() in document]
        if (codes or envelope.optional) and all(as_text(code) in success for code in codes):
            return text.encode()
    return None
