"""Every model and key of the language has words of its own: for messages, and for editors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest

from dialspec.spec.descriptions import description_of
from dialspec.spec.expectation import NOUNS, any_of, choices, described
from dialspec.spec.language.documents import ProviderSpec, ResourceSpec, SharedSpec
from dialspec.spec.language.endpoints import EndpointSpec
from dialspec.spec.language.fields import EnumSpec, FieldSpec
from dialspec.spec.language.notation import SpecModel
from dialspec.spec.language.protocol import AuthV2Spec, Md5SignSpec
from dialspec.spec.nearest import nearest
from dialspec.spec.structure import (
    annotations_at,
    has_inside,
    key_annotation_at,
    keys_of,
    model_at,
    value_at,
)
from dialspec.text import ClassName


def models(base: type[SpecModel] = SpecModel) -> Iterator[type[SpecModel]]:
    """Every model of the language."""
    for model in base.__subclasses__():
        yield model
        yield from models(model)


@pytest.mark.parametrize("model", tuple(models()), ids=lambda model: model.__name__)
def test_every_model_has_a_noun(model: type[SpecModel]) -> None:
    assert model is SharedSpec or model in NOUNS


@pytest.mark.parametrize("model", tuple(models()), ids=lambda model: model.__name__)
def test_every_key_is_described(model: type[SpecModel]) -> None:
    silent = [key for key in model.model_fields if description_of(model, key) is None]
    assert silent == []


def test_keys_come_in_the_order_of_the_language() -> None:
    assert list(keys_of(EnumSpec))[:3] == ["base", "summary", "members"]


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (int, "a whole number"),
        (int | float, "a number"),
        (bool | str, "`true` or `false` or a text"),
        (int | None, "a whole number"),
        (Literal["a", "b", "c"], "`a`, `b` or `c`"),
        (list[int], "a list"),
        (dict[str, int], "a mapping"),
        (FieldSpec, "a field (a mapping)"),
        (Any, "a value"),
    ],
)
def test_what_is_expected_is_said_in_plain_words(annotation: Any, words: str) -> None:
    assert described(annotation) == words


def test_a_model_without_a_noun_is_called_by_its_name() -> None:
    assert described(SharedSpec) == "`SharedSpec` (a mapping)"


def test_choices_are_those_of_enums_and_literals() -> None:
    assert choices(keys_of(EndpointSpec)["effect"]) == ["read", "idempotent", "unsafe"]
    assert choices(int) == []


def test_words_are_joined_as_people_do() -> None:
    assert any_of(["a"]) == "a"
    assert any_of(["a", "b", "c"]) == "a, b or c"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sumary", "summary"),
        ("minLength", "min_length"),
        ("MIN-LENGTH", "min_length"),
        ("colour", None),
        ("x" * 101, None),
    ],
)
def test_the_nearest_key_is_found_whatever_its_style(word: str, meant: str | None) -> None:
    assert nearest(word, ["summary", "min_length", "pattern"]) == meant


def test_the_model_at_a_path_is_found_through_mappings_lists_and_unions() -> None:
    data: Any = {
        "endpoints": {"a": {"request": {"x": {"required_when": [{"field": "y"}]}}, "paging": {}}}
    }
    path = ("endpoints", "a", "request", "x")
    assert model_at(ResourceSpec, data, ()) is ResourceSpec
    assert model_at(ResourceSpec, data, path) is FieldSpec
    assert annotations_at(ResourceSpec, data, (*path, "nothing")) == ()
    assert model_at(ResourceSpec, data, (*path, "nothing", "deeper")) is None


@pytest.mark.parametrize(
    ("scheme", "model"), [("auth_v2", AuthV2Spec), ("md5_sign", Md5SignSpec), ("?", Md5SignSpec)]
)
def test_the_member_of_a_union_is_told_by_its_scheme(scheme: str, model: type[SpecModel]) -> None:
    assert model_at(ProviderSpec, {"auth": {"scheme": scheme}}, ("auth",)) is model


def test_keys_of_a_mapping_have_an_annotation_too() -> None:
    data: Any = {"enums": {"a": {}}, "resource": "x"}
    assert key_annotation_at(ResourceSpec, data, ("enums",)) is ClassName
    assert key_annotation_at(ResourceSpec, data, ("resource",)) is str


def test_values_are_looked_up_by_path() -> None:
    data: Any = {"a": [1, {"b": 2}]}
    assert value_at(data, ("a", 1, "b")) == 2
    assert value_at(data, ("a", 5)) is None
    assert value_at(data, ("x", "y")) is None
    assert has_inside(data["a"], 1)
    assert not has_inside(data["a"], 2)
    assert not has_inside("text", "t")
