"""The `client` module: the client classes, sync and async, that users construct."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialspec.api import Auth, Md5Sign, Parameter, Provider, Resource, Setting
from dialspec.rendering.client.header import header
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.client.models import about
from dialspec.rendering.client.operations import OperationWriter
from dialspec.rendering.client.types import TypeWriter
from dialspec.rendering.layout import (
    Call,
    DictDisplay,
    Expression,
    frozenset_of,
    lay_out,
    strings,
    tuple_of,
)
from dialspec.rendering.text import (
    Entries,
    Rendered,
    docstring,
    identifier,
    literal,
    number,
    python_string,
)
from dialspec.spec.language.kinds import Location
from dialspec.text import PythonName, SpecText


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """A constructor argument of this provider's own: a credential or a setting."""

    name: Rendered
    annotation: Rendered
    quoted: Rendered


@dataclass(frozen=True, slots=True)
class ResourceView:
    """One resource as an attribute of the client."""

    name: Rendered
    class_name: Rendered
    sync_docstring: Rendered


@dataclass(frozen=True, slots=True)
class ClientView:
    """One of the two client classes of a provider."""

    prefix: Rendered
    base: Rendered
    http_client: Rendered
    docstring: Rendered


@dataclass(frozen=True, slots=True)
class ClientModule:
    """The client module of one provider."""

    header: Rendered
    docstring: Rendered
    imports: Rendered
    typing_imports: Rendered
    provider: Rendered
    class_name: Rendered
    clients: tuple[ClientView, ClientView]
    credentials: tuple[ArgumentView, ...]
    settings: tuple[ArgumentView, ...]
    base_url: Rendered | None
    resources: tuple[ResourceView, ...]
    aliases: tuple[tuple[Rendered, ResourceView], ...]
    """Older names of resources, with the resources they stand for."""


def client_module(provider: Provider) -> ClientModule:
    """The view of a provider's client."""
    imports = Imports()
    imports.add("__future__", "annotations")
    imports.add("functools", "cached_property")
    imports.add("typing", "Final", "TYPE_CHECKING")
    imports.runtime(
        "AsyncClient",
        "DEFAULT_MAX_RESPONSE_BYTES",
        "ProviderInfo",
        "SyncClient",
        "read_environment",
    )
    typing_imports = Imports()
    typing_imports.add("collections.abc", "Mapping")
    typing_imports.add("datetime", "tzinfo")
    typing_imports.add("typing", "Self")
    typing_imports.runtime("AsyncHttpClient", "HttpClient", "Timeouts")
    for resource in provider.resources:
        module = f".resources.{resource.name}"
        for prefix in ("", "Async"):
            typing_imports.add(
                module,
                f"{prefix}{identifier(resource.class_name)}Resource",
                f"{prefix}{identifier(resource.class_name)}WithRawResponse",
            )
    return ClientModule(
        header=header(provider.files),
        docstring=docstring([(literal("Clients for"), provider.title)], 0),
        provider=_provider_info(provider, imports),
        imports=imports.statements(),
        typing_imports=typing_imports.statements(indent=4),
        class_name=identifier(provider.client_class),
        clients=(_client(provider, is_async=False), _client(provider, is_async=True)),
        credentials=tuple(
            ArgumentView(identifier(item.name), literal("str"), python_string(item.name))
            for item in provider.credentials
        ),
        settings=tuple(_setting(provider, setting) for setting in provider.settings),
        base_url=python_string(provider.base_url) if provider.base_url is not None else None,
        resources=tuple(_resource(resource) for resource in provider.resources),
        aliases=tuple(_aliases(provider)),
    )


def _aliases(provider: Provider) -> Iterator[tuple[Rendered, ResourceView]]:
    seen: set[PythonName] = set()
    for resource in provider.resources:
        for endpoint in resource.endpoints:
            for alias, _ in endpoint.aliases:
                if alias != resource.name and alias not in seen:
                    seen.add(alias)
                    yield identifier(alias), _resource(resource)


def _client(provider: Provider, *, is_async: bool) -> ClientView:
    return ClientView(
        prefix=literal("Async" if is_async else ""),
        base=literal("AsyncClient" if is_async else "SyncClient"),
        http_client=literal("AsyncHttpClient" if is_async else "HttpClient"),
        docstring=_docstring(provider, is_async=is_async),
    )


def _resource(resource: Resource) -> ResourceView:
    return ResourceView(
        identifier(resource.name),
        identifier(resource.class_name),
        docstring([resource.summary], 8),
    )


def _setting(provider: Provider, setting: Setting) -> ArgumentView:
    annotation = TypeWriter(provider, Imports(), depth=1).in_signature(setting.field.type)
    name = setting.field.name
    return ArgumentView(identifier(name), annotation, python_string(name))


