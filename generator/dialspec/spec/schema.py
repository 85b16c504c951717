"""The JSON Schema of the spec language, made from its models: completion and checks in editors as people type.

One schema serves all files: which part of it holds is decided by the key that the file has, `resource`, `provider` or
`platform`. Same models, same text.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from dialspec.spec.descriptions import description_of
from dialspec.spec.language.documents import PlatformSpec, ProviderSpec, ResourceSpec
from dialspec.spec.language.notation import SpecModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REFERENCE: Final = "#/$defs/{model}"
_FILES: Final = (ResourceSpec, ProviderSpec, PlatformSpec)
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """Without the titles that pydantic makes of names: editors would show them above each description."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        return False


@cache
def schema_text() -> str:
    """Give the schema as it is committed: `specs/schema.json`."""
    return json.dumps(_schema(), ensure_ascii=False, indent=2) + "\n"


def _schema() -> dict[str, Any]:
    _, whole = models_json_schema(
        [(model, "validation") for model in _FILES],
        ref_template=_REFERENCE,
        schema_generator=_Generator,
    )
    definitions: dict[str, Any] = whole["$defs"]
    models = {model.__name__: model for model in _models(SpecModel)}
    for name, definition in definitions.items():
        definition.pop("title", None)
        if name in models:
            _describe(definition, models[name])
        _tighten(definition)
    return {
        "$schema": _DIALECT,
        "title": "A spec of dialspec",
        "description": "provider.yaml, platform.yaml, or the file of one resource.",
        "type": "object",
        # A brand's provider.yaml has `platform` too, so that `provider` is asked for first.
        "if": {"required": ["provider"]},
        "then": {"$ref": _reference(ProviderSpec)},
        "else": {
            "if": {"required": ["platform"]},
            "then": {"$ref": _reference(PlatformSpec)},
            "else": {"$ref": _reference(ResourceSpec)},
        },
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _reference(model: type[SpecModel]) -> str:
    return _REFERENCE.format(model=model.__name__)


def _models(base: type[SpecModel]) -> Iterator[type[SpecModel]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


def _describe(definition: dict[str, Any], model: type[SpecModel]) -> None:
    definition["description"] = " ".join((model.__doc__ or "").split())
    for key, schema in definition.get("properties", {}).items():
        schema["description"] = description_of(model, key)


def _tighten(schema: object) -> None:
    """Refuse keys that match no pattern, and leave out defaults that say nothing."""
    if isinstance(schema, dict):
        found = cast("dict[str, Any]", schema)
        if "patternProperties" in found:
            found["additionalProperties"] = False
        if found.get("default", ...) is None:
            del found["default"]
        for inner in found.values():
            _tighten(inner)
    elif isinstance(schema, list):
        for inner in cast("Iterable[object]", schema):
            _tighten(inner)
