"""Invents the body of a push: what the vendor would post to the customer's address. Sending it is for others."""

from __future__ import annotations

from dialspec.api import Provider, Push
from dialspec.simulator.samples import Samples
from dialspec.simulator.values import Inventor
from dialspec.simulator.wire import Json, dumps


def push_body(provider: Provider, name: str, seed: int, ordinal: int) -> bytes:
    """Give push `resource.name` as JSON; each ordinal gives another payload.

    Raises:
        KeyError: if the provider documents no push of this name.
    """
    push = _find(provider, name)
    inventor = Inventor(provider, seed, name, Samples.of_payloads(push.examples), solid=push.at)
    document: Json = inventor.value(push.payload, push.at, ordinal)
    for key in reversed(push.at):
        document = {key: document}
    return dumps(document)


def _find(provider: Provider, name: str) -> Push:
    for resource in provider.resources:
        for push in resource.pushes:
            if f"{resource.name}.{push.name}" == name:
                return push
    raise KeyError(name)
