"""Documented examples hold what the spec says, or a deviation records the difference."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

Linted = Callable[..., list[str]]

ENDPOINT = """\
resource: tasks
enums:
  Numeral:
    base: integer
    members: {1: {name: one}, 2: {name: two}}
  Letter:
    base: string
    members: {"a": {name: a_letter}, "01": {name: zero_one}}
  Open:
    base: integer
    partial: The page lists only some.
    members: {1: {name: first}}
types:
  Row:
    fields:
      id: {type: integer, required: true, summary: Id.}
      tags: {type: "list[string]", summary: Tags.}
endpoints:
  query:
    summary: List tasks.
    http: POST /tasks/query
    effect: read
    source: {page: "https://example.com"}
    response: {fields: {x: {%s, summary: What is tested.}}}
    examples:
      - response: '%s'
"""


def conforming(linted: Linted, field: str, value: object) -> list[str]:
    """What lint says of an answer in which a field of this type has this value."""
    text = json.dumps({"x": value}).replace("'", "''")
    return linted("DS42", tasks=ENDPOINT % (field, text))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type: integer", 1),
        ("type: integer", 1.0),
        ("type: long", 10**18),
        ("type: number", 1.5),
        ("type: decimal", "1.50"),
        ("type: decimal", 1.5),
        ("type: string", ""),
        ("type: boolean", False),
        ("type: json", {"any": ["thing"]}),
        ("type: binary", "AAAA"),
        ("type: date", "2025-01-10"),
        ("type: date", ""),
        ("type: time", "09:30"),
        ("type: time", "09:30:59"),
        ("type: datetime", "2025-01-10 09:30:00"),
        ("type: datetime", ""),
        ("type: datetime, format: iso8601", "2025-01-10T09:30:00+08:00"),
        ("type: datetime, format: epoch_ms", 1747302523000),
        ("type: datetime, format: epoch_s", 1747302523),
        ("type: 'list[integer]'", [1, 2, None]),
        ("type: 'list_or_one[integer]'", 1),
        ("type: 'map[integer]'", {"a": 1, "b": None}),
        ("type: 'json_text[list[integer]]'", "[1, 2]"),
        ("type: time, earliest: '09:00', latest: '21:00'", "09:00"),
        ("type: time, earliest: '09:00'", ""),
        ("type: Numeral", 2),
        ("type: Letter", "01"),
        ("type: Open", 99),
        ("type: Row", {"id": 1, "tags": ["a"]}),
        ("type: 'list[Row]'", [{"id": 1}, {"id": 2}]),
        ("type: string", None),
        ("type: string, min_length: 2, max_length: 3", "abc"),
        ("type: integer, minimum: 1, maximum: 3", 3),
        ("type: 'list[integer]', min_items: 1, max_items: 2", [7]),
        ("type: string, pattern: '[a-z]+'", "abc"),
    ],
)
def test_a_value_of_the_documented_type_conforms(linted: Linted, field: str, value: object) -> None:
    assert conforming(linted, field, value) == []


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("type: integer", "1", "is the text `1`, not a whole number"),
        ("type: integer", 1.5, "is `1.5`, not a whole number"),
        ("type: integer", True, "is `true`, not a whole number"),
        ("type: number", "1.5", "is the text `1.5`, not a number"),
        ("type: decimal", "much", "is the text `much`, not a decimal number"),
        ("type: string", 0, "is `0`, not a text"),
        ("type: string", ["a"], "is a list, not a text"),
        ("type: boolean", 1, "is `1`, not `true` or `false`"),
        ("type: binary", 5, "is `5`, not base64 text"),
        ("type: binary", "the file", "is the text `the file`, not base64 text"),
        ("type: date", "10.1.2025", "is the text `10.1.2025`, not a date of the form yyyy-MM-dd"),
        ("type: time", "9 am", "is the text `9 am`, not a time of the form HH:mm"),
        (
            "type: datetime",
            1747302523000,
            "is `1747302523000`, not a time of the form yyyy-MM-dd HH:mm:ss",
        ),
        (
            "type: datetime, format: iso8601",
            "yesterday",
            "is the text `yesterday`, not a time of the form iso8601",
        ),
        (
            "type: datetime, format: iso8601",
            "2025-01-10 09:30:00",
            "is the text `2025-01-10 09:30:00`, not a time of the form iso8601",
        ),
        (
            "type: datetime, format: epoch_ms",
            "2025-01-10 09:30:00",
            "is the text `2025-01-10 09:30:00`, not a time of the form epoch_ms",
        ),
        ("type: 'list[integer]'", {"a": 1}, "is an object, not a list"),
        ("type: 'map[integer]'", [1], "is a list, not an object"),
        ("type: 'json_text[integer]'", "{", "is the text `{`, not JSON inside a text"),
        ("type: 'json_text[integer]'", 1, "is `1`, not JSON inside a text"),
        ("type: Numeral", 3, "is `3`, not a value of Numeral"),
        ("type: Numeral", "1", "is the text `1`, not a value of Numeral, whose base is integer"),
        ("type: Letter", 1, "is `1`, not a value of Letter, whose base is string"),
        ("type: Row", 5, "is `5`, not an object"),
        ("type: string, min_length: 2", "a", "has 1 characters, less than 2"),
        ("type: string, max_length: 2", "abc", "has 3 characters, more than 2"),
        ("type: integer, minimum: 1", 0, "is `0`, less than 1"),
        ("type: integer, maximum: 1000", 2000, "is `2000`, more than 1,000"),
        ("type: time, earliest: '09:00'", "08:59", "is the text `08:59`, before 09:00"),
        ("type: time, latest: '21:00'", "21:01:00", "is the text `21:01:00`, after 21:00"),
        ("type: 'list[integer]', max_items: 1", [1, 2], "has 2 items, more than 1"),
        (
            "type: string, pattern: '[a-z]+'",
            "ABC",
            "is the text `ABC`, which does not match its pattern",
        ),
    ],
)
def test_a_value_of_another_type_is_reported(
    linted: Linted, field: str, value: object, problem: str
) -> None:
    assert conforming(linted, field, value) == [
        f"DS421 27 the response example differs from the spec: `x` {problem}"
    ]


@pytest.mark.parametrize(
    ("field", "value", "reported"),
    [
        ("type: 'list[integer]'", [1, "2"], "`x[]` is the text `2`, not a whole number"),
        ("type: 'map[integer]'", {"a": "2"}, "`x[]` is the text `2`, not a whole number"),
        ("type: 'json_text[Numeral]'", "5", "`x` is `5`, not a value of Numeral"),
        ("type: 'list[Row]'", [{"id": 1, "tags": [5]}], "`x[].tags[]` is `5`, not a text"),
        ("type: 'list[Row]'", [{"tags": ["a"]}], "`x[].id` is required"),
        ("type: 'list[Row]'", [{"id": 1, "colour": 1}], "`x[].colour` is not in the spec"),
    ],
)
def test_problems_inside_are_named_by_their_path(
    linted: Linted, field: str, value: object, reported: str
) -> None:
    (found,) = conforming(linted, field, value)
    assert found.endswith(reported)


def test_rows_with_the_same_problem_are_reported_once(linted: Linted) -> None:
    assert len(conforming(linted, "type: 'list[Row]'", [{"id": "a"}, {"id": "b"}])) == 1


def test_an_example_that_is_all_wrong_does_not_flood(linted: Linted) -> None:
    text = json.dumps({f"field{number}": 1 for number in range(100)})
    assert len(linted("DS42", tasks=ENDPOINT % ("type: string", text))) == 20


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "a*a*a*a*b", r"(a)\\1"])
def test_a_pattern_that_could_take_for_ever_is_not_tried(linted: Linted, pattern: str) -> None:
    assert conforming(linted, f'type: string, pattern: "{pattern}"', "a" * 60) == []


def test_a_text_too_long_for_a_pattern_is_not_tried(linted: Linted) -> None:
    assert conforming(linted, "type: string, pattern: 'b*'", "a" * 201) == []


REQUEST = """\
resource: tasks
types:
  Row:
    fields:
      id: {type: integer, summary: Id.}
