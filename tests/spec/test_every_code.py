"""Each diagnostic code has an example that shows it at the place it says, and the same example mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialspec.diagnostics import CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dialspec.diagnostics import CodeInfo, Diagnostics

    Diagnose = Callable[[Mapping[str, bytes | None]], Diagnostics]


def encoded(text: str) -> bytes | None:
    """The bytes of an example: a lone surrogate stands for a byte that is no text, nothing for no file."""
    return text.encode("utf-8", "surrogateescape") if text else None


def test_the_base_specs_are_without_any_problem(diagnose: Diagnose) -> None:
    assert list(diagnose({})) == []


@pytest.mark.parametrize("info", CODES.values(), ids=CODES)
def test_the_failing_example_reports_the_code_at_its_place(
    info: CodeInfo, diagnose: Diagnose
) -> None:
    found = [
        str(one.position).removeprefix("specs/")
        for one in diagnose({info.file: encoded(info.wrong)})
        if one.code == info.code
    ]
    assert info.at in found


@pytest.mark.parametrize("info", CODES.values(), ids=CODES)
def test_the_mended_example_no_longer_reports_the_code(info: CodeInfo, diagnose: Diagnose) -> None:
    found = diagnose({info.right_file or info.file: encoded(info.right)})
    assert [one for one in found if one.code == info.code] == []
