"""Which enums and types a provider's endpoints and pushes use, and whether callers or the vendor build them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dialspec.api import EnumRef, ObjectRef, Type
from dialspec.resolve.types import innermost

if TYPE_CHECKING:
    from dialspec.api import ObjectType
    from dialspec.text import ClassName

Role = Literal["answer", "request"]


@dataclass(slots=True)
class Reached:
    """Names in use; a type may be reached from requests, from answers, or from both."""

    enums: set[ClassName] = field(default_factory=set)
    types: dict[ClassName, set[Role]] = field(default_factory=dict)

    def follow(
        self, roots: Iterable[Type], types: Mapping[ClassName, ObjectType], role: Role
    ) -> None:
        """Mark all that `roots` lead to as used in the role `role`."""
        waiting = [innermost(root) for root in roots]
        while waiting:
            current = waiting.pop()
            if isinstance(current, EnumRef):
                self.enums.add(current.name)
            elif isinstance(current, ObjectRef):
                roles = self.types.setdefault(current.name, set())
                if role not in roles:
                    roles.add(role)
                    waiting.extend(innermost(item.type) for item in types[current.name].fields)
