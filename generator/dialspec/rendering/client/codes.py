"""The `errors` module of a client package: the families of documented codes."""

from __future__ import annotations

from dataclasses import dataclass

from dialspec.api import Code, Provider
from dialspec.rendering.client.header import header
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.layout import Call, DictDisplay, Expression, lay_out
from dialspec.rendering.text import (
    Notation,
    Rendered,
    docstring,
    identifier,
    literal,
    python_string,
    python_value,
)
from dialspec.text import ConstantName, PythonName


@dataclass(frozen=True, slots=True)
class FamilyView:
    """One table of codes."""

    name: Rendered
    codes: Rendered


@dataclass(frozen=True, slots=True)
class CodesModule:
    """The module of all tables."""

    header: Rendered
    docstring: Rendered
    imports: Rendered
    families: tuple[FamilyView, ...]


def family_constant(name: PythonName) -> ConstantName:
    """The constant that holds a family of codes."""
    return ConstantName(f"{name.upper()}_CODES")


def codes_module(provider: Provider) -> CodesModule:
    """The view of a provider's code tables."""
    imports = Imports()
    imports.add("types", "MappingProxyType")
    imports.add("typing", "Final")
    imports.add("collections.abc", "Mapping")
    imports.runtime("DocumentedCode", "ErrorKind")
    return CodesModule(
        header=header(
            file for file in provider.files if "/provider." in file or "/platform." in file
        ),
        docstring=docstring(
            [(literal("Result codes that the pages of"), provider.title, literal("document."))], 0
        ),
        imports=imports.statements(),
        families=tuple(_family(name, codes) for name, codes in provider.families.items()),
    )


def _family(name: PythonName, codes: tuple[Code, ...]) -> FamilyView:
    constant = identifier(family_constant(name))
    table = Call(literal("MappingProxyType"), ((None, code_table(codes)),))
    column = len(constant) + len(": Final[Mapping[str, DocumentedCode]] = ")
    return FamilyView(
        name=constant,
        codes=lay_out(table, column=column, indent=0),
    )


def code_table(codes: tuple[Code, ...], inherited: PythonName | None = None) -> DictDisplay:
    """A dict of codes, perhaps over the family they belong to."""
    items: list[tuple[Expression | None, Expression]] = []
    if inherited is not None:
        items.append((None, identifier(family_constant(inherited))))
    items += [(python_string(code.text), _documented_code(code)) for code in codes]
    return DictDisplay(items, exploded=True)


def _documented_code(code: Code) -> Expression:
    labels = DictDisplay(
        [(python_string(language), python_string(text)) for language, text in code.labels.items()]
    )
    kind = Rendered(f"ErrorKind.{code.kind.name}", Notation.PYTHON)
    arguments: list[tuple[Rendered | None, Expression]] = [
        (None, python_string(code.text)),
        (None, python_string(code.name)),
        (None, kind),
        (None, labels),
    ]
    if code.advice is not None:
        arguments.append((literal("advice"), python_string(code.advice)))
    if code.transient:
        arguments.append((literal("transient"), python_value(code.transient)))
    if code.refused:
        arguments.append((literal("refused"), python_value(code.refused)))
    return Call(literal("DocumentedCode"), arguments)
