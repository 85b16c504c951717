"""The simulator: every endpoint of every provider of an `Api`, as one ASGI application.

Each provider is mounted under its own name (`/nio/v3/cc/…`), since brands of one platform share their paths. Beside
them, `/_simulator/received` shows what came in and `/_simulator/reset` forgets it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from dialspec.api import Api
from dialspec.simulator.asgi import (
    BodyTooLargeError,
    Receive,
    Scope,
    Send,
    read_request,
    serve_lifespan,
)
from dialspec.simulator.credentials import credentials_of, settings_of
from dialspec.simulator.faults import NOTHING, Faults, Plan, Stage
from dialspec.simulator.messages import Answer, Request, text_page
from dialspec.simulator.mounts import Mount, Target
from dialspec.simulator.outages import outage
from dialspec.simulator.pushes import push_body
from dialspec.simulator.received import Entry, Received, marker_of
from dialspec.simulator.sending import reset_connection, send_answer
from dialspec.simulator.wire import dumps

_CONTROL: Final = "_simulator"
_RESETS: Final = frozenset({"reset", "reset_before", "reset_after"})


class Simulator:
    """A simulator of all vendors of an `Api`; `app` is the ASGI application.

    Args:
        api: the resolved specs.
        seed: what the invented data depends on; the same seed gives the same data on every machine.
        records: rows of each paged endpoint.
        clock: the present time in seconds since 1970.
        faults: what goes wrong, and how often.
        page_delay: seconds before each answer of a paged endpoint.
        examples: answer with what the vendors' pages print, byte for byte and whatever was asked for, where they print
            a whole answer; elsewhere with invented data.
    """

    def __init__(
        self,
        api: Api,
        *,
        seed: int = 1,
        records: int = 250,
        clock: Callable[[], float] = time.time,
        faults: Faults | None = None,
        page_delay: float = 0.0,
        examples: bool = False,
    ) -> None:
        if records < 0:
            raise ValueError(f"records must not be negative, but is {records}")
        self.api = api
        self.received = Received()
        self.faults = faults if faults is not None else Faults()
        self._seed = seed
        self._records = records
        self._clock = clock
        self._page_delay = page_delay
        self._mounts: dict[str, Mount] = {
            provider.name: Mount(provider, seed, records, examples=examples)
            for provider in api.providers
        }

    def credentials(self, provider: str) -> dict[str, Any]:
        """Give the constructor arguments of a client, base URL excluded; KeyError for an unknown provider."""
        described = self.api.provider(provider)
        return {**credentials_of(described, self._seed), **settings_of(described)}

    def environment(self, provider: str, root: str) -> dict[str, str]:
        """Give the environment variables that `from_env` reads; KeyError for an unknown provider."""
        described = self.api.provider(provider)
        arguments = self.credentials(provider)
        variables = {described.base_url_environment: self.base_url(provider, root)}
        for credential in described.credentials:
            variables[credential.environment] = arguments[credential.name]
        for setting in described.settings:
            variables[setting.environment] = str(arguments[setting.field.name])
        return variables

    @staticmethod
    def base_url(provider: str, root: str) -> str:
        """Give the base URL of a provider, where the server itself is at `root`."""
        return f"{root.rstrip('/')}/{provider}"

    def push_body(self, provider: str, name: str, ordinal: int = 0) -> bytes:
        """Give the body of push `resource.name` as the vendor would post it; KeyError if there is none."""
        return push_body(self.api.provider(provider), name, self._seed, ordinal)

    def now(self) -> float:
        """The server's time, its skew included."""
        return self._clock() + self.faults.clock_skew

    def reset(self) -> None:
        """Forget what was received and what faults changed: the next run repeats the first."""
        self.received.reset()
        for mount in self._mounts.values():
            mount.reset()

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] == "lifespan":
            await serve_lifespan(receive, send)
            return
        if scope["type"] != "http":
            raise NotImplementedError(f"the simulator does not speak {scope['type']}")
        try:
            request = await read_request(scope, receive)
        except BodyTooLargeError:
            answer = text_page(413, "the body is too large")
            empty = Request(scope["method"], scope["path"], scope["path"], "", {}, b"")
            await send_answer(scope, receive, send, empty, answer, self.now(), NOTHING)
            return
        except ConnectionResetError:
            return
        await self._serve(scope, receive, send, request)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, request: Request) -> None:
        provider, _, rest = request.target.lstrip("/").partition("/")
        if provider == _CONTROL:
            await send_answer(
                scope, receive, send, request, self._control(request, rest), self.now(), NOTHING
            )
            return
        ordinal = self.received.next_ordinal()
        mount = self._mounts.get(provider)
        target = mount.find(request.method, f"/{rest}") if mount is not None else None
        if mount is None or not isinstance(target, Target):
            answer = target if isinstance(target, Answer) else text_page(404, "no such provider")
            self._note(ordinal, "", provider, request, answer, NOTHING)
            await send_answer(scope, receive, send, request, answer, self.now(), NOTHING)
            return
        await self._play(scope, receive, send, request, _Call(ordinal, mount, target))

    async def _play(
        self, scope: Scope, receive: Receive, send: Send, request: Request, call: _Call
    ) -> None:
        plan = call.mount.plan(self.faults, call.ordinal)
        before = plan.first(Stage.BEFORE) if plan else None
        now = self.now()
        service = call.target.services[-1]
        if before is not None and (stopped := outage(before, self.faults, call.ordinal, now)):
            answer: Answer | None = stopped
        elif before in _RESETS:
            answer = None
        else:
            service, answer = call.target.answer(request, now, plan)
        done = answer is not None and answer.done
        lost = plan.first(Stage.AFTER) if plan and done else None
        if lost is not None and lost != "truncate":
            answer = outage(lost, self.faults, call.ordinal, now)
        self._note(call.ordinal, service.name, call.mount.name, request, answer, plan, done=done)
        delay = self._page_delay if service.is_paged else 0.0
        if "slow" in plan:
            delay += self.faults.amount("slow")
        if delay:
            await asyncio.sleep(delay)
        if answer is None:
            await reset_connection(scope, receive)
        else:
            await send_answer(scope, receive, send, request, answer, now, plan)

    def _note(
        self,
        ordinal: int,
        endpoint: str,
        provider: str,
        request: Request,
        answer: Answer | None,
        plan: Plan,
        *,
        done: bool = False,
    ) -> None:
        self.received.note(
            Entry(
                ordinal=ordinal,
                endpoint=endpoint,
                method=request.method,
                path=request.path,
                marker=marker_of(provider, request),
                status=answer.status if answer is not None else None,
                code=answer.code if answer is not None else None,
                reason=answer.reason if answer is not None else None,
                faults=tuple(sorted(plan.names)),
                done=done,
            )
        )

    def _control(self, request: Request, path: str) -> Answer:
        if path == "received" and request.method == "GET":
            return Answer(200, dumps(self.received.summary()))
        if path == "reset" and request.method == "POST":
            self.reset()
            return Answer(200, b'{"reset":true}')
        return text_page(
            404, "GET /_simulator/received and POST /_simulator/reset are all there is"
        )


@dataclass(frozen=True, slots=True)
class _Call:
    """A request that met an endpoint."""

    ordinal: int
    mount: Mount
    target: Target
