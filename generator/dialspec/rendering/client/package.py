"""The package module (`__init__`) of a provider: every public name, each loaded when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass

from dialspec.api import Provider
from dialspec.rendering.client.header import header
from dialspec.rendering.layout import WIDTH, DictDisplay, Expression, lay_out, strings
from dialspec.rendering.text import (
    Notation,
    Rendered,
    docstring,
    identifier,
    literal,
    module_path,
    python_string,
)
from dialspec.text import ClassName, PythonName


@dataclass(frozen=True, slots=True)
class PackageModule:
    """The package module of one provider."""

    header: Rendered
    docstring: Rendered
    typing_imports: Rendered
    exports: Rendered
    modules: Rendered
    preloaded: Rendered


def package_module(provider: Provider) -> PackageModule:
    """The view of a provider's package."""
    places: dict[str, str] = {}
    client = identifier(provider.client_class)
    for name in (client, f"Async{client}"):
        places[name] = ".client"
    for enum in provider.enums:
        places[enum.name] = f".enums.{enum.module}"
    for item in provider.types:
        places[item.name] = f".models.{item.module}"
    for resource in provider.resources:
        for push in resource.pushes:
            places[push.function] = ".pushes"
    ordered = sorted(places)
    entries: list[tuple[Expression | None, Expression]] = [
        (python_string(name), python_string(places[name])) for name in ordered
    ]
    modules = sorted(
        {*places.values(), *(f".resources.{item.name}" for item in provider.resources)}
    )
    return PackageModule(
        header=header(provider.files),
        docstring=docstring(
            [
                (literal("Typed clients for"), provider.title),
                literal(
                    "Importing this package loads nothing else; each name is loaded on first use."
                ),
            ],
            0,
        ),
        typing_imports=_typing_imports(places),
        exports=lay_out(strings([*ordered, "preload"]), column=len("__all__ = "), indent=0),
        modules=lay_out(DictDisplay(entries), column=len("_MODULES: Final = "), indent=0),
        preloaded=lay_out(strings(modules), column=len("_PRELOADED: Final = "), indent=0),
    )


def _typing_imports(places: dict[str, str]) -> Rendered:
    by_module: dict[str, list[str]] = {}
    for name in sorted(places):
        checked = PythonName(name) if name.islower() else ClassName(name)
        by_module.setdefault(places[name], []).append(identifier(checked))
    statements: list[str] = []
    for module in sorted(by_module):
        target = f".{module_path(module.lstrip('.'))}"
        listed = [f"{name} as {name}" for name in by_module[module]]
        line = f"    from {target} import {', '.join(listed)}"
        if len(line) > WIDTH:
            inner = "".join(f"        {item},\n" for item in listed)
            line = f"    from {target} import (\n{inner}    )"
        statements.append(line)
    return Rendered("\n".join(statements), Notation.PYTHON)
