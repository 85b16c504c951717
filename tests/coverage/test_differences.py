"""Each kind of difference between a page and the specs, and what makes one recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialspec.coverage import Survey
from dialspec.coverage.comparison import Comparison, Difference
from dialspec.coverage.examples import Likeness, likeness
from dialspec.coverage.report import counts

Compare = Callable[..., Survey]
QUERY = "- method: POST\n- URL: https://api.acme.example.com/v1/task/query\n"
CREATE = "- method: POST\n- URL: https://api.acme.example.com/v1/task/create\n"
REQUEST = (
    "\n## request\n\n| name | parent | type | required | constraints |\n|---|---|---|---|---|\n"
)
RESPONSE = (
    "\n## response\n\n| name | parent | type | meaning | enum values |\n|---|---|---|---|---|\n"
)
CODES = "\n## error codes\n\n| code | meaning |\n|---|---|\n"


def only(result: Survey) -> Comparison:
    (comparison,) = result.comparisons
    return comparison


def found(result: Survey, kind: str) -> list[tuple[str, str, str | None]]:
    return [(d.aspect, d.at, d.recorded) for d in only(result).differences if d.kind == kind]


def row(compare: Compare, cells: str) -> list[Difference]:
    """Differences about one request row of tasks.create, extra fields apart."""
    result = only(compare(CREATE + REQUEST + cells + "\n"))
    return [given for given in result.differences if given.kind != "extra"]


@pytest.mark.parametrize(
    ("cells", "at"),
    [
        ("| colour | root | String | Yes | |", "request.colour"),
        ("| colour | windows[] | String | Yes | |", "request.windows.colour"),
        ("| begin | body | String | Yes | |", None),
        ("| begin, colour | windows | String | No | |", "request.windows.colour"),
        ("| text1 .. text3 | root | String | No | |", "request.text1 request.text2 request.text3"),
        ("| fileId / fileKey | root | String | source=1 | |", None),
        ("| windows[].begin | body | String | Yes | |", None),
        ("| (rest unseen) | root | | | |\n| name | root | | | |", None),
        ("| Api-Key | header | String | Yes | |", None),
        ("| Api-Secret | header | String | Yes | |", "request.Api-Secret"),
        ("| name (cut here | root | String | Yes | |", None),
    ],
)
def test_fields_that_the_specs_lack_are_missing(
    cells: str, at: str | None, compare: Compare
) -> None:
    missing = [given.at for given in row(compare, cells) if given.kind == "missing"]
    assert " ".join(missing) == (at or "")


def test_a_field_of_another_parent_is_different_not_missing(compare: Compare) -> None:
    (given,) = row(compare, "| begin | body | String | Yes | |")
    assert (given.kind, given.aspect, given.documented, given.specified) == (
        "different", "place", "in the root", "in windows"
    )  # fmt: skip


def test_a_parent_that_the_page_does_not_state_is_no_difference(compare: Compare) -> None:
    assert row(compare, "| begin | (child) | String | Yes | |") == []


@pytest.mark.parametrize(
    ("type_text", "differs"),
    [
        ("Integer", True),
        ("String", False),
        ("String (sample sends a number)", False),
        ("Long (sic)", True),
        ("v1 String; v2 List", False),
        ("", False),
        ("Whatever", False),
    ],
)
def test_types_are_compared_by_family(type_text: str, differs: bool, compare: Compare) -> None:
    given = row(compare, f"| name | root | {type_text} | Yes | |")
    assert [d.aspect for d in given] == (["type"] if differs else [])


@pytest.mark.parametrize(
    ("name", "type_text", "differs"),
    [
        ("statusList", "List<Integer>", False),
        ("statusList", "Array[Int]", False),
        ("statusList", "Integer[]", False),
        ("statusList", "List<String>", True),
        ("statusList", "Integer", True),
        ("statusList", "List<Thing>", False),
    ],
)
def test_types_of_items_are_compared_too(
    name: str, type_text: str, differs: bool, compare: Compare
) -> None:
    result = compare(QUERY + REQUEST + f"| {name} | params | {type_text} | No | |\n")
    assert found(result, "different") == (
        [("type", "request.params.statusList", None)] if differs else []
    )


@pytest.mark.parametrize(
    ("name", "cell", "differs"),
    [
        ("name", "Yes", False),
        ("name", "是", False),
        ("name", "No", True),
        ("name", "optional", True),
        ("name", "Yes on older copies", False),
        ("name", "", False),
        ("fileId", "source=1", False),
        ("fileId", "required when source=1 (newer copy)", False),
        ("fileId", "No", False),
        ("fileId", "True", True),
        ("windows", "when source=1", True),
        ("windows", "when the template has variables", False),
        ("windows", "False (sic)", False),
    ],
)
def test_what_is_required_is_compared(
    name: str, cell: str, differs: bool, compare: Compare
) -> None:
    given = row(compare, f"| {name} | root | | {cell} | |")
    assert [d.aspect for d in given] == (["required"] if differs else [])


def test_the_page_number_and_the_wrapper_may_be_called_optional(compare: Compare) -> None:
    rows = "| current | root | Integer | No | |\n| params | root | Object | No | |\n"
    assert found(compare(QUERY + REQUEST + rows), "different") == []


def test_values_that_an_enum_lacks_are_missing(compare: Compare) -> None:
    rows = "| statusList | params | List<Integer> | No | 1 calling; 2 finished; 3 paused |\n"
    result = compare(QUERY + REQUEST + rows)
    assert found(result, "missing") == [("value", "request.params.statusList=3", None)]
    assert not result.is_complete


def test_values_of_a_field_without_an_enum_are_missing(compare: Compare) -> None:
    missing = [d.at for d in row(compare, "| source | root | Integer | Yes | 1 file; 2 text |")]
    assert missing == ["request.source=1", "request.source=2"]


def test_values_that_a_page_lists_only_in_part_are_not_asked_for(compare: Compare) -> None:
    assert row(compare, "| source | root | Integer | Yes | 0 success; 1 busy; else failure |") == []


def test_values_that_only_the_specs_have_are_extra(compare: Compare) -> None:
    rows = "| status | records[] | Integer | state | 2 finished; 3 paused |\n"
    result = compare(QUERY + RESPONSE + rows)
    assert ("value", "response.data.records.status", None) in found(result, "extra")


def test_fields_that_only_the_specs_have_are_extra_unless_undocumented(compare: Compare) -> None:
    result = compare(QUERY + RESPONSE + "| taskId | records[] | Long | id | |\n")
    extra = [at for _, at, _ in found(result, "extra")]
    assert "response.data.records.cost" in extra
    assert not {at for at in extra if at.endswith((".note", ".searchCount", ".tree"))}
    assert result.is_complete


def test_spellings_of_the_result_code_are_neither_missing_nor_extra(compare: Compare) -> None:
    rows = "| code | root | String | code | |\n| msg | root | String | text | |\n"
    result = compare(QUERY + RESPONSE + rows)
    assert found(result, "missing") == []
    assert not {at for _, at, _ in found(result, "extra")} & {"response.status", "response.reason"}


def test_codes_are_missing_or_extra(compare: Compare) -> None:
    result = compare(
        QUERY + CODES + "| 0 | ok |\n| -1 | key |\n| -7, -8 / -9 | odd |\n| else | x |\n"
    )
    assert [at for _, at, _ in found(result, "missing")] == ["errors.-7", "errors.-8", "errors.-9"]
    assert found(result, "extra") == [("code", "errors.-22", None)]


def test_a_page_with_no_code_table_says_nothing_about_codes(compare: Compare) -> None:
    result = compare(QUERY + REQUEST + "| name | params | String | Yes | |\n")
    assert "code" not in {aspect for aspect, _, _ in found(result, "extra")}


@pytest.mark.parametrize(
    ("example", "kind"),
    [
        ('{"current":1,"size":10,"params":{"name":"x"}}', None),
        ('{"current":7,"size":10,"params":{"name":"y"}}', "different"),
        ('{"current":1}', None),
        ('{"current":1,"colour":10}', "missing"),
        ('{"current": 1, "size": 10, "par…', None),
        ("[1]", "missing"),
        ("GET /v1/task/query", None),
    ],
)
def test_examples_are_compared(example: str, kind: str | None, compare: Compare) -> None:
    page = f"{QUERY}{REQUEST}| name | params | String | Yes | |\n\n## examples\n\n```json\n{example}\n```\n"
    given = [d.kind for d in only(compare(page)).differences if d.aspect == "example"]
    assert given == ([kind] if kind else [])


def test_likeness_looks_into_lists_and_survives_depth() -> None:
    assert likeness('[{"a": 1}]', '[{"a": 1, "b": []}, {"a": 2}]') is Likeness.SAME
    assert likeness('{"a": [{"b": 1}], "c": []}', '{"a": [{"b": 2}], "c": []}') is Likeness.SHAPE
    assert likeness("[" * 100_000, "{}") is Likeness.NONE


def test_a_deviation_at_a_field_records_what_differs_there(compare: Compare) -> None:
    result = compare(QUERY + RESPONSE + "| seatName | records[] | Long | agent | |\n")
    assert found(result, "different") == [
        ("type", "response.data.records.seatName", "response.data.records[].seatName")
    ]


def test_a_deviation_records_identifiers_that_it_names(compare: Compare) -> None:
    rows = "| calledNo | records[] | String | number | |\n| otherNo | records[] | String | number | |\n"
    result = compare(QUERY + RESPONSE + rows)
    assert found(result, "missing") == [
        ("field", "response.records.calledNo", "response.data.records[].seatName"),
        ("field", "response.records.otherNo", None),
    ]


def test_what_an_endpoint_says_is_missing_is_recorded(compare: Compare) -> None:
    page = (
        CREATE
        + REQUEST
        + "| noticeType | root | Integer | No | |\n| other | root | Integer | No | |\n"
        + CODES
        + '| -5 | limit |\n\n## examples\n\n```json\n{"a": 1}\n```\n'
    )
    result = compare(page)
    assert found(result, "missing") == [
        ("field", "request.noticeType", "missing"),
        ("field", "request.other", None),
        ("code", "errors.-5", "missing"),
        ("example", '{"a": 1}', "missing"),
    ]


def test_a_name_that_a_copy_cuts_is_recorded_by_its_start(compare: Compare) -> None:
    rows = '| intentCode (name cut at "intentCod") | root | | | |\n'
    assert found(compare(CREATE + REQUEST + rows), "missing") == [
        ("field", "request.intentCode", "missing")
    ]


def test_percent_counts_what_is_found_or_recorded_and_rounds_down(compare: Compare) -> None:
    rows = "".join(f"| {name} | root | | | |\n" for name in ("name", "source", "noticeType", "odd"))
    comparison = only(compare(CREATE + REQUEST + rows))
    count = counts([comparison])
    assert (count.documented, count.found, count.recorded, count.percent) == (4, 2, 1, 75.0)
    assert counts([]).percent == 100.0


def test_a_page_that_prints_a_field_twice_is_not_lacking_it_twice(compare: Compare) -> None:
    assert row(compare, "| name | root | String | Yes | |\n| name | root | String | Yes | |") == []


def test_rows_of_one_name_without_parents_are_taken_by_depth(compare: Compare) -> None:
    page = QUERY + (
        "Response\n\n| Parameter | Type | Description |\n|---|---|---|\n"
        "| status | String | 0 success |\n| status | Integer | 1 calling; 2 finished |\n| status | Integer | again |\n"
    )
    assert found(compare(page), "different") == []
