"""The call codes and envelope codes of Huawei CC-iSales against the list gathered from the vendor's pages.

The list is kept outside the project, in `../shared/vendor-facts` beside the checkout; without it these tests skip.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from dialspec.diagnostics import Diagnostics
from dialspec.resolve import resolve
from dialspec.spec.loader import load
from dialspec.text import ClassName, PythonName, SpecText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dialspec.api import Provider

CHECKOUT: Final = Path(__file__).resolve().parents[2]
LIST: Final = CHECKOUT.parent / "shared" / "vendor-facts" / "huawei_isales" / "result-codes.md"

MEANING_CHANGES_WITH_THE_PAGE: Final = {"0200005", "0200007", "0200009", "0200011", "03000002"}

pytestmark = pytest.mark.skipif(
    not LIST.is_file(), reason=f"the vendor's codes are not here: {LIST}"
)


@cache
def provider() -> Provider:
    diagnostics = Diagnostics()
    return resolve(load(CHECKOUT / "specs", diagnostics), diagnostics).provider("huawei_isales")


def listed(pattern: str) -> dict[str, set[str]]:
    """Code -> the vendor's own labels; the first group of `pattern` is the code, the second the label."""
    found: dict[str, set[str]] = {}
    for code, label in re.findall(rf"(?m)^{pattern}$", LIST.read_text("utf-8")):
        found.setdefault(code, set()).add(label)
    return found


def disagreements(
    printed: Mapping[str, set[str]], given: Mapping[str, Mapping[str, SpecText]]
) -> list[str]:
    missing = [f"{code} is missing" for code in sorted(printed.keys() - given.keys())]
    invented = [f"{code} is not listed" for code in sorted(given.keys() - printed.keys())]
    wrong = [
        f"{code} is labelled {sorted(printed[code])}"
        for code, labels in given.items()
        if code in printed and "zh" in labels and labels["zh"].reveal() not in printed[code]
    ]
    return missing + invented + wrong


def call_codes() -> tuple[dict[str, set[str]], dict[str, Mapping[str, SpecText]]]:
    printed = listed(r"\| (\d{5}) \| .* \| (.*) \|")
    for code, labels in listed(r"\| [a-z][a-z ,]+ \| (\d{5}) \| .* \| (.*) \|").items():
        printed.setdefault(code, set()).update(labels)
    members = provider().enum(ClassName("FailCode")).members
    given = {
        item.value.reveal(): item.labels for item in members if isinstance(item.value, SpecText)
    }
    return printed, given


def test_every_call_code_is_listed_with_its_label() -> None:
    printed, given = call_codes()
    assert len(printed) == 77
    assert disagreements(printed, given) == []


def test_a_call_code_that_were_left_out_is_found() -> None:
    printed, given = call_codes()
    for code in printed:
        fewer = {known: labels for known, labels in given.items() if known != code}
        assert disagreements(printed, fewer) == [f"{code} is missing"]


def test_every_envelope_code_with_one_meaning_is_in_the_family() -> None:
    printed = listed(r"\| (0200-01|0[2-4]\d{5,6}) \| .* \| (.*) \|")
    family = provider().families[PythonName("default")]
    given = {code.text.reveal(): code.labels for code in family}
    expected = {code: printed[code] for code in printed.keys() - MEANING_CHANGES_WITH_THE_PAGE}
    assert printed.keys() >= MEANING_CHANGES_WITH_THE_PAGE
    assert disagreements(expected, given) == []
