"""What is raised when generated text has a shape that none of our templates makes."""

from __future__ import annotations


class UnexpectedShape(Exception):  # noqa: N818 - it names what was found
    """Generated text that must not be written: a renderer or template let something through."""

    def __init__(self, path: str, line: int, found: str) -> None:
        super().__init__(f"{path}:{line}: {found}; nothing was written")
        self.path = path
        self.line = line
