"""Names that generated code has already are refused where they are written, whatever they name."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import dialspec_runtime
from dialspec.resolve.class_names import RESERVED_CLASSES
from dialspec.resolve.names import RESERVED_ARGUMENTS, RESERVED_RESOURCES
from dialspec.text import LONGEST_NAME
from dialspec_clients.nio import AsyncNio, Nio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dialspec.diagnostics import Diagnostics

    Diagnose = Callable[[Mapping[str, bytes | None]], Diagnostics]

BASE: Final = Path(__file__).parent / "base" / "demo"
TASKS: Final = (BASE / "tasks.yaml").read_text(encoding="utf-8")
PROVIDER: Final = (BASE / "provider.yaml").read_text(encoding="utf-8")
CREDENTIAL: Final = "  {}: {{environment: DEMO_OTHER, summary: Other.}}\n"
SETTING: Final = (
    "settings:\n  {}: {{environment: DEMO_OTHER, wire: other, field: {{type: integer, summary: Other.}}}}\n"
)
PUSH: Final = (
    'pushes:\n  {}:\n    summary: Done.\n    payload: Task\n    source: {{page: "https://example.com"}}\n'
)
OTHER: Final = """\
# yaml-language-server: $schema=../schema.json
resource: {resource}
endpoints:
  {endpoint}:
    summary: Read.
    http: GET /read
    effect: read
    source: {{page: "https://example.com"}}
