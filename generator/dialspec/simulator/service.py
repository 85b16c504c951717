"""One endpoint as the vendor would serve it: a request in, an answer out, no sockets.

In order, as a vendor's gateway does it: signature and time, content type, arguments, rules, then the rows or the
result. What is refused comes back in the endpoint's own envelope with its own documented code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from dialspec.api import Code, Endpoint, Provider
from dialspec.simulator.distortions import Distorter
from dialspec.simulator.envelopes import EnvelopeSpelling, message_of
from dialspec.simulator.faults import FAULTS, NOTHING, Plan, Stage
from dialspec.simulator.gate import Gate
from dialspec.simulator.ids import ids_of, names_unknown
from dialspec.simulator.messages import Answer, InvalidRequestError, Request
from dialspec.simulator.paged import PagedAnswers
from dialspec.simulator.parameters import Given, ParameterReader
from dialspec.simulator.periods import period_of
from dialspec.simulator.plain import PlainAnswers
from dialspec.simulator.printed import printed_answer
from dialspec.simulator.rules import check_rules, has_rules
from dialspec.simulator.samples import Samples
from dialspec.simulator.values import Inventor
from dialspec.simulator.verdict import Verdict
from dialspec.simulator.wire import Json, loads
from dialspec.spec.language.kinds import ErrorKind

_CONTENT: Final = frozenset(name for name, kind in FAULTS.items() if kind.stage is Stage.CONTENT)


class Service:
    """Serves one endpoint of one provider."""

    def __init__(
        self,
        provider: Provider,
        endpoint: Endpoint,
        gate: Gate,
        seed: int,
        records: int,
        *,
        examples: bool = False,
    ) -> None:
        samples = Samples.of_answers(endpoint)
        response = endpoint.response
        inventor = Inventor(
            provider,
            seed,
            endpoint.full_name,
            samples,
            solid=response.result,
            result=response.result if endpoint.paging is None else None,
            period=period_of(endpoint),
        )
        self.name = f"{provider.name}.{endpoint.full_name}"
        self._gate = gate
        self._endpoint = endpoint
        self._spelling = EnvelopeSpelling(provider, endpoint, samples)
        self._reader = ParameterReader(provider, endpoint)
        self._ids = ids_of(endpoint)
        self._has_rules = has_rules(endpoint)
        self._done = 0
        self._plain = PlainAnswers(endpoint, inventor, self._spelling)
        self._paged: PagedAnswers | None = None
        serial: str | None = None
        if endpoint.paging is not None:
            self._paged = PagedAnswers(endpoint, endpoint.paging, inventor, self._spelling, records)
            serial = self._paged.records.serial
        kept = frozenset[str]() if serial is None else frozenset({serial})
        self._distorter = Distorter(endpoint, inventor, kept)
        self._printed = printed_answer(endpoint) if examples else None

    @property
    def is_paged(self) -> bool:
        """Whether the endpoint answers pages."""
        return self._paged is not None

    def reset(self) -> None:
        """Forget what was done, and what faults changed."""
        self._done = 0
        if self._paged is not None:
            self._paged.reset()

    def answer(
        self, request: Request, path_values: Mapping[str, str], now: float, plan: Plan = NOTHING
    ) -> Answer:
        """Answer a request by the server's clock, in seconds since 1970."""
        verdict = self._gate.verdict(request, now)
        if verdict is Verdict.ACCEPTED and ("code_clock" in plan or "clock_once" in plan):
            verdict = Verdict.EXPIRED
        if verdict is not Verdict.ACCEPTED:
            return self._gate.refuse(verdict, self._spelling)
        transient = self._spelling.transient_code() if "code_transient" in plan else None
        if transient is not None:
            return self._refused(transient, "a fault was asked for")
        if (
            self._endpoint.body == "json"
            and request.body
            and request.media_type() != "application/json"
        ):
            return Answer(
                415, b'{"error":"Unsupported Media Type"}', reason="send application/json"
            )
        try:
            given = self._reader.read(request, path_values)
            if self._has_rules:
                check_rules(self._endpoint, given.arguments)
            return self._accepted(given, plan)
        except InvalidRequestError as error:
            return self._refused(self._spelling.code_of(ErrorKind.INVALID_PARAMETER), str(error))

    def _accepted(self, given: Given, plan: Plan) -> Answer:
        unknown = names_unknown(self._ids, given.arguments)
        if unknown is not None:
            code = self._spelling.code_of(ErrorKind.NOT_FOUND, ErrorKind.INVALID_PARAMETER)
            if code is not None:
                return self._refused(code, f"{unknown} names nothing that exists")
        empty = unknown is not None
        if self._printed is not None:
            body = self._printed
        elif self._paged is not None:
            body = self._paged.answer(given, plan, empty=empty)
        else:
            body = self._plain.answer(given.arguments, self._done, empty=empty)
        self._done += 1
        if self._printed is None and not _CONTENT.isdisjoint(plan.names):
            body = self._distorter.distort(cast("dict[str, Json]", loads(body)), plan)
        return Answer(200, body, self._spelling.success_code, done=True)

    def _refused(self, code: Code | None, reason: str) -> Answer:
        if code is None:
            return Answer(400, self._spelling.refusal("400", "Bad Request"), "400", reason)
        text = code.text.reveal()
        return Answer(200, self._spelling.refusal(text, message_of(code)), text, reason)
