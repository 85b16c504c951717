"""The parts of a provider that are rendered each by itself: a resource with what is defined beside it.

In: a resolved provider. Out: a `Part` for each resource, and for each file of specs whose definitions are used, with a
provider cut down to what the part can reach. Modules and pages of a part are made from that alone. So they cannot
depend on anything else: a part that is as it was in an earlier run gives the files that it gave then, and looking up
a type does not take longer the more types there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dialspec.api import Enum, EnumRef, ObjectRef, ObjectType, Provider, Resource, Type
from dialspec.resolve.types import innermost

if TYPE_CHECKING:
    from dialspec.text import ClassName, PythonName

_OF_ALL_PARTS = ("provider", "platform")


@dataclass(frozen=True, slots=True)
class Part:
    """What the modules named `name` and the pages of one resource are made from.

    `provider` has no other resource than that of the part, if it has one, and no enum or type that the part does not
    reach.
    """

    name: PythonName
    provider: Provider

    @property
    def resource(self) -> Resource | None:
        """The resource of this part; None if there are definitions only."""
        return next(iter(self.provider.resources), None)


def parts_of(provider: Provider) -> Iterator[Part]:
    """Give the parts of a provider, sorted by name."""
    enums = {enum.name: enum for enum in provider.enums}
    types = {item.name: item for item in provider.types}
    resources = {resource.name: resource for resource in provider.resources}
    defined: dict[PythonName, list[Type]] = {name: [] for name in resources}
    for enum in provider.enums:
        defined.setdefault(enum.module, []).append(EnumRef(enum.name))
    for item in provider.types:
        defined.setdefault(item.module, []).append(ObjectRef(item.name))
    files: dict[str, list[str]] = {}
    for file in provider.files:
        files.setdefault(file.rpartition("/")[2].removesuffix(".yaml"), []).append(file)
    for name in sorted(defined):
        own = (resources[name],) if name in resources else ()
        reached_enums, reached_types = _reached((*defined[name], *_used(own)), enums, types)
        read = {file for one in (*_OF_ALL_PARTS, name) for file in files.get(one, ())}
        cut_down = replace(
            provider,
            resources=own,
            enums=tuple(enums[one] for one in sorted(reached_enums)),
            types=tuple(types[one] for one in sorted(reached_types)),
            files=tuple(sorted(read)),
        )
        yield Part(name, cut_down)


def _used(resources: Iterable[Resource]) -> Iterator[Type]:
    for resource in resources:
        for endpoint in resource.endpoints:
            yield from (parameter.field.type for parameter in endpoint.parameters)
            yield endpoint.response.result_type
            yield ObjectRef(endpoint.response.document)
        yield from (push.payload for push in resource.pushes)


def _reached(
    roots: Iterable[Type],
    enums: dict[ClassName, Enum],
    types: dict[ClassName, ObjectType],
) -> tuple[set[ClassName], set[ClassName]]:
    """The names of all enums and types that `roots` lead to."""
    reached_enums: set[ClassName] = set()
    reached_types: set[ClassName] = set()
    waiting = list(roots)
    while waiting:
        inner = innermost(waiting.pop())
        if isinstance(inner, EnumRef) and inner.name in enums:
            reached_enums.add(inner.name)
        elif isinstance(inner, ObjectRef) and inner.name not in reached_types:
            reached_types.add(inner.name)
            waiting.extend(field.type for field in types[inner.name].fields)
    return reached_enums, reached_types
