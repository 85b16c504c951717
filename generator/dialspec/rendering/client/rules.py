"""The rules of requests as the runtime knows them: `RequiredWhen(…)`, `Span(…)` and so on."""

from __future__ import annotations

from dialspec.api import Condition
from dialspec.rendering.client.imports import Imports
from dialspec.rendering.layout import Call, Expression, tuple_of, value
from dialspec.rendering.text import Notation, Rendered, literal, python_string
from dialspec.text import PythonName


def rule(imports: Imports, kind: str, *arguments: tuple[Rendered | None, Expression]) -> Call:
    """Call a rule's class, and import it."""
    imports.runtime(kind)
    return Call(Rendered(kind, Notation.PYTHON), arguments)


def required_when(name: PythonName, condition: Condition, imports: Imports) -> Call:
    """The rule that makes a field or parameter required."""
    own, other = python_string(name), python_string(condition.parameter)
    if not condition.equals:
        return rule(imports, "RequiredWith", (None, own), (None, other))
    values = tuple_of([value(item) for item in condition.equals])
    return rule(
        imports, "RequiredWhen", (None, own), (literal("when"), other), (literal("equals"), values)
    )
