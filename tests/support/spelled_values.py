"""The different ways in which a caller may write one and the same value in Python.

In: a value as it stands on the wire. Out: a Python value that is sent as it, drawn among those that the signatures
allow: a member of an enum or its bare value, a generated object or a mapping, bytes or the path of a file, a moment in
any zone where the wire form states one.
"""

from __future__ import annotations

import io
from base64 import b64decode
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from dialspec.api import (
    EnumRef,
    JsonText,
    ListOf,
    MapOf,
    ObjectRef,
    Provider,
    Scalar,
    ScalarKind,
    Type,
)
from dialspec.spec.language.kinds import TimeFormat
from generated_values import Draw
from wire_arguments import python_value

_FAR_EAST: Final = timezone(timedelta(hours=9))
_COUNTED: Final = frozenset({TimeFormat.EPOCH_MS, TimeFormat.EPOCH_S})


class Spelling:
    """Spells values for one provider of a generated package; files are written into `folder`."""

    def __init__(self, provider: Provider, folder: Path, package: str = "dialspec_clients") -> None:
        self._provider = provider
        self._folder = folder
        self._module = import_module(f"{package}.{provider.name}")

    def spelled(self, draw: Draw, kind: Type, wire: Any, *, inside: bool = False) -> Any:
        """Draw one way to write `wire`, which may stand `inside` of an object."""
        if wire is None:
            return None
        match kind:
            case ListOf(item):
                items = [self.spelled(draw, item, each, inside=inside) for each in wire]
                return tuple(items) if draw(st.booleans()) else items
            case MapOf(value):
                return {
                    key: self.spelled(draw, value, each, inside=inside)
                    for key, each in wire.items()
                }
            case JsonText(inner):
                return self.spelled(draw, inner, wire, inside=inside)
            case ObjectRef(name):
                fields = {
                    field.wire.reveal(): field for field in self._provider.object_type(name).fields
                }
                given = {
                    str(fields[key].name): self.spelled(draw, fields[key].type, each, inside=True)
                    for key, each in wire.items()
                }
                return given if draw(st.booleans()) else getattr(self._module, name)(**given)
            case EnumRef(name):
                return getattr(self._module, name)(wire) if draw(st.booleans()) else wire
            case Scalar():
                return self._scalar(draw, kind, wire, inside=inside)

    def _scalar(self, draw: Draw, kind: Scalar, wire: Any, *, inside: bool) -> Any:
        match kind.kind:
            case ScalarKind.BINARY:
                # Models take bytes only; a path is what the signature of a method allows.
                return b64decode(wire) if inside else self._content(draw, b64decode(wire))
            case ScalarKind.DECIMAL:
                return Decimal(wire)
            case ScalarKind.FILE:
                content: bytes = wire.encode()
                return io.BytesIO(content) if draw(st.booleans()) else self._content(draw, content)
            case ScalarKind.DATETIME if kind.format in _COUNTED:
                moment: datetime = python_value(self._provider, kind, wire)
                return moment.astimezone(draw(st.sampled_from((UTC, _FAR_EAST))))
            case ScalarKind.DATETIME if kind.zone != "none" and draw(st.booleans()):
                return python_value(self._provider, kind, wire).astimezone(_FAR_EAST)
            case _:
                return python_value(self._provider, kind, wire)

    def _content(self, draw: Draw, content: bytes) -> bytes | bytearray | Path:
        match draw(st.sampled_from(("bytes", "bytearray", "path"))):
            case "bytes":
                return content
            case "bytearray":
                return bytearray(content)
            case _:
                path = self._folder / f"{blake2b(content, digest_size=8).hexdigest()}.bin"
                path.write_bytes(content)
                return path
