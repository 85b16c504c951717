"""The rows of a paged endpoint: row i is a function of seed, endpoint and i, and any number of them costs no memory.

A few hundred different rows are invented once and written to JSON; row i is the one at `i mod their number` with its
own serial number put in. The serial is the record's documented key where there is one, so that keys are unique. Rows
have negative numbers too: those are the rows that a test inserts before the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dialspec.api import Field, ObjectRef, Scalar, ScalarKind, Type
from dialspec.simulator.fiction import noise
from dialspec.simulator.values import Inventor
from dialspec.simulator.wire import Json, dumps
from dialspec.spec.language.kinds import Sensitivity

DIFFERENT_ROWS: Final = 251
"""How many rows differ in more than their serial; prime, so that cycles of other lengths do not fall in step."""

_PLACEHOLDER: Final = 910_119_101_191_011_910
"""Stands for the serial while a row is written to JSON; no invented number is as long."""

_SERIAL_KINDS: Final = (ScalarKind.INTEGER, ScalarKind.STRING)


class Records:
    """`count` rows of one type."""

    def __init__(self, inventor: Inventor, type_: Type, path: tuple[str, ...], count: int) -> None:
        self.count = count
        self.type = type_
        most = max(DIFFERENT_ROWS, _values_to_show(inventor, type_))
        self.cycle = max(1, min(count, most))
        self.serial, self._base, self._prefix = _serial(inventor, type_, path)
        self._inventor = inventor
        self._path = path
        self._patterns: list[Json] = []
        self._formats: list[bytes] = []
        # The first row is never null, and shows how the serial is spelled.
        self._patterns.append(inventor.value(type_, path, 0))
        first = self._patterns[0]
        self._is_text = isinstance(first, dict) and isinstance(first.get(self.serial or ""), str)
        self._formats.append(self._format(first))

    @property
    def patterns(self) -> Sequence[Json]:
        """The different rows, without their serials."""
        self._invent(self.cycle)
        return self._patterns

    def _invent(self, count: int) -> None:
        """Have at least the first `count` different rows ready: most callers read few."""
        for ordinal in range(len(self._patterns), count):
            pattern = self._inventor.value(self.type, self._path, ordinal)
            self._patterns.append(pattern)
            self._formats.append(self._format(pattern))

    def row(self, index: int) -> Json:
        """Give row `index`: a new object, whose inner objects are shared."""
        self._invent(index % self.cycle + 1)
        row = self._patterns[index % self.cycle]
        if not isinstance(row, dict):
            return row
        return dict(row) if self.serial is None else {**row, self.serial: self.serial_of(index)}

    def encoded(self, indexes: Sequence[int]) -> bytes:
        """Give these rows as JSON, with commas between them."""
        cycle, base, formats = self.cycle, self._base, self._formats
        residues = [index % cycle for index in indexes]
        if len(formats) < cycle:
            self._invent(max(residues, default=0) + 1)
        rows = b",".join([formats[residue] for residue in residues])
        if self.serial is None:
            return rows
        return rows % tuple([base + index for index in indexes])

    def serial_of(self, index: int) -> int | str:
        """Give the serial of a row, as number or as text."""
        number = self._base + index
        return f"{self._prefix}{number}" if self._is_text else number

    def index_of(self, serial: str) -> int | None:
        """Give the number of the row with this serial, or None if no row can have it."""
        digits = serial.removeprefix(self._prefix)
        if re.fullmatch(r"[1-9]\d{0,17}", digits) is None:
            return None
        return int(digits) - self._base

    def _format(self, row: Json) -> bytes:
        """Write a row as JSON; with a serial, as a `%` format that takes its number."""
        if self.serial is None or not isinstance(row, dict):
            return dumps(row)
        digits: Json = f"{self._prefix}{_PLACEHOLDER}" if self._is_text else _PLACEHOLDER
        written = dumps({**row, self.serial: digits}).replace(b"%", b"%%")
        return written.replace(b"%d" % _PLACEHOLDER, b"%d")


def _values_to_show(inventor: Inventor, type_: Type) -> int:
    """Count the rows after which every enum value and every null was seen."""
    if not isinstance(type_, ObjectRef):
        return 0
    return (
        max((len(inventor.members(field.type)) for field in inventor.fields(type_.name)), default=0)
        + 18
    )


def _serial(inventor: Inventor, type_: Type, path: tuple[str, ...]) -> tuple[str | None, int, str]:
    """Choose the field that tells rows apart: the first key field, else the first that looks like an id."""
    if not isinstance(type_, ObjectRef):
        return None, 0, ""
    fields = [
        field
        for field in inventor.fields(type_.name)
        if isinstance(field.type, Scalar) and field.type.kind in _SERIAL_KINDS and field.documented
    ]
    key = inventor.key(type_.name)
    chosen = min(fields, key=lambda field: _preference(field, key), default=None)
    if chosen is None:
        return None, 0, ""
    wire = chosen.wire.reveal()
    base = 1_000_000 + noise(*path, wire) % 8_000_000
    phone = chosen.sensitive is Sensitivity.PHONE
    return wire, base, "44770090" if phone else ""


def _preference(field: Field, key: tuple[str, ...]) -> tuple[int, int]:
    wire = field.wire.reveal()
    if field.name in key:
        return 0, key.index(field.name)
    if wire == "id" or wire.endswith("Id"):
        return 1, 0
    integer = isinstance(field.type, Scalar) and field.type.kind is ScalarKind.INTEGER
    return (2, 0) if integer else (3, 0)
