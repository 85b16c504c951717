"""The top level: what it exports, and what importing it costs."""

from __future__ import annotations

import ast
import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

import dialspec_runtime
from dialspec_runtime import UNSET
from dialspec_runtime.lazy import preload_modules
from dialspec_runtime.version import VERSION

PACKAGE = Path(dialspec_runtime.__file__).parent


def test_every_name_can_be_had() -> None:
    for name in dialspec_runtime.__all__:
        assert getattr(dialspec_runtime, name) is not None
    assert set(dialspec_runtime.__all__) <= set(dir(dialspec_runtime))


def test_names_for_type_checkers_and_for_running_are_the_same() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text())
    for_checkers = {
        alias.name: f".{node.module}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module != "lazy"
        for alias in node.names
    }
    table: dict[str, str] = vars(dialspec_runtime)["_MODULES"]
    assert for_checkers == table
    assert sorted(for_checkers) == sorted(dialspec_runtime.__all__)


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Pagre'"):
        getattr(dialspec_runtime, "Pagre")  # noqa: B009  # type checkers know that there is none


def loaded_after(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after some code."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_neither_httpx_nor_pydantic() -> None:
    loaded = loaded_after("import dialspec_runtime")
    assert not loaded & {"httpx", "pydantic", "pydantic_core", "dataclasses", "logging", "asyncio"}


def test_httpx_is_loaded_by_the_first_call_only() -> None:
    loaded = loaded_after(
        "from dialspec_runtime import *\nfrom dialspec_runtime import client, resource, calls, decode\n"
        "import sys"
    )
    assert "pydantic" in loaded
    assert not loaded & {"httpx", "httpcore"}


def importers_of(library: str) -> set[str]:
    """Return the modules that load a library as soon as they are loaded."""
    importers: set[str] = set()
    for path in PACKAGE.glob("*.py"):
        for node in ast.parse(path.read_text()).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.partition(".")[0] == library for name in names):
                importers.add(path.name)
    return importers


def test_only_the_transports_import_an_http_library() -> None:
    assert importers_of("httpx") == {
        "_own_client.py",
        "_sync_own_client.py",
        "_async_own_client.py",
    }
    assert importers_of("httpcore") == {
        "_sync_transport.py",
        "_async_transport.py",
        "_async_network.py",
        "_core_faults.py",
    }


def test_nothing_but_httpx_its_core_and_pydantic_is_depended_on() -> None:
    allowed = {"httpx", "httpcore", "pydantic", "pydantic_core", "opentelemetry"}
    allowed |= sys.stdlib_module_names
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert {alias.name.partition(".")[0] for alias in node.names} <= allowed, path
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                assert (node.module or "").partition(".")[0] in allowed, path


def test_the_version_is_that_of_the_distribution() -> None:
    assert importlib.metadata.version("dialspec") == VERSION


def test_undefined_names_print_and_count_as_nothing() -> None:
    assert repr(UNSET) == "UNSET"
    assert not UNSET


def test_a_package_is_preloaded_by_the_names_of_its_modules() -> None:
    preload_modules("dialspec_clients.nio", [])
    preload_modules("", ["sample_client"])
