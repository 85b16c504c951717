"""All endpoints of one provider: finds the one that a request means, and makes it ready when first called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialspec.api import Endpoint, Provider
from dialspec.simulator.credentials import credentials_of
from dialspec.simulator.faults import Faults, Plan
from dialspec.simulator.gate import Gate
from dialspec.simulator.messages import Answer, Request, text_page
from dialspec.simulator.routes import Routes
from dialspec.simulator.service import Service


@dataclass(frozen=True, slots=True)
class Target:
    """What a method and path mean: one endpoint, or several that share them and differ in their arguments.

    Of several, the one that asks for most comes first: what it asks for is what tells it from the others.
    """

    services: tuple[Service, ...]
    values: Mapping[str, str]

    def answer(self, request: Request, now: float, plan: Plan) -> tuple[Service, Answer]:
        """Answer as the first endpoint that accepts the request, or else as the one that asks for least."""
        for service in self.services[:-1]:
            answer = service.answer(request, self.values, now, plan)
            if answer.done:
                return service, answer
        plainest = self.services[-1]
        return plainest, plainest.answer(request, self.values, now, plan)


class Mount:
    """All endpoints of one provider; each is made ready when it is first called."""

    def __init__(
        self, provider: Provider, seed: int, records: int, *, examples: bool = False
    ) -> None:
        self.name = provider.name
        self._provider = provider
        self._seed = seed
        self._records = records
        self._examples = examples
        self._gate = Gate(provider, credentials_of(provider, seed))
        self._services: dict[str, Service] = {}
        self._routes: Routes[Endpoint] = Routes()
        self._met = False
        for endpoint in provider.endpoints():
            self._routes.add(endpoint.method, endpoint.path.reveal(), endpoint)

    def reset(self) -> None:
        """Forget what was done here."""
        self._met = False
        for service in self._services.values():
            service.reset()

    def plan(self, faults: Faults, ordinal: int) -> Plan:
        """Draw what goes wrong at a request of this provider."""
        plan = faults.plan(ordinal)
        if "clock_once" in faults.rates and not self._met:
            plan = Plan(frozenset({"clock_once"}), plan.chance)
        self._met = True
        return plan

    def find(self, method: str, path: str) -> Target | Answer:
        """Find the endpoints that a method and path mean, or the answer that there is none."""
        found = self._routes.find(path)
        if found is None:
            return text_page(404, f"no endpoint of {self.name} has this path")
        endpoints = found.targets.get(method)
        if endpoints is None:
            answer = text_page(405, "the path exists, with another method")
            answer.headers.append(("allow", ", ".join(sorted(found.targets))))
            return answer
        ordered = sorted(endpoints, key=_demands, reverse=True)
        return Target(tuple(self._service(endpoint) for endpoint in ordered), found.values)

    def _service(self, endpoint: Endpoint) -> Service:
        service = self._services.get(endpoint.full_name)
        if service is None:
            service = Service(
                self._provider,
                endpoint,
                self._gate,
                self._seed,
                self._records,
                examples=self._examples,
            )
            self._services[endpoint.full_name] = service
        return service


def _demands(endpoint: Endpoint) -> int:
    return sum(parameter.field.required for parameter in endpoint.parameters)
