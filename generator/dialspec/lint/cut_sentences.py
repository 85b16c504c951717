"""Sentences that an unquoted comma of YAML cuts in two: `[A, b]` is a list of two, not one sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dialspec.diagnostics import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dialspec.lint.subject import Subject
    from dialspec.spec.loaded import LoadedFile
    from dialspec.spec.positions import PathKey
    from dialspec.text import SpecText

_SMALL_WORD: Final = re.compile(r"[a-z]+(?![\w.])")
"""A word that is no wire name such as `keyId`; a sentence begins with a capital letter, unless with a name."""


def check_cut_sentences(subject: Subject) -> None:
    """DS462: an entry of `missing:` or `notes:` after another begins like the rest of a sentence."""
    for file in subject.files.values():
        for path, entries in _prose(file):
            for index, entry in enumerate(entries[1:], start=1):
                text = entry.reveal()
                if _SMALL_WORD.match(text) is not None:
                    subject.report(
                        "DS462",
                        file.value_at(*path, index),
                        f"{quoted(text)} begins in lower case, like the rest of the entry before it",
                        "quote the whole sentence if a comma cut it; else begin with a capital letter",
                    )


def _prose(file: LoadedFile[Any]) -> Iterator[tuple[tuple[PathKey, ...], Sequence[SpecText]]]:
    model = file.model
    yield ("notes",), getattr(model, "notes", [])
    for section in ("endpoints", "pushes"):
        for name, part in getattr(model, section, {}).items():
            place = (section, name)
            yield (*place, "missing"), part.missing
            yield (*place, "notes"), part.notes
            limits = getattr(part, "limits", None)
            if limits is not None:
                yield (*place, "limits", "notes"), limits.notes
