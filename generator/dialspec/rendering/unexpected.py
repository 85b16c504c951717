"""What is raised when generated text has a shape that none of our templates makes."""

from __future__ import annotations


class UnexpectedShape(Exception):  # noqa: N818 - it names what was found
    """Generated text that must not be written: a renderer or template let something through."""

    def __init__(self, path: str, line: int, found: str) -> None:
        # The arguments are kept as they are, so that it can come from another process.
        super().__init__(path, line, found)
        self.path = path
        self.line = line
        self.found = found

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.found}; nothing was written"
