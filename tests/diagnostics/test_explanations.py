"""`explain` and the docs page say of each code what it means, with both examples."""

from __future__ import annotations

import pytest

from dialspec.diagnostics import CODES, codes_page, explain


def test_a_code_is_explained_with_a_wrong_and_a_right_example() -> None:
    text = explain("DS101")
    assert text.startswith("DS101 error: A key is unknown\n")
    assert "Wrong, at line 6, column 31 of `demo/tasks.yaml`:" in text
    assert "requierd: true" in text
    assert "required: true" in text


@pytest.mark.parametrize("code", CODES)
def test_explanations_print_on_any_terminal(code: str) -> None:
    text = explain(code)
    assert all(character == "\n" or character.isprintable() for character in text)


def test_an_example_without_a_file_says_so() -> None:
    assert "# demo/provider.yaml is absent" in explain("DS001")


def test_there_is_no_explanation_of_a_code_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        explain("DS999")


def test_the_page_describes_every_code_below_the_stage_that_reports_it() -> None:
    page = codes_page()
    headings = [line for line in page.split("\n") if line.startswith("#")]
    assert headings[:3] == ["# Diagnostics", "## Reading files", "### DS001: A file cannot be read"]
    assert [line.split()[1].rstrip(":") for line in headings if line.startswith("### ")] == list(
        CODES
    )
    assert "## Other" not in headings
    assert page.endswith("```\n")


def test_no_example_closes_its_own_code_fence() -> None:
    assert not any("```" in info.wrong + info.right for info in CODES.values())
