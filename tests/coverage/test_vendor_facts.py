"""The project's specs against everything that was gathered about the vendors.

The facts are kept outside the project, in `../shared/vendor-facts` beside the checkout; without them these tests skip.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from dialspec.api import Api
from dialspec.coverage import Survey, survey

SHARED: Final = Path(__file__).resolve().parents[3] / "shared"
FACTS: Final = SHARED / "vendor-facts"
SEEDS: Final = SHARED / "seeds"
ABOUT_NO_ENDPOINT: Final = {"README.md", "auth-v2.md", "result-codes.md"}

facts_are_here = pytest.mark.skipif(
    not FACTS.is_dir(), reason=f"the facts about the vendors are not here: no folder {FACTS}"
)
seeds_are_here = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"the vendors' pages are not here: no folder {SEEDS}"
)


@pytest.fixture(scope="module")
def facts(api: Api) -> Survey:
    """All facts compared with all specs."""
    return survey(api, [FACTS])


@facts_are_here
@pytest.mark.parametrize("aspect", ["field", "value", "code", "example"])
def test_everything_documented_of_an_endpoint_is_in_its_spec_or_recorded(
    aspect: str, facts: Survey
) -> None:
    lacking = [
        f"{comparison.spec.name} {given.at} ({comparison.page}, line {given.line})"
        for comparison in facts.comparisons
        # A list of all codes of a vendor is whole when all its endpoints are here.
        if not comparison.spec.name.endswith(": all codes")
        for given in comparison.differences
        if given.kind == "missing" and given.aspect == aspect and not given.recorded
    ]
    assert lacking == []


@facts_are_here
def test_every_difference_is_a_recorded_deviation(facts: Survey) -> None:
    apart = [
        f"{comparison.spec.name} {given.aspect} {given.at}: {given.documented} / {given.specified}"
        for comparison in facts.comparisons
        for given in comparison.differences
        if given.kind == "different" and given.aspect in {"type", "required"} and not given.recorded
    ]
    assert apart == []


@facts_are_here
def test_every_fact_file_is_compared_or_listed_with_its_reason(facts: Survey) -> None:
    compared = {comparison.page for comparison in facts.comparisons}
    without = {given.page: given.absent.address for given in facts.unmatched}
    for page, address in sorted(without.items()):
        print(f"without an endpoint: {page}: {address}")
    files = {f"{FACTS.name}/{path.relative_to(FACTS).as_posix()}" for path in FACTS.rglob("*.md")}
    assert compared | without.keys() | facts.aside.keys() == files
    assert {Path(page).name for page in facts.aside} <= ABOUT_NO_ENDPOINT


@facts_are_here
def test_facts_are_read_whole(facts: Survey) -> None:
    """Guards against a reader that finds half of a table, and then nothing to complain about."""
    (pushes,) = (
        comparison
        for comparison in facts.comparisons
        if comparison.page == "vendor-facts/laaffic/call-previewQuery.md"
    )
    counted = [
        sum(item.aspect == aspect for item in pushes.items) for aspect in ("field", "value", "code")
    ]
    assert counted == [43, 24, 8]


@seeds_are_here
def test_the_vendors_own_pages_agree_with_the_specs(api: Api) -> None:
    result = survey(api, [SEEDS])
    assert result.is_complete
    assert sorted((c.page.split("_")[0], len(c.items)) for c in result.comparisons) == [
        ("seeds/000", 62),
        ("seeds/001", 34),
        ("seeds/002", 77),
        ("seeds/003", 40),  # the AI Agent's view of the same address
        ("seeds/003", 47),
        ("seeds/004", 36),
    ]
    assert [d.at for c in result.comparisons for d in c.differences if not d.recorded] == []
