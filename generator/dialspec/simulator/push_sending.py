"""Sends the documented pushes to an address, as the vendors would, so that a receiver can be tried.

In: which pushes, how often, and where to; `{provider}`, `{resource}` and `{push}` in the address are filled in. Out: what
the receiver answered to each. Nothing is repeated: what a vendor's page says of repeats is told instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import httpx

from dialspec.api import Api, Provider, Push
from dialspec.simulator.app import Simulator

_TIMEOUT: Final = 10.0
_JSON: Final = {"Content-Type": "application/json;charset=UTF-8"}


class PushError(ValueError):
    """An address or a name of a push that cannot be used."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one push."""

    name: str
    """`provider.resource.push`."""
    status: int | None
    """HTTP status of the answer; None if none came."""
    problem: str | None
    """Why the vendor would count it as not delivered; None if it was."""
    repeats: str | None
    """What the page says of repeats."""


def chosen_pushes(api: Api, names: Iterable[str]) -> list[tuple[Provider, Push]]:
    """Find pushes by `provider.resource.push`; no name stands for all.

    Raises:
        PushError: for a name that is none.
    """
    known = {
        f"{provider.name}.{push.full_name}": (provider, push)
        for provider in api.providers
        for resource in provider.resources
        for push in resource.pushes
    }
    wanted = list(names) or list(known)
    for name in wanted:
        if name not in known:
            raise PushError(f"there is no push {name!r}; there are: {', '.join(known)}")
    return [known[name] for name in wanted]


def checked_address(url: str) -> str:
    """Take an address that pushes can be sent to.

    Raises:
        PushError: if it is no address of HTTP.
    """
    try:
        parts = urlsplit(url.format(provider="p", resource="r", push="p"))
    except (ValueError, KeyError, IndexError):
        raise PushError(
            f"{url!r} cannot be filled in: only {{provider}}, {{resource}} and {{push}} stand for something"
        ) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise PushError(f"{url!r} is no address such as http://127.0.0.1:8000/pushes")
    return url


def send_pushes(
    simulator: Simulator, pushes: Iterable[tuple[Provider, Push]], url: str, times: int = 1
) -> Iterator[Delivery]:
    """Send each push `times` times, one after the other, each time with other content."""
    with httpx.Client(timeout=_TIMEOUT, trust_env=False) as http:
        for provider, push in pushes:
            where = url.format(provider=provider.name, resource=push.resource, push=push.name)
            for ordinal in range(times):
                body = simulator.push_body(provider.name, push.full_name, ordinal)
                status: int | None = None
                try:
                    status = http.post(where, content=body, headers=_JSON).status_code
                    problem = None if status == 200 else f"HTTP {status}, where 200 is expected"
                except httpx.HTTPError as error:
                    problem = f"{type(error).__name__}: {error}"
                repeats = None if push.repeats is None else push.repeats.reveal()
                yield Delivery(f"{provider.name}.{push.full_name}", status, problem, repeats)