endpoints:
  query:
    summary: List tasks.
    http: POST /tasks/{group}/query
    effect: read
    source: {page: "https://example.com"}
    paging: page_number
    request:
      group: {type: string, required: true, summary: In the path.}
      state: {type: integer, required: true, summary: In the wrapper.}
      trace: {type: integer, at: body, summary: At the root.}
    response: {record: Row}
    examples:
      - request: '%s'
"""


@pytest.mark.parametrize(
    ("request_text", "problems"),
    [
        ('{"current": 1, "size": 10, "params": {"state": 1}, "trace": 5}', []),
        (
            '{"current": "1", "params": {"state": 1}}',
            ["DS421 `current` is not a whole number"],
        ),
        ('{"params": {}}', ["DS422 `params.state` is required"]),
        ('{"state": 1}', ["DS422 `params.state` is required", "DS423 `state` is not in the spec"]),
        ('{"params": 5}', ["DS421 `params` is not an object"]),
        (
            '{"params": {"state": "1"}}',
            ["DS421 `params.state` is the text `1`, not a whole number"],
        ),
        ("[]", ["DS421 `` is not an object"]),
    ],
)
def test_a_request_is_compared_with_paging_wrapper_and_root(
    linted: Linted, request_text: str, problems: list[str]
) -> None:
    found = linted("DS42", tasks=REQUEST % request_text)
    assert [
        one.replace(" 20 the request example differs from the spec:", "") for one in found
    ] == problems


DEVIATION = """\
    deviations:
      - {at: %s, documented: x, observed: y, handled: z}
