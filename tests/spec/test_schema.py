"""The JSON Schema says what the models say, describes each key, and is committed as it is made."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest

from dialspec.diagnostics import CODES, Diagnostics
from dialspec.spec.schema import schema_text
from dialspec.spec.source import Limits
from dialspec.spec.yaml import read_document

ROOT = Path(__file__).resolve().parents[2]
SPECS = sorted((ROOT / "specs").glob("*/*.yaml"))


@pytest.fixture(scope="module")
def schema() -> Any:
    """The schema as data."""
    return json.loads(schema_text())


def accepts(schema: Any, text: str) -> bool:
    """Whether the schema accepts a spec; keys of mappings are texts in JSON."""
    document = read_document(text, PurePosixPath("x.yaml"), Limits(), Diagnostics())
    assert document is not None
    validator: Any = jsonschema.Draft202012Validator(schema)
    return bool(validator.is_valid(json.loads(json.dumps(document.data))))


def test_the_committed_schema_is_the_one_that_is_made() -> None:
    assert (ROOT / "specs" / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_valid_itself(schema: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_accepts_the_project_s_own_specs(schema: Any, path: Path) -> None:
    assert accepts(schema, path.read_text(encoding="utf-8"))


STRUCTURE = {
    code: info for code, info in CODES.items() if code.startswith("DS1") and code != "DS107"
}


@pytest.mark.parametrize("code", tuple(STRUCTURE))
def test_it_refuses_what_the_models_refuse(schema: Any, code: str) -> None:
    assert not accepts(schema, CODES[code].wrong)
    assert accepts(schema, CODES[code].right)


@pytest.mark.parametrize(
    "text", ["provider: x\nplatform: y\n", "platform: x\n", "resource: x\nprovider: y\n", "{}\n"]
)
def test_the_kind_of_file_decides_what_is_missing(schema: Any, text: str) -> None:
    assert not accepts(schema, text)


def test_every_key_is_described_for_editors(schema: Any) -> None:
    silent = [
        f"{name}.{key}"
        for name, definition in schema["$defs"].items()
        for key, part in definition.get("properties", {}).items()
        if not part.get("description")
    ]
    assert silent == []


def test_the_text_does_not_depend_on_the_hash_seed() -> None:
    texts = {
        subprocess.run(
            [
                sys.executable,
                "-c",
                "from dialspec.spec.schema import schema_text; print(schema_text())",
            ],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert texts == {schema_text() + "\n"}
