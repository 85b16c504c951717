"""The `Operation` of an endpoint: everything the runtime knows about it, as one expression."""

from __future__ import annotations

from collections.abc import Sequence

from dialspec.api import (
    Endpoint,
    Envelope,
    ObjectRef,
    Paging,
    Parameter,
    Provider,
    Source,
    Type,
)
from dialspec.rendering.client.codes import code_table, family_constant
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.client.rules import required_when, rule
from dialspec.rendering.client.types import TypeWriter
from dialspec.rendering.layout import (
    Call,
    DictDisplay,
    Display,
    Expression,
    strings,
    tuple_of,
)
from dialspec.rendering.text import (
    Notation,
    Rendered,
    identifier,
    literal,
    number,
    python_string,
    web_address,
)
from dialspec.resolve.types import innermost
from dialspec.spec.language.kinds import Location
from dialspec.text import ConstantName, PythonName, SpecText

Arguments = list[tuple[Rendered | None, Expression]]


class OperationWriter:
    """Writes operations of one provider into one module."""

    def __init__(self, provider: Provider, imports: Imports, types: TypeWriter) -> None:
        self._provider = provider
        self._imports = imports
        self.types = types

    def operation(self, endpoint: Endpoint) -> Call:
        """The operation of `endpoint`."""
        self._imports.runtime("Effect", "Operation")
        arguments: Arguments = [
            (literal("provider"), python_string(self._provider.name)),
            (literal("name"), python_string(endpoint.full_name)),
            (literal("method"), python_string(endpoint.method)),
            (literal("path"), python_string(endpoint.path)),
            (literal("effect"), Rendered(f"Effect.{endpoint.effect.name}", Notation.PYTHON)),
            (literal("parameters"), self._parameters(endpoint.parameters)),
        ]
        rules = self._rules(endpoint)
        if rules:
            arguments.append((literal("rules"), tuple_of(rules)))
        arguments.append((literal("body"), python_string(endpoint.body)))
        if endpoint.wrapper is not None:
            arguments.append((literal("wrapper"), python_string(endpoint.wrapper)))
        response = endpoint.response
        arguments += [
            (literal("document"), self.types.object_type(response.document)),
            (literal("envelope"), self._envelope(response.envelope)),
        ]
        if endpoint.paging is not None:
            arguments.append((literal("paging"), self._paging(endpoint, endpoint.paging)))
        else:
            arguments.append(
                (literal("result"), strings(self._attributes(endpoint, response.result)))
            )
            if response.nullable:
                arguments.append((literal("result_may_be_null"), literal("True")))
        arguments.append((literal("codes"), self._codes(endpoint)))
        limits = endpoint.limits
        if limits.concurrency is not None or limits.interval is not None:
            arguments.append((literal("limits"), self._limits(endpoint)))
        arguments += docs_url(endpoint.source)
        if endpoint.status == "inferred":
            source = endpoint.source
            found = SpecText("") if source is None else source.page
            arguments.append((literal("inferred_from"), python_string(found)))
        return Call(literal("Operation"), arguments, exploded=True)

    def parameter(self, parameter: Parameter) -> Call:
        """The description of one parameter, or of a setting of the client."""
        self._imports.runtime("Parameter")
        field = parameter.field
        arguments: Arguments = [
            (None, python_string(field.name)),
            (None, python_string(field.wire)),
            (None, self.types.codec(field.type, field.constraints)),
        ]
        place = python_string(parameter.location.value)
        if parameter.location is Location.BODY:
            place = python_string(parameter.at)
        if place != '""':
            arguments.append((literal("at"), place))
        for name, applies in (("required", field.required), ("nullable", field.nullable)):
            if applies:
                arguments.append((Rendered(name, Notation.PYTHON), literal("True")))
        if field.sensitive is not None:
            arguments.append((literal("sensitive"), python_string(field.sensitive.value)))
        return Call(literal("Parameter"), arguments)

    def _parameters(self, parameters: Sequence[Parameter]) -> Expression:
        return Display(
            literal("("), literal(")"), [self.parameter(parameter) for parameter in parameters]
        )

    def _rules(self, endpoint: Endpoint) -> list[Expression]:
        rules: list[Expression] = []
        rules += [
            required_when(parameter.name, condition, self._imports)
            for parameter in endpoint.parameters
            for condition in parameter.required_when
        ]
        given = endpoint.rules
        rules += [
            rule(
                self._imports,
                "Span",
                (None, python_string(span.begin)),
                (None, python_string(span.end)),
                (literal("days"), number(span.days)),
            )
            for span in given.spans
        ]
        # In a ring each member asks for the next, so that one given means all given.
        rules += [
            rule(
                self._imports,
                "RequiredWith",
                (None, python_string(name)),
                (None, python_string(other)),
            )
            for group in given.together
            for name, other in zip((*group[1:], group[0]), group, strict=True)
        ]
        for kind, groups in (
            ("AtLeastOne", given.at_least_one),
            ("Exclusive", given.exclusive),
        ):
            rules += [rule(self._imports, kind, (None, strings(group))) for group in groups]
        return rules

    def _envelope(self, envelope: Envelope) -> Call:
        self._imports.runtime("Envelope")
        arguments: list[tuple[Rendered | None, Expression]] = [
            (literal("code"), strings(envelope.code)),
            (literal("message"), strings(envelope.message)),
            (literal("success"), strings(envelope.success)),
        ]
        if envelope.optional:
            arguments.append((literal("optional"), literal("True")))
        return Call(literal("Envelope"), arguments)

    def _paging(self, endpoint: Endpoint, paging: Paging) -> Call:
        is_numbered = paging.style == "page_number"
        kind = literal("PageNumber") if is_numbered else literal("Offset")
        self._imports.runtime(kind)
        start = literal("page") if is_numbered else literal("offset")
        arguments: Arguments = [
            (start, python_string(paging.start)),
            (literal("size"), python_string(paging.size)),
            (literal("at"), python_string(paging.location)),
        ]
        if is_numbered and paging.first != 1:
            arguments.append((literal("first"), number(paging.first)))
        if paging.minimum_size != 1:
            arguments.append((literal("minimum_size"), number(paging.minimum_size)))
        if paging.maximum_size is not None:
            arguments.append((literal("maximum_size"), number(paging.maximum_size)))
        arguments.append((literal("default_size"), number(paging.default_size)))
        if paging.maximum_number is not None:
            arguments.append((literal("maximum_number"), number(paging.maximum_number)))
        places = {"items": paging.items, "total": paging.total}
        if is_numbered:
            places |= {"pages": paging.pages, "current": paging.current}
        for name, place in places.items():
            if place is not None:
                path = strings(self._attributes(endpoint, place))
                arguments.append((Rendered(name, Notation.PYTHON), path))
        key = self._key(endpoint.response.result_type)
        if key:
            arguments.append((literal("key"), strings(key)))
        return Call(kind, arguments)

    def _key(self, record: Type) -> tuple[PythonName, ...]:
        if isinstance(record, ObjectRef):
            return self._provider.object_type(record.name).key
        return ()

    def _attributes(self, endpoint: Endpoint, place: Sequence[str]) -> list[PythonName]:
        """The Python attribute path of a wire path into the endpoint's document."""
        attributes: list[PythonName] = []
        current: Type = ObjectRef(endpoint.response.document)
        for wire in place:
            inner = innermost(current)
            if not isinstance(inner, ObjectRef):
                break
            fields = self._provider.object_type(inner.name).fields
            found = next((field for field in fields if field.wire.reveal() == wire), None)
            if found is None:
                break
            attributes.append(found.name)
            current = found.type
        return attributes

    def _codes(self, endpoint: Endpoint) -> Expression:
        own = tuple(code for code in endpoint.codes if code.own)
        if endpoint.family is not None:
            constant = family_constant(endpoint.family)
            self._imports.add_checked("..errors", constant)
            if not own:
                return identifier(constant)
        if not own:
            return DictDisplay(())
        self._imports.runtime("DocumentedCode", "ErrorKind")
        return code_table(own, endpoint.family)

    def _limits(self, endpoint: Endpoint) -> Call:
        self._imports.runtime("Limits")
        arguments: Arguments = []
        if endpoint.limits.concurrency is not None:
            arguments.append((literal("concurrency"), number(endpoint.limits.concurrency)))
        if endpoint.limits.interval is not None:
            arguments.append((literal("interval"), number(endpoint.limits.interval)))
        return Call(literal("Limits"), arguments)


def docs_url(source: Source | None) -> Arguments:
    """The argument that names the vendor's page, where there is one that can be opened."""
    address = None if source is None else web_address(source.page)
    return [] if address is None else [(literal("docs_url"), python_string(address))]


def operation_constant(endpoint: Endpoint) -> Rendered:
    """The private constant that holds an endpoint's operation."""
    return Rendered(f"_{identifier(ConstantName(endpoint.name.upper()))}", Notation.PYTHON)
