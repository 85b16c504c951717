"""What a generated Markdown page may hold: text, code, our few tags, and links that lead to pages."""

from __future__ import annotations

import re
from typing import Final

from dialspec.rendering.text.characters import all_visible
from dialspec.rendering.unexpected import UnexpectedShape

_FENCE: Final = re.compile(r"\s*(?P<ticks>`{3,})(?P<info>[a-z0-9]*)$")
_CODE_SPAN: Final = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)")
_ESCAPED: Final = re.compile(r"\\.")
_OUR_TAGS: Final = re.compile(r"</?code>|<br>|<https?://[!-;=?-~]+>")
_LINK_TARGET: Final = re.compile(r"\]\((?P<target>[^)]*)\)|^\s*\[[^\]]*\]:\s*(?P<reference>\S*)")
_OUR_TARGET: Final = re.compile(r"(?:[A-Za-z0-9_./-]*(?:#[A-Za-z0-9_.-]+)?|<?https?://[!-~]+>?)")


def check_markdown(path: str, text: str) -> None:
    """Refuse HTML that is not ours, links that lead to scripts or files, and hidden characters."""
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not all_visible(line.replace("\t", " ")):
            raise UnexpectedShape(path, number, "a hidden character")
        found = _FENCE.fullmatch(line)
        if found is not None and (not fence or (fence in found["ticks"] and not found["info"])):
            fence = "" if fence else found["ticks"]
        elif not fence:
            _check_line(path, number, line)
    if fence:
        raise UnexpectedShape(path, text.count("\n") + 1, "a block of code without an end")


def _check_line(path: str, number: int, line: str) -> None:
    prose = _CODE_SPAN.sub("", _ESCAPED.sub("", line))
    if "<" in _OUR_TAGS.sub("", prose):
        raise UnexpectedShape(path, number, "HTML that no template of ours writes")
    for link in _LINK_TARGET.finditer(prose):
        target = link["target"] if link["target"] is not None else link["reference"]
        if _OUR_TARGET.fullmatch(target) is None:
            raise UnexpectedShape(path, number, f"a link to {target[:60]!r}")
