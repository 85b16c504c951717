"""The generators: how each is called, in the fastest way that its documentation names.

In: a folder with `openapi.json` and `specs/`, and a folder for the output. Out: a command line.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.measuring.commands import Ran, run
from benchmarks.places import DIALSPEC, PEERS, program

Command = Callable[[Path, Path], list[str | Path]]

OPENAPI: Final = "openapi.json"
SPECS: Final = "specs"
_NO_HOOKS: Final = "no_hooks.yml"
_MODELS: Final = (
    *("--input-file-type", "openapi"),
    *("--output-model-type", "pydantic_v2.BaseModel"),
    *("--target-python-version", "3.11"),
    *("--snake-case-field", "--use-annotated", "--use-specialized-enum"),
)


@dataclass(frozen=True, slots=True)
class Generator:
    """One way of calling one generator."""

    name: str
    options: str
    """What was chosen, for the report."""
    command: Command
    needs_java: bool = False

    def run(self, api: Path, out: Path, *, fresh: bool = True, cache: Path | None = None) -> Ran:
        """Generate; `fresh` begins without any output, `cache` is the user's cache folder."""
        if fresh and out.exists():
            shutil.rmtree(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        return run(self.command(api, out), cwd=api, environment=_environment(cache))

    @property
    def missing(self) -> str:
        """Why it cannot run here; empty if it can."""
        return "there is no Java here" if self.needs_java and not shutil.which("java") else ""


def _environment(cache: Path | None) -> Mapping[str, str]:
    # openapi-python-client looks for its hooks on the path.
    path = os.pathsep.join((str(program(PEERS, "ruff").parent), os.environ.get("PATH", "")))
    environment = os.environ | {"PATH": path, "PYTHONWARNINGS": "ignore"}
    return environment if cache is None else environment | {"XDG_CACHE_HOME": str(cache)}


def _ours(api: Path, out: Path) -> list[str | Path]:
    return [
        program(DIALSPEC, "dialspec"),
        *("generate", "--specs", api / SPECS, "--out", out, "--package", "bench_clients"),
    ]


def _openapi_python_client(api: Path, out: Path) -> list[str | Path]:
    return [
        program(PEERS, "openapi-python-client"),
        *("generate", "--path", api / OPENAPI, "--meta", "none", "--output-path", out),
    ]


def _openapi_python_client_bare(api: Path, out: Path) -> list[str | Path]:
    config = api / _NO_HOOKS
    config.write_text("post_hooks: []\n", encoding="utf-8")
    return [*_openapi_python_client(api, out), "--config", config]


def _models(*formatters: str) -> Command:
    def command(api: Path, out: Path) -> list[str | Path]:
        out.mkdir(parents=True)
        return [
            program(PEERS, "datamodel-codegen"),
            *("--input", api / OPENAPI, "--output", out / "models.py"),
            *_MODELS,
            *(("--formatters", *formatters) if formatters else ()),
        ]

    return command


def _client(*formatters: str) -> Command:
    models = _models(*formatters)

    def command(api: Path, out: Path) -> list[str | Path]:
        return [
            *models(api, out),
            *("--generate-client", "httpx2", "--client-output", out / "client"),
            *("--client-package", f"{out.name}.client"),
            *("--client-model-package", f"{out.name}.models"),
        ]

    return command


def _openapi_generator(api: Path, out: Path) -> list[str | Path]:
    return [
        program(PEERS, "openapi-generator-cli"),
        *("generate", "-g", "python", "-i", api / OPENAPI, "-o", out),
        *("--package-name", "bench_og"),
    ]


OURS: Final = Generator("dialspec", "black included, as always", _ours)
OPENAPI_PYTHON_CLIENT: Final = Generator(
    "openapi-python-client", "with its ruff hooks, as by default", _openapi_python_client
)
OPENAPI_PYTHON_CLIENT_BARE: Final = Generator(
    "openapi-python-client without hooks", "post_hooks: []", _openapi_python_client_bare
)
DCG_MODELS: Final = Generator(
    "datamodel-code-generator, models", "--formatters builtin, its fastest", _models("builtin")
)
DCG_MODELS_BLACK: Final = Generator(
    "datamodel-code-generator, models, black", "black and isort, as by default", _models()
)
DCG_CLIENT: Final = Generator(
    "datamodel-code-generator, client", "--formatters builtin, its fastest", _client("builtin")
)
DCG_CLIENT_BLACK: Final = Generator(
    "datamodel-code-generator, client, black", "black and isort, as by default", _client()
)
OPENAPI_GENERATOR: Final = Generator(
    "openapi-generator", "-g python, unformatted", _openapi_generator, needs_java=True
)
