"""How the arguments of a call become JSON: values that hold others, and files.

The same contract as in `codecs`: a value for the wire, or `UnfitError` with the place inside the argument.
"""

import base64
import io
import json
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from .codecs import Codec, UnfitError, bounds
from .errors import InvalidArgument
from .frozen import frozen
from .lazy import loaded

if TYPE_CHECKING:
    from .records import RequestObject


@frozen
class ListOf:
    """A list of values of one kind."""

    item: Codec
    min_items: int | None = None
    max_items: int | None = None

    def describe(self) -> str:
        """Name the type and the number of items."""
        count = bounds(self.min_items, self.max_items)
        return (
            f"a sequence{count} items" if count else f"a sequence, each item {self.item.describe()}"
        )

    def encode(self, value: object, timezone: tzinfo | None, /) -> object:
        """Take any sequence but text."""
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            raise UnfitError(self.describe())
        items = cast("Sequence[object]", value)
        if (self.min_items is not None and len(items) < self.min_items) or (
            self.max_items is not None and len(items) > self.max_items
        ):
            raise UnfitError(self.describe())
        encode = self.item.encode
        encoded: list[object] = []
        for index, each in enumerate(items):
            try:
                encoded.append(encode(each, timezone))
            except UnfitError as unfit:
                raise unfit.inside(f"[{index}]") from None
        return encoded


@frozen
class MapOf:
    """A mapping from text to values of one kind."""

    value: Codec

    def describe(self) -> str:
        """Name the type."""
        return f"a mapping from text, each value {self.value.describe()}"

    def encode(self, value: object, timezone: tzinfo | None, /) -> object:
        """Take any mapping with text keys."""
        if not isinstance(value, Mapping):
            raise UnfitError(self.describe())
        encoded: dict[str, object] = {}
        for key, each in cast("Mapping[object, object]", value).items():
            if not isinstance(key, str):
                raise UnfitError(self.describe())
            try:
                encoded[key] = self.value.encode(each, timezone)
            except UnfitError as unfit:
                raise unfit.inside(f"[{key!r}]") from None
        return encoded


@frozen
class ObjectOf:
    """A generated request object, or a mapping with its fields."""

    model: "type[RequestObject]"

    def describe(self) -> str:
        """Name the class."""
        return f"a {self.model.__name__}, or a mapping with its fields"

    def encode(self, value: object, timezone: tzinfo | None, /) -> object:
        """Take an instance, or a mapping from which one can be made."""
        model = loaded(self.model)
        if not isinstance(value, model | Mapping) or (
            isinstance(value, Mapping)
            and not all(isinstance(name, str) for name in cast("Mapping[object, object]", value))
        ):
            raise UnfitError(self.describe())
        try:
            if not isinstance(value, model):
                value = model(**cast("Mapping[str, object]", value))
            return value.wire(timezone)
        except InvalidArgument as error:
            raise UnfitError(f"{self.describe()}; {error.message}") from None
        except ValueError as error:
            # pydantic puts the name of the function that raised before the text of what it raised.
            raise UnfitError(f"{self.describe()}; {str(error).rpartition('Error: ')[2]}") from None


@frozen
class JsonText:
    """A value that the vendor wants as JSON text inside a string."""

    inner: Codec

    def describe(self) -> str:
        """Name the type of the value inside."""
        return f"{self.inner.describe()} (sent as JSON text)"

    def encode(self, value: object, timezone: tzinfo | None, /) -> object:
        """Encode the value, and write it as compact JSON."""
        encoded = self.inner.encode(value, timezone)
        return json.dumps(encoded, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@frozen
class Base64:
    """Bytes that travel as Base64 text."""

    def describe(self) -> str:
        """Name the type."""
        return "bytes, a pathlib.Path, or a binary file object (sent as Base64)"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Take bytes, or read a file: of a `Path` the whole, of a file object what is left."""
        try:
            if isinstance(value, PathLike):
                value = Path(cast("PathLike[str]", value)).read_bytes()
            elif isinstance(value, io.IOBase) and not isinstance(value, io.TextIOBase):
                value = cast("BinaryIO", value).read()
        except (OSError, ValueError) as error:
            raise UnfitError(f"{self.describe()}; {_reason(error)}") from None
        if isinstance(value, bytes | bytearray):
            return base64.b64encode(bytes(value)).decode("ascii")
        raise UnfitError(self.describe())


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else str(error)


@frozen
class FilePart:
    """A file on its way out: opened, measured, and rewound for each try."""

    filename: str
    path: Path | None
    stream: BinaryIO | None
    start: int
    length: int


@frozen
class Upload:
    """A file, streamed as one part of a multipart body."""

    def describe(self) -> str:
        """Name the type."""
        return "the path of a file, bytes, or a seekable binary file object"

    def encode(self, value: object, _timezone: tzinfo | None, /) -> object:
        """Find out name and length; the file itself is read while it is sent."""
        if isinstance(value, bytes | bytearray):
            content = bytes(value)
            return FilePart("upload", None, io.BytesIO(content), 0, len(content))
        try:
            if isinstance(value, str | PathLike):
                path = Path(cast("str | PathLike[str]", value))
                with path.open("rb"):  # refuse now what could not be read while sending
                    return FilePart(path.name, path, None, 0, path.stat().st_size)
            if (
                isinstance(value, io.IOBase)
                and value.seekable()
                and not isinstance(value, io.TextIOBase)
            ):
                start = value.tell()
                length = value.seek(0, io.SEEK_END) - start
                value.seek(start)
                name = getattr(value, "name", None)
                filename = Path(name).name if isinstance(name, str) else "upload"
                return FilePart(filename, None, cast("BinaryIO", value), start, length)
        except (OSError, ValueError) as error:
            raise UnfitError(f"{self.describe()}; {_reason(error)}") from None
        raise UnfitError(self.describe())
