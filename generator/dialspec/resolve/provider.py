"""One provider: its endpoints, the enums and types that they reach, and the facts of its client."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dialspec.api import (
    Auth,
    AuthV2,
    Credential,
    Endpoint,
    Enum,
    LeftOut,
    Md5Sign,
    Member,
    ObjectRef,
    ObjectType,
    Origin,
    Provider,
    Resource,
    Setting,
)
from dialspec.diagnostics.quoting import quoted
from dialspec.resolve.codes import resolve_code
from dialspec.resolve.context import Context, ResourcePair
from dialspec.resolve.definitions import Defined
from dialspec.resolve.endpoints import (
    resolve_endpoint,
    resolve_source,
)
from dialspec.resolve.fields import resolve_field, resolve_fields
from dialspec.resolve.names import (
    RESERVED_FIELDS,
    RESERVED_MEMBERS,
    RESERVED_PARAMETERS,
    RESERVED_RESOURCES,
    check_file_name,
    check_name,
    check_unique,
    derived_member,
)
from dialspec.resolve.paging import resolve_style
from dialspec.resolve.pushes import resolve_push
from dialspec.resolve.reach import Reached
from dialspec.resolve.responses import resolve_envelope
from dialspec.spec.language.protocol import ClockSpec, Md5SignSpec, RetrySpec
from dialspec.text import ClassName, PythonName, SpecText, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dialspec.api import Paging, Source
    from dialspec.spec.language.fields import EnumSpec, TypeSpec
    from dialspec.spec.language.protocol import AuthV2Spec


def resolve_provider(context: Context) -> Provider:
    """Resolve everything that one provider's specs say; problems are reported, not raised."""
    spec = context.spec
    origin = Origin(str(context.provider.file.path), ("provider",))
    check_file_name(context, spec.provider, origin, "a provider")
    types = {name: _object_type(context, name, item) for name, item in context.types.items()}
    enums = {name: _enum(context, name, item) for name, item in context.enums.items()}
    resources: list[Resource] = []
    for pair in context.resources:
        resource, added = _resource(context, pair)
        resources.append(resource)
        _add_documents(context, types, added)
    _check_resources(context, resources)
    reached = _reached(resources, types)
    return Provider(
        name=spec.provider,
        platform=spec.platform,
        title=spec.title,
        summary=spec.summary,
        client_class=spec.client,
        base_url=spec.server.base_url,
        base_url_environment=spec.server.environment,
        server_summary=spec.server.summary,
        auth=_auth(context),
        headers=_merged(context, "headers"),
        credentials=tuple(
            Credential(name, item.environment, item.summary, item.secret)
            for name, item in spec.credentials.items()
        ),
        settings=tuple(_setting(context, name) for name in spec.settings),
        envelopes=tuple(
            resolve_envelope(PythonName(name), _defined(context, "envelopes", name).spec)
            for name in context.names("envelopes")
        ),
        paging_styles=tuple(_styles(context)),
        families={
            PythonName(name): tuple(
                resolve_code(text, code)
                for text, code in _defined(context, "errors", name).spec.items()
            )
            for name in context.names("errors")
        },
        waf_statuses=tuple(_first(context, "retry", RetrySpec()).waf_statuses),
        clock_codes=tuple(_first(context, "clock", ClockSpec()).codes),
        clock_statuses=tuple(_first(context, "clock", ClockSpec()).statuses),
        clock_tolerance=_first(context, "clock", ClockSpec()).tolerance,
        enums=tuple(enums[name] for name in sorted(reached.enums)),
        types=tuple(_in_role(context, types[name], reached) for name in sorted(reached.types)),
        resources=tuple(sorted(resources, key=lambda resource: resource.name)),
        notes=tuple(note for _, shared in context.shared for note in shared.notes),
        sources=tuple(_sources(context)),
        files=_files(context),
    )


def _sources(context: Context) -> Iterator[Source]:
    """What was read about the brand, then what was read about its platform."""
    spec = context.spec
    told = [(spec.sources, spec.title if context.platform else None)]
    if context.platform is not None:
        shared = context.platform.file.model
        told.append((shared.sources, shared.title))
    for sources, about in told:
        for given in sources:
            source = resolve_source(given, about)
            if source is not None:
                yield source


