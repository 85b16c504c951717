"""The shapes of a generated Python module.

Read from the top: what may be imported, which names may be called, and then, place by place, which syntax nodes may
stand there. Whatever is not listed is refused, so that new syntax of a later Python is refused as well.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NoReturn

from dialspec.rendering.unexpected import UnexpectedShape

ANY_NAME: Final[frozenset[str]] = frozenset()
IMPORTS: Final = {
    "__future__": frozenset({"annotations"}),
    "collections.abc": frozenset({"Mapping", "Sequence"}),
    "datetime": frozenset({"date", "datetime", "time", "timedelta", "timezone", "tzinfo"}),
    "decimal": frozenset({"Decimal"}),
    "functools": frozenset({"cached_property"}),
    "os": frozenset({"PathLike"}),
    "pathlib": frozenset({"Path"}),
    "pydantic": frozenset({"Field"}),
    "types": frozenset({"MappingProxyType"}),
    "typing": frozenset(
        {"Annotated", "Any", "BinaryIO", "ClassVar", "Final", "IO", "Self", "TYPE_CHECKING"}
    ),
    "dialspec_runtime": ANY_NAME,
    "dialspec_runtime.lazy": ANY_NAME,
}
"""What a generated module may import, beside modules of its own package."""

BUILTIN_CALLS: Final = frozenset({"frozenset", "sorted", "super"})
BUILTIN_ATTRIBUTES: Final = frozenset({"dict", "list"})
"""What may be taken from the module `builtins`: types for annotations."""
DUNDER_ATTRIBUTES: Final = frozenset({"__init__"})
DECORATORS: Final = frozenset({"cached_property", "classmethod", "property"})
MODULE_FUNCTIONS: Final = frozenset({"preload", "__getattr__", "__dir__"})
PUSH_FUNCTIONS: Final = "parse_"
"""How the names of functions begin that read a push."""

_ENCODING_COOKIE: Final = re.compile(r"^[ \t\f]*#.*?coding[:=]")


def check_module(path: str, source: str, *, own_templates: bool = False) -> ast.Module:
    """Parse a generated module and refuse all that is not one of our shapes.

    With `own_templates`, when a user's templates take part, statements of any shape are theirs to make; the module
    must be Python all the same.
    """
    for number, line in enumerate(source.split("\n", 2)[:2], start=1):
        if _ENCODING_COOKIE.match(line):
            raise UnexpectedShape(path, number, "a comment that changes how the file is read")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            module = ast.parse(source, path)
            # Much of what Python refuses, such as an argument that is there twice, is refused only here.
            compile(module, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        place = (error.lineno or 1) if isinstance(error, SyntaxError) else 1
        raise UnexpectedShape(path, place, f"text that is no Python ({error})") from None
    if not own_templates:
        _Module(path, module).check()
    return module


class _Module:
    """One module under examination, and the names that it may call."""

    def __init__(self, path: str, module: ast.Module) -> None:
        self._path = path
        self._module = module
        self._callable = set(BUILTIN_CALLS)

    def check(self) -> None:
        """Each statement of the module, docstring first."""
        body = self._module.body
        if not body or not _is_docstring(body[0]):
            raise UnexpectedShape(self._path, 1, "a module without docstring")
        # Classes stand at the top only; one that stands elsewhere is refused there.
        for statement in body:
            if isinstance(statement, ast.ClassDef):
                self._callable.add(statement.name)
        self._each(
            body[1:],
            {
                ast.Import: self._import,
                ast.ImportFrom: self._import_from,
                ast.If: self._type_checking,
                ast.Assign: self._assignment,
                ast.AnnAssign: self._declaration,
                ast.ClassDef: self._class,
                ast.FunctionDef: self._module_function,
            },
        )

    def _each(
        self, statements: Iterable[ast.stmt], shapes: dict[type[ast.stmt], Callable[..., None]]
    ) -> None:
        for statement in statements:
            shape = shapes.get(type(statement))
            if shape is None:
                self._refuse(statement)
            shape(statement)

    def _refuse(self, node: ast.AST, what: str | None = None) -> NoReturn:
        found = what or f"{type(node).__name__}, which has no place here"
        raise UnexpectedShape(self._path, getattr(node, "lineno", 1), found)

    # imports

    def _import(self, node: ast.Import) -> None:
        if [(alias.name, alias.asname) for alias in node.names] != [("builtins", None)]:
            self._refuse(node, "an import of a whole module")

    def _import_from(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        for alias in node.names:
            if alias.asname not in (None, alias.name):
                self._refuse(node, f"{alias.name} imported under another name")
            if node.level == 0:
                names = IMPORTS.get(module)
                if names is None or (names and alias.name not in names) or alias.name == "*":
                    self._refuse(node, f"an import of {alias.name} from {module}")
            elif node.level > 2 or alias.name == "*":
                self._refuse(node, f"an import of {alias.name} from outside the package")
            self._callable.add(alias.asname or alias.name)

    def _type_checking(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self._refuse(node, "a condition")
        self._each(node.body, {ast.ImportFrom: self._import_from})
        self._each(node.orelse, {ast.Assign: self._lazy_class})

    def _lazy_class(self, node: ast.Assign) -> None:
        if not (isinstance(node.value, ast.Call) and _is_name(node.value.func, "LazyClass")):
            self._refuse(node, "something else than a lazy class in place of imports")
        self._assignment(node)

    # constants, classes, functions

    def _assignment(self, node: ast.Assign) -> None:
        if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
            self._refuse(node, "an assignment to something else than one name")
        self._expression(node.value)

    def _declaration(self, node: ast.AnnAssign) -> None:
        if not isinstance(node.target, ast.Name):
            self._refuse(node, "a declaration of something else than one name")
        self._expression(node.annotation)
        if node.value is not None:
            self._expression(node.value)

    def _class(self, node: ast.ClassDef) -> None:
        if node.keywords or node.decorator_list or not node.body:
            self._refuse(node, "a class with keywords or decorators")
        for base in node.bases:
            if not isinstance(base, ast.Name) or base.id not in self._callable:
                self._refuse(base, "a base class that is not imported")
        rest = node.body[1:] if _is_docstring(node.body[0]) else node.body
        self._each(
            rest,
            {
                ast.Assign: self._assignment,
                ast.AnnAssign: self._declaration,
                ast.FunctionDef: self._method,
                ast.AsyncFunctionDef: self._method,
            },
        )

    def _module_function(self, node: ast.FunctionDef) -> None:
        is_known = node.name in MODULE_FUNCTIONS or node.name.startswith(PUSH_FUNCTIONS)
        if not is_known or node.decorator_list:
            self._refuse(node, f"a function {node.name}")
        self._function(node)

    def _method(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for decorator in node.decorator_list:
            if not isinstance(decorator, ast.Name) or decorator.id not in DECORATORS:
                self._refuse(decorator, "a decorator")
        if node.name.startswith("__") and node.name != "__init__":
            self._refuse(node, f"a method {node.name}")
        self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        arguments = node.args
        if arguments.vararg or arguments.kwarg or arguments.posonlyargs:
            self._refuse(node, "a function with free arguments")
        for argument in (*arguments.args, *arguments.kwonlyargs):
            if argument.annotation is not None:
                self._expression(argument.annotation)
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self._expression(default)
        if node.returns is not None:
            self._expression(node.returns)
        body = node.body[1:] if _is_docstring(node.body[0]) else node.body
        self._each(
            body,
            {
                ast.ImportFrom: self._import_from,
                ast.Assign: self._step,
                ast.Expr: self._call_alone,
                ast.Return: self._return,
            },
        )

    def _step(self, node: ast.Assign) -> None:
        target = node.targets[0]
        is_own = isinstance(target, ast.Attribute) and _is_name(target.value, "self")
        if len(node.targets) != 1 or not (isinstance(target, ast.Name) or is_own):
            self._refuse(node, "an assignment to something else than a name or an own attribute")
        self._expression(node.value)

    def _call_alone(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Call):
            self._refuse(node, "an expression for its own sake")
        self._expression(node.value)

    def _return(self, node: ast.Return) -> None:
        if node.value is not None:
            self._expression(node.value)

    # expressions: literals, displays, types, and calls of what is imported

    def _expression(self, node: ast.expr) -> None:
        if isinstance(node, ast.Constant):
            return
        if isinstance(node, ast.Name):
            self._name(node)
        elif isinstance(node, ast.Attribute):
            self._attribute(node)
        elif isinstance(node, ast.Call):
            self._call(node)
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            self._expressions(node.elts)
        elif isinstance(node, ast.Dict):
            self._expressions([key for key in node.keys if key is not None])
            self._expressions(node.values)
        elif isinstance(node, ast.Subscript):
            self._expressions([node.value, node.slice])
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            self._expressions([node.left, node.right])
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            if not isinstance(node.operand, ast.Constant):
                self._refuse(node)
        elif isinstance(node, ast.Await):
            self._expression(node.value)
        else:
            self._refuse(node)

    def _expressions(self, nodes: Sequence[ast.expr]) -> None:
        for node in nodes:
            self._expression(node)

    def _name(self, node: ast.Name) -> None:
        if node.id.startswith("__") and node.id not in {"__name__", "__all__"}:
            self._refuse(node, f"the name {node.id}")

    def _attribute(self, node: ast.Attribute) -> None:
        if node.attr.startswith("__") and node.attr not in DUNDER_ATTRIBUTES:
            self._refuse(node, f"the attribute {node.attr}")
        if _is_name(node.value, "builtins") and node.attr not in BUILTIN_ATTRIBUTES:
            self._refuse(node, f"builtins.{node.attr}")
        self._expression(node.value)

    def _call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name):
            if node.func.id not in self._callable and node.func.id != "cls":
                self._refuse(node, f"a call of {node.func.id}, which is not imported")
        elif not isinstance(node.func, ast.Attribute) or _root(node.func) == "builtins":
            self._refuse(node, "a call of something that is not a name")
        self._expression(node.func)
        self._expressions(node.args)
        for keyword in node.keywords:
            if keyword.arg is None:
                self._refuse(node, "a call with free arguments")
            self._expression(keyword.value)


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _root(node: ast.expr) -> str | None:
    """`self` for `self._client.group_call`, `super` for `super().__init__`."""
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            return None
    return node.id
