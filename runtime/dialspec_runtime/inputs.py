"""What a caller may give where bytes or a file travel: the types of those parameters."""

from os import PathLike
from typing import BinaryIO, TypeAlias

BinaryInput: TypeAlias = bytes | bytearray | PathLike[str]
"""Bytes, or the path of a file that holds them; sent as Base64 text."""

FileInput: TypeAlias = bytes | bytearray | str | PathLike[str] | BinaryIO
"""The path of a file, bytes, or a seekable binary file object; streamed as a part of a multipart body."""
