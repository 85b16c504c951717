"""Pages about the tool itself, made from its own registries: the spec language, diagnostics, simulated faults."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final

from pydantic.fields import FieldInfo

from dialspec.diagnostics.registry import CODES
from dialspec.rendering.docs.blocks import sentences, table
from dialspec.rendering.docs.pieces import header
from dialspec.rendering.docs.reference import ReferencePage, Section, first_sentence, prose
from dialspec.rendering.text import Rendered, fence, literal, markdown_code, markdown_text, number
from dialspec.simulator.faults import FAULTS
from dialspec.spec.language.documents import PlatformSpec, ProviderSpec, ResourceSpec
from dialspec.spec.language.notation import SpecModel

_TEMPLATE: Final = "docs/reference.md.jinja"


def diagnostics_view() -> ReferencePage:
    """Describe every diagnostic code, with an example and its cure."""
    return ReferencePage(
        header=header((), _TEMPLATE),
        title=literal("Diagnostics"),
        introduction=(
            literal(
                "What `dialspec lint` and `dialspec generate` report, by code. `dialspec explain CODE` prints the "
                "same in a terminal."
            ),
        ),
        sections=tuple(
            Section(
                title=sentences([markdown_code(info.code), markdown_text(info.title)]),
                paragraphs=(prose(info.explanation),),
                blocks=tuple(_example(info.wrong, info.right)),
            )
            for info in CODES.values()
        ),
    )


def _example(wrong: str, right: str) -> Iterator[Rendered]:
    if wrong.strip():
        yield literal("Wrong:")
        yield fence("yaml", wrong)
    if right.strip():
        yield literal("Right:")
        yield fence("yaml", right)


def language_view() -> ReferencePage:
    """Describe every key that a spec may hold."""
    return ReferencePage(
        header=header((), _TEMPLATE),
        title=literal("The spec language"),
        introduction=(
            literal(
                "One `provider.yaml` per vendor, one file per resource, and a `platform.yaml` for what several "
                "brands share. Unknown keys are refused. `specs/schema.json` says the same to editors."
            ),
        ),
        sections=tuple(_model_section(one) for one in _models()),
    )


def _models() -> list[type[SpecModel]]:
    """The parts of the language, each after the part that first uses it."""
    found: list[type[SpecModel]] = []

    def visit(part: type[SpecModel]) -> None:
        if part not in found:
            found.append(part)
            for info in part.model_fields.values():
                for inner in _named_in(info.annotation):
                    if isinstance(inner, type) and issubclass(inner, SpecModel):
                        visit(inner)

    for root in (ResourceSpec, ProviderSpec, PlatformSpec):
        visit(root)
    return found


def _named_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in typing.get_args(annotation):
        yield from _named_in(argument)


def _model_section(part: type[SpecModel]) -> Section:
    return Section(
        title=markdown_code(part.__name__.removesuffix("Spec")),
        paragraphs=(first_sentence(part),),
        table=table(
            ("Key", "Value", "Default", "Meaning"),
            (
                (
                    markdown_code(info.alias or name),
                    markdown_code(type_words(info.annotation)),
                    _default(info),
                    prose(info.description or ""),
                )
                for name, info in part.model_fields.items()
            ),
        ),
    )


def _default(info: FieldInfo) -> Rendered:
    if info.is_required():
        return literal("**required**")
    default = info.get_default(call_default_factory=True, validated_data={})
    if default is None or default == {} or default == [] or isinstance(default, SpecModel):
        return literal("")
    return markdown_code(str(default).lower() if isinstance(default, bool) else str(default))


_WORDS: Final = {
    "SpecText": "text",
    "str": "text",
    "int": "integer",
    "float": "number",
    "bool": "true or false",
    "date": "date",
    "PythonName": "snake_case name",
    "ClassName": "CapWords name",
    "ConstantName": "UPPER_CASE name",
    "NoneType": "",
}


def type_words(annotation: Any) -> str:
    """Name the type of a key in words: `list of text`, `map from text to Field`."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return type_words(arguments[0])
    if origin is typing.Literal:
        return " or ".join(
            str(value).lower() if isinstance(value, bool) else str(value) for value in arguments
        )
    if origin in (types.UnionType, typing.Union):
        words = [word for one in arguments if (word := type_words(one))]
        return " or ".join(dict.fromkeys(words))
    if origin is list:
        return f"list of {type_words(arguments[0])}"
    if origin is dict:
        return f"map from {type_words(arguments[0])} to {type_words(arguments[1])}"
    if not isinstance(annotation, type):
        return "anything"
    if issubclass(annotation, StrEnum):
        return " or ".join(member.value for member in annotation)
    name = annotation.__name__
    return _WORDS.get(name, name.removesuffix("Spec"))


def simulator_view() -> ReferencePage:
    """Describe the faults that the simulator can play."""
    return ReferencePage(
        header=header((), _TEMPLATE),
        title=literal("Simulated faults"),
        introduction=(
            literal(
                "`dialspec simulate --fault NAME`, `NAME:RATE` or, for faults that take an amount, "
                "`NAME:RATE:AMOUNT`. Runs with the same seed repeat."
            ),
        ),
        sections=(
            Section(
                title=literal("Faults"),
                table=table(
                    ("Fault", "What happens", "Amount"),
                    (
                        (
                            markdown_code(name),
                            prose(kind.summary),
                            literal("") if kind.amount is None else number(kind.amount),
                        )
                        for name, kind in FAULTS.items()
                    ),
                ),
            ),
        ),
    )
