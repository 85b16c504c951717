"""The JSON Schema that OASIS publishes for SARIF 2.1.0, as the package `schemastore` carries it.

The package is meant to be asked through a caching HTTP client, which would look for newer copies on the network;
here its store is only read.
"""

from __future__ import annotations

import json
import sqlite3
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Final

_ID: Final = (
    "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
)
_IN_STORE: Final = f'"$id": "{_ID}"'.encode()


def sarif_schema() -> dict[str, Any]:
    """The schema, read from the store of the installed package."""
    store = Path(str(distribution("schemastore").locate_file("schemastore/cache.sqlite")))
    connection = sqlite3.connect(f"{store.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        kept = [bytes(row[0]) for row in connection.execute("select value from responses")]
    finally:
        connection.close()
    (answer,) = (value for value in kept if _IN_STORE in value)
    # An answer is kept with things around it that only its own client can read; its body is plain JSON.
    body = answer[answer.index(b"{", answer.index(b"_content")) :].decode("utf-8", "replace")
    schema: dict[str, Any] = json.JSONDecoder().raw_decode(body)[0]
    return schema
