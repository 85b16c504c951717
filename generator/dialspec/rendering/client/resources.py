"""Resource modules: `resources/<resource>.py`, the methods that users call, sync and async side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dialspec.api import Endpoint, ListOf, ObjectRef, Paging, Parameter, Provider, Resource
from dialspec.rendering.client.header import header
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.client.models import about
from dialspec.rendering.client.operations import OperationWriter, operation_constant
from dialspec.rendering.client.types import TypeWriter
from dialspec.rendering.layout import Call, DictDisplay, Expression, lay_out
from dialspec.rendering.text import (
    Entries,
    Notation,
    Rendered,
    docstring,
    identifier,
    literal,
    number,
    python_string,
)
from dialspec.spec.language.kinds import Effect
from dialspec.text import PythonName, SpecText

Block: TypeAlias = SpecText | str | Sequence[SpecText | str] | Entries


@dataclass(frozen=True, slots=True)
class ParameterView:
    """One keyword of a method: `name: annotation = default`."""

    name: Rendered
    annotation: Rendered
    default: Rendered | None


@dataclass(frozen=True, slots=True)
class MethodView:
    """One method of a resource."""

    name: Rendered
    operation: Rendered
    definition: Rendered
    parameters: tuple[ParameterView, ...]
    sync_docstring: Rendered
    async_docstring: Rendered
    arguments: Rendered
    result: Rendered
    """What a plain call gives, or the type of one record of a paged one, as an annotation."""
    result_class: Rendered
    paging_default: Rendered | None
    paging_first: Rendered | None

    @property
    def is_paged(self) -> bool:
        """Whether the method gives a pager."""
        return self.paging_default is not None


@dataclass(frozen=True, slots=True)
class ResourceModule:
    """One module of methods."""

    name: PythonName
    header: Rendered
    docstring: Rendered
    imports: Rendered
    typing_imports: Rendered
    lazy_classes: tuple[tuple[Rendered, Rendered], ...]
    """Names of models, with what stands for each while the program runs."""
    class_name: Rendered
    class_docstring: Rendered
    methods: tuple[MethodView, ...]
    aliases: tuple[tuple[Rendered, Rendered], ...]
    """Older names of methods, with the names they stand for."""
    has_plain: bool
    has_paged: bool


def resource_module(provider: Provider, resource: Resource) -> ResourceModule:
    """The view of one resource."""
    imports, typing_imports = Imports(), Imports()
    imports.add("__future__", "annotations")
    imports.add("typing", "Final", "TYPE_CHECKING")
    imports.runtime("AsyncResource", "SyncResource", "UNSET", "raw_mode")
    typing_imports.add("collections.abc", "Mapping")
    typing_imports.runtime("Timeouts", "Unset")
    operations = OperationWriter(provider, imports, TypeWriter(provider, imports, depth=2))
    annotations = TypeWriter(provider, typing_imports, depth=2)
    methods = tuple(
        _method(endpoint, operations, annotations, imports) for endpoint in resource.endpoints
    )
    has_paged = any(method.is_paged for method in methods)
    has_plain = any(not method.is_paged for method in methods)
    if has_paged:
        imports.runtime("async_raw_pages", "raw_pages")
        typing_imports.runtime("AsyncPager", "Pager", "Position")
    if has_plain:
        imports.runtime("async_raw_call", "raw_call")
    models = imports.below("..models")
    if models:
        imports.add("dialspec_runtime.lazy", "LazyClass")
    eager = imports.without(models)
    for module in models.modules():
        typing_imports.add(module, *models.names_of(module))
    files = {resource.origin.file} | {endpoint.origin.file for endpoint in resource.endpoints}
    only_typing = typing_imports.without(eager)
    return ResourceModule(
        name=resource.name,
        header=header(files | _inherited_files(provider, resource)),
        docstring=docstring([(provider.title, literal("–"), resource.title)], 0),
        imports=eager.statements(),
        typing_imports=only_typing.statements(indent=4),
        lazy_classes=tuple(_lazy_classes(models)),
        class_name=identifier(resource.class_name),
        class_docstring=docstring([resource.summary], 4),
        methods=methods,
        aliases=_aliases(resource),
        has_plain=has_plain,
        has_paged=has_paged,
    )


def _lazy_classes(models: Imports) -> Iterator[tuple[Rendered, Rendered]]:
    for module in models.modules():
        for name in sorted(models.names_of(module)):
            arguments = (literal("__name__"), python_string(module), python_string(name))
            stand_in = Call(literal("LazyClass"), [(None, each) for each in arguments])
            yield (
                Rendered(name, Notation.PYTHON),
                lay_out(stand_in, column=len(f"    {name} = "), indent=4),
            )


def _aliases(resource: Resource) -> tuple[tuple[Rendered, Rendered], ...]:
    return tuple(
        (identifier(alias), identifier(endpoint.name))
        for endpoint in resource.endpoints
        for _, alias in endpoint.aliases
        if alias != endpoint.name
    )


def _inherited_files(provider: Provider, resource: Resource) -> set[str]:
    return {file for file in provider.files if file.rsplit("/", 1)[-1] == f"{resource.name}.yaml"}


def _method(
    endpoint: Endpoint,
    operations: OperationWriter,
    annotations: TypeWriter,
    imports: Imports,
) -> MethodView:
    operation = operation_constant(endpoint)
    column = len(operation) + len(": Final = ")
    required = [parameter for parameter in endpoint.parameters if parameter.field.required]
    optional = [parameter for parameter in endpoint.parameters if not parameter.field.required]
    paging = endpoint.paging
    result = annotations.in_answer(endpoint.response.result_type)
    if isinstance(endpoint.response.result_type, ListOf):
        # `list` may be a method of the class, so that the builtin needs its full name.
        imports.add("", "builtins")
        result = Rendered(f"builtins.{result}", Notation.PYTHON)
    if endpoint.response.nullable:
        result = Rendered(f"{result} | None", Notation.PYTHON)
    arguments: list[tuple[Expression | None, Expression]] = [
        (python_string(parameter.name), identifier(parameter.name))
        for parameter in endpoint.parameters
    ]
    return MethodView(
        name=identifier(endpoint.name),
        operation=operation,
        definition=lay_out(operations.operation(endpoint), column=column, indent=0),
        parameters=tuple(_parameter(item, annotations) for item in (*required, *optional)),
        sync_docstring=_docstring(endpoint, is_async=False),
        async_docstring=_docstring(endpoint, is_async=True),
        arguments=lay_out(DictDisplay(arguments), column=12, indent=12, room=1),
        result=result,
        result_class=_result_class(endpoint, operations, imports),
        paging_default=number(paging.default_size) if paging is not None else None,
        paging_first=number(paging.first) if paging is not None else None,
    )


def _result_class(endpoint: Endpoint, operations: OperationWriter, imports: Imports) -> Rendered:
    type_ = endpoint.response.result_type
    if isinstance(type_, ObjectRef):
        return operations.types.object_type(type_.name)
    if isinstance(type_, ListOf):
        imports.add("", "builtins")
        return Rendered(f"builtins.{operations.types.in_answer(type_)}", Notation.PYTHON)
    return operations.types.in_answer(type_)


def _parameter(parameter: Parameter, annotations: TypeWriter) -> ParameterView:
    annotation = annotations.in_signature(parameter.field.type)
    if parameter.field.nullable:
        annotation = Rendered(f"{annotation} | None", Notation.PYTHON)
    if parameter.field.required:
        return ParameterView(identifier(parameter.name), annotation, None)
    unset = Rendered(f"{annotation} | Unset", Notation.PYTHON)
    return ParameterView(identifier(parameter.name), unset, literal("UNSET"))


def _docstring(endpoint: Endpoint, *, is_async: bool) -> Rendered:
    blocks: list[Block] = [endpoint.summary]
    if endpoint.description is not None:
        blocks.append(endpoint.description)
    if endpoint.deprecated is not None:
        blocks.append((literal("Deprecated:"), endpoint.deprecated))
    blocks.append(_effect(endpoint))
    if endpoint.status != "complete":
        blocks.append(_incomplete(endpoint))
    entries: list[tuple[Rendered, Description]] = [
        (identifier(item.name), about(item.field)) for item in endpoint.parameters
    ]
    if endpoint.paging is not None:
        entries += _paging_entries(endpoint.paging)
    entries += _OPTION_ENTRIES
    blocks.append(Entries(literal("Args:"), entries))
    blocks.append(Entries(literal("Returns:"), [_returns(endpoint, is_async=is_async)]))
    inferred = [_RAISES_UNLESS_ALLOWED] if endpoint.status == "inferred" else []
    blocks.append(Entries(literal("Raises:"), [*inferred, *_RAISES]))
    if endpoint.source is not None:
        blocks.append((literal("Source:"), endpoint.source.page))
    return docstring(blocks, 8)


Description: TypeAlias = list[SpecText | Rendered]
_OPTION_ENTRIES: list[tuple[Rendered, Description]] = [
    (literal("timeout"), [literal("Seconds for one try, or `Timeouts`; the client's by default.")]),
    (literal("deadline"), [literal("Seconds for all tries together; the client's by default.")]),
    (
        literal("max_retries"),
        [literal("Further tries, where one is safe; the client's by default.")],
    ),
    (literal("extra_headers"), [literal("Sent beside the client's own headers.")]),
]
_RAISES_UNLESS_ALLOWED: tuple[Rendered, Description] = (
    literal("InferredEndpointError"),
    [literal("the client was made without `allow_inferred=True`; nothing was sent.")],
)
_RAISES: list[tuple[Rendered, Description]] = [
    (
        literal("InvalidArgument"),
        [literal("an argument is out of its documented range; nothing was sent.")],
    ),
    (literal("ApiError"), [literal("the vendor refused; one subclass per kind of refusal.")]),
    (literal("TransportError"), [literal("no complete answer arrived.")]),
    (
        literal("HttpStatusError"),
        [literal("the answer's status is no success and its body no documented refusal.")],
    ),
    (literal("DecodeError"), [literal("the answer is not what the vendor documents.")]),
]
_EFFECTS = {
    Effect.READ: literal("Reads only: sent again after a fault."),
    Effect.IDEMPOTENT: literal("Changes state; sending it twice does the same as once."),
    Effect.UNSAFE: literal("Changes state: never sent again unless the vendor surely did nothing."),
}


def _effect(endpoint: Endpoint) -> list[SpecText | Rendered]:
    pieces: list[SpecText | Rendered] = [_EFFECTS[endpoint.effect]]
    if endpoint.effect_reason is not None:
        pieces.append(endpoint.effect_reason)
    return pieces


def _incomplete(endpoint: Endpoint) -> list[SpecText | Rendered]:
    said = literal("Documented in part only; missing:")
    if endpoint.status == "inferred":
        said = literal(
            "Inferred from a sister brand's pages, and refused without `allow_inferred=True`; missing:"
        )
    pieces: list[SpecText | Rendered] = [said]
    for index, missing in enumerate(endpoint.missing):
        if index:
            pieces.append(literal("–"))
        pieces.append(missing)
    return pieces


def _paging_entries(paging: Paging) -> list[tuple[Rendered, list[SpecText | Rendered]]]:
    highest = literal("or more.")
    if paging.maximum_size is not None:
        highest = Rendered(f"to {number(paging.maximum_size)}.", Notation.PLAIN)
    start = literal("Rows to leave out at the front. Wire name:")
    if paging.style == "page_number":
        start = literal("Number of the first page to fetch. Wire name:")
    return [
        (
            literal("size"),
            [
                literal("Rows per page,"),
                number(paging.minimum_size),
                highest,
                literal("Wire name:"),
                paging.size,
            ],
        ),
        (literal("start"), [start, paging.start]),
        (literal("max_items"), [literal("Stop after so many records.")]),
        (literal("prefetch"), [literal("Pages to fetch ahead while you work on one.")]),
        (literal("resume"), [literal("A `position` of an earlier pager: go on behind it.")]),
    ]


def _returns(endpoint: Endpoint, *, is_async: bool) -> tuple[Rendered, Description]:
    if endpoint.paging is not None:
        kind = literal("AsyncPager") if is_async else literal("Pager")
        return kind, [literal("records of all pages, fetched as you iterate.")]
    type_ = endpoint.response.result_type
    if not endpoint.response.result:
        return identifier(endpoint.response.document), [literal("the vendor's whole answer.")]
    carried: list[Rendered | SpecText] = [literal("what the answer carries.")]
    if endpoint.response.summary is not None:
        carried = [endpoint.response.summary]
    if isinstance(type_, ObjectRef):
        return identifier(type_.name), carried
    return literal("Result"), carried
