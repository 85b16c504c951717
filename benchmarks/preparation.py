"""What has to be there before anything is measured: the API in both forms, and what every generator makes of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.api.openapi import openapi_document
from benchmarks.api.replicas import replicated
from benchmarks.api.specs import spec_files
from benchmarks.generators import (
    DCG_CLIENT,
    OPENAPI,
    OPENAPI_GENERATOR,
    OPENAPI_PYTHON_CLIENT,
    OURS,
    SPECS,
)
from benchmarks.places import BUILD, DIALSPEC, ROOT, program

SMALL: Final = 5
LARGE: Final = 100


def write_api(endpoints: int) -> Path:
    """Write the API with so many endpoints in both forms; give the folder."""
    folder = BUILD / "api" / str(endpoints)
    if folder.exists():
        shutil.rmtree(folder)
    resources = replicated(endpoints)
    files = {f"{SPECS}/{path}": text for path, text in spec_files(resources).items()}
    files[OPENAPI] = json.dumps(openapi_document(resources))
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def clients_of(endpoints: int) -> Path:
    """The folder from which the generated clients of an API with so many endpoints are imported."""
    return BUILD / "clients" / str(endpoints)


def has_openapi_generator() -> bool:
    """Whether openapi-generator could make its client."""
    return not OPENAPI_GENERATOR.missing


def make_clients(endpoints: int, report: Callable[[str], None]) -> None:
    """Let every generator make its client."""
    report(f"generating clients with {endpoints} endpoints")
    api = write_api(endpoints)
    folder = clients_of(endpoints)
    if folder.exists():
        shutil.rmtree(folder)
    OURS.run(api, folder / "ours", cache=BUILD / "cache" / "clients")
    (folder / "bench_clients").symlink_to("ours/bench_clients")
    OPENAPI_PYTHON_CLIENT.run(api, folder / "bench_opc")
    DCG_CLIENT.run(api, folder / "bench_dcg")
    (folder / "bench_dcg" / "__init__.py").touch()
    if has_openapi_generator():
        OPENAPI_GENERATOR.run(api, folder / "openapi_generator")
        (folder / "bench_og").symlink_to("openapi_generator/bench_og")
    _compile(folder)


def compile_ours() -> None:
    """Compile what a checkout runs from its sources, as an installer compiles what it installs."""
    _compile(ROOT / "runtime", ROOT / "generator", ROOT / "generated", ROOT / "benchmarks")


def _compile(*folders: Path) -> None:
    python = str(program(DIALSPEC, "python"))
    subprocess.run([python, "-m", "compileall", "-q", *map(str, folders)], check=True)
