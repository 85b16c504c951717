"""Lint: what is well formed and resolves, but contradicts itself, leaves something out, or looks wrong.

In: the resolved `Api` with the loaded files. Out: diagnostics DS4xx. A contradiction between two things that a spec
says is an error; what is merely missing or suspicious is a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dialspec.lint.codes import check_codes
from dialspec.lint.cut_sentences import check_cut_sentences
from dialspec.lint.deviations import check_deviations
from dialspec.lint.effects import check_effects
from dialspec.lint.examples import check_examples
from dialspec.lint.header import check_headers
from dialspec.lint.labels import check_labels
from dialspec.lint.paging import check_paging
from dialspec.lint.provenance import check_provenance
from dialspec.lint.same_requests import check_same_requests
from dialspec.lint.sensitivity import check_sensitivity
from dialspec.lint.subject import Subject
from dialspec.lint.unused import check_unused
from dialspec.lint.values import check_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from dialspec.api import Api
    from dialspec.diagnostics import Diagnostics
    from dialspec.spec.loaded import LoadedSpecs

__all__ = ["lint"]

RULES: Final[tuple[Callable[[Subject], None], ...]] = (
    check_headers,
    check_unused,
    check_same_requests,
    check_paging,
    check_values,
    check_examples,
    check_deviations,
    check_effects,
    check_codes,
    check_labels,
    check_sensitivity,
    check_provenance,
    check_cut_sentences,
)


def lint(api: Api, loaded: LoadedSpecs, diagnostics: Diagnostics) -> None:
    """Hold the specs against every rule, and report what they find."""
    subject = Subject.of(api, loaded, diagnostics)
    for rule in RULES:
        rule(subject)
