"""Spec files as text: bytes in, characters out, and a place for whatever is refused.

Accepted: UTF-8 with or without byte order mark, lines that end in LF or CR LF. Refused: other encodings, control
characters, line separators that editors and YAML readers count differently, marks that turn the direction of
writing, files that are too large, and anything that is not a regular file.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dialspec.diagnostics import Position

if TYPE_CHECKING:
    from pathlib import Path, PurePosixPath

    from dialspec.diagnostics import Diagnostics

# C0 without tab and line feed, DEL, C1, separators, the marks of direction, and noncharacters.
# A lone carriage return is one of them: by then CR LF has become LF.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_MOST_PER_FILE: Final = 10
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one spec file may hold; far above what vendors' pages need, and read in a few seconds.

    `nodes` and `characters` are counted with aliases written out, so that a few lines that repeat each other
    ten-fold cannot fill the memory. `problems` is how many are reported of one file before it is given up.
    """

    size: int = 1_000_000
    depth: int = 32
    nodes: int = 60_000
    characters: int = 4_000_000
    problems: int = 100


def read_bytes(
    path: Path, file: PurePosixPath, limits: Limits, diagnostics: Diagnostics
) -> bytes | None:
    """Give the bytes of a regular file of bearable size; otherwise report why not and give None."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a symbolic link" if stat.S_ISLNK(status.st_mode) else "not a regular file"
            diagnostics.report(
                "DS001", Position(file), f"this is {kind}", hint="put a regular file in its place"
            )
            return None
        if status.st_size > limits.size:
            diagnostics.report(
                "DS008",
                Position(file),
                f"the file has {status.st_size:,} bytes; at most {limits.size:,} are read",
                hint="split it into several resources",
            )
            return None
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        diagnostics.report("DS001", Position(file), f"the file cannot be read: {reason}")
        return None


def decode(data: bytes, file: PurePosixPath, diagnostics: Diagnostics) -> str | None:
    """Give the text of a spec with LF line ends, kept as the source of excerpts; None if it is not acceptable."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            diagnostics.report(
                "DS003", Position(file), f"the file is {name}", hint="save it as UTF-8"
            )
            return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_undecodable(data, error, file, diagnostics)
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    diagnostics.add_source(file, text)
    return text if _only_allowed(text, file, diagnostics) else None


def _report_undecodable(
    data: bytes, error: UnicodeDecodeError, file: PurePosixPath, diagnostics: Diagnostics
) -> None:
    before = data[: error.start].decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    line, column = _line_and_column(before, len(before))
    diagnostics.add_source(file, data.decode("utf-8", "replace").replace("\r\n", "\n"))
    diagnostics.report(
        "DS003",
        Position(file, line, column),
        f"the byte 0x{data[error.start]:02x} is not UTF-8 here",
        hint="save the file as UTF-8",
        end_column=column + 1,
    )


def _only_allowed(text: str, file: PurePosixPath, diagnostics: Diagnostics) -> bool:
    count = 0
    for count, found in enumerate(_FORBIDDEN.finditer(text), start=1):
        if count > _MOST_PER_FILE:
            break
        line, column = _line_and_column(text, found.start())
        character = found.group()
        diagnostics.report(
            "DS004",
            Position(file, line, column),
            f"the character {described(character)} is not allowed in a spec",
            hint=_remedy(character),
            end_column=column + 1,
        )
    return count == 0


def report_too_many(position: Position, diagnostics: Diagnostics) -> None:
    """Report that no more problems of a file are reported."""
    diagnostics.report(
        "DS008",
        position,
        "the file has more problems than are reported of one file",
        hint="mend those above first",
    )


def described(character: str) -> str:
    """Name a character that cannot be shown: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def _remedy(character: str) -> str:
    if character == "\0":
        return "remove it"
    if character == "\r":
        return "end lines with LF or CR LF"
    escape = f"\\x{ord(character):02x}" if ord(character) <= 0xFF else f"\\u{ord(character):04x}"
    return (
        f'remove it; if the vendor\'s text really holds it, write "{escape}" inside double quotes'
    )


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, start) + 1, index - start + 1
