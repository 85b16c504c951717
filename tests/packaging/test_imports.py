"""What importing loads: a client package costs next to nothing, and never loads the generator's libraries."""

from __future__ import annotations

import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dialspec_clients

GENERATOR_ONLY = ("jinja2", "black", "ruamel", "click", "rich", "dialspec")
PROVIDERS = sorted(module.name for module in pkgutil.iter_modules(dialspec_clients.__path__))


def modules_loaded_by(program: str) -> set[str]:
    """Run `program` in a fresh interpreter and give the names of all modules it has loaded at the end."""
    reporting = f"{program}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", reporting], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_importing_every_generated_module_loads_nothing_of_the_generator() -> None:
    names = [
        module.name
        for module in pkgutil.walk_packages(dialspec_clients.__path__, "dialspec_clients.")
    ]
    assert len(names) > 20
    loaded = modules_loaded_by("\n".join(f"import {name}" for name in names))
    assert loaded >= set(names)
    assert not {name for name in loaded if name.split(".")[0] in GENERATOR_ONLY}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_importing_a_provider_loads_no_model_and_neither_httpx_nor_pydantic(provider: str) -> None:
    loaded = modules_loaded_by(f"import dialspec_clients.{provider}")
    assert not {name for name in loaded if name.startswith(f"dialspec_clients.{provider}.")}
    assert not {name for name in loaded if name.split(".")[0] in {"httpx", "pydantic"}}


def test_making_a_client_loads_no_resource_until_one_is_used() -> None:
    program = "from dialspec_clients.nio import Nio\nnio = Nio(api_key='k', api_secret='s')"
    loaded = modules_loaded_by(program)
    assert not {name for name in loaded if name.startswith("dialspec_clients.nio.models.")}
    used = modules_loaded_by(f"{program}\nnio.preview_tasks")
    assert "dialspec_clients.nio.models.preview_tasks" in used
    assert "dialspec_clients.nio.models.recall_flows" not in used


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_public_name_of_a_provider_loads(provider: str) -> None:
    package = f"dialspec_clients.{provider}"
    modules_loaded_by(
        f"import {package} as package\nfor name in package.__all__: assert getattr(package, name)"
    )


def test_a_name_that_a_provider_lacks_is_an_attribute_error() -> None:
    import dialspec_clients.nio as nio

    with pytest.raises(AttributeError, match="Nioo"):
        _ = (
            nio.Nioo
        )  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - what is tested


def _loaded_by_command(*arguments: str) -> set[str]:
    return modules_loaded_by(f"""
import sys
from dialspec.cli import main
sys.argv = ["dialspec", {", ".join(map(repr, arguments))}]
try:
    main()
except SystemExit:
    pass
""")


def test_help_of_the_command_line_loads_its_root_and_no_command() -> None:
    loaded = _loaded_by_command("--help")
    assert {name for name in loaded if name.split(".")[0] == "dialspec"} == {
        "dialspec",
        "dialspec.cli",
        "dialspec.cli.root",
    }
    assert not loaded & {"pydantic", "ruamel", "jinja2", "black", "rich", "importlib.metadata"}


@pytest.mark.parametrize("command", ["generate", "lint"])
def test_help_of_a_command_loads_nothing_that_does_its_work(command: str) -> None:
    loaded = _loaded_by_command(command, "--help")
    assert not loaded & {"pydantic", "ruamel", "jinja2", "black", "rich", "dialspec.resolve"}


def test_linting_good_specs_loads_neither_parser_nor_templates_nor_formatter(
    tmp_path: Path, root: Path
) -> None:
    shutil.copytree(root / "specs", tmp_path / "specs")
    loaded = _loaded_by_command("lint", "--specs", str(tmp_path / "specs"))
    assert "dialspec.lint" in loaded
    assert not loaded & {"ruamel", "jinja2", "black", "rich", "httpx", "dialspec.rendering"}
