"""Envelopes that cannot be read as they say: keys that answers lack, and codes that never mean success."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialspec.diagnostics import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialspec.lint.subject import Subject
    from dialspec.spec.language.protocol import EnvelopeSpec


def check_envelopes(subject: Subject) -> None:
    """DS416: an envelope contradicts itself."""
    for file in subject.files.values():
        envelopes: dict[str, EnvelopeSpec] = getattr(file.model, "envelopes", {})
        for name, envelope in envelopes.items():
            for key, problem, remedy in _problems(envelope):
                subject.report("DS416", file.value_at("envelopes", name, key), problem, remedy)


def _problems(envelope: EnvelopeSpec) -> Iterator[tuple[str, str, str]]:
    described = {wire.reveal() for wire in envelope.fields}
    data = envelope.data.reveal() if envelope.data is not None else None
    for key in ("code", "message"):
        named = [wire.reveal() for wire in getattr(envelope, key)]
        # Spellings that only some pages print may stand beside the one that is described.
        if described and named and not (described | {data}) & set(named):
            yield (
                key,
                f"`{key}` reads {_any_of(named)}, and `fields` describes no such field",
                "name a root field of the answers, or describe it under `fields:`",
            )
    if envelope.code and not envelope.success and not envelope.optional:
        yield (
            "success",
            "no code means success, so that every answer would be a refusal",
            "list the codes of success as texts, or write `optional: true` if success has none",
        )
    if data is not None and data in {wire.reveal() for wire in envelope.code}:
        yield (
            "data",
            f"{quoted(data)} holds the code, and cannot be the payload too",
            "name the root field that holds the payload, or remove it",
        )
    elif data is not None and "." in data and data not in described:
        yield (
            "data",
            f"{quoted(data)} is no name of a root field",
            "name the root field; a payload further inside is named by `at:` of a response",
        )


def _any_of(names: list[str]) -> str:
    return " or ".join(map(quoted, names))
