"""A hand-made client of the made-up vendors of `tests/simulator/specs`; it shares no code with ours."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from dialspec.simulator import Simulator

NOW = 1_800_000_000.0
"""What the simulator's clock shows in these tests."""

JSON_TYPE = "application/json;charset=UTF-8"


def md5_headers(credentials: dict[str, Any], at: float) -> dict[str, str]:
    """Sign as acme's page says."""
    timestamp = str(int(at))
    text = f"{credentials['api_key']}{credentials['api_secret']}{timestamp}"
    return {
        "Api-Key": credentials["api_key"],
        "Timestamp": timestamp,
        "Sign": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
    }


def auth_v2_headers(
    credentials: dict[str, Any],
    at: float,
    method: str,
    url: str,
    body: bytes,
    moment: str | None = None,
) -> dict[str, str]:
    """Sign as borealis's page says: hexadecimal key and signature, one line before the body."""
    parts = urlsplit(url)
    moment = moment or datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + "000Z"
    signed = {"content-type": JSON_TYPE, "host": parts.netloc}
    if body:
        signed["content-length"] = str(len(body))
    names = ";".join(sorted(signed))
    prefix = f"auth-v2/{credentials['access_key']}/{moment}/{names}"
    pairs = sorted(parts.query.split("&")) if parts.query else []
    lines = [method, parts.path, "&".join(pairs), names]
    lines += [f"{name}:{quote(signed[name], safe='-._~')}" for name in sorted(signed)]
    lines.append(quote(body, safe="-._~"))
    secret = credentials["secret_key"].encode()
    key = hmac.new(secret, prefix.encode(), hashlib.sha256).hexdigest()
    signature = hmac.new(key.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()
    return {"Authorization": f"{prefix}/{signature}"}


@dataclass
class Caller:
    """Calls a simulator in process, signed, at the time that its clock shows."""

    simulator: Simulator
    at: float = NOW

    def acme(
        self, path: str, body: object = None, *, method: str = "POST", **headers: str
    ) -> httpx.Response:
        """Call acme; keyword headers replace those that are sent by default."""
        content = b"" if body is None else json.dumps(body).encode()
        signed = md5_headers(self.simulator.credentials("acme"), self.at)
        if content:
            signed["Content-Type"] = JSON_TYPE
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send(method, f"/acme{path}", content, {**signed, **given})

    def borealis(
        self, path: str, body: object = None, *, method: str = "POST", **headers: str
    ) -> httpx.Response:
        """Call borealis."""
        content = b"" if body is None else json.dumps(body).encode()
        url = f"http://vendor.test/borealis{path}"
        credentials = self.simulator.credentials("borealis")
        signed = auth_v2_headers(credentials, self.at, method, url, content)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send(
            method, f"/borealis{path}", content, {"Content-Type": JSON_TYPE, **signed, **given}
        )

    def send(
        self, method: str, path: str, content: bytes, headers: dict[str, str]
    ) -> httpx.Response:
        """Send a request as it is."""

        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(self.simulator.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://vendor.test"
            ) as http:
                return await http.request(method, path, content=content, headers=headers)

        return asyncio.run(exchange())

    def rows(self, size: int = 100, **params: object) -> list[dict[str, Any]]:
        """All rows of acme's calls that these filters keep, page by page."""
        rows: list[dict[str, Any]] = []
        for page in range(1, 1000):
            body = {"current": page, "size": size, "params": {"taskId": 1, **params}}
            found = self.acme("/calls/query", body).json()["data"]["records"]
            rows += found
            if len(found) < size:
                break
        return rows
