"""The spec files that a generated file is made from, as its first line names them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

_MOST_NAMED: Final = 3
"""Of more files of one folder than this, only the folder is named."""


def named_sources(files: Iterable[str]) -> str:
    """Name files below `specs/`: `specs/nio/agents.yaml, specs/voice_platform/*.yaml`."""
    named: list[str] = []
    for folder, inside in groupby(sorted(set(files)), lambda file: file.rpartition("/")[0]):
        found = list(inside)
        named += [f"{folder}/*.yaml"] if len(found) > _MOST_NAMED else found
    return ", ".join(f"specs/{name}" for name in named)