"""


def told(diagnostics: Diagnostics) -> list[str]:
    """Each error as `CODE file:line:column message`."""
    return [
        f"{one.code} {str(one.position).removeprefix('specs/demo/')} {one.message}"
        for one in diagnostics.errors
    ]


def with_argument(text: str, name: str) -> dict[str, bytes | None]:
    """The provider with one more credential or setting."""
    return {
        "demo/provider.yaml": PROVIDER.replace("\nauth:", f"{text.format(name)}\nauth:", 1).encode()
    }


@pytest.mark.parametrize("name", sorted(RESERVED_ARGUMENTS))
@pytest.mark.parametrize(("text", "what"), [(CREDENTIAL, "credential"), (SETTING, "setting")])
def test_no_argument_of_the_client_is_there_twice(
    text: str, what: str, name: str, diagnose: Diagnose
) -> None:
    line = 14 if what == "credential" else 15
    (problem,) = told(diagnose(with_argument(text, name)))
    assert problem.startswith(f"DS310 provider.yaml:{line}:3 {name} is taken")
    assert problem.endswith(f"the name of a {what}")


def test_a_setting_may_have_the_name_of_an_option_of_methods(diagnose: Diagnose) -> None:
    assert told(diagnose(with_argument(SETTING, "size"))) == []


def test_a_setting_is_not_named_like_a_credential(diagnose: Diagnose) -> None:
    (problem,) = diagnose(with_argument(SETTING, "api_key")).errors
    assert (problem.code, problem.message) == (
        "DS311",
        "the client's argument api_key occurs twice",
    )
    assert str(problem.position).endswith("provider.yaml:15:3")
    assert str(problem.related[0][0]).endswith("provider.yaml:12:3")


def test_the_arguments_of_the_constructor_are_known() -> None:
    own = {"api_key", "api_secret"}
    for client in (Nio, AsyncNio):
        assert set(inspect.signature(client.__init__).parameters) - own | {"super"} == set(
            RESERVED_ARGUMENTS
        )


def test_the_attributes_of_a_client_are_known() -> None:
    for client in (Nio, AsyncNio):
        inherited = {name for base in client.__mro__[1:] for name in vars(base)}
        assert {name for name in inherited if not name.startswith("_")} <= RESERVED_RESOURCES


def test_the_names_that_modules_import_are_known(root: Path) -> None:
    modules = (root / "generated" / "dialspec_clients").rglob("*.py")
    imported = {
        alias.name
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level == 0
        for alias in node.names
    }
    # What the modules at hand happen not to need.
    writers = root / "generator" / "dialspec" / "rendering" / "client"
    written = "".join(path.read_text(encoding="utf-8") for path in writers.glob("*.py"))
    for name in dialspec_runtime.__all__:
        found = getattr(dialspec_runtime, name)
        is_error = isinstance(found, type) and issubclass(found, Exception)
        if f'"{name}"' in written and not is_error:
            imported.add(name)
    classes = {name for name in imported if re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)}
    assert len(classes) > 60
    assert classes <= RESERVED_CLASSES


@pytest.mark.parametrize("name", ["None", "UNSET", "Record", "Sequence"])
@pytest.mark.parametrize(
    ("what", "old", "place"),
    [
        ("a type", "Task", "tasks.yaml:13:3"),
        ("an enum", "TaskState", "tasks.yaml:6:3"),
        ("the client", "Demo", "provider.yaml:5:"),
    ],
)
def test_no_class_is_named_like_what_modules_import(
    what: str, old: str, place: str, name: str, diagnose: Diagnose
) -> None:
    files = {
        "demo/tasks.yaml": re.sub(rf"\b{old}\b", name, TASKS).encode(),
        "demo/provider.yaml": PROVIDER.replace(f"client: {old}", f"client: {name}").encode(),
    }
    (problem,) = told(diagnose(files))
    assert problem.startswith(f"{'DS105' if name == 'None' else 'DS310'} {place}")
    assert name == "None" or problem.endswith(f"so it cannot be the name of {what}")


@pytest.mark.parametrize(
    ("name", "place", "message"),
    [
        ("Demo", "provider.yaml:5:1", "the client and of a type"),
        ("AsyncDemo", "tasks.yaml:13:3", "a type and of the asynchronous client"),
        ("DemoWithRawResponse", "tasks.yaml:13:3", "a type and of the client in raw mode"),
        ("TaskState", "tasks.yaml:6:3", "an enum and of a type"),
        ("TasksResource", "tasks.yaml:13:3", "a type and of a resource"),
        ("TasksQueryResponse", "tasks.yaml:13:3", "a type and of an answer"),
    ],
)
def test_two_classes_of_one_name_are_refused_with_both_places(
    name: str, place: str, message: str, diagnose: Diagnose
) -> None:
    tasks = TASKS.replace("  Task:\n", f"  {name}:\n").replace("record: Task}", f"record: {name}}}")
    diagnostics = diagnose({"demo/tasks.yaml": tasks.encode()})
    assert told(diagnostics) == [f"DS302 {place} {name} is the name of {message}"]
    assert diagnostics.errors[0].related


@pytest.mark.parametrize("name", ["class", "import", "int"])
def test_a_push_has_a_name_of_python(name: str, diagnose: Diagnose) -> None:
    (problem,) = told(diagnose({"demo/tasks.yaml": (TASKS + PUSH.format(name)).encode()}))
    assert problem.startswith(f"DS310 tasks.yaml:35:3 {name} ")


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("calls.import", "DS310"),
        ("class.read", "DS310"),
        ("close.read", "DS310"),
        ("clock_offset.read", "DS310"),
        ("base_url.read", "DS310"),
        ("calls.old_", "DS105"),
        ("calls._old", "DS105"),
        ("calls.old.er", "DS105"),
    ],
)
def test_an_alias_is_made_of_names_that_are_free(alias: str, code: str, diagnose: Diagnose) -> None:
    tasks = f"{TASKS}    aliases: [jobs.query, {alias}]\n"
    (problem,) = told(diagnose({"demo/tasks.yaml": tasks.encode()}))
    assert problem.startswith(f"{code} tasks.yaml:34:27 ")


def test_two_endpoints_do_not_have_one_alias(diagnose: Diagnose) -> None:
    second = OTHER.format(resource="tasks", endpoint="second").partition("endpoints:\n")[2]
    tasks = f"{TASKS}    aliases: [tasks.old]\n{second}    aliases: [jobs.old]\n"
    (problem,) = told(diagnose({"demo/tasks.yaml": tasks.encode()}))
    assert problem == "DS347 tasks.yaml:40:14 jobs.old is the name of something else"


@pytest.mark.parametrize("name", ["none", "clock_offset", "close"])
def test_a_resource_is_not_named_like_what_clients_have(name: str, diagnose: Diagnose) -> None:
    file = OTHER.format(resource=name, endpoint="read").encode()
    (problem,) = told(diagnose({f"demo/{name}.yaml": file}))
    assert problem.startswith(f"DS310 {name}.yaml:2:1 {name} is taken")


@pytest.mark.parametrize("name", ["int", "class"])
def test_what_has_no_other_name_is_not_told_to_take_one_with_a_key(
    name: str, diagnose: Diagnose
) -> None:
    file = OTHER.format(resource="jobs", endpoint=name).encode()
    (problem,) = diagnose({"demo/jobs.yaml": file}).errors
    assert (problem.code, problem.hint) == ("DS310", "choose another name")


def test_long_names_may_make_longer_ones_together(diagnose: Diagnose) -> None:
    long = "a" * LONGEST_NAME
    file = OTHER.format(resource=long, endpoint=long).encode()
    assert told(diagnose({f"demo/{long}.yaml": file})) == []


def test_a_name_that_is_too_long_is_refused(diagnose: Diagnose) -> None:
    file = OTHER.format(resource="jobs", endpoint="a" * (LONGEST_NAME + 1)).encode()
    (problem,) = diagnose({"demo/jobs.yaml": file}).errors
    assert (problem.code, problem.hint) == (
        "DS105",
        f"a name has at most {LONGEST_NAME} characters",
    )
