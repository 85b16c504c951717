"""A client package generated from test-only specs, imported from a temporary folder."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType

from dialspec.api import Api
from dialspec.diagnostics.diagnostic import Diagnostics
from dialspec.pipeline import Project, build, read


@contextmanager
def generated_package(specs: Path, folder: Path, package: str) -> Generator[tuple[Api, ModuleType]]:
    """Generate clients of `specs` as `package` below `folder`, and import it; forgotten at the end."""
    _, api = read(specs, Diagnostics())
    for path, text in build(Project(specs, package), api).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    invalidate_caches()
    try:
        yield api, import_module(package)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.split(".")[0] == package]:
            del sys.modules[name]