def _provider_info(provider: Provider, imports: Imports) -> Rendered:
    headers = DictDisplay(
        [(python_string(name), python_string(text)) for name, text in provider.headers.items()]
    )
    arguments: list[tuple[Rendered | None, Expression]] = [
        (literal("name"), python_string(provider.name)),
        (literal("title"), python_string(provider.title)),
        (literal("signer"), _signer(provider.auth, imports)),
        (literal("headers"), headers),
        (literal("environment"), _environment(provider)),
    ]
    if provider.settings:
        writer = OperationWriter(provider, imports, TypeWriter(provider, imports, depth=1))
        settings = tuple_of([writer.parameter(_as_parameter(item)) for item in provider.settings])
        arguments.append((literal("settings"), settings))
    for name, items in (
        ("retry_statuses", [number(status) for status in provider.waf_statuses]),
        ("clock_statuses", [number(status) for status in provider.clock_statuses]),
    ):
        if items:
            arguments.append((identifier(PythonName(name)), frozenset_of(items)))
    call = Call(literal("ProviderInfo"), arguments, exploded=True)
    return lay_out(call, column=len("PROVIDER: Final = "), indent=0)


def _environment(provider: Provider) -> Expression:
    names: list[tuple[Expression | None, Expression]] = [
        (python_string("base_url"), python_string(provider.base_url_environment))
    ]
    names += [
        (python_string(item.name), python_string(item.environment)) for item in provider.credentials
    ]
    names += [
        (python_string(item.field.name), python_string(item.environment))
        for item in provider.settings
    ]
    return DictDisplay(names, exploded=True)


def _as_parameter(setting: Setting) -> Parameter:
    return Parameter(setting.field, Location.PATH, SpecText(""), (), "equals")


def _signer(auth: Auth, imports: Imports) -> Call:
    credentials: list[tuple[Rendered | None, Expression]] = [
        (literal("key"), python_string(auth.key)),
        (literal("secret"), python_string(auth.secret)),
    ]
    if isinstance(auth, Md5Sign):
        imports.runtime("Md5Sign")
        return Call(
            literal("Md5Sign"),
            [
                *credentials,
                (literal("key_header"), python_string(auth.key_header)),
                (literal("timestamp_header"), python_string(auth.timestamp_header)),
                (literal("signature_header"), python_string(auth.signature_header)),
            ],
        )
    imports.runtime("AuthV2")
    separator = "\n" if auth.payload_separator == "line" else "\n\n"
    return Call(
        literal("AuthV2"),
        [
            *credentials,
            (literal("signed_headers"), strings(auth.signed_headers)),
            (literal("key_form"), python_string(auth.key_form)),
            (literal("signature_form"), python_string(auth.signature_form)),
            (literal("payload_separator"), python_string(separator)),
        ],
    )


def _docstring(provider: Provider, *, is_async: bool) -> Rendered:
    entries: list[tuple[Rendered, list[SpecText | Rendered]]] = [
        (identifier(item.name), [item.summary]) for item in provider.credentials
    ]
    entries += [(identifier(item.field.name), about(item.field)) for item in provider.settings]
    address = literal("Where the vendor listens; `https://` unless it is this machine.")
    entries.append((literal("base_url"), [address]))
    entries += _OPTIONS
    kind = literal("Asynchronous client.") if is_async else literal("Synchronous client.")
    return docstring([provider.summary, kind, Entries(literal("Args:"), entries)], 4)


_OPTIONS: list[tuple[Rendered, list[SpecText | Rendered]]] = [
    (
        literal("timeout"),
        [literal("Seconds for one try, or `Timeouts` for its parts; None waits for ever.")],
    ),
    (literal("deadline"), [literal("Seconds for all tries of one call together.")]),
    (literal("max_retries"), [literal("Further tries after the first, where one is safe.")]),
    (
        literal("http_client"),
        [literal("Your own httpx client (proxies, certificates, tests); it stays yours to close.")],
    ),
    (
        literal("timezone"),
        [literal("Zone of the vendor's times that say none; without it such times are naive.")],
    ),
    (literal("extra_headers"), [literal("Sent with every request.")]),
    (
        literal("allow_plain_http"),
        [literal("Accept `http://` to another machine: secrets then travel in clear.")],
    ),
    (literal("max_response_bytes"), [literal("Longest answer that is read, after decompression.")]),
    (
        literal("strict"),
        [
            literal(
                "Refuse answers with fields or enum values that are not documented, or that must be mended to be read."
            )
        ],
    ),
    (literal("log_bodies"), [literal("Log bodies at DEBUG, with secrets and numbers masked.")]),
    (
        literal("allow_inferred"),
        [literal("Allow endpoints that are inferred from another brand's pages.")],
    ),
]
