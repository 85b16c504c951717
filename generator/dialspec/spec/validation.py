"""Hold a document against its model, and say in plain words where it does not fit.

In: plain data and its places. Out: the model, or None after everything that does not fit was reported. Pydantic finds
the problems; what it says of unions (one complaint for each member) is first reduced to the one that matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import ValidationError

from dialspec.diagnostics import Position, quoted
from dialspec.spec.descriptions import description_of
from dialspec.spec.expectation import any_of, choices, described, noun_of
from dialspec.spec.language.notation import SpecModel
from dialspec.spec.misfits import Misfit, misfits
from dialspec.spec.nearest import nearest
from dialspec.spec.source import report_too_many
from dialspec.spec.structure import annotations_at, key_annotation_at, keys_of, model_at, value_at

if TYPE_CHECKING:
    from dialspec.diagnostics import Diagnostics
    from dialspec.spec.positions import Mark, Positions
    from dialspec.spec.yaml import Data, Document

_M = TypeVar("_M", bound=SpecModel)

# In YAML 1.1 these were truth values; in 1.2 they are texts.
_TRUTH_WORDS: Final = {"yes": True, "on": True, "no": False, "off": False}
_MOST_KEYS_LISTED: Final = 40


def validate(
    model: type[_M],
    document: Document,
    positions: Positions,
    diagnostics: Diagnostics,
    most: int,
) -> _M | None:
    """Give the model of a document, or None after reporting all that does not fit.

    What the reader has refused already is not reported again, whatever it was taken for instead. At most `most`
    problems are reported.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        report = _Report(model, document.data, document.refused, positions, diagnostics)
        found = misfits(error, document.data)
        for misfit in found[:most]:
            report.add(misfit)
        if len(found) > most:
            report_too_many(positions.at(*found[most].path), diagnostics)
        return None


@dataclass(frozen=True, slots=True)
class _Report:
    model: type[SpecModel]
    data: dict[str | int, Data]
    refused: frozenset[Mark]
    positions: Positions
    diagnostics: Diagnostics

    def add(self, misfit: Misfit) -> None:
        kind = misfit.kind
        if kind == "extra_forbidden":
            self._unknown_key(misfit)
        elif kind == "missing":
            self._missing_key(misfit.path[:-1], str(misfit.path[-1]))
        elif kind == "union_tag_not_found":
            # Without the key nobody knows which of the models is meant.
            self._missing_key(misfit.path, _tag_key(misfit), subject=_subject(misfit.path))
        elif misfit.is_key:
            self._wrong_key(misfit)
        elif kind == "union_tag_invalid":
            self._wrong_tag(misfit)
        else:
            self._wrong_value(misfit)

    def _unknown_key(self, misfit: Misfit) -> None:
        *parent, key = misfit.path
        model = model_at(self.model, self.data, parent)
        known = [] if model is None else list(keys_of(model))
        noun = "this mapping" if model is None else noun_of(model)
        suggestion = nearest(str(key), known)
        if suggestion is not None:
            hint = f"did you mean {quoted(suggestion)}?"
        elif key == "<<":
            hint = "merge keys are not part of YAML 1.2; write the keys out"
        else:
            given = value_at(self.data, parent)
            free = [name for name in known if not (isinstance(given, dict) and name in given)]
            hint = "possible here: " + ", ".join(map(quoted, free[:_MOST_KEYS_LISTED]))
        self._report(
            "DS101",
            self.positions.key_mark(*misfit.path),
            f"the key {quoted(key)} is unknown in {noun}",
            hint,
        )

    def _missing_key(
        self, parent: tuple[str | int, ...], key: str, subject: str | None = None
    ) -> None:
        model = model_at(self.model, self.data, parent)
        hint = f"add `{key}: …`"
        if model is not None and key in model.model_fields:
            description = description_of(model, key)
            expected = (description or described(keys_of(model)[key])).rstrip(".")
            hint = f"{hint} ({_in_a_sentence(expected)})"
        if subject is None:
            subject = "the mapping" if model is None else _definite(noun_of(model))
            subject += f" {quoted(parent[-1])}" if parent and isinstance(parent[-1], str) else ""
        self._report(
            "DS102",
            self.positions.key_mark(*parent),
            f"{subject} needs the key {quoted(key)}",
            hint,
        )

    def _wrong_key(self, misfit: Misfit) -> None:
        *parent, key = misfit.path
        annotation = key_annotation_at(self.model, self.data, parent)
        expected = described(annotation)
        is_type = _is_type_error(misfit.kind)
        self._report(
            "DS103" if is_type else "DS105",
            self.positions.key_mark(*misfit.path),
            f"the key {quoted(key)} must be {expected}",
            "put it in quotes" if is_type else _reason(misfit) or "rename it",
        )

    def _wrong_tag(self, misfit: Misfit) -> None:
        key = _tag_key(misfit)
        possible = str(misfit.context.get("expected_tags", "")).replace("'", "`")
        self._report(
            "DS104",
            self.positions.value_mark(*misfit.path, key),
            f"{quoted(key)} is {quoted(value_at(self.data, (*misfit.path, key)))}, not one of {possible}",
            f"choose one of {possible}",
        )

    def _wrong_value(self, misfit: Misfit) -> None:
        annotation = self._annotation(misfit.path)
        value = value_at(self.data, misfit.path)
        subject = _subject(misfit.path)
        possible = choices(annotation)
        mark = self.positions.value_mark(*misfit.path)
        if isinstance(value, str) and possible and misfit.kind in {"enum", "literal_error"}:
            listed = any_of([quoted(choice) for choice in possible])
            suggestion = nearest(value, [choice for choice in possible if isinstance(choice, str)])
            hint = f"did you mean {quoted(suggestion)}?" if suggestion else "choose one of them"
            message = f"{subject} is {quoted(value)}, not {listed}"
            self._report("DS104", mark, message, hint)
        elif _is_type_error(misfit.kind):
            expected = described(annotation)
            message = (
                f"{subject} is empty, but must be {expected}"
                if value is None
                else f"{subject} must be {expected}, not {_found(value)}"
            )
            self._report("DS103", mark, message, _type_hint(value, annotation))
        elif (bound := _bound(misfit)) is not None:
            self._report("DS106", mark, f"{subject} must {bound}, not {_measured(value)}", None)
        else:
            message = f"{subject} must be {described(annotation)}, not {_found(value)}"
            self._report("DS105", mark, message, _reason(misfit))

    def _annotation(self, path: tuple[str | int, ...]) -> Any:
        found = annotations_at(self.model, self.data, path)
        return found[0] if found else Any

    def _report(self, code: str, mark: Mark, message: str, hint: str | None) -> None:
        if mark in self.refused:
            return
        self.diagnostics.report(
            code,
            Position(self.positions.file, mark.line, mark.column),
            message,
            hint=hint,
            end_column=mark.end_column,
        )


