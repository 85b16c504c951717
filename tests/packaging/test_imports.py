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


def libraries_loaded_by(program: str) -> set[str]:
    """Give those of the libraries below a client, and of its own modules, that a program loads."""
    loaded = modules_loaded_by(program)
    libraries = {"httpx", "httpcore", "pydantic", "pydantic_core"} & loaded
    return libraries | {name for name in loaded if name.startswith("dialspec_clients.nio.")}


MAKING = """
from dialspec_clients.nio import Nio
nio = Nio(api_key='k', api_secret='s', base_url='http://127.0.0.1:9', max_retries=0)
"""
PREPARING = f"{MAKING}numbers = nio.preview_tasks.list_numbers(task_id=1)\n"
CONNECTING = f"""
import os, sys

def stop_at_connect(event, _arguments):
    if event == "socket.connect":
        print("\\n".join(sys.modules), flush=True)
        os._exit(0)

sys.addaudithook(stop_at_connect)
{PREPARING}
numbers.items
"""
ANSWERED = f"""
import http.server, json, threading

class Vendor(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.dumps({{"status": 0, "data": {{"total": 0, "records": []}}}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Vendor)
threading.Thread(target=server.serve_forever, daemon=True).start()
{PREPARING.replace("127.0.0.1:9'", "127.0.0.1:%d' % server.server_port")}
assert numbers.items == ()
server.shutdown()
server.server_close()
"""
CLIENT = {"dialspec_clients.nio.client"}
RESOURCE = {
    "dialspec_clients.nio.enums",
    "dialspec_clients.nio.enums.preview_tasks",
    "dialspec_clients.nio.errors",
    "dialspec_clients.nio.resources",
    "dialspec_clients.nio.resources.preview_tasks",
}
MODELS = {"dialspec_clients.nio.models", "dialspec_clients.nio.models.preview_tasks"}


def test_each_step_to_the_first_answer_loads_only_what_it_needs() -> None:
    assert libraries_loaded_by("import dialspec_clients.nio") == set()
    assert libraries_loaded_by(MAKING) == CLIENT
    assert libraries_loaded_by(PREPARING) == CLIENT | RESOURCE


def test_a_request_is_sent_before_pydantic_is_loaded_and_without_httpx() -> None:
    assert libraries_loaded_by(CONNECTING) == CLIENT | RESOURCE | {"httpcore"}


def test_the_first_answer_loads_the_models_of_its_resource_and_no_httpx() -> None:
    loaded = libraries_loaded_by(ANSWERED)
    assert loaded == CLIENT | RESOURCE | MODELS | {"httpcore", "pydantic", "pydantic_core"}


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
