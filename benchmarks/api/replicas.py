"""The mix under many names: N endpoints, no name twice.

Every replica has its own resource, paths, types and enums, so that nobody can share work between them that would not
be shared in real life.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import Final

from benchmarks.api.description import Endpoint, Field, Resource
from benchmarks.api.mix import MIX

_QUALIFIERS: Final = (
    "",
    "inbound",
    "outbound",
    "scheduled",
    "archived",
    "regional",
    "partner",
    "trial",
    "priority",
    "nightly",
)
_SUBJECTS: Final = (
    "preview",
    "campaign",
    "recall_flow",
    "group_call",
    "agent_group",
    "voice_robot",
    "number_pool",
    "call_queue",
    "dialling_plan",
    "script_library",
    "quality_check",
    "survey",
    "appointment",
    "voicemail",
    "conference",
    "routing_rule",
    "trunk_line",
    "recording",
    "customer_list",
    "settlement",
)
_WORD: Final = re.compile(r"[A-Za-z]\w*")
MOST_ENDPOINTS: Final = len(_QUALIFIERS) * len(_SUBJECTS) * len(MIX.endpoints)


def replicated(count: int) -> tuple[Resource, ...]:
    """Give `count` endpoints, in resources of five."""
    per_resource = len(MIX.endpoints)
    if count % per_resource or not 0 < count <= MOST_ENDPOINTS:
        raise ValueError(f"{count} is no multiple of {per_resource} up to {MOST_ENDPOINTS}")
    names = (
        f"{qualifier}_{subject}".lstrip("_")
        for qualifier, subject in itertools.product(_QUALIFIERS, _SUBJECTS)
    )
    return tuple(_replica(name) for name in itertools.islice(names, count // per_resource))


def camel_case(snake: str) -> str:
    """Write `agent_group` as `agentGroup`."""
    first, *others = snake.split("_")
    return first + "".join(word.capitalize() for word in others)


def class_case(snake: str) -> str:
    """Write `agent_group` as `AgentGroup`."""
    return "".join(word.capitalize() for word in snake.split("_"))


def _replica(name: str) -> Resource:
    prefix = class_case(name)
    names = [each.name for each in MIX.enums] + [each.name for each in MIX.types]
    own = {each: f"{prefix}{each}" for each in names}

    def renamed(type_expression: str) -> str:
        return _WORD.sub(lambda word: own.get(word[0], word[0]), type_expression)

    def fields(of: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(replace(each, type=renamed(each.type)) for each in of)

    def endpoint(of: Endpoint) -> Endpoint:
        return replace(
            of,
            path=f"/v3/cc/{camel_case(name)}/{of.path}",
            request=fields(of.request),
            answer=own[of.answer],
        )

    return replace(
        MIX,
        name=name,
        enums=tuple(replace(each, name=own[each.name]) for each in MIX.enums),
        types=tuple(
            replace(each, name=own[each.name], fields=fields(each.fields)) for each in MIX.types
        ),
        endpoints=tuple(endpoint(each) for each in MIX.endpoints),
    )