def _resource(context: Context, pair: ResourcePair) -> tuple[Resource, list[ObjectType]]:
    spec = pair.own.model
    base = pair.platform.model if pair.platform is not None else None
    origin = Origin(str(pair.own.path), ("resource",))
    check_name(context, spec.resource, origin, RESERVED_RESOURCES, "a resource")
    check_file_name(context, spec.resource, origin, "a resource")
    endpoints, added = list[Endpoint](), list[ObjectType]()
    for name in spec.endpoints:
        resolved = resolve_endpoint(context, pair, name)
        if resolved is not None:
            endpoints.append(resolved.endpoint)
            added.extend(resolved.types)
    pushes = [
        push for name in spec.pushes if (push := resolve_push(context, pair, name)) is not None
    ]
    left_out = tuple(
        LeftOut(
            name=name,
            http=item.http,
            summary=item.summary,
            reason=item.reason,
            known=item.known,
            source=resolve_source(item.source),
            origin=Origin(str(pair.own.path), ("left_out", name)),
        )
        for name, item in spec.left_out.items()
    )
    class_name = ClassName("".join(word.capitalize() for word in words(spec.resource)))
    title = spec.title or (base.title if base is not None else None)
    summary = spec.summary or (base.summary if base is not None else None)
    resource = Resource(
        name=spec.resource,
        class_name=class_name,
        title=title or SpecText(" ".join(words(spec.resource)).capitalize()),
        summary=summary or title or SpecText(class_name),
        endpoints=tuple(endpoints),
        pushes=tuple(pushes),
        origin=origin,
        left_out=left_out,
    )
    return resource, added


def _enum(context: Context, name: ClassName, defined: Defined[EnumSpec]) -> Enum:
    spec, origin = defined.spec, defined.origin
    members: list[Member] = []
    for value, member in spec.members.items():
        raw = value.reveal() if isinstance(value, SpecText) else value
        place = Origin(origin.file, (*origin.path, "members", raw))
        if isinstance(value, SpecText) is not (spec.base == "string"):
            context.report(
                "DS342",
                context.position(place),
                f"{quoted(raw)} is no {spec.base}, and the enum's base is {spec.base}",
                "quote the value, or mend `base:`" if spec.base == "string" else "write a number",
            )
        constant = derived_member(member.name)
        check_name(
            context,
            PythonName(constant.lower()),
            place,
            frozenset(reserved.lower() for reserved in RESERVED_MEMBERS),
            "an enum member",
        )
        members.append(
            Member(constant, value, member.label, member.summary, member.deprecated, place)
        )
    check_unique(
        context,
        ((member.name, member.origin) for member in members),
        "the member",
        "give one of them another `name:`",
    )
    return Enum(name, spec.base, spec.summary, tuple(members), spec.partial, defined.module, origin)


def _object_type(context: Context, name: ClassName, defined: Defined[TypeSpec]) -> ObjectType:
    spec = defined.spec
    origins = {wire: defined.field_origin(wire) for wire in spec.fields}
    fields = resolve_fields(context, spec.fields, origins, RESERVED_FIELDS)
    names = {field.wire: field.name for field in fields}
    for index, wire in enumerate(spec.key):
        if wire not in names:
            context.report(
                "DS343",
                context.value_position(defined.origin, "key", index),
                f"the key names {quoted(wire)}, which is no field of {name}",
                "name a field by its wire name",
            )
    return ObjectType(
        name=name,
        summary=spec.summary,
        fields=fields,
        key=tuple(names[wire] for wire in spec.key if wire in names),
        partial=spec.partial,
        role="answer",
        module=defined.module,
        origin=defined.origin,
    )


def _add_documents(
    context: Context, types: dict[ClassName, ObjectType], added: Iterable[ObjectType]
) -> None:
    for item in added:
        clash = types.get(item.name)
        if clash is not None or item.name in context.enums:
            other = clash.origin if clash is not None else context.enums[item.name].origin
            context.diagnostics.report(
                "DS302",
                context.position(other),
                f"{item.name} is also the name that the generator gives to an answer",
                hint="choose another name",
                related=[(context.position(item.origin), "the endpoint")],
            )
        types[item.name] = item


def _check_resources(context: Context, resources: Sequence[Resource]) -> None:
    check_unique(
        context,
        ((resource.name, resource.origin) for resource in resources),
        "the resource",
        "put the endpoints into one file",
    )
    check_unique(
        context,
        ((push.function, push.origin) for resource in resources for push in resource.pushes),
        "the function",
        "rename one of the pushes: resource and push together name the function that reads it",
    )
    _check_aliases(context, resources)