def _is_type_error(kind: str) -> bool:
    return kind.endswith("_type") or kind in {"enum", "literal_error", "none_required", "union"}


def _tag_key(misfit: Misfit) -> str:
    return str(misfit.context.get("discriminator", "")).strip("'")


def _subject(path: tuple[str | int, ...]) -> str:
    """Name a value in a message: `` `summary` ``, `` item 2 of `codes` ``."""
    last = path[-1]
    if isinstance(last, int) and len(path) > 1:
        return f"item {last + 1} of {quoted(path[-2])}"
    return quoted(last)


def _definite(noun: str) -> str:
    """Turn "an enum" into "the enum"."""
    article, _, rest = noun.partition(" ")
    return f"the {rest}" if article in {"a", "an"} else noun


def _in_a_sentence(description: str) -> str:
    """Begin a description with a small letter, unless its first word is all capitals, such as JSON."""
    return description if description[:2].isupper() else description[:1].lower() + description[1:]


def _found(value: Data) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f"the text {quoted(value)}" if value else "an empty text"
    return quoted(value)


def _measured(value: Data) -> str:
    if isinstance(value, str | list | dict):
        return f"{len(value):,}"
    return _found(value)


def _type_hint(value: Data, annotation: Any) -> str | None:
    expected = described(annotation)
    if value is None:
        return "give it a value, or remove the key"
    if isinstance(value, str) and value.lower() in _TRUTH_WORDS and "`true`" in expected:
        return f"write {quoted(_TRUTH_WORDS[value.lower()])}"
    if isinstance(value, str) and "number" in expected and value.lstrip("+-").isdecimal():
        return "remove the quotes"
    if isinstance(value, bool | int | float) and not expected.startswith("a mapping"):
        return "put it in quotes" if "list" not in expected else f"write it as a list: [{value}]"
    if isinstance(value, str) and expected == "a list":
        return "write it as a list: `[…]`, or one item a line after `- `"
    return None


def _bound(misfit: Misfit) -> str | None:
    """Give the bound that a value breaks: "be at least 1"."""
    context = misfit.context
    words: dict[str, tuple[str, str]] = {
        "greater_than": ("be more than {}", "gt"),
        "greater_than_equal": ("be at least {}", "ge"),
        "less_than": ("be less than {}", "lt"),
        "less_than_equal": ("be at most {}", "le"),
        "string_too_long": ("have at most {} characters", "max_length"),
        "string_too_short": ("have at least {} characters", "min_length"),
        "too_long": ("have at most {} items", "max_length"),
        "too_short": ("have at least {} items", "min_length"),
    }
    if misfit.kind not in words:
        return None
    wording, key = words[misfit.kind]
    return wording.format(context[key])


def _reason(misfit: Misfit) -> str | None:
    """What a check of ours said, if it says more than the description of the type does."""
    error = misfit.context.get("error")
    reason = str(error) if isinstance(error, ValueError) else ""
    return reason if reason and not reason.startswith("must be") else None
