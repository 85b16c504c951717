"""Renderers for data formats, the shell, addresses and file names."""

from __future__ import annotations

import json
import re
import shlex
from typing import Final
from urllib.parse import quote, urlsplit

from dialspec.file_names import reason_against_file_name
from dialspec.rendering.text.characters import all_visible, is_visible
from dialspec.rendering.text.rendered import Notation, Rendered, raw
from dialspec.text import SpecText

_NAMED_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][!-~]*)?", re.IGNORECASE)
_REPLACEMENT: Final = "\ufffd"


def json_string(text: SpecText | str) -> Rendered:
    """A JSON string that decodes to exactly `text`; `</` is escaped so that it may stand in a page."""
    encoded = json.dumps(raw(text)).replace("</", "<\\/")
    return Rendered(encoded, Notation.JSON)


def yaml_string(text: SpecText | str) -> Rendered:
    """A double-quoted YAML scalar that decodes to exactly `text` (a lone surrogate, to U+FFFD)."""
    return Rendered(_double_quoted(raw(text)), Notation.YAML)


def toml_string(text: SpecText | str) -> Rendered:
    """A basic TOML string that decodes to exactly `text` (a lone surrogate, to U+FFFD)."""
    return Rendered(_double_quoted(raw(text)), Notation.TOML)


def shell_word(text: SpecText | str) -> Rendered:
    """One word of a POSIX shell command on one line; bash's `$'…'` where a hidden character forces it.

    A NUL cannot be passed to a program at all and becomes U+FFFD, as does a lone surrogate.
    """
    value = _without_surrogates(raw(text)).replace("\0", _REPLACEMENT)
    if all_visible(value):
        return Rendered(shlex.quote(value), Notation.SHELL)
    return Rendered("$'" + "".join(map(_shell_escaped, value)) + "'", Notation.SHELL)


def url_segment(text: SpecText | str) -> Rendered:
    """One segment of a path, percent-encoded; `.` and `..`, which would climb, are encoded as well."""
    value = _without_surrogates(raw(text))
    if value in {".", ".."}:
        return Rendered("%2E" * len(value), Notation.PLAIN)
    return Rendered(quote(value, safe=""), Notation.PLAIN)


def web_address(text: SpecText | str) -> Rendered | None:
    """An http or https address, percent-encoded where it has to be; None for whatever else it is.

    Brackets are encoded too, though a query may hold them: in Markdown they could end or begin a link.
    """
    address = quote(raw(text).strip(), safe="!#$%&'*+,/:;=?@~", errors="surrogatepass")
    if _ADDRESS.fullmatch(address) is None or urlsplit(address).hostname is None:
        return None
    return Rendered(address, Notation.PLAIN)


def file_name(text: SpecText | str) -> Rendered:
    """A file name that every system accepts and tells apart. All else is refused with ValueError."""
    value = raw(text)
    reason = reason_against_file_name(value)
    if reason is None and value != value.lower():
        reason = "some systems do not tell upper from lower case"
    if reason is not None:
        raise ValueError(f"{value[:80]!r} is no file name: {reason}")
    return Rendered(value, Notation.PLAIN)


def _double_quoted(text: str) -> str:
    text = _without_surrogates(text)
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(map(_double_quote_escaped, text)) + '"'


def _double_quote_escaped(character: str) -> str:
    if character in _NAMED_ESCAPES:
        return _NAMED_ESCAPES[character]
    if is_visible(character):
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _shell_escaped(character: str) -> str:
    if character in {"'", "\\"}:
        return f"\\{character}"
    if is_visible(character):
        return character
    return "".join(f"\\x{byte:02x}" for byte in character.encode())


def _without_surrogates(text: str) -> str:
    return _SURROGATE.sub(_REPLACEMENT, text)