"""


@pytest.mark.parametrize(
    ("at", "excused"),
    [
        ("request.state", True),
        ("request.params.state", True),
        ("request.trace", False),
        ("response.state", False),
        ("state", False),
    ],
)
def test_a_deviation_excuses_the_field_that_it_names(
    linted: Linted, at: str, excused: bool
) -> None:
    text = REQUEST % '{"params": {"state": "1"}}' + DEVIATION % at
    assert (linted("DS42", tasks=text) == []) is excused


def test_a_deviation_of_one_spelling_of_the_code_excuses_the_others(
    linted: Linted,
) -> None:
    text = ENDPOINT % ("type: string", '{"code": 0}')
    assert len(linted("DS42", tasks=text)) == 1
    assert linted("DS42", tasks=text + DEVIATION % "response.code") == []


@pytest.mark.parametrize(
    ("text", "more", "problem"),
    [
        ('{"x": "C:\\u\\e"}', "", "the response example is not JSON"),
        ('{"x": NaN}', "", "the response example is not JSON: NaN is not JSON"),
        ("[" * 100_000, "", "the response example is not JSON: nested too deep"),
        ('{"x": "C:\\u\\e"}', "        invalid: Lone backslashes.\n", None),
        ('{"x": "\\u00e9"}', "        invalid: Lone backslashes.\n", "`invalid` says that"),
        ("{", "        invalid: It ends too early.\n", None),
    ],
)
def test_an_example_is_json_or_says_why_not(
    linted: Linted, text: str, more: str, problem: str | None
) -> None:
    found = linted("DS420", tasks=ENDPOINT % ("type: string", text) + more)
    assert bool(found) is (problem is not None)
    if problem is not None:
        assert problem in found[0]


def test_an_invalid_example_is_mended_before_it_is_compared(linted: Linted) -> None:
    text = ENDPOINT % ("type: integer", '{"x": "C:\\u\\e\\\\n\\n"}')
    found = linted("DS42", tasks=text + "        invalid: Lone backslashes.\n")
    (problem,) = found
    assert problem.endswith(r"`x` is the text `C:\u\e\n\n`, not a whole number")
