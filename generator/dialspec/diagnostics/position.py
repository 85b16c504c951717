"""A place in a file: what every diagnostic points at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """A character of a file; line and column count from 1, a column counts code points.

    `file` begins with the specs folder as the user gave it, relative to the working folder if it lies there; so editors
    and code hosts find it.
    """

    file: PurePosixPath
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