def _check_aliases(context: Context, resources: Sequence[Resource]) -> None:
    """An older name stands for one thing, and for nothing that has this name today."""
    methods = {(item.name, endpoint.name) for item in resources for endpoint in item.endpoints}
    targets = {resource.name: resource.name for resource in resources}
    for resource in resources:
        for endpoint in resource.endpoints:
            for alias in endpoint.aliases:
                target = targets.setdefault(alias[0], resource.name)
                if target != resource.name or (resource.name, alias[1]) in methods - {
                    (resource.name, endpoint.name)
                }:
                    context.report(
                        "DS347",
                        context.value_position(endpoint.origin, "aliases"),
                        f"{alias[0]}.{alias[1]} is the name of something else",
                        "an alias stands for one endpoint of one resource; choose another",
                    )


def _reached(resources: Iterable[Resource], types: Mapping[ClassName, ObjectType]) -> Reached:
    reached = Reached()
    for resource in resources:
        for endpoint in resource.endpoints:
            reached.follow(
                (parameter.field.type for parameter in endpoint.parameters), types, "request"
            )
            reached.follow((ObjectRef(endpoint.response.document),), types, "answer")
        reached.follow((push.payload for push in resource.pushes), types, "answer")
    return reached


def _in_role(context: Context, item: ObjectType, reached: Reached) -> ObjectType:
    roles = reached.types[item.name]
    if len(roles) > 1:
        context.report(
            "DS344",
            context.position(item.origin),
            f"{item.name} is used in a request and in an answer",
            "define two types: what callers build is checked, what a vendor answers is not",
        )
    return replace(item, role="request" if "request" in roles else "answer")


def _auth(context: Context) -> Auth:
    spec: Md5SignSpec | AuthV2Spec | None = _first(context, "auth", None)
    if spec is None:
        context.report(
            "DS345",
            context.provider.file.at("provider"),
            "the provider says nothing of how requests are signed",
            "add `auth:`, here or at the platform",
        )
        return Md5Sign(
            PythonName("key"),
            PythonName("secret"),
            SpecText(""),
            SpecText(""),
            SpecText(""),
            None,
            None,
        )
    for part in ("key", "secret"):
        name: PythonName = getattr(spec, part)
        if name not in context.spec.credentials:
            context.report(
                "DS346",
                context.provider.file.at("credentials"),
                f"signing needs the credential {name}, which the provider lacks",
                f"add {name} under `credentials:`",
            )
    if isinstance(spec, Md5SignSpec):
        return Md5Sign(
            spec.key,
            spec.secret,
            spec.key_header,
            spec.timestamp_header,
            spec.signature_header,
            spec.summary,
            spec.protects,
        )
    return AuthV2(
        spec.key,
        spec.secret,
        tuple(spec.signed_headers),
        spec.key_form,
        spec.signature_form,
        spec.payload_separator,
        spec.summary,
        spec.protects,
    )


def _setting(context: Context, name: PythonName) -> Setting:
    setting = context.spec.settings[name]
    origin = Origin(str(context.provider.file.path), ("settings", name, "field"))
    named = setting.field.model_copy(update={"name": name, "required": True})
    field = resolve_field(context, setting.wire, named, origin, RESERVED_PARAMETERS)
    return Setting(setting.environment, field)


def _styles(context: Context) -> Iterable[Paging]:
    for name in context.names("paging"):
        style = resolve_style(context, PythonName(name), _defined(context, "paging", name))
        if style is not None:
            yield style


def _defined(context: Context, section: str, name: str) -> Defined[Any]:
    found = context.lookup(section, name)
    if found is None:
        raise LookupError(name)
    return found


def _first(context: Context, section: str, default: Any) -> Any:
    for _, shared in context.shared:
        value = getattr(shared, section)
        if value is not None:
            return value
    return default


def _merged(context: Context, section: str) -> dict[SpecText, SpecText]:
    merged: dict[SpecText, SpecText] = {}
    for _, shared in reversed(context.shared):
        merged.update(getattr(shared, section))
    return merged


def _files(context: Context) -> tuple[str, ...]:
    files = {str(context.provider.file.path), *(str(pair.own.path) for pair in context.resources)}
    if context.platform is not None:
        files.add(str(context.platform.file.path))
        files.update(
            str(pair.platform.path) for pair in context.resources if pair.platform is not None
        )
    return tuple(sorted(files))
