"""The version of the distribution, for the `User-Agent` header; a test keeps it equal to the package's."""

from typing import Final

VERSION: Final = "0.1.0"
