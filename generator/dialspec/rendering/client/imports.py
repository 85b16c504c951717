"""The imports of a generated module, computed from what it uses."""

from __future__ import annotations

from dataclasses import dataclass, field

from dialspec.rendering.layout import WIDTH
from dialspec.rendering.text import Notation, Rendered, identifier, module_path
from dialspec.text import ClassName, ConstantName, PythonName

RUNTIME = "dialspec_runtime"


@dataclass(slots=True)
class Imports:
    """Names to import, by module: a leading dot is part of its name, and "" stands for whole modules."""

    _names: dict[str, set[str]] = field(default_factory=dict)

    def add(self, module: str, *names: str) -> None:
        """Import our own `names` from `module`."""
        self._names.setdefault(module, set()).update(names)

    def add_checked(self, module: str, name: ClassName | PythonName | ConstantName) -> None:
        """Import a checked name of a spec."""
        self._names.setdefault(module, set()).add(str(identifier(name)))

    def runtime(self, *names: str) -> None:
        """Import names of the runtime."""
        self.add(RUNTIME, *names)

    def names_of(self, module: str) -> frozenset[str]:
        """What is imported from `module`."""
        return frozenset(self._names.get(module, ()))

    def modules(self) -> list[str]:
        """The modules from which something is imported, sorted."""
        return sorted(self._names)

    def below(self, package: str) -> Imports:
        """Those of these imports that come from modules of a package."""
        found = Imports()
        for module, names in self._names.items():
            if module.startswith(f"{package}."):
                found.add(module, *names)
        return found

    def without(self, other: Imports) -> Imports:
        """These imports less those of `other`."""
        rest = Imports()
        for module, names in self._names.items():
            left = names - other._names.get(module, set())
            if left:
                rest.add(module, *left)
        return rest

    def __bool__(self) -> bool:
        return bool(self._names)

    def statements(self, indent: int = 0) -> Rendered:
        """The import statements: standard library, then packages, then relative ones, sorted in each group."""
        groups: dict[int, list[str]] = {}
        for module in sorted(self._names):
            groups.setdefault(_rank(module), []).append(self._statement(module, indent))
        text = "\n\n".join("\n".join(groups[rank]) for rank in sorted(groups))
        return Rendered(text, Notation.PYTHON)

    def _statement(self, module: str, indent: int) -> str:
        margin = " " * indent
        dots = module[: len(module) - len(module.lstrip("."))]
        rest = module.lstrip(".")
        target = f"{dots}{module_path(rest)}" if rest else dots
        names = sorted(self._names[module], key=lambda name: (not name.isupper(), name))
        if not module:
            return "\n".join(f"{margin}import {name}" for name in names)
        line = f"{margin}from {target} import {', '.join(names)}"
        if len(line) <= WIDTH:
            return line
        listed = "".join(f"{margin}    {name},\n" for name in names)
        return f"{margin}from {target} import (\n{listed}{margin})"


def _rank(module: str) -> int:
    if module == "__future__":
        return 0
    if module.startswith("."):
        return 3
    return 2 if module.partition(".")[0] in {RUNTIME, "pydantic"} else 1
